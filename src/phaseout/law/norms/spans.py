"""Spans of days with both ends inside: their union, and what they leave uncovered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

Span = tuple[date, date]
"""First and last day, both inside; the first is not after the last."""

_DAY = timedelta(days=1)


def union(spans: Iterable[Span]) -> list[Span]:
    """The days covered by any of the spans, as spans in order that neither overlap nor touch.

    >>> union([(date(2020, 1, 1), date(2020, 1, 31)), (date(2020, 2, 1), date(2020, 2, 9))])
    [(datetime.date(2020, 1, 1), datetime.date(2020, 2, 9))]
    """
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and (found[-1][1] == date.max or first <= found[-1][1] + _DAY):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def uncovered(spans: Iterable[Span], within: Span) -> Iterator[Span]:
    """The days of `within` that no span covers, as spans in order."""
    begins, ends = within
    for first, last in union(spans):
        if last < begins:
            continue
        if first > ends:
            break
        if begins < first:
            yield begins, first - _DAY
        if last >= ends:
            return
        begins = last + _DAY
    if begins <= ends:
        yield begins, ends


def common(spans: Iterable[Span], within: Span) -> Iterator[Span]:
    """The days of `within` that a span covers, as spans in order."""
    for first, last in union(spans):
        if first <= within[1] and within[0] <= last:
            yield max(first, within[0]), min(last, within[1])
