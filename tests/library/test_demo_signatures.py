"""The region pack's signatures as rows: the same to the law, once, and marked."""

from __future__ import annotations

from datetime import date

import pytest

pytestmark = pytest.mark.django_db


def test_the_law_reads_the_same_from_the_rows_as_from_the_pack():
    from phaseout.demo.steps import demo_confirmations, demo_decisions
    from phaseout.library.demo import load_signatures
    from phaseout.library.records import confirmations_on, decisions_on

    load_signatures()
    assert set(confirmations_on(date.max)) == set(demo_confirmations())
    assert set(decisions_on(date.max)) == set(demo_decisions())


def test_loading_twice_adds_nothing():
    from phaseout.library.demo import load_signatures

    assert load_signatures() == (521, 10)
    assert load_signatures() == (0, 0)


def test_is_marked_and_its_people_cannot_sign_in():
    from phaseout.accounts.models import User
    from phaseout.library.demo import load_signatures
    from phaseout.library.models import Confirmation

    load_signatures()
    assert not Confirmation.objects.exclude(demo=True).exists()
    assert {u.name_zh for u in User.objects.all()} == {"（演示）核对员甲", "（演示）复核员乙"}
    assert not any(u.has_usable_password() or u.posts.exists() for u in User.objects.all())


def test_is_refused_outside_the_demo(settings):
    from phaseout.law.refusals import Refusal
    from phaseout.library.demo import load_signatures

    settings.DEMO = False
    with pytest.raises(Refusal, match="demo_only"):
        load_signatures()


def test_written_files_are_read_back_as_they_were(tmp_path):
    from phaseout.law.judgement.authority import read_decisions
    from phaseout.law.norms.confirmation import read_confirmations
    from phaseout.library import records
    from phaseout.library.demo import load_signatures

    load_signatures()
    day = date(2018, 3, 15)
    signed, decided = records.confirmations_on(day), records.decisions_on(day)
    records.write_confirmations(tmp_path / "c.csv", signed)
    records.write_decisions(tmp_path / "d.csv", decided)
    assert read_confirmations(tmp_path / "c.csv") == signed
    assert read_decisions(tmp_path / "d.csv") == decided


def test_takes_a_fixed_number_of_queries(django_assert_num_queries):
    from phaseout.library.demo import load_signatures
    from phaseout.library.records import confirmations_on, decisions_on

    load_signatures()
    with django_assert_num_queries(3):
        confirmations_on(date.max), decisions_on(date.max)
