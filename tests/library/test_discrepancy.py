"""The print says otherwise: no signature under the row counts until another person looked again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from phaseout.law.refusals import Refusal

from .conftest import RECALLED, TODAY

SAID = {"document": "GB 21341-2017", "page": "3, 表1"}


@pytest.fixture
def signed(first, second):
    from phaseout.library import confirming

    earlier = TODAY - timedelta(days=10)
    confirmation = confirming.confirm(RECALLED, by=first, today=earlier, **SAID)
    return confirming.countersign(confirmation, by=second, today=earlier)


def settled(day):
    from phaseout.law.norms.confirmation import settled_rows
    from phaseout.library.records import confirmations_on
    from phaseout.library.shelf import row_of

    return RECALLED in settled_rows([row_of(RECALLED)], confirmations_on(day), day)


def doubted(by, **changes):
    from phaseout.library.confirming import note_discrepancy

    return note_discrepancy(RECALLED, by=by, **{**SAID, "says": "8600", "today": TODAY, **changes})


def test_the_row_is_relied_upon_no_more_from_the_day_of_the_doubt(signed, first):
    doubted(first)
    days = [TODAY + timedelta(days=n) for n in (-1, 0, 1)]
    assert [settled(day) for day in days] == [True, False, False]


def test_a_row_whose_figure_was_seen_counts_no_more_either(first):
    from phaseout.law.norms.confirmation import settled_rows
    from phaseout.library.confirming import note_discrepancy
    from phaseout.library.records import confirmations_on
    from phaseout.library.shelf import row_of

    seen = "energy_limits/GB21341-2008/3"
    note_discrepancy(seen, by=first, says="1990", today=TODAY, **SAID)
    assert settled_rows([row_of(seen)], confirmations_on(TODAY), TODAY) == set()


def test_a_written_register_keeps_the_doubt(signed, first, tmp_path):
    from phaseout.law.norms.confirmation import read_confirmations
    from phaseout.library.records import confirmations_on, write_confirmations

    doubted(first)
    register = confirmations_on(TODAY)
    write_confirmations(tmp_path / "c.csv", register)
    assert read_confirmations(tmp_path / "c.csv") == register
    assert [one.differs for one in register] == [False, True]


def test_it_counts_again_from_the_day_another_person_looked(signed, first, second):
    from phaseout.library.confirming import clear_discrepancy

    later = TODAY + timedelta(days=2)
    clear_discrepancy(doubted(first), reason="看错了行", by=second, today=later)
    days = [later + timedelta(days=n) for n in (-1, 0, 1)]
    assert [settled(day) for day in days] == [False, True, True]


def test_nobody_clears_his_own_doubt(first):
    from phaseout.library.confirming import clear_discrepancy

    with pytest.raises(Refusal) as refused:
        clear_discrepancy(doubted(first), reason="看错了", by=first, today=TODAY)
    assert refused.value.code == "cleared_by_same_person"


def test_a_doubted_row_takes_no_signature(first, second):
    from phaseout.library import confirming

    confirmation = confirming.confirm(RECALLED, by=first, today=TODAY, **SAID)
    doubted(second)
    for act in (
        lambda: confirming.confirm(RECALLED, by=second, today=TODAY, **SAID),
        lambda: confirming.countersign(confirmation, by=second, today=TODAY),
        lambda: doubted(first),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "print_says_otherwise"
        assert "8600" in refused.value.zh


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"says": " "}, "discrepancy_without_words"),
        ({"page": ""}, "confirmation_without_place"),
        ({"says": "字" * 501}, "text_too_long"),
    ],
)
def test_refused(first, changes, code):
    with pytest.raises(Refusal) as refused:
        doubted(first, **changes)
    assert refused.value.code == code


def test_what_rests_on_the_row_is_judged_anew(signed, first):
    from procrastinate.contrib.django.models import ProcrastinateJob

    before = ProcrastinateJob.objects.count()
    doubted(first)
    assert ProcrastinateJob.objects.count() == before + 1
