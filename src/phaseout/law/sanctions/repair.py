"""Publication and repair of a credit record, by the rule in force on the day.

rule_on(day, severity, special)     the rule; None: none is on record for that day
terms(rule, since)                  the first day of repair, the last day of publication
lacking(rule, …)                    the conditions not met yet
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phaseout.law.norms import Confidence
from phaseout.law.periods import Bound, Unit, count_period
from phaseout.law.refusals import Bilingual
from phaseout.law.sanctions.tables import table

SAFETY = "safety"


@dataclass(frozen=True, slots=True)
class RepairRule:
    """What a rule says of one class of dishonesty; both ends of its days are inside.

    `shortest` empty: no shortest time; `published` no: the class is normally not published.
    """

    rule: str
    source_id: str
    number: str
    title_zh: str
    title_en: str
    severity: str
    special: str
    shortest: str
    shortest_unit: str
    longest: str
    longest_unit: str
    published: str
    effective_from: date
    effective_to: date | None
    confidence: Confidence
    note: str

    @property
    def cited(self) -> Bilingual:
        return f"《{self.title_zh}》（{self.number}）", f"{self.title_en} ({self.number})"


@dataclass(frozen=True, slots=True)
class Condition:
    """What must be met before a record is repaired."""

    rule: str
    condition: str
    zh: str
    en: str
    confidence: Confidence
    note: str

    @property
    def words(self) -> Bilingual:
        return self.zh, self.en


@dataclass(frozen=True, slots=True)
class Terms:
    """`repairable_from`: the first day on which the shortest time is over; `until`: the last day of
    publication. Both counted from the decision, whose day is not counted."""

    repairable_from: date
    until: date


def rule_on(day: date, severity: str, special: str = "") -> RepairRule | None:
    """The rule of the day for a class; a special kind (safety) has its own row where the rule knows
    it. None: no rule is on record for that day (before 2019-07-01)."""
    held = [
        row
        for row in table("repair_rules", RepairRule)
        if row.severity == severity
        and row.effective_from <= day
        and (row.effective_to is None or day <= row.effective_to)
    ]
    own = [row for row in held if row.special == special]
    plain = [row for row in held if not row.special]
    return next(iter([*own, *plain]), None)


def terms(rule: RepairRule, since: date) -> Terms:
    """The days of a record whose decision is of the day `since`.

    These are times of publication, not days in which somebody must act: no rest day moves them.
    """
    first = _end(since, rule.shortest, rule.shortest_unit) if rule.shortest else since
    return Terms(first, _end(since, rule.longest, rule.longest_unit))


def _end(since: date, length: str, unit: str) -> date:
    due = count_period(since, Unit(unit), int(length), bound=Bound.EARLIEST).due
    return date(due.year, due.month, due.day)


def conditions(rule: RepairRule) -> tuple[Condition, ...]:
    """What must be shown for a repair of credit under the rule."""
    return tuple(c for c in table("repair_conditions", Condition) if c.rule == rule.rule)


def lacking(
    rule: RepairRule, since: date, on: date, *, corrected: bool, promised: bool, other: bool
) -> tuple[Condition, ...]:
    """The conditions that are not met on the day.

    Args:
        since: the day of the decision that the record is of.
        corrected: whether the ground is gone.
        promised: whether a public promise was made.
        other: whether who decides has found other demands of the law met.
    """
    met = {
        "shortest_over": on >= terms(rule, since).repairable_from,
        "corrected": corrected,
        "promise": promised,
        "other_demands": other,
    }
    return tuple(c for c in conditions(rule) if not met[c.condition])
