"""Which deadlines will run out at the present pace: days left against the days others took.

For each duty or measure that falls due within the horizon: how long it took in other cases, from
the day the period began to the act that met it, or past its last day where it was not met (it took
longer than that; to leave these out would make all look quick). Of those that took longer than this
one has taken already, the median says on which day it would be met at that pace; a day after the
last day means that it will run out. Where fewer than `LEAST` such cases are known nothing is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from django.db import connection

from phaseout.accounts.organisations import office_name
from phaseout.accounts.scope import Scope
from phaseout.casework.models import CaseDeadline
from phaseout.casework.watching.pausing import paused
from phaseout.casework.watching.wording import period_words
from phaseout.law.procedures import PROCEDURES, procedure, versions
from phaseout.law.refusals import Bilingual

HORIZON = timedelta(days=60)
LEAST = 5
"""Fewer cases than that make no pace."""
MOST = 500
"""So many deadlines are looked at, the most urgent first."""
LOOK_BACK = timedelta(days=730)

# How long each period took where an act met it or it lapsed; the newest two years of the whole
# region: the pace of an office alone would rest on too few.
TAKEN = """
SELECT c.procedure, d.period, coalesce(met.on_day, l.due + 1) - d.runs_from AS days
FROM casework_casedeadline AS d JOIN casework_case AS c ON c.id = d.case_id
JOIN unnest(%(procedures)s::text[], %(periods)s::text[], %(kinds)s::text[])
  AS e(procedure, period, kinds) ON e.procedure = c.procedure AND e.period = d.period
LEFT JOIN casework_lapse AS l
  ON (l.case_id, l.period, l.opened_by, l.due) = (d.case_id, d.period, d.opened_by, d.due)
LEFT JOIN LATERAL (
  SELECT a.done_on AS on_day FROM casework_act AS a
  WHERE a.case_id = d.case_id AND a.place > d.opened_by
    AND a.kind = ANY(string_to_array(e.kinds, ';'))
  ORDER BY a.place LIMIT 1) AS met ON true
WHERE (l.id IS NOT NULL OR NOT d.going AND met.on_day IS NOT NULL)
  AND d.kind IN ('duty', 'measure') AND d.runs_from >= %(since)s
"""
Days = Mapping[tuple[str, str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One deadline: when it would be met at the pace of the others."""

    deadline: CaseDeadline
    name: Bilingual
    days_left: int
    elapsed: int
    usual: int
    rests_on: int
    expected: date

    @property
    def will_lapse(self) -> bool:
        due = self.deadline.due
        return due is not None and self.expected > due

    @property
    def late_by(self) -> int:
        due = self.deadline.due
        return (self.expected - due).days if due is not None else 0


@dataclass(frozen=True, slots=True)
class Unforeseen:
    """One deadline of which nothing is said, and how many comparable cases there are."""

    deadline: CaseDeadline
    name: Bilingual
    known: int


@dataclass(slots=True)
class OfOffice:
    """What is foreseen of an office: those that will run out, and how many there are of each."""

    name: Bilingual
    will_lapse: list[Foreseen] = field(default_factory=list)
    in_time: int = 0
    unknown: list[Unforeseen] = field(default_factory=list)

    @property
    def looked_at(self) -> int:
        return len(self.will_lapse) + self.in_time + len(self.unknown)


@dataclass(frozen=True, slots=True)
class Foresight:
    """What is foreseen within a scope, by office; `cut`: there are more than were looked at."""

    offices: list[OfOffice]
    cut: bool
    looked_at: int

    @property
    def known(self) -> bool:
        return any(one.will_lapse or one.in_time for one in self.offices)

    @property
    def unknown(self) -> list[Unforeseen]:
        """Of all offices, in the order of their last days."""
        found = [one for office in self.offices for one in office.unknown]
        return sorted(found, key=lambda one: (one.deadline.due or date.max, one.deadline.pk))


def foresee(scope: Scope, today: date) -> Foresight:
    """Three queries, however many cases there are."""
    rows = list(
        CaseDeadline.objects.filter(
            scope.findings("case__"),
            going=True,
            kind__in=["duty", "measure"],
            due__gte=today,
            due__lte=today + HORIZON,
        )
        .select_related("case__enterprise")
        .order_by("due", "id")[: MOST + 1]
    )
    looked_at = rows[:MOST]
    still = paused(looked_at)
    looked_at = [one for one in looked_at if one.pk not in still]
    taken = _taken(today) if looked_at else {}
    offices: dict[tuple[str, str], OfOffice] = {}
    for one in looked_at:
        key = (one.office, one.division_code[:4] if one.office == "cities" else "")
        office = offices.setdefault(
            key, OfOffice(office_name(one.office, one.division_code, today))
        )
        _place(office, one, taken.get((one.case.procedure, one.period), ()), today)
    listed = sorted(offices.values(), key=lambda one: (-len(one.will_lapse), one.name[0]))
    return Foresight(listed, len(rows) > MOST, len(looked_at))


def _place(office: OfOffice, one: CaseDeadline, taken: Sequence[int], today: date) -> None:
    foreseen = expected(one, taken, today)
    if foreseen is None:
        known = len(_at_least(one, taken, today))
        office.unknown.append(Unforeseen(one, period_words(one.case, one.period), known))
    elif foreseen.will_lapse:
        office.will_lapse.append(foreseen)
    else:
        office.in_time += 1


def expected(one: CaseDeadline, taken: Sequence[int], today: date) -> Foreseen | None:
    """When the deadline would be met; None where too little is known to say."""
    elapsed = (today - one.runs_from).days
    longer = _at_least(one, taken, today)
    if len(longer) < LEAST or one.due is None:
        return None
    usual = round(median(longer))
    return Foreseen(
        deadline=one,
        name=period_words(one.case, one.period),
        days_left=(one.due - today).days,
        elapsed=elapsed,
        usual=usual,
        rests_on=len(longer),
        expected=one.runs_from + timedelta(days=usual),
    )


def _at_least(one: CaseDeadline, taken: Sequence[int], today: date) -> list[int]:
    elapsed = (today - one.runs_from).days
    return [days for days in taken if days >= elapsed]


def _taken(today: date) -> Days:
    ends: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name in PROCEDURES:
        for first, _ in versions(name):
            for period in procedure(name, version=first.isoformat()).periods.values():
                if period.kind in ("duty", "measure"):
                    ends[name, period.id].update(period.ends_by)
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            TAKEN,
            {
                "procedures": [name for name, _ in ends],
                "periods": [period for _, period in ends],
                "kinds": [";".join(sorted(kinds)) for kinds in ends.values()],
                "since": today - LOOK_BACK,
            },
        )
        for name, period, days in cursor.fetchall():
            found[name, period].append(days)
    return found
