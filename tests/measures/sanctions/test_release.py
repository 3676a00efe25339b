"""A sanction ends by itself the day its ground is gone, and every receiver says that it knows."""

from __future__ import annotations

import pytest

from phaseout.casework.models import Case
from phaseout.law.refusals import Refusal
from phaseout.measures.sanctions import acts
from phaseout.measures.sanctions.found import ground_stands, proposals, standing_grounds
from phaseout.measures.sanctions.models import CreditListing, Release, ReleaseNotice, SanctionAct

Kind = SanctionAct.Kind
BANK = "98640000XB0000001R"


def test_a_sanctioned_enterprise_is_released_everywhere_the_day_its_exit_is_accepted(
    commission, client
) -> None:
    """Ordered, overdue, closed, overdue again; sanctioned, on the platform, on the banks' lists;
    then it exits, and all of it ends on that day by the act of the case alone."""
    closing = commission.closed()
    sanction = commission.impose(closing, "exit_by", severity="serious")
    record = commission.record(sanction, closing.day)
    batch = acts.send([record.pk], **commission.ways(closing.day))
    acts.record_receipt(
        batch.pk, number="R1", accepted_to=1, refusals={}, **commission.ways(closing.day)
    )
    listing = acts.list_credit(
        sanction.pk, "no_new", reason="未按期退出。",
        **commission.ways(closing.day, commission.bank_people),
    )  # fmt: skip
    leaving = commission.exit_of(closing).after("objection")
    leaving.do("record_revocation", licence="排污许可证")
    assert not Release.objects.exists(), "accepted on the site, and not yet confirmed"
    leaving.do("confirm_exit")

    release = Release.objects.get()
    assert (release.sanction, release.cause, release.ended_on) == (sanction, "exited", leaving.day)
    assert release.ended_by.kind == "confirm_exit"
    assert release.act.by is None, "it follows from the act of the case"
    told = set(ReleaseNotice.objects.values_list("receiver", flat=True))
    assert told == {*sanction.tasks.values_list("office", flat=True), "platform"}
    withdrawn = SanctionAct.objects.get(kind=Kind.WITHDRAW)
    assert (withdrawn.listing, withdrawn.done_on) == (listing, leaving.day)
    client.force_login(commission.officer)
    page = client.get(f"/measures/sanctions/{sanction.pk}/").content.decode()
    assert f"{leaving.day} 已移出名单" in page
    assert not list(proposals(leaving.day)), "what has exited is not overdue"

    for count, notice in enumerate(ReleaseNotice.objects.order_by("pk"), 1):
        office = "drc" if notice.receiver == "platform" else notice.receiver
        person = commission.desk.person(office)
        acts.acknowledge(notice.pk, statement="已解除。", **commission.ways(leaving.day, person))
        assert release.notices.filter(acknowledged=None).count() == len(told) - count


@pytest.mark.parametrize(
    ("kind", "cause"),
    [("withdraw_case", "withdrawn"), ("terminate", "terminated"), ("transfer_out", "terminated")],
)
def test_each_end_of_a_case_ends_its_sanction(commission, kind, cause) -> None:
    journey = commission.lapsed()
    commission.impose(journey)
    journey.do(kind)
    assert Release.objects.get().cause == cause


def test_who_meets_the_limit_after_all_is_released_when_the_case_says_so(commission) -> None:
    journey = commission.overdue().do("record_overdue")
    commission.impose(journey)
    journey.notified("closure").after("closure.reply").do("closure.not_to_decide")
    journey.do("recheck_after_refusal")
    assert not Release.objects.exists(), "seen on the site; a leader has still to sign"
    journey.do("close_met")
    assert Release.objects.get().cause == "met"


def test_a_decision_annulled_takes_the_sanction_with_it(commission) -> None:
    journey = commission.closed()
    sanction = commission.impose(journey, "exit_by")
    journey.do("closure.apply_reconsideration")
    assert not Release.objects.exists(), "a remedy sought is no remedy granted"
    journey.do("closure.decision_annulled")
    assert Release.objects.get(sanction=sanction).cause == "annulled"


def test_going_on_towards_closing_releases_nobody(commission) -> None:
    journey = commission.overdue()
    commission.impose(journey)
    journey.do("record_overdue").decided("closure")
    assert not Release.objects.exists()


def test_the_sanction_of_another_line_goes_on(commission) -> None:
    one, other = commission.lapsed("L1"), commission.lapsed("L2")
    commission.impose(one)
    second = commission.impose(other)
    one.do("withdraw_case")
    assert not hasattr(type(second).objects.get(pk=second.pk), "release")
    assert Release.objects.get().sanction.line_id == "L1"


@pytest.mark.parametrize(("stage", "stands"), [("closed_exited", False), ("not_upheld", True)])
def test_a_line_dismantled_by_its_technology_case_is_overdue_no_more(
    commission, stage, stands
) -> None:
    journey = commission.lapsed()
    sanction = commission.impose(journey)
    line, day = journey.case.line, journey.day
    found = commission.desk.finding(line, dimension="technology", judged_by="technology")
    other = commission.desk.open_(found).case
    Case.objects.filter(pk=other.pk).update(stage=stage, closed_on=day)
    assert ground_stands(sanction, day) is stands
    assert standing_grounds(day).exists() is stands


def test_a_release_is_acknowledged_by_its_receiver_once(commission) -> None:
    journey = commission.lapsed()
    commission.impose(journey, areas=["land"], bases=["SC-2010-7"])
    journey.do("withdraw_case")
    notice = ReleaseNotice.objects.get()
    for person, code in (
        ("drc", "sanction.not-yours"),
        ("land", None),
        ("land", "release.acknowledged"),
    ):
        ways = commission.ways(journey.day, commission.desk.person(person))
        if code is None:
            acts.acknowledge(notice.pk, statement="已恢复供地。", **ways)
        else:
            with pytest.raises(Refusal) as refusal:
                acts.acknowledge(notice.pk, statement="已恢复供地。", **ways)
            assert refusal.value.code == code


def test_a_bank_is_told_of_the_withdrawal_and_takes_it_in(commission) -> None:
    journey = commission.lapsed()
    sanction = commission.impose(journey)
    people = commission.ways(journey.day, commission.bank_people)
    acts.register_bank(BANK, name_zh="某银行（虚构）", name_en="A bank", **people)
    listing = acts.list_credit(
        sanction.pk,
        "reduce",
        reason="逾期。",
        **commission.ways(journey.day, commission.bank_people),
    )
    clerk = commission.clerk(BANK)
    acts.answer_list(
        listing.pk, outcome="carried_out", statement="已办。", **commission.ways(journey.day, clerk)
    )
    journey.do("withdraw_case")
    with pytest.raises(Refusal) as refusal:
        acts.answer_list(
            listing.pk,
            outcome="carried_out",
            statement="再办。",
            **commission.ways(journey.day, clerk),
        )
    assert refusal.value.code == "credit-list.not-now"
    acts.answer_list(
        listing.pk, outcome="withdrawal_noted", statement="已移出。",
        **commission.ways(journey.day, clerk),
    )  # fmt: skip
    assert CreditListing.objects.get().acts.filter(kind=Kind.ANSWER_LIST).count() == 2
