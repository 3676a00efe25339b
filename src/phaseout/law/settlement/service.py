"""Length of service in whole months and days over, over one or several spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from phaseout.law.periods.arithmetic import add_months
from phaseout.law.settlement.refused import ends_before_it_begins

DAYS_A_MONTH = 30
"""Days over of several spans add up to a month at so many (ours; the law is silent)."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row, both inside."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ends_before_it_begins(self.first, self.last)

    def before(self, day: date) -> Span | None:
        """What of it lies before the day."""
        last = min(self.last, day - timedelta(days=1))
        return Span(self.first, last) if last >= self.first else None

    def since(self, day: date) -> Span | None:
        """What of it lies on the day or after."""
        first = max(self.first, day)
        return Span(first, self.last) if self.last >= first else None


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """Whole months, and days beyond them."""

    months: int
    days: int

    @property
    def years(self) -> int:
        return self.months // 12

    def says(self) -> tuple[str, str]:
        """In words: 9年7个月3日; what is nought is left out."""
        years, months = divmod(self.months, 12)
        named = ((years, "年", "year"), (months, "个月", "month"), (self.days, "日", "day"))
        parts = [(n, zh, en) for n, zh, en in named if n] or [(0, "日", "day")]
        zh = "".join(f"{n}{unit}" for n, unit, _ in parts)
        en = " ".join(f"{n} {unit}" + ("" if n == 1 else "s") for n, _, unit in parts)
        return zh, en


def length(spans: Sequence[Span]) -> Length:
    """How long the spans are together. Spans that touch count as one; they must not overlap.

    >>> length([Span(date(2017, 1, 1), date(2017, 6, 30))])
    Length(months=6, days=0)
    >>> length([Span(date(2017, 1, 1), date(2017, 6, 29))])
    Length(months=5, days=29)
    """
    months = days = 0
    parts = joined(spans)
    for span in parts:
        after = span.last + timedelta(days=1)
        whole = (after.year - span.first.year) * 12 + after.month - span.first.month
        while add_months(span.first, whole) > after:
            whole -= 1
        months += whole
        days += (after - add_months(span.first, whole)).days
    if len(parts) > 1:
        months, days = months + days // DAYS_A_MONTH, days % DAYS_A_MONTH
    return Length(months, days)


def joined(spans: Sequence[Span]) -> list[Span]:
    """The spans in order, those that touch made one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: one.first):
        if found and found[-1].last + timedelta(days=1) >= span.first:
            found[-1] = Span(found[-1].first, max(found[-1].last, span.last))
        else:
            found.append(span)
    return found
