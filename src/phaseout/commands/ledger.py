"""`phaseout ledger`: the capacity ledger of the site, its balances and its check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING, Any

import click

from phaseout.commands.cases import of_the_site
from phaseout.commands.output import REFUSED, RefusingGroup, output_options, show_json
from phaseout.commands.parameters import DAY, INDUSTRY
from phaseout.law.norms.book import read_csv

if TYPE_CHECKING:
    from phaseout.registry.capacity import Balance
    from phaseout.registry.capacity.checking import Checked


class City(click.ParamType[str]):
    """A city by name or division code: 银川市, Yinchuan, 640100; gives the leading digits."""

    name = "city"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        asked = str(value).strip().casefold()
        cities = _cities()
        for code, (zh, en) in cities.items():
            if asked in (code, code[:4], zh, zh.removesuffix("市"), en.casefold()):
                return code[:4]
        known = ", ".join(f"{code} {zh}" for code, (zh, _) in cities.items())
        self.fail(f"{value!r} is none of the cities: {known}", param, ctx)


def _cities() -> dict[str, tuple[str, str]]:
    """Division code → name of the cities of the region."""
    file = resources.files("phaseout.regions.ningxia") / "divisions.csv"
    rows = (cells for _, cells in read_csv(file))
    return {
        cells["adcode"]: (cells["name_zh"], cells["name_en"])
        for cells in rows
        if cells["level"] == "prefecture"
    }


@click.group(cls=RefusingGroup)
def ledger() -> None:
    """The capacity ledger: what stands registered, found outdated, exited."""


@ledger.command()
@click.option("--year", type=click.IntRange(1949, 2100), help="At the end of that year.")
@click.option("--on", "day", type=DAY, help="At the end of that day; left out: now.")
@click.option("--known-on", type=DAY, help="As it was booked at the end of that day.")
@click.option("--city", type=City(), help="Of one city: 银川市, 6401 …")
@click.option("--industry", type=INDUSTRY, help="Of one industry: cement, 水泥 …")
@output_options
def balance(
    year: int | None,
    day: date | None,
    known_on: date | None,
    city: str | None,
    industry: str | None,
    as_json: bool,
    lang: str,
) -> None:
    """What stands in each state, by product and unit; with --year also what exited in it."""
    if year is not None and day is not None:
        raise click.UsageError("--year and --on say different days: give one of them")
    as_of = date(year, 12, 31) if year else day
    with of_the_site():
        from phaseout.registry.capacity import Asked, balances, exited_between

        where: dict[str, Any] = {
            "known_on": known_on,
            "city": city or "",
            "industry": industry or "",
        }
        stands = balances(Asked(as_of=as_of, **where))
        gone = exited_between(date(year, 1, 1), date(year, 12, 31), Asked(**where)) if year else []
    exited = {(one.by["product"], one.unit): one for one in gone}
    rows = [_plain(one, exited if year else None) for one in stands]
    told = {"as_of": as_of, "year": year, **where}
    if as_json:
        show_json({**told, "states": _states(), "balances": rows})
        return
    _say(stands, exited if year else None, lang)


@ledger.command()
@output_options
def check(as_json: bool, lang: str) -> None:
    """Recompute every entry and account; exit code 1 and the first wrong entry if any is wrong."""
    with of_the_site():
        from phaseout.registry.capacity.checking import check as recompute

        found = recompute()
    if as_json:
        show_json(_checked(found))
    else:
        for line in _check_said(found, 1 if lang == "en" else 0):
            click.echo(line)
    if not found.agrees:
        raise SystemExit(REFUSED)


def _states() -> dict[str, dict[str, str]]:
    from phaseout.law.capacity import accounts

    return {a.account: {"group": a.group, "zh": a.zh, "en": a.en} for a in accounts()}


def _plain(one: Balance, exited: dict[Any, Balance] | None) -> dict[str, Any]:
    from phaseout.findings.export import plain

    row: dict[str, Any] = {
        "product": one.by["product"],
        "unit": one.unit,
        "stocks": {key: plain(amount) for key, amount in sorted(one.stocks.items())},
        "total": plain(one.total),
        "live": plain(one.live),
        "exited": plain(one.exited),
    }
    if exited is not None:
        gone = exited.get((one.by["product"], one.unit))
        row["exited_in_year"] = plain(gone.exited) if gone else "0"
    return row


def _say(stands: Sequence[Balance], exited: dict[Any, Balance] | None, lang: str) -> None:
    """One product a line, the states in which something stands after it."""
    from phaseout.law.capacity import accounts
    from phaseout.registry.capacity.saying import amount_said
    from phaseout.registry.labels import cell_words

    at = 1 if lang == "en" else 0
    if not stands:
        click.echo(("台账上没有记录", "nothing stands on the ledger")[at], err=True)
    for one in stands:
        product = cell_words("lines", "product", one.by["product"])[at]
        product = product or ("（未填报产品）", "(product not given)")[at]
        total = amount_said(one.total, one.unit)[at]
        parts = [
            f"{account.name[at]} {amount_said(one.of(account.account), one.unit)[at]}"
            for account in accounts()
            if one.of(account.account)
        ]
        click.echo(f"{product}  {total}  {('；', '; ')[at].join(parts)}")
        gone = exited.get((one.by["product"], one.unit)) if exited is not None else None
        if gone and gone.exited:
            words = ("    本年退出 ", "    exited in the year: ")[at]
            click.echo(words + amount_said(gone.exited, one.unit)[at])


def _checked(found: Checked) -> dict[str, Any]:
    wrong = found.wrong
    return {
        "agrees": found.agrees,
        "entries": found.entries,
        "postings": found.postings,
        "wrong": wrong
        and {
            "entry": wrong.entry,
            "line": wrong.line_id,
            "what": {"zh": wrong.what[0], "en": wrong.what[1]},
        },
        "differs": [
            {
                "line": one.line_id,
                "unit": one.unit,
                "registered": one.registered,
                "on_ledger": one.on_ledger,
            }
            for one in found.differs
        ],
    }


def _check_said(found: Checked, at: int) -> list[str]:
    from phaseout.registry.capacity.saying import amount_said

    counted = (
        f"核对{found.entries:,}笔、{found.postings:,}条借贷记录",
        f"{found.entries:,} entries with {found.postings:,} postings recomputed",
    )[at]
    said = [counted]
    if found.wrong is not None:
        number, line, what = found.wrong.entry, found.wrong.line_id, found.wrong.what[at]
        said.append((f"第{number}笔（{line}）{what}", f"entry {number} ({line}) {what}")[at])
    for one in found.differs:
        told, booked = (
            amount_said(amount, one.unit)[at] for amount in (one.registered, one.on_ledger)
        )
        said.append(
            (
                f"{one.line_id}：登记{told}，台账{booked}",
                f"{one.line_id}: registered {told}, on the ledger {booked}",
            )[at]
        )
    return said if not found.agrees else [counted + ("，全部相符", ": all agree")[at]]
