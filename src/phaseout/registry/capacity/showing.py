"""The balance as a table and entries as rows: amounts as shown, words, and what each opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from phaseout.accounts.organisations import place_words
from phaseout.law.capacity import account, accounts
from phaseout.law.industries import INDUSTRIES
from phaseout.law.refusals import Bilingual
from phaseout.pages.templatetags.phaseout import said
from phaseout.registry.capacity.asking import GROUP_WORDS, CapacityFilter, product_said
from phaseout.registry.capacity.balances import Asked, Balance, balances, exited_between
from phaseout.registry.capacity.grounds import KINDS, Ground
from phaseout.registry.capacity.saying import shown, unit_said

if TYPE_CHECKING:
    from phaseout.registry.models import CapacityEntry, CapacityPosting

ALWAYS = ("registered", "outdated", "rectifying", "leaving")
"""States that have a column also where nothing stands in them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the table; `url` opens the entries behind it (empty for nought)."""

    head: str
    amount: Decimal
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """A product in a unit; `group` is its industry or city, where the table is so divided."""

    group: str
    product: str
    unit: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Heads and rows; the first head is that of the group, or empty."""

    group: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def table_of(form: CapacityFilter, asked: Asked) -> Table:
    """The balance that is asked for."""
    by = ((form.grouped_by,) if form.grouped_by else ()) + ("product", "unit")
    stands = balances(asked, by=by)
    gone: dict[tuple[str, ...], Balance] = {}
    if form.of_year is not None:
        first, last = date(form.of_year, 1, 1), date(form.of_year, 12, 31)
        gone = {_key(one): one for one in exited_between(first, last, asked, by=by)}
    states = [
        one.account
        for one in accounts()
        if one.account in ALWAYS or any(b.of(one.account) for b in stands)
    ]
    heads = [said(account(key).name) for key in states]
    ends = [said(GROUP_WORDS["exited"]), said(GROUP_WORDS[""])]
    if form.of_year is not None:
        ends.insert(1, said((f"其中{form.of_year}年退出", f"of it in {form.of_year}")))
    rows = tuple(_row(form, one, states, (*heads, *ends), gone) for one in stands)
    group = {"industry": ("行业", "industry"), "city": ("市", "city")}.get(
        form.grouped_by, ("", "")
    )
    return Table(said(group), (*heads, *ends), rows)


def _key(one: Balance) -> tuple[str, ...]:
    return tuple(one.by.values())


def _row(
    form: CapacityFilter,
    one: Balance,
    states: Sequence[str],
    heads: tuple[str, ...],
    gone: Mapping[tuple[str, ...], Balance],
) -> Row:
    narrowed = {"product": one.by["product"], "unit": one.unit, **_place(one)}
    amounts: list[tuple[Decimal, str, dict[str, str]]] = []
    amounts += [(one.of(key), key, {}) for key in states]
    amounts.append((one.exited, "exited", {}))
    if form.of_year is not None:
        here = gone.get(_key(one))
        amounts.append((here.exited if here else Decimal(0), "exited", {"moved": "year"}))
    amounts.append((one.total, "", {}))
    cells = tuple(
        Cell(
            head,
            shown(amount, one.unit),
            form.address(state, **narrowed, **more) if amount else "",
        )
        for head, (amount, state, more) in zip(heads, amounts, strict=True)
    )
    return Row(_group(one), product_said(one.by["product"]), said(unit_said(one.unit)), cells)


def _place(one: Balance) -> dict[str, str]:
    found = {name: one.by[name] for name in ("industry",) if name in one.by}
    return found | ({"city": f"{one.by['city']}00"} if "city" in one.by else {})


def _group(one: Balance) -> str:
    if "city" in one.by:
        return said(place_words(f"{one.by['city']}00"))
    if "industry" in one.by:
        known = INDUSTRIES.get(one.by["industry"])
        return said((known.zh, known.en)) if known else one.by["industry"]
    return ""


def stocks_shown(stands: Iterable[Balance]) -> list[tuple[str, str, str, Decimal]]:
    """(product, state, unit, amount) of what stands, in the order of the states."""
    return [
        (
            product_said(one.by["product"]),
            said(state.name),
            said(unit_said(one.unit)),
            shown(one.of(state.account), one.unit),
        )
        for one in stands
        for state in accounts()
        if one.of(state.account)
    ]


@dataclass(frozen=True, slots=True)
class Shown:
    """A posting in words; amounts with their sign."""

    posting: CapacityPosting
    entry: CapacityEntry
    kind: Bilingual
    account: Bilingual
    product: str
    amount: Decimal
    unit: str
    place: Bilingual
    ground: Ground | None


def shown_entries(
    postings: Iterable[CapacityPosting],
    grounds: Mapping[int, Ground],
    *,
    entry: CapacityEntry | None = None,
) -> list[Shown]:
    """Postings as rows; `entry` is theirs where it is known."""
    return [
        Shown(
            each,
            of := entry or each.entry,
            KINDS[of.kind],
            account(each.account).name,
            product_said(each.product),
            shown(each.amount, each.unit),
            said(unit_said(each.unit)),
            place_words(each.division_code),
            grounds.get(of.pk),
        )
        for each in postings
    ]
