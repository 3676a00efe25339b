"""Spans of days: union, what is left uncovered, what is common. Both ends are inside."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from phaseout.law.norms.spans import Span, common, uncovered, union

YEAR = (date(2020, 1, 1), date(2020, 12, 31))
_DAY = timedelta(days=1)


def days(spans: list[Span]) -> set[date]:
    return {first + n * _DAY for first, last in spans for n in range((last - first).days + 1)}


def span(pair: tuple[date, date]) -> Span:
    return min(pair), max(pair)


SOME_DAYS = st.dates(date(2019, 11, 1), date(2021, 2, 28))
SPANS = st.lists(st.tuples(SOME_DAYS, SOME_DAYS).map(span), max_size=6)


@given(SPANS)
def test_the_union_covers_the_same_days_and_its_spans_neither_overlap_nor_touch(
    spans: list[Span],
) -> None:
    merged = union(spans)
    assert days(merged) == days(spans)
    for one, next_ in pairwise(merged):
        assert one[1] + _DAY < next_[0]


@given(SPANS)
def test_uncovered_and_common_days_make_up_the_whole(spans: list[Span]) -> None:
    left, shared = days(list(uncovered(spans, YEAR))), days(list(common(spans, YEAR)))
    assert left | shared == days([YEAR])
    assert left & shared == set()
    assert shared == days(spans) & days([YEAR])


def test_a_span_that_touches_leaves_no_day_open() -> None:
    halves = [(YEAR[0], date(2020, 6, 30)), (date(2020, 7, 1), YEAR[1])]
    assert list(uncovered(halves, YEAR)) == []


def test_one_missing_day_is_a_gap_of_one_day() -> None:
    halves = [(YEAR[0], date(2020, 6, 29)), (date(2020, 7, 1), YEAR[1])]
    assert list(uncovered(halves, YEAR)) == [(date(2020, 6, 30), date(2020, 6, 30))]


def test_an_open_end_covers_for_ever() -> None:
    assert union([(YEAR[0], date.max), YEAR]) == [(YEAR[0], date.max)]
    assert list(uncovered([(YEAR[0], date.max)], YEAR)) == []
