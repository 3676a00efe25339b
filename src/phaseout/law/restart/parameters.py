"""The figures of the detector: dated records of our own, read from `tables/parameters.csv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources

from phaseout.law.norms.book import read_csv
from phaseout.law.refusals import Bilingual, Refusal


@dataclass(frozen=True, slots=True)
class Parameter:
    """One figure from one day to another, both inside; `until` None: it still holds."""

    name: str
    value: str
    unit: str
    since: date
    until: date | None
    source_id: str
    evidence: str
    says: Bilingual

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Parameters:
    """The figures in force on one day, by name."""

    on: date
    rows: Mapping[str, Parameter]

    @classmethod
    def of(cls, day: date) -> Parameters:
        """Raises:
        Refusal: `restart.no-parameters`: our table says nothing for that day.
        """
        found = {row.name: row for row in _rows() if row.holds_on(day)}
        if len(found) < len({row.name for row in _rows()}):
            raise _none_on(day)
        return cls(day, found)

    def number(self, name: str) -> float:
        """The figure for arithmetic on readings, which are floating point themselves."""
        return float(Decimal(self.rows[name].value))

    def whole(self, name: str) -> int:
        return int(self.rows[name].value)

    def month_day(self, name: str) -> tuple[int, int]:
        month, day = self.rows[name].value.split("-")
        return int(month), int(day)

    def is_heated(self, day: date) -> bool:
        """Whether the day lies in the heating season, both ends inside."""
        here = (day.month, day.day)
        first, last = self.month_day("heating_from"), self.month_day("heating_to")
        return first <= here <= last if first <= last else here >= first or here <= last


@cache
def _rows() -> tuple[Parameter, ...]:
    file = resources.files(__package__) / "tables" / "parameters.csv"
    return tuple(
        Parameter(
            cells["parameter"],
            cells["value"],
            cells["unit"],
            date.fromisoformat(cells["effective_from"]),
            date.fromisoformat(cells["effective_to"]) if cells["effective_to"] else None,
            cells["source_id"],
            cells["evidence"],
            (cells["zh"], cells["en"]),
        )
        for _, cells in read_csv(file)
    )


def _none_on(day: date) -> Refusal:
    return Refusal(
        "restart.no-parameters",
        what=("不能判断是否恢复生产", "whether it was restarted cannot be judged"),
        why=(
            f"参数表（law/restart/tables/parameters.csv）没有{day}的完整取值。",
            f"the parameters (law/restart/tables/parameters.csv) are not complete for {day}.",
        ),
        instead=("请补上该日的参数行。", "Add the rows for that day."),
    )
