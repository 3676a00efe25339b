"""Measures: drawn up, signed, recorded, answered point by point, checked, lifted by people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from notice_days import asking
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.coordination.supervision import acts
from phaseout.coordination.supervision.acts import Demanded, Held
from phaseout.coordination.supervision.frozen import effect
from phaseout.coordination.supervision.models import Demand, Measure, SupervisionAct
from phaseout.coordination.supervision.papers import document_of, measure_pdf, record_pdf
from phaseout.coordination.supervision.standing import measures, seen
from phaseout.evidence.access import may_read
from phaseout.evidence.keeping import keep
from phaseout.inspections.models import Tip
from phaseout.law.refusals import Refusal
from phaseout.notices.models import Notice

TODAY, DUE = date(2018, 3, 15), date(2018, 4, 13)
TAKES_PLACE = date(2018, 3, 20)
AFTER = timedelta(days=1)
COUNTY = "county_640104"


def refused(act, *args, **given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


def state(on: date) -> str:
    return measures(on).get().state


def test_an_officer_who_leads_draws_up_what_binds_nobody_yet(supervising) -> None:
    key = uuid4()
    measure = supervising.adopted(key=key)
    assert supervising.adopted(key=key) == measure
    assert state(TODAY) == "drawn"
    assert [one.place for one in measure.demands.all()] == [1, 2]
    assert refused(supervising.adopted) == "supervision.under-way"
    assert supervising.adopted("circular").target == "city_640100"


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("handling", {"target": "grid"}, "supervision.no-such-target"),
        ("fine", {}, "supervision.no-such-target"),
        ("handling", {"target": "eic"}, "supervision.oneself"),
        ("handling", {"said": {"text": " "}}, "supervision.text-wrong"),
        ("handling", {"said": {"demands": ()}}, "supervision.demands-missing"),
        (
            "circular", {"said": {"demands": [Demanded("报告", TODAY)]}},
            "supervision.demand-wrong",
        ),
        ("summons", {"said": {"on": date(2018, 3, 14)}}, "supervision.day-wrong"),
        ("summons", {"said": {"on": TODAY, "place": ""}}, "supervision.text-wrong"),
    ],
)  # fmt: skip
def test_what_nobody_could_keep_is_refused(supervising, kind, given, code) -> None:
    said = given.pop("said", None)
    if said is not None:
        base = {"persons": "某市长", "place": "会议中心", **said}
        given["drawn"] = supervising.drawn(**base)
    else:
        given["drawn"] = supervising.drawn()
    assert refused(supervising.adopted, kind, **given) == code


@pytest.mark.parametrize("who", ["city", "epd"])
def test_others_draw_up_nothing(supervising, who) -> None:
    by = supervising.city if who == "city" else supervising.desk.person("epd")
    assert refused(supervising.adopted, by=by) == "supervision.not-yours"


def test_the_leader_signs_what_he_read_and_not_his_own(supervising) -> None:
    own = supervising.adopted("circular", by=supervising.leader)
    measure = supervising.adopted()
    sign = lambda one, by, digest=None: acts.sign(  # noqa: E731
        one.pk, digest=digest or one.digest, **supervising.ways(by)
    )
    assert refused(sign, own, supervising.leader) == "supervision.same-person"
    assert refused(sign, measure, supervising.officer) == "supervision.not-yours"
    assert refused(sign, measure, supervising.desk.person("drc", "leader")) == (
        "supervision.not-yours"
    )
    assert refused(sign, measure, supervising.leader, "0" * 64) == "supervision.changed"
    signed = sign(measure, supervising.leader)
    assert (signed.year, signed.number) == (2018, 1)
    assert refused(sign, measure, supervising.leader) == "supervision.settled"
    acts.decline(own.pk, reason="暂不通报", **supervising.ways(supervising.leader))
    assert refused(sign, own, supervising.leader) == "supervision.settled"
    assert supervising.signed("circular").signed.number == 2


def test_nobody_reads_a_draft_on_oneself(supervising) -> None:
    drc = supervising.desk.person("drc")
    measure = supervising.adopted("circular", by=drc, target="eic")
    sees = lambda by: Measure.objects.filter(seen(scope_of(by, on=TODAY))).exists()  # noqa: E731
    assert [sees(by) for by in (drc, supervising.officer, supervising.city)] == [True, False, False]
    signing = supervising.ways(supervising.desk.person("drc", "leader"))
    acts.sign(measure.pk, digest=measure.digest, **signing)
    assert [sees(by) for by in (drc, supervising.officer, supervising.city)] == [True, True, False]


def test_what_ran_out_before_the_signature_is_not_signed(supervising) -> None:
    measure, summons = supervising.adopted(), supervising.adopted("summons")
    for one, on, code in (
        (measure, DUE, "supervision.demand-wrong"),
        (summons, TAKES_PLACE + AFTER, "supervision.day-wrong"),
    ):
        ways = supervising.ways(supervising.leader, on)
        assert refused(acts.sign, one.pk, digest=one.digest, **ways) == code
    acts.sign(
        summons.pk, digest=summons.digest, **supervising.ways(supervising.leader, TAKES_PLACE)
    )


def test_each_demand_is_answered_by_the_office_and_checked(supervising) -> None:
    measure = supervising.adopted()
    first, second = measure.demands.all()
    answer = lambda by, on=TODAY: acts.answer(  # noqa: E731
        first.pk, "已说明", **supervising.ways(by, on)
    )
    check = lambda one, **said: acts.check(  # noqa: E731
        one.pk, **said, **supervising.ways(supervising.officer)
    )
    assert refused(answer, supervising.city) == "supervision.not-in-force"
    acts.sign(measure.pk, digest=measure.digest, **supervising.ways(supervising.leader))
    assert refused(answer, supervising.other_city) == "supervision.not-yours"
    city, officer = supervising.city, supervising.officer
    assert asking(supervising.leader, TODAY) == []
    said = answer(supervising.city)
    assert (asking(city, TODAY), asking(officer, TODAY)) == (["signed"], ["answered"])
    assert refused(answer, supervising.city) == "supervision.answered"
    assert refused(check, said, accepted=False) == "supervision.text-wrong"
    check(said, accepted=False, reason="未逐件说明")
    assert (asking(city, TODAY), asking(officer, TODAY)) == (["signed", "back"], [])
    assert refused(check, said, accepted=True) == "supervision.nothing-to-check"
    supervising.met(first)
    assert asking(city, TODAY) == ["signed"], "the second demand is open"
    assert refused(answer, supervising.city) == "supervision.answered"
    assert state(DUE) == "open"
    assert state(DUE + AFTER) == "late"
    supervising.met(second, DUE + AFTER)
    assert asking(city, DUE + AFTER) == []
    assert state(DUE + AFTER) == "met"


def test_an_answer_carries_files_that_its_readers_may_read(supervising, settings, tmp_path) -> None:
    settings.EVIDENCE_ROOT = tmp_path
    demand = supervising.signed().demands.first()
    file = keep([b"%PDF-1.4 proof"], name="整改情况.pdf", by=supervising.city)
    answer = lambda by, digest: acts.answer(  # noqa: E731
        demand.pk, "见附件", files=[digest], **supervising.ways(by)
    )
    assert refused(answer, supervising.city, "0" * 64) == "supervision.files-wrong"
    colleague = supervising.desk.person("cities", Role.LEADER, division="640100")
    assert refused(answer, colleague, file.digest) == "supervision.files-wrong"
    said = answer(supervising.city, file.digest)
    assert said.files == said.act.content["files"] == [
        {"digest": file.digest, "name": "整改情况.pdf"}
    ]  # fmt: skip
    may = lambda by: may_read(file, by, scope_of(by, on=TODAY))  # noqa: E731
    readers = (supervising.officer, colleague, supervising.other_city, supervising.county)
    assert [may(by) for by in readers] == [True, True, False, False]


@pytest.mark.parametrize("who", ["city", "county"])
def test_a_county_answers_by_its_own_people_or_its_citys(supervising, who) -> None:
    supervising.cases(6, overdue=4)
    measure = supervising.adopted(target=COUNTY)
    sees = lambda by: Measure.objects.filter(seen(scope_of(by, on=TODAY))).exists()  # noqa: E731
    assert not sees(supervising.county)
    acts.sign(measure.pk, digest=measure.digest, **supervising.ways(supervising.leader))
    others = (supervising.other_city, supervising.other_county)
    assert [sees(by) for by in (supervising.city, supervising.county, *others)] == [
        True, True, False, False,
    ]  # fmt: skip
    assert measure.division_code == "640104"
    assert measure.act.content["figures"]["shares"]["overdue"] == [4, 6]
    answer = lambda by: acts.answer(  # noqa: E731
        measure.demands.first().pk, "已说明", **supervising.ways(by)
    )
    assert [refused(answer, by) for by in others] == ["supervision.not-yours"] * 2
    answer(getattr(supervising, who))
    assert "银川市兴庆区人民政府" in str(document_of(measure))
    told = Notice.objects.filter(subject=f"supervision:{measure.pk}", step="signed")
    assert {*told.values_list("user", flat=True)} == {supervising.city.pk, supervising.county.pk}


def test_a_county_does_not_answer_for_its_city(supervising) -> None:
    demand = supervising.signed().demands.first()
    answering = supervising.ways(supervising.county)
    assert refused(acts.answer, demand.pk, "已说明", **answering) == "supervision.not-yours"


def test_it_is_lifted_when_everything_is_met_and_its_effect_is_told(supervising) -> None:
    cases = supervising.cases(6, overdue=4)
    measure = supervising.signed()
    lift = lambda by=supervising.leader: acts.lift(  # noqa: E731
        measure.pk, reason="要求均已落实", **supervising.ways(by, date(2018, 4, 2))
    )
    assert refused(lift, supervising.officer) == "supervision.not-yours"
    assert refused(lift) == "supervision.demands-open"
    for one in measure.demands.all():
        supervising.met(one)
    for case in cases[:3]:
        case.deadlines.update(going=False)
    lifted = lift()
    assert state(date(2018, 4, 2)) == "lifted"
    assert refused(lift) == "supervision.lifted"
    kept = measure.act.content["figures"]
    told = {
        one.figure.key: one
        for one in effect(measure.target, kept, lifted.act.content["figures"], date(2018, 4, 2))
    }
    overdue = told["overdue"]
    assert [(s.part, s.of) for s in (overdue.then, overdue.lifted, overdue.now)] == [
        (4, 6), (1, 6), (1, 6),
    ]  # fmt: skip
    assert str(overdue.moved) == "-50.0"
    assert "plan_done" not in told or told["plan_done"].moved is None


def test_a_summons_takes_place_is_recorded_and_its_demands_followed(
    supervising, settings, tmp_path
) -> None:
    settings.EVIDENCE_ROOT = tmp_path
    measure = supervising.signed("summons")
    file = keep([b"%PDF-1.4 signed minutes"], name="签到表.pdf", by=supervising.officer)
    assert (state(TAKES_PLACE), state(TAKES_PLACE + AFTER)) == ("to_hold", "late")
    held = Held(TAKES_PLACE, "某主任、某市长", "说明了逾期原因。", [Demanded("报送整改清单", DUE)])
    record = lambda one=held, on=TAKES_PLACE, by=supervising.officer: acts.record(  # noqa: E731
        measure.pk, one, **supervising.ways(by, on)
    )
    assert refused(record, on=TODAY) == "supervision.held-when"
    assert refused(record, by=supervising.city) == "supervision.not-yours"
    assert refused(
        acts.lift, measure.pk, reason="完成", **supervising.ways(supervising.leader)
    ) == ("supervision.demands-open")
    assert refused(record, replace(held, files=["0" * 64])) == "supervision.files-wrong"
    made = record(replace(held, files=[file.digest]))
    assert made.files == made.act.content["files"] == [{"digest": file.digest, "name": file.name}]
    readers = (supervising.city, supervising.other_city)
    assert [may_read(file, by, scope_of(by, on=TODAY)) for by in readers] == [True, False]
    assert refused(record) == "supervision.recorded"
    assert state(TAKES_PLACE) == "open"
    supervising.met(measure.demands.get(), DUE)
    assert state(DUE) == "met"
    assert record_pdf(made) == record_pdf(made)
    circular = supervising.signed("circular")
    assert refused(acts.record, circular.pk, held, **supervising.ways(supervising.officer)) == (
        "supervision.no-record"
    )


def test_firms_of_an_inspection_are_handed_to_the_inspections_once(supervising) -> None:
    supervising.cases(3, overdue=2)
    measure = supervising.signed("inspection")
    uscc, key = "91640104MA00000001", uuid4()
    hand = lambda firms, by=supervising.officer, **given: acts.hand_over(  # noqa: E731
        measure.pk, firms, "请核查逾期未整改的生产线", **{**supervising.ways(by), **given}
    )
    assert refused(hand, ["91640200MA00000002"]) == "supervision.no-firm"
    assert refused(hand, []) == "supervision.no-firm"
    hand([uscc], key=key)
    hand([uscc], key=key)
    tip = Tip.objects.get()
    assert (tip.uscc, tip.office, tip.public) == (uscc, "eic", False)
    assert refused(hand, [uscc]) == "supervision.no-firm"


def test_a_measure_is_printed_as_a_draft_and_as_it_went_out(supervising) -> None:
    supervising.cases(6, overdue=4)
    for kind in Measure.Kind.values:
        measure = supervising.adopted(kind)
        draft = measure_pdf(measure)
        acts.sign(measure.pk, digest=measure.digest, **supervising.ways(supervising.leader))
        fresh = Measure.objects.get(pk=measure.pk)
        assert draft.startswith(b"%PDF") and measure_pdf(fresh) == measure_pdf(fresh) != draft


def test_the_database_refuses_change_and_deletion(supervising) -> None:
    supervising.signed()
    for model in (SupervisionAct, Measure, Demand):
        table = model._meta.db_table
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
