"""The way to adoption: the departments are asked and answered, the government adopts; then it is
amended, never edited."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from notice_days import asking
from phaseout.coordination.planning import acts
from phaseout.coordination.planning.acts import Edits, LineEdit
from phaseout.coordination.planning.models import Edition, Opinion
from phaseout.coordination.planning.standing import Phase, in_force, standing_of
from phaseout.law.periods.arithmetic import add_months
from phaseout.law.planning import opinions_within
from phaseout.law.refusals import Refusal

ASKED, LAST_DAY = date(2018, 3, 16), date(2018, 3, 30)
SUBMITTED, ADOPTED = date(2018, 4, 2), date(2018, 4, 20)
"""The days of `conftest.Bureau`."""
AFTER = LAST_DAY + timedelta(days=1)


def refused(act, *args, **given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


def phase(on: date) -> Phase:
    return standing_of(2018, on).phase


def test_all_departments_that_the_clause_names_are_asked(bureau) -> None:
    bureau.line("A")
    plan, ways = bureau.drafted(), lambda: bureau.ways(bureau.officer, ASKED)
    assert acts.named_offices("eic") == ("drc", "epd", "qts", "wsb", "cms")
    five = acts.named_offices("eic")
    assert (
        refused(acts.consult, plan.pk, five[:-1], LAST_DAY, **ways()) == "consultation.incomplete"
    )
    most = opinions_within(ASKED)
    assert (most.last, most.months) == (add_months(ASKED, 3), 3)
    for wrong in (ASKED, most.last + timedelta(days=1)):
        assert refused(acts.consult, plan.pk, five, wrong, **ways()) == "consultation.day-wrong"
    made = acts.consult(plan.pk, five, most.last, **ways())
    assert [one.office for one in made.asked.all()] == [*five]
    assert refused(acts.consult, plan.pk, five, LAST_DAY, **ways()) == "consultation.going-on"


def test_silence_by_the_day_set_is_no_objection(bureau) -> None:
    bureau.line("A")
    plan = bureau.drafted()
    consultation = bureau.consulted(plan)
    assert phase(LAST_DAY) == Phase.CONSULTING
    assert refused(bureau.submitted, plan, LAST_DAY) == "plan.not-consulted"
    assert refused(bureau.says, consultation, "epd", "晚了", on=AFTER) == "consultation.over"
    assert phase(AFTER) == Phase.READY
    bureau.submitted(plan, AFTER)
    assert phase(AFTER) == Phase.SUBMITTED


def test_it_is_over_sooner_when_everybody_has_replied(bureau) -> None:
    bureau.line("A")
    plan = bureau.drafted()
    five = acts.named_offices("eic")
    consultation = acts.consult(plan.pk, five, LAST_DAY, **bureau.ways(bureau.officer, ASKED))
    for office in five:
        bureau.says(consultation, office)
    assert phase(ASKED) == Phase.READY


def test_each_point_is_answered_once_and_before_the_plan_goes_up(bureau) -> None:
    bureau.line("A")
    plan = bureau.drafted()
    consultation = bureau.consulted(plan)
    bureau.says(consultation, "epd", "建议增加排放核查。", " ", "建议提前时限。")
    bureau.says(consultation, "drc", "建议补充电力数据。")
    own, drc = Opinion.objects.latest("pk"), bureau.desk.person("drc")
    answer = partial(acts.answer_opinion, own.pk, "followed")
    assert refused(answer, **bureau.ways(drc, AFTER)) == "plan.not-yours", "nobody answers himself"
    answer(**bureau.ways(bureau.officer, AFTER))
    assert refused(bureau.says, consultation, "epd") == "consultation.replied"
    assert refused(bureau.says, consultation, "hr", "我有话说") == "consultation.not-asked"
    first, second = Opinion.objects.filter(answer=None)
    ways = lambda: bureau.ways(bureau.officer, AFTER)  # noqa: E731
    assert phase(AFTER) == Phase.ANSWERING
    assert refused(acts.answer_opinion, first.pk, "declined", **ways()) == "opinion.answer-wrong"
    acts.answer_opinion(first.pk, "followed", **ways())
    assert refused(acts.answer_opinion, first.pk, "followed", **ways()) == "opinion.answered"
    assert refused(bureau.submitted, plan) == "plan.opinions-unanswered"
    acts.answer_opinion(second.pk, "declined", "时限由案件期限算出。", **ways())
    bureau.submitted(plan)


def test_the_government_adopts_what_it_has_read(bureau) -> None:
    bureau.line("A")
    plan = bureau.drafted()
    assert refused(bureau.adopt, plan) == "plan.not-submitted"
    bureau.consulted(plan)
    assert refused(acts.submit, plan.pk, digest="0" * 64,
                   **bureau.ways(bureau.leader, SUBMITTED)) == "plan.changed"  # fmt: skip
    assert refused(acts.submit, plan.pk, digest=plan.digest,
                   **bureau.ways(bureau.officer, SUBMITTED)) == "plan.not-yours"  # fmt: skip
    bureau.submitted(plan)
    assert refused(bureau.drafted, Edits(reason="再改"), SUBMITTED) == "plan.submitted"
    assert refused(acts.adopt, plan.pk, "文", digest=plan.digest,
                   **bureau.ways(bureau.leader, ADOPTED)) == "plan.not-yours"  # fmt: skip
    assert refused(acts.adopt, plan.pk, "文", digest="0" * 64,
                   **bureau.ways(bureau.government, ADOPTED)) == "plan.changed"  # fmt: skip
    edition = bureau.adopt(plan)
    assert (edition.number, edition.adopted_on) == (1, ADOPTED)
    assert phase(ADOPTED) == Phase.ADOPTED
    assert in_force(2018, ADOPTED - timedelta(days=1)) is None
    assert in_force(2018, ADOPTED) == edition


def test_what_is_sent_back_is_drafted_anew(bureau) -> None:
    bureau.line("A")
    plan, epd, qts = bureau.drafted(), bureau.desk.person("epd"), bureau.desk.person("qts")
    consultation = bureau.consulted(plan)
    assert asking(epd, LAST_DAY) == asking(qts, LAST_DAY) == ["consult"]
    bureau.says(consultation, "epd")
    assert (asking(epd, LAST_DAY), asking(qts, LAST_DAY)) == ([], ["consult"])
    assert asking(qts, AFTER) == []
    bureau.submitted(plan)
    assert asking(bureau.government, SUBMITTED) == ["submit"]
    acts.send_back(plan.pk, "目标偏少", **bureau.ways(bureau.government, SUBMITTED))
    assert (asking(bureau.government, SUBMITTED), asking(bureau.officer, SUBMITTED)) == (
        [],
        ["send_back"],
    )
    assert refused(bureau.submitted, plan) == "plan.sent-back"
    assert refused(bureau.adopt, plan) == "plan.not-submitted"
    second = bureau.drafted(Edits(reason="按退回意见修改"), SUBMITTED)
    assert asking(bureau.officer, SUBMITTED) == []
    bureau.submitted(second)
    assert bureau.adopt(second).number == 1


def test_an_amendment_keeps_what_was_adopted_and_goes_the_same_way(bureau) -> None:
    bureau.line("A")
    first = bureau.adopted()
    later = date(2018, 9, 3)
    bureau.line("B", found_on=date(2018, 8, 1))
    bureau.drafted(Edits(reason="新增一条生产线"), later)
    edits = Edits({"A": LineEdit("设备到货延迟", due=date(2018, 11, 30))}, reason="设备到货延迟")
    second = bureau.drafted(edits, later)
    assert (second.turn, set(bureau.planned(second))) == (2, {"A", "B"})
    assert bureau.planned(second)["A"].amount == 600_000
    assert in_force(2018, later) == first
    assert refused(bureau.submitted, second, later) == "plan.not-consulted"
    bureau.consulted(second, later, date(2018, 9, 14))
    bureau.submitted(second, date(2018, 9, 17))
    edition = bureau.adopt(second, date(2018, 9, 20))
    assert edition.number == 2
    assert in_force(2018, date(2018, 9, 19)) == first and Edition.objects.count() == 2


@pytest.mark.parametrize(
    ("on", "late"),
    [(date(2018, 4, 29), False), (date(2018, 4, 30), False), (date(2018, 5, 1), True)],
)
def test_a_plan_not_adopted_by_the_end_of_april_is_late_the_day_after(bureau, on, late) -> None:
    bureau.line("A")
    bureau.drafted()
    assert standing_of(2018, on).late is late


def test_a_plan_adopted_in_time_is_not_late_later(bureau) -> None:
    bureau.line("A")
    bureau.adopted()
    assert standing_of(2018, date(2018, 12, 1)).late is False
