"""Single figures of our own, each dated and with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phaseout.law.norms.records import Confidence
from phaseout.law.norms.shipped import rows_of
from phaseout.law.periods.arithmetic import add_months
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class Within:
    """The last day by which a reply may be asked for, inside, and the rule that says so."""

    last: date
    months: int
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class _Rule:
    key: str
    value: int
    unit: str
    effective_from: date
    effective_to: date | None
    source_id: str
    clause: str
    confidence: Confidence
    zh: str
    en: str


def opinions_within(sent_on: date) -> Within | None:
    """Until when opinions on a draft sent out on a day may be asked for at most: the same day of a
    later month, or that month's last day if it has none; None: no rule is in force.

    >>> opinions_within(date(2017, 11, 30)).last
    datetime.date(2018, 2, 28)
    """
    for row in rows_of(__package__, "rules", _Rule):
        until = row.effective_to or date.max
        if row.key == "opinions_within" and row.effective_from <= sent_on <= until:
            return Within(add_months(sent_on, row.value), row.value, (row.zh, row.en))
    return None
