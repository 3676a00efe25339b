"""Periods of a case: opened, lengthened, paused, met by acts; counted by `law.periods`.

Nothing here is counted down: the last day follows from the acts and the calendar each time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any

from phaseout.law.periods import Certificate, RestCalendar
from phaseout.law.procedures.counting import certificate_of, set_day
from phaseout.law.procedures.records import Period, Procedure
from phaseout.law.refusals import Refusal


class Standing(StrEnum):
    """How a deadline stands on a day."""

    RUNNING = "running"
    MET = "met"
    MET_LATE = "met_late"
    LAPSED = "lapsed"  # its last day is over and the act is still not done
    OVER = "over"  # the last day of a right: what was not used is given up
    ENDED = "ended"  # the case or the round ended before its last day
    UNCOUNTED = "uncounted"  # its last day cannot be counted yet: no calendar for that year
    OPEN = "open"  # a measure without a last day


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was done. `on`: the day of the act; `served_on`: the day its document counts
    as served, for acts of service. `facts`: what it carries, by item."""

    kind: str
    on: date
    served_on: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Opening:
    """One opening of a period, while the acts are gone through."""

    procedure: Procedure
    period: Period
    act: Done
    trigger: date | datetime
    index: int
    ended_on: date | None = None
    cut_on: date | None = None
    extension: int = 0
    counts: dict[tuple[int, int, int | None], Certificate] = field(default_factory=dict)
    """What was counted already, by what of the count acts can change."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A period that an act has opened, on a day. `certificate` None: it has no last day.

    `opened_by` is the place of that act in the sequence; `then` the acts that follow from a lapse.
    """

    period: str
    name: tuple[str, str]
    kind: str
    whose: str
    opened_by: int
    runs_from: date | datetime
    certificate: Certificate | None
    standing: Standing
    met_on: date | None
    lapse: tuple[str, str]
    then: tuple[str, ...]
    uncounted: Refusal | None = None
    still: bool = False
    """It does not run now: its last day, as known today, moves with each day of the pause."""

    @property
    def due(self) -> date | None:
        """The last day on which it can be met, inside the period."""
        if self.certificate is None:
            return None
        due = self.certificate.due
        return due.date() if isinstance(due, datetime) else due

    @property
    def open(self) -> bool:
        """Whether something is still to be done: it runs, or it has lapsed unmet."""
        return self.standing in (
            Standing.RUNNING,
            Standing.LAPSED,
            Standing.OPEN,
            Standing.UNCOUNTED,
        )


@dataclass(slots=True)
class Clockwork:
    """The openings of a case, act by act."""

    calendar: RestCalendar
    acts: list[Done] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)

    def take(self, procedure: Procedure, act: Done) -> None:
        """Go one act further: what it ends, reopens, lengthens, and then what it opens."""
        index = len(self.acts)
        self.acts.append(act)
        for opening in self.openings:
            self._touch(opening, act)
        for period in procedure.opened_by.get(act.kind, ()):
            self._open(procedure, period, act, index)

    def _touch(self, opening: Opening, act: Done) -> None:
        period = opening.period
        if opening.cut_on is not None:
            return
        if opening.ended_on is None and act.kind in period.ends_by:
            opening.ended_on = act.on
        elif act.kind in period.reopened_by and self.latest(period.id) is opening:
            opening.ended_on = None
        if act.kind in period.lengthened_by and self.latest(period.id) is opening:
            opening.extension += int(act.facts.get("months", 0))

    def _open(self, procedure: Procedure, period: Period, act: Done, index: int) -> None:
        length = period.length
        if length is None or length.unit == "none":
            return
        trigger = self._trigger(period, act)
        if trigger is None:
            return
        for earlier in self.openings:
            if earlier.period.id == period.id and earlier.ended_on is None:
                earlier.cut_on = earlier.cut_on or act.on
        self.openings.append(Opening(procedure, period, act, trigger, index))

    def _trigger(self, period: Period, act: Done) -> date | datetime | None:
        kind, _, argument = period.start.partition(":")
        if kind == "fact":
            named = act.facts.get(argument)
            return named if isinstance(named, date) else None
        if kind in ("end", "with", "ends"):
            others = [self.latest(name) for name in argument.split(";")]
            dues = [self._last_day(other, extended=False) for other in others if other]
            days = [due for due in dues if due is not None]
            return max(days) if len(days) == len(others) else None
        if kind == "set":
            return act.served_on or act.on if self._set_day(period) else None
        return act.served_on if kind == "served" else act.on

    def _set_day(self, period: Period) -> date | None:
        fact, _, kind = period.start.partition(":")[2].partition("@")
        for act in reversed(self.acts):
            if act.kind == kind and isinstance(act.facts.get(fact), date):
                day: date = act.facts[fact]
                return day
        return None

    def latest(self, period: str) -> Opening | None:
        for opening in reversed(self.openings):
            if opening.period.id == period:
                return opening
        return None

    def cut(self, on: date, *, prefix: str | None = None, rights: bool = False) -> None:
        """A new round, or the end of the case: what is open stops there, rights only if told."""
        for opening in self.openings:
            if opening.ended_on is not None or opening.cut_on is not None:
                continue
            if prefix is not None and not opening.period.id.startswith(f"{prefix}."):
                continue
            if rights or opening.period.kind not in _RIGHTS:
                opening.cut_on = on

    def certificate(
        self, opening: Opening, on: date, *, extended: bool = True
    ) -> Certificate | None:
        """The count of an opening as known on `on` (a pause that still runs counts up to it)."""
        length = opening.period.length
        if length is None or length.unit == "until_lifted":
            return None
        if length.unit == "with":
            return set_day(opening, _day(opening.trigger), self.calendar)
        if length.unit == "set":
            day = self._set_day_at(opening)
            return self._set(opening, day, on) if day else None
        counted, paused = self._count(opening, 0, extended), 0
        for since, until in self._pauses(opening, on):
            if since > _day(counted.due):
                break  # it had run out before: a pause gives nothing back
            paused += (until - since).days
            counted = self._count(opening, paused, extended)
        return counted

    def _set(self, opening: Opening, day: date, on: date) -> Certificate:
        """A day that was set, later by the days on which the decision was stayed."""
        paused = 0
        for since, until in self._pauses(opening, on):
            if since > day + timedelta(days=paused):
                break
            paused += (until - since).days
        return set_day(opening, day, self.calendar, paused=paused)

    def _pauses(self, opening: Opening, on: date) -> list[tuple[date, date]]:
        """The days that do not count of an opening, as known on `on`."""
        length = opening.period.length
        pairs = length.pauses if length is not None else ()
        stops = [day for day in (on, opening.ended_on, opening.cut_on) if day is not None]
        return pauses_of(self.acts[opening.index :], pairs, min(stops))

    def _count(self, opening: Opening, paused: int, extended: bool) -> Certificate:
        extension, months = opening.extension if extended else 0, self._own_length(opening)
        known = opening.counts.get((extension, paused, months))
        if known is None:
            known = opening.counts[extension, paused, months] = certificate_of(
                opening, extension=extension, paused=paused, months=months, calendar=self.calendar
            )
        return known

    def _set_day_at(self, opening: Opening) -> date | None:
        earlier = replace(self, acts=self.acts[: opening.index + 1])
        return earlier._set_day(opening.period)

    def _own_length(self, opening: Opening) -> int | None:
        """A shorter length that the decision has set, as `months@order_rectification` says."""
        fact, _, kind = opening.period.length_fact.partition("@")
        if not fact:
            return None
        for act in reversed(self.acts[: opening.index + 1]):
            if act.kind == kind:
                return int(act.facts[fact]) if fact in act.facts else None
        return None

    def _last_day(self, opening: Opening, *, extended: bool) -> date | None:
        found = self.counted(opening, _day(opening.trigger), extended=extended)
        return _day(found.due) if isinstance(found, Certificate) else None

    def counted(
        self, opening: Opening, on: date, *, extended: bool = True
    ) -> Certificate | Refusal | None:
        """The count, or the refusal of `law.periods`: the calendar does not reach so far."""
        try:
            return self.certificate(opening, on, extended=extended)
        except Refusal as refusal:
            return refusal

    def past(self, opening: Opening, on: date) -> bool:
        """Whether the last day is over on `on`; never for a measure without one.

        A last day that cannot be counted yet is not over: who may reply may still reply, and who
        must wait goes on waiting until the calendar is there.
        """
        found = self.counted(opening, on)
        return isinstance(found, Certificate) and _day(found.due) < on

    def deadline(self, opening: Opening, on: date) -> Deadline:
        found = self.counted(opening, on)
        certificate = found if isinstance(found, Certificate) else None
        refusal = found if isinstance(found, Refusal) else None
        period = opening.period
        return Deadline(
            period=period.id,
            name=period.name,
            kind=period.kind,
            whose=period.whose,
            opened_by=opening.index,
            runs_from=opening.trigger,
            certificate=certificate,
            standing=_standing(opening, certificate, on, refusal),
            met_on=opening.ended_on,
            lapse=period.lapse,
            then=period.then,
            uncounted=refusal,
            still=self._stands_still(opening, certificate),
        )

    def _stands_still(self, opening: Opening, found: Certificate | None) -> bool:
        length = opening.period.length
        if length is None or not length.pauses or opening.ended_on or opening.cut_on:
            return False
        later = self.acts[opening.index :]
        begun = [since for since in map(partial(_since, later), length.pauses) if since]
        return found is not None and any(since <= _day(found.due) for since in begun)


_RIGHTS = ("reply", "right", "advice")


def _standing(
    opening: Opening, certificate: Certificate | None, on: date, uncounted: Refusal | None
) -> Standing:
    due = _day(certificate.due) if certificate else None
    if opening.ended_on is not None:
        return Standing.MET_LATE if due is not None and opening.ended_on > due else Standing.MET
    stopped = min(opening.cut_on, on) if opening.cut_on else on
    if due is not None and due < stopped and opening.period.kind != "guard":
        return Standing.OVER if opening.period.kind in _RIGHTS else Standing.LAPSED
    if opening.cut_on is not None or opening.period.kind == "guard":
        return Standing.ENDED
    if uncounted is not None:
        return Standing.UNCOUNTED
    return Standing.RUNNING if due is not None else Standing.OPEN


def pauses_of(
    acts: Sequence[Done], pairs: Sequence[tuple[str, str]], on: date
) -> list[tuple[date, date]]:
    """The pauses up to `on`, merged: the days after the first day and up to the second do not
    count. Each begins with one act of a pair and ends with the other, or still goes on."""
    found: list[tuple[date, date]] = []
    for begin, end in pairs:
        since: date | None = None
        for act in acts:
            if since is None and act.kind == begin:
                since = act.on
            elif since is not None and act.kind == end:
                found.append((since, act.on))
                since = None
        if since is not None:
            found.append((since, max(since, on)))
    merged: list[tuple[date, date]] = []
    for first, last in sorted(found):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _since(acts: Sequence[Done], pair: tuple[str, str]) -> date | None:
    """Since when a pause of the pair goes on."""
    begin, end = pair
    since: date | None = None
    for act in acts:
        if act.kind == begin and since is None:
            since = act.on
        elif act.kind == end:
            since = None
    return since


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
