"""What the report says: sums of its rows, rates of the task, last year beside it. Pure over rows;
amounts of different units are never added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from phaseout.accounts.organisations import place_words
from phaseout.coordination.returns.rows import Row, form_unit
from phaseout.law.annual import rate
from phaseout.law.capacity import account, accounts
from phaseout.law.industries import INDUSTRIES
from phaseout.law.refusals import Bilingual
from phaseout.registry.capacity.saying import shown
from phaseout.reporting.words import DIMENSIONS

NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Reported:
    """A row of the report: its place, the department that counted it, where it comes from
    (`return` or `ledger`), and the number of the last erratum that corrects it (None: none)."""

    place: int
    department: str
    origin: str
    row: Row
    erratum: int | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """What stands in a state at the end of the year."""

    industry: str
    city: str
    unit: str
    account: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a year. `head` is that of the freeze (`freezing.head_of`)."""

    year: int
    head: Mapping[str, Any]
    rows: Sequence[Reported]
    balances: Sequence[Balance]


@dataclass(slots=True)
class Sum:
    """Of one value of what was counted by, in one unit: enterprises and lines are counted, the
    amount is in `unit`."""

    key: str
    unit: str
    firms: set[str] = field(default_factory=set)
    lines: int = 0
    amount: Decimal = NONE

    @property
    def enterprises(self) -> int:
        return len(self.firms)

    @property
    def shown(self) -> Decimal:
        return shown(self.amount, self.unit)

    @property
    def unit_words(self) -> Bilingual:
        return form_unit(self.unit)


BY: Mapping[str, Callable[[Reported], str]] = {
    "industry": lambda one: one.row.industry,
    "city": lambda one: f"{one.row.division_code[:4]}00",
    "way": lambda one: one.row.way,
    "dimension": lambda one: one.row.dimension,
    "department": lambda one: one.department,
    "unit": lambda one: one.row.unit,
    "origin": lambda one: one.origin,
}
"""What rows are counted, and narrowed, by."""


def sums(rows: Iterable[Reported], by: str) -> list[Sum]:
    """The rows counted by one of `BY` and their unit, in the order in which people read it. What is
    struck off counts nowhere."""
    found: dict[tuple[str, str], Sum] = {}
    for one in rows:
        if not one.row.amount:
            continue
        key = BY[by](one), one.row.unit
        into = found.setdefault(key, Sum(*key))
        into.firms.add(one.row.uscc)
        into.lines += 1
        into.amount += one.row.amount
    return sorted(found.values(), key=lambda one: (_rank(by, one.key), one.unit))


def _rank(by: str, key: str) -> tuple[int, str]:
    orders: Mapping[str, Sequence[str]] = {
        "industry": list(INDUSTRIES),
        "way": [each.account for each in accounts()],
        "dimension": list(DIMENSIONS),
    }
    order = orders.get(by, ())
    return (order.index(key) if key in order else len(order)), key


def narrowed(rows: Iterable[Reported], asked: Mapping[str, str]) -> list[Reported]:
    """The rows behind a figure: those that have what is asked for, by the names of `BY`."""
    given = {name: value for name, value in asked.items() if name in BY and value}
    return [one for one in rows if all(BY[name](one) == value for name, value in given.items())]


def words_of(by: str, key: str) -> Bilingual:
    """A value of what was counted by, as people read it."""
    if by == "industry" and key in INDUSTRIES:
        return INDUSTRIES[key].zh, INDUSTRIES[key].en
    if by == "city":
        return place_words(key)
    if by == "way":
        return account(key).name
    if by == "dimension":
        return DIMENSIONS.get(key, (key, key))
    return (form_unit(key)) if by == "unit" else (key, key)


@dataclass(frozen=True, slots=True)
class Against:
    """An industry in a unit: its task, what was done, the rate, and last year. None is unknown: no
    plan, or no report of last year; nought is nought."""

    industry: str
    unit: str
    done: Sum
    task: Decimal | None
    last: Decimal | None

    @property
    def rate(self) -> int | None:
        return rate(self.done.amount, self.task)

    @property
    def task_shown(self) -> Decimal | None:
        return None if self.task is None else shown(self.task, self.unit)

    @property
    def last_shown(self) -> Decimal | None:
        return None if self.last is None else shown(self.last, self.unit)

    @property
    def change_shown(self) -> Decimal | None:
        return None if self.last is None else shown(self.done.amount - self.last, self.unit)


def against(report: Report) -> list[Against]:
    """Industry by industry: all that exited, or was to exit, or exited last year."""
    plan, last = report.head.get("plan"), report.head.get("last")
    tasks = {(i, u): Decimal(amount) for i, u, amount in (plan or {}).get("goals", ())}
    before = {(i, u): Decimal(amount) for i, u, amount, *_ in (last or {}).get("sums", ())}
    done = {(one.key, one.unit): one for one in sums(report.rows, "industry")}
    keys = sorted({*tasks, *before, *done}, key=lambda k: (_rank("industry", k[0]), k[1]))
    return [
        Against(
            *key,
            done.get(key, Sum(*key)),
            tasks.get(key, NONE) if plan is not None else None,
            before.get(key, NONE) if last is not None else None,
        )
        for key in keys
    ]


def stocks(report: Report) -> list[tuple[str, str, dict[str, Decimal]]]:
    """(industry, unit, state → amount as shown) at the end of the year, of all cities."""
    found: dict[tuple[str, str], dict[str, Decimal]] = {}
    for one in report.balances:
        states = found.setdefault((one.industry, one.unit), {})
        states[one.account] = states.get(one.account, NONE) + one.amount
    return [
        (*key, {state: shown(amount, key[1]) for state, amount in found[key].items()})
        for key in sorted(found, key=lambda k: (_rank("industry", k[0]), k[1]))
    ]
