"""Who reads, over which time, of whom: what every figure is narrowed by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from phaseout.accounts.scope import SUPERVISION, Scope
from phaseout.casework.tasks.holding import tasks_seen
from phaseout.coordination.offices import GOVERNMENT, offices_read
from phaseout.coordination.supervision.targets import (
    counties,
    is_city,
    is_county,
    targets,
    targets_read,
    territory,
)
from phaseout.law.opinions import Opinions


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are counted, both inside; `today` is the day of asking."""

    first: date
    last: date
    today: date

    @classmethod
    def of_year(cls, year: int, today: date) -> Window:
        """A year until today, or the whole of one that is over."""
        return cls(date(year, 1, 1), min(date(year, 12, 31), today), today)

    @property
    def year(self) -> int:
        return self.first.year


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose reach the figures are narrowed to. Who leads or directs supervision reads the whole:
    numbers, and of each thing its number, firm, office and last day; the case itself only within
    the scope. Evaluate what it narrows within `whole_reach`."""

    scope: Scope
    whole: bool

    @classmethod
    def of(cls, scope: Scope) -> Reader:
        return cls(scope, supervises(scope))

    def cases(self, prefix: str = "") -> Q:
        """Condition on cases, or on what leads to one by `prefix`."""
        return Q() if self.whole else self.scope.of_offices.findings(prefix)

    def tasks(self) -> Q:
        return Q() if self.whole else tasks_seen(self.scope)

    def lines(self, prefix: str = "") -> Q:
        return Q() if self.whole else self.scope.of_offices.lines(prefix)

    def targets(self) -> tuple[str, ...]:
        """The cities and departments of which the person may see figures."""
        return tuple(one for one in targets() if self.sees(one))

    def sees(self, target: str) -> bool:
        """Whether it may be opened: for a city or county its people and offices of the region; for
        a department the department itself and who supervises."""
        if target not in targets() and target not in counties():
            return False
        if self.whole:
            return True
        if is_city(target) or is_county(target):
            code = territory(target)
            return any(code.startswith(g.prefix) for g in self.scope.of_offices.grants)
        return target in targets_read(self.scope)


WHOLE = Reader(Scope(()), True)
"""Over everything, whoever asks: for what is proposed and frozen."""


def leading() -> tuple[str, ...]:
    """The offices that lead supervision."""
    return Opinions.of().lead(SUPERVISION)


def supervises(scope: Scope) -> bool:
    """Whether somebody is of an office that leads supervision, or of the government."""
    return not offices_read(scope).isdisjoint({*leading(), GOVERNMENT})
