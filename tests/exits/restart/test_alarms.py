"""Alarms: raised by readings, answered by a named officer, brought to the case by its own acts."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from phaseout.accounts.powers import Role
from phaseout.casework.models import Case, Proposal
from phaseout.exits.restart import acts
from phaseout.exits.restart.acts.carrying import carried
from phaseout.exits.restart.judging import judge_line, judge_stale
from phaseout.exits.restart.models import Alarm, LineJudgement, Meter, RestartAct
from phaseout.law.refusals import Refusal


def code_of(function, *args, **given) -> str:
    with pytest.raises(Refusal) as refused:
        function(*args, **given)
    return refused.value.code


def test_two_days_at_full_load_raise_one_alarm_that_explains_itself(watch):
    alarm = watch.alarmed()
    assert alarm.kind == "sustained"
    assert alarm.days == [str(watch.cut + timedelta(days=n)) for n in (20, 21)]
    assert float(alarm.peak_kw) == 200
    assert "超过阈值" in str(alarm.why)
    judged = LineJudgement.objects.latest("id")
    assert (judged.answer, judged.read_to) == ("restarted", watch.cut + timedelta(days=54))
    assert [d["day"] for d in judged.days if d.get("flag")] == alarm.days


def test_judged_again_the_same_alarm_stays_one(watch):
    alarm = watch.alarmed()
    judge_line(watch.case.line_id, watch.today)
    assert Alarm.objects.get().pk == alarm.pk


def test_a_line_without_meter_and_one_never_read_cannot_be_judged(watch):
    assert judge_stale(watch.today) == 1
    assert LineJudgement.objects.get().answer == "cannot_judge"
    assert judge_stale(watch.today) == 0
    watch.meter()
    judge_line(watch.case.line_id, watch.today)
    assert "尚无读数" in str(LineJudgement.objects.latest("id").why)


def test_a_meter_of_the_site_says_nothing_while_another_line_works(watch):
    watch.meter(covers="site")
    watch.bring(watch.hours(watch.restarted))
    judge_line(watch.case.line_id, watch.today)
    assert Alarm.objects.exists()
    watch.desk.line("L9", watch.case.enterprise)
    judge_line(watch.case.line_id, watch.today)
    assert LineJudgement.objects.latest("id").answer == "cannot_judge"


def test_two_meters_of_a_line_are_added_up(watch):
    watch.meter()
    watch.meter("DB002")
    half = watch.hours(lambda at: watch.restarted(at) / 2)
    watch.bring(half)
    judge_line(watch.case.line_id, watch.today)
    assert LineJudgement.objects.latest("id").answer == "cannot_judge"
    watch.bring(half.replace(b"DB001", b"DB002"))
    judge_line(watch.case.line_id, watch.today)
    assert float(Alarm.objects.get().peak_kw) == 200


def test_corrected_readings_make_an_open_alarm_go(watch):
    alarm = watch.alarmed()
    watch.bring(watch.hours(watch.worked), corrects=True)
    judge_line(watch.case.line_id, watch.today)
    alarm.refresh_from_db()
    assert alarm.gone_on == watch.today
    given = {"reason": "现场核实", "digest": alarm.digest}
    assert code_of(acts.confirm_alarm, alarm.pk, **given, **watch.ways()) == "restart.alarm-gone"


def test_who_answers_an_alarm_is_of_the_office_of_the_case_and_gives_a_reason(watch):
    alarm = watch.alarmed()
    given = {"reason": "现场核实，设备在运转", "digest": alarm.digest}
    confirm = acts.confirm_alarm
    stranger, auditor = watch.desk.person("epd"), watch.desk.person(role=Role.AUDITOR)
    for who in (stranger, auditor):
        assert code_of(confirm, alarm.pk, **given, **watch.ways(who)) == "restart.not-yours"
    ways = watch.ways()
    assert code_of(confirm, alarm.pk, **{**given, "reason": " "}, **ways) == "restart.no-reason"
    changed = {**given, "digest": "0" * 64}
    assert code_of(confirm, alarm.pk, **changed, **ways) == "restart.alarm-changed"
    act = confirm(alarm.pk, **given, **ways)
    assert confirm(alarm.pk, **given, **ways) == act
    assert code_of(confirm, alarm.pk, **given, **watch.ways()) == "restart.answered"
    assert act.content["days"] == alarm.days
    assert RestartAct.objects.filter(kind="confirm_alarm").count() == 1


@pytest.mark.parametrize(("until", "alarms"), [(None, 2), (40, 1)])
def test_a_dismissed_load_may_go_on_lawfully_to_a_day(watch, until, alarms):
    alarm = watch.alarmed()
    until = until and watch.cut + timedelta(days=until)
    given = {"reason": "经批准试验消防泵", "digest": alarm.digest, "until": until}
    acts.dismiss_alarm(alarm.pk, **given, **watch.ways())

    def again(at):
        ran = 30 <= (at.date() - watch.cut).days <= 31
        return 200.0 if ran and at.hour >= 8 else watch.restarted(at)

    watch.bring(watch.hours(again), corrects=True)
    judge_line(watch.case.line_id, watch.today)
    assert Alarm.objects.count() == alarms
    assert Alarm.objects.filter(answer=None, gone_on=None).count() == alarms - 1


def test_the_lawful_load_does_not_end_before_the_alarm(watch):
    alarm = watch.alarmed()
    given = {"reason": "试验", "digest": alarm.digest, "until": alarm.last - timedelta(days=1)}
    refused = code_of(acts.dismiss_alarm, alarm.pk, **given, **watch.ways())
    assert refused == "restart.until-wrong"


def test_a_confirmed_restart_of_a_sealed_line_becomes_the_act_of_its_case(watch):
    watch.sealed()
    alarm = watch.alarmed()
    assert code_of(acts.carry, alarm.pk, **ways(watch, watch.inspector)) == "restart.not-confirmed"
    given = {"reason": "现场核实，设备在运转", "digest": alarm.digest}
    acts.confirm_alarm(alarm.pk, **given, **watch.ways())
    assert code_of(acts.carry, alarm.pk, **ways(watch, watch.officer)) == "act.of-another"
    proposal = acts.carry(alarm.pk, **ways(watch, watch.inspector))
    assert acts.carry(alarm.pk, **ways(watch, watch.inspector)) == proposal
    assert (proposal.kind, proposal.state) == ("record_restart", "waiting")
    act = watch.desk.sign(proposal, watch.desk.person(role=Role.LEADER), watch.today)
    assert Case.objects.get(pk=watch.case.pk).stage == "to_remove"
    alarm.refresh_from_db()
    assert carried(alarm) == Proposal.objects.get(kind="record_restart", act=act)


def test_what_the_leader_returned_is_prepared_anew(watch):
    watch.sealed()
    alarm = watch.alarmed()
    given = {"reason": "现场核实，设备在运转", "digest": alarm.digest}
    acts.confirm_alarm(alarm.pk, **given, **watch.ways())
    proposal = acts.carry(alarm.pk, **ways(watch, watch.inspector))
    from phaseout.casework.acts import decline

    leader = watch.desk.person(role=Role.LEADER)
    decline(proposal.pk, answer="补充照片", **ways(watch, leader))
    alarm.refresh_from_db()
    assert carried(alarm) is None
    assert acts.carry(alarm.pk, **ways(watch, watch.inspector)).pk != proposal.pk


@pytest.mark.parametrize(
    ("more", "kind"),
    [((), "record_restart"), (("dismantle",), "restart.no-act-fits")],
)
def test_a_restart_while_the_equipment_is_to_be_removed_is_an_act_of_the_case(watch, more, kind):
    watch.walked().journey.do(*more)
    alarm = watch.alarmed()
    given = {"reason": "现场核实，设备在运转", "digest": alarm.digest}
    acts.confirm_alarm(alarm.pk, **given, **watch.ways())
    if more:
        assert code_of(acts.carry, alarm.pk, **ways(watch, watch.inspector)) == kind
        return
    proposal = acts.carry(alarm.pk, **ways(watch, watch.inspector))
    act = watch.desk.sign(proposal, watch.desk.person(role=Role.LEADER), watch.today)
    assert (act.kind, Case.objects.get(pk=watch.case.pk).stage) == (kind, "to_remove")
    assert watch.line.since == watch.today


def ways(watch, by):
    given = watch.ways(by)
    del given["key"]
    return given


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"number": " "}, "restart.meter-wrong"),
        ({"covers": "town"}, "restart.meter-wrong"),
        ({"multiplier": 0}, "restart.meter-wrong"),
        ({"held_from": None}, "restart.meter-wrong"),
        ({"number": "DB001"}, "restart.meter-held"),
    ],
)
def test_a_meter_that_cannot_be_is_refused(watch, given, code):
    watch.meter()
    if given.get("held_from", "") is None:
        given = {"held_from": watch.today + timedelta(days=1)}
    given = {"number": "DB009", **given}
    assert code_of(watch.meter, **given) == code


def test_a_meter_ends_and_another_line_may_have_it(watch):
    meter = watch.meter()
    end = acts.end_meter(meter.pk, watch.cut, reason="换表", **watch.ways())
    assert code_of(
        acts.end_meter, meter.pk, watch.cut, reason="换表", **watch.ways()
    ) == "restart.meter-ended"  # fmt: skip
    assert code_of(watch.meter, held_from=end.held_to) == "restart.meter-held"
    assert watch.meter(held_from=end.held_to + timedelta(days=1)).pk != meter.pk


@pytest.mark.parametrize("by", ["grid", "epd"])
def test_the_grid_company_may_put_meters_on_record_and_others_may_not(watch, by):
    person = watch.desk.person(by)
    if by == "grid":
        assert watch.meter(by=person).act.office == "grid"
    else:
        assert code_of(watch.meter, by=person) == "restart.not-yours"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE restart_restartact SET reason = 'x'",
        "DELETE FROM restart_restartact",
        "UPDATE restart_reading SET kwh = 0",
        "DELETE FROM restart_reading",
        "DELETE FROM restart_meter",
        "UPDATE restart_linejudgement SET answer = 'not_restarted'",
        "UPDATE restart_batch SET state = 'received'",
        "UPDATE restart_alarm SET peak_kw = 0",
        "DELETE FROM restart_alarm",
    ],
)
def test_the_database_refuses_to_change_what_stands(answered, statement):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def answered(watch):
    alarm = watch.alarmed()
    given = {"reason": "经批准试验消防泵", "digest": alarm.digest}
    acts.dismiss_alarm(alarm.pk, **given, **watch.ways(key=uuid4()))
    assert Meter.objects.exists()
    return watch
