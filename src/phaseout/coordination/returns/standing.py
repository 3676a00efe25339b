"""Where the returns of a year stand: who has reported, who is late, who is reminded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from phaseout.coordination.returns.models import Return, ReturnAct
from phaseout.coordination.returns.seats import cities, departments
from phaseout.law.annual import Due, reminders, returns_due
from phaseout.law.refusals import Bilingual

Kind = ReturnAct.Kind
FIRST_YEAR = 2017
"""The Opinions are of June 2017: the first year whose exits are reported under them."""
_FROZEN: list[Callable[[int], bool]] = []


def ask_whether_frozen(asked: Callable[[int], bool]) -> None:
    """Have `asked(year)` say whether the report of a year was frozen: the room above keeps that."""
    _FROZEN[:] = [asked]


class State(StrEnum):
    """`open`: not reported and still in time; `late`: from the day after the last one."""

    OPEN = "open"
    LATE = "late"
    FILED = "filed"
    SENT_BACK = "sent_back"
    ACCEPTED = "accepted"

    @property
    def words(self) -> Bilingual:
        return _WORDS[self]


_WORDS = {
    State.OPEN: ("未报送", "not reported"),
    State.LATE: ("逾期未报送", "late"),
    State.FILED: ("已报送，待核对", "reported"),
    State.SENT_BACK: ("已退回", "sent back"),
    State.ACCEPTED: ("已核对接受", "accepted"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One city's return to one department for a year, as it stands on `today`. `closed`: the report
    of the year was signed, and follows returns no more."""

    year: int
    department: str
    city: str
    due: Due
    today: date
    last: ReturnAct | None = None
    filed: Return | None = None
    closed: bool = False

    @property
    def about(self) -> str:
        return f"{self.year}:{self.department}:{self.city}"

    @property
    def state(self) -> State:
        if self.last is None:
            return State.LATE if self.is_past else State.OPEN
        return {
            Kind.FILE: State.FILED,
            Kind.SEND_BACK: State.SENT_BACK,
            Kind.ACCEPT: State.ACCEPTED,
        }[Kind(self.last.kind)]

    @property
    def is_past(self) -> bool:
        return self.today > self.due.due

    @property
    def waits_for_city(self) -> bool:
        """Whether the city has to report, and can."""
        waiting = self.state in (State.OPEN, State.LATE, State.SENT_BACK)
        return waiting and not self.closed

    @property
    def met(self) -> bool:
        """Whether the city has done what it owes by the last day."""
        return self.filed is not None and self.state is not State.SENT_BACK

    @property
    def opens(self) -> date:
        """The first day on which it may be reported: that of the first reminder. Before, the year
        has most of its time to go, and whoever says what exited in it says too much."""
        return min(reminders(self.due.due), default=self.due.due)

    @property
    def is_open(self) -> bool:
        return self.opens <= self.today and not self.closed

    @property
    def reminded(self) -> bool:
        """Whether the city is reminded now: from the first reminder on until it has reported; what
        was sent back at once."""
        return self.waits_for_city and (self.state is State.SENT_BACK or self.today >= self.opens)

    @property
    def days_late(self) -> int:
        """Days after the last one: until today, or until it was first reported. Nought: in time."""
        if self.filed is not None:
            return self.filed.days_late
        return max(0, (self.today - self.due.due).days)


def places(
    year: int,
    today: date,
    *,
    of: Iterable[str] | None = None,
    to: Iterable[str] | None = None,
) -> list[Place]:
    """Every city's return to every department for a year, departments first. Three queries.

    Args:
        of: cities by division code; None: all. to: departments; None: all.
    """
    wanted_of, wanted_to = tuple(of or cities()), tuple(to or departments())
    here = {"year": year, "department__in": wanted_to, "division_code__in": wanted_of}
    last = {
        (act.department, act.division_code): act
        for act in ReturnAct.objects.filter(**here).select_related("by").order_by("pk")
    }
    filed = {
        (one.department, one.division_code): one
        for one in Return.objects.filter(**here).select_related("act__by").order_by("version")
    }
    due, closed = returns_due(year), any(asked(year) for asked in _FROZEN)
    return [
        Place(year, to_, city, due, today, last.get((to_, city)), filed.get((to_, city)), closed)
        for to_ in wanted_to
        for city in wanted_of
    ]


def place(year: int, department: str, city: str, today: date) -> Place:
    return places(year, today, of=[city], to=[department])[0]


def years(today: date) -> list[int]:
    """The years of the round, the newest first: from the first under the Opinions to that of
    `today`."""
    return list(range(today.year, FIRST_YEAR - 1, -1))
