"""Objection by the enterprise; repair by the rule in force on the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from phaseout.accounts.powers import Role
from phaseout.law.refusals import Refusal
from phaseout.measures.sanctions import acts
from phaseout.measures.sanctions.models import Release, ReleaseNotice
from phaseout.measures.sanctions.standing import published


def refused(act, *args, **given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


@pytest.fixture
def firm(commission):
    def ways(sanction, on):
        user = commission.desk.person(
            role=Role.ENTERPRISE, uscc=sanction.enterprise_id, function=""
        )
        return commission.ways(on, user)

    return ways


def test_an_objection_is_answered_by_another_and_upheld_it_releases(commission, firm) -> None:
    journey = commission.lapsed()
    sanction, on = commission.impose(journey), journey.day
    asked = acts.object_to(sanction.pk, statement="期限计算有误。", **firm(sanction, on))
    assert refused(acts.object_to, sanction.pk, statement="再提。", **firm(sanction, on)) == (
        "sanction.pending"
    )
    given = {"upheld": True, "reason": "经核实，异议成立。"}
    assert refused(acts.answer_objection, asked.pk, **given, **commission.ways(on)) == (
        "objection.own"
    )
    acts.answer_objection(asked.pk, **given, **commission.ways(on, commission.leader))
    assert Release.objects.get().cause == "objection"


def test_an_objection_that_is_not_upheld_leaves_all_as_it_is(commission, firm) -> None:
    journey = commission.lapsed()
    sanction, on = commission.impose(journey), journey.day
    asked = acts.object_to(sanction.pk, statement="不同意。", **firm(sanction, on))
    ways = commission.ways(on, commission.leader)
    acts.answer_objection(asked.pk, upheld=False, reason="期限计算无误。", **ways)
    assert not Release.objects.exists()


def test_nobody_objects_for_another_enterprise(commission, firm) -> None:
    journey = commission.lapsed()
    sanction = commission.impose(journey)
    other = commission.desk.person(role=Role.ENTERPRISE, uscc="91640200MA00000002", function="")
    code = refused(
        acts.object_to, sanction.pk, statement="不同意。", **commission.ways(journey.day, other)
    )
    assert code == "sanction.not-yours"


def test_before_the_first_rule_nothing_is_repaired(commission, firm) -> None:
    journey = commission.lapsed()
    sanction = commission.impose(journey)
    code = refused(
        acts.ask_repair, sanction.pk, promise=True, statement="已整改。",
        **firm(sanction, journey.day),
    )  # fmt: skip
    assert code == "repair.no-rule"


def test_a_record_is_repaired_when_the_rule_of_the_day_allows_it(commission, firm) -> None:
    """Sanctioned in May 2026, met in June; a general record stays three months at least."""
    begun = date(2026, 5, 6)
    journey = commission.lapsed()
    journey.day = begun
    sanction = commission.impose(journey, areas=["funds"], bases=["SC-2016-33"])
    assert sanction.publish_until == date(2027, 5, 6)
    record = commission.record(sanction, begun)
    batch = acts.send([record.pk], **commission.ways(begun))
    acts.record_receipt(batch.pk, number="R", accepted_to=1, refusals={}, **commission.ways(begun))

    answer = {"granted": True, "other_met": True, "reason": "经核实。"}
    asked = acts.ask_repair(
        sanction.pk, promise=True, statement="已履行。", **firm(sanction, begun)
    )
    over = date(2026, 8, 6)
    for on, released, code in (
        (over - timedelta(days=1), False, "repair.conditions-missing"),
        (over, False, "repair.conditions-missing"),
        (over, True, None),
    ):
        if released:
            journey.day = on
            journey.do("withdraw_case")
        if code:
            assert refused(acts.answer_repair, asked.pk, **answer, **commission.ways(on)) == code
        else:
            acts.answer_repair(asked.pk, **answer, **commission.ways(on))
    assert ReleaseNotice.objects.filter(receiver="platform_repair").count() == 1


def test_it_is_published_from_its_first_day_to_its_last_and_no_longer_than_it_lasts(
    commission,
) -> None:
    journey = commission.lapsed()
    journey.day = date(2026, 5, 6)
    given = {"areas": ["funds"], "bases": ["SC-2016-33"]}
    sanction = commission.impose(journey, **given)
    shown = [
        published(on).exists()
        for on in (date(2026, 5, 5), date(2026, 5, 6), date(2027, 5, 6), date(2027, 5, 7))
    ]
    assert shown == [False, True, True, False]
    journey.do("withdraw_case")
    assert not published(sanction.begins).exists()
