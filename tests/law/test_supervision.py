"""Supervision as data: shares without a per cent of too few, thresholds at their limit and on their
days, outliers at the fences, every stage of a procedure in a phase."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from phaseout.law.procedures import PROCEDURES, procedure
from phaseout.law.procedures.records import StageKind
from phaseout.law.supervision import (
    AWAITING,
    BLOCK,
    DECIDED,
    Share,
    fences,
    figure,
    figures,
    measure_kind,
    proposal,
    rule,
    stages_in,
    thresholds,
)

ON = date(2018, 3, 15)


@pytest.mark.parametrize(
    ("share", "percent", "too_few"),
    [
        (Share(), None, False),
        (Share(0, 0), None, False),
        (Share(3, 4), None, True),
        (Share(0, 5), Decimal(0), False),
        (Share(1, 6), Decimal("16.7"), False),
        (Share(5, 5), Decimal(100), False),
        (Share(7), None, False),
    ],
)
def test_unknown_none_and_too_few_are_no_per_cent(share, percent, too_few) -> None:
    assert share.percent_of_at_least(5) == percent
    assert share.is_too_few(5) == too_few


@pytest.mark.parametrize(
    ("share", "kind"),
    [
        (Share(3, 20), None),  # exactly 15 per cent is not more
        (Share(151, 1000), "circular"),
        (Share(6, 20), "circular"),  # exactly 30
        (Share(7, 20), "summons"),
        (Share(9, 20), "summons"),  # exactly 45
        (Share(10, 20), "inspection"),
        (Share(12, 20), "inspection"),  # exactly 60
        (Share(13, 20), "handling"),
        (Share(4, 4), None),  # of too few
        (Share(), None),
        (Share(0, 0), None),
    ],
)
def test_the_gravest_measure_passed_is_proposed(share, kind) -> None:
    found = proposal({"overdue": share}, ON)
    assert (found.kind if found else None) == kind
    if found:
        assert found.keys == {f"{one.threshold.measure}:overdue" for one in
                              (*found.because, *found.also)}  # fmt: skip


def test_a_threshold_holds_from_its_first_day() -> None:
    assert not thresholds(date(2017, 5, 31))
    assert thresholds(date(2017, 6, 1)) == thresholds(ON)
    assert proposal({"overdue": Share(9, 9)}, date(2017, 5, 31)) is None
    with pytest.raises(LookupError):
        rule("spread_fence", date(2017, 5, 31))


def test_the_tables_know_each_other() -> None:
    for one in thresholds(ON):
        assert figure(one.figure).is_share and measure_kind(one.measure) and all(one.reason)
        assert one.source_id == "PHASEOUT-PROCEDURES"  # our own, and said to be
    assert all(one.least for one in figures() if one.is_share)


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_stage_in_which_a_case_goes_on_has_a_phase(name) -> None:
    phases = [stages_in(one) for one in (AWAITING, DECIDED)]
    known = [stage for phase in phases for stage in phase[name]]
    assert len(known) == len(set(known))
    in_blocks = {stage for phase in phases for stage in phase[BLOCK]}
    stages = procedure(name, on=ON).stages.values()
    going = {one.id for one in stages if one.track == "main" and one.kind is StageKind.RUN}
    assert {one for one in going if "." not in one} <= set(known)
    assert {one.partition(".")[2] for one in going if "." in one} <= in_blocks


def test_bounds_lie_so_many_ranges_beyond_the_quartiles_and_few_values_have_none() -> None:
    three = (Decimal(30), Decimal(40), Decimal(50))
    found = fences(8, *three, times=Decimal("1.5"), least=8)
    assert found is not None and (found.low, found.high) == (0, 80)
    assert fences(7, *three, times=Decimal("1.5"), least=8) is None


def test_where_all_get_the_same_the_bounds_leave_no_room() -> None:
    found = fences(9, *(Decimal(180),) * 3, times=Decimal("1.5"), least=8)
    assert found is not None and found.low == found.high == 180
