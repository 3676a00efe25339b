"""The round of a year: told on set days before a last day, on it, and the day after; once."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from casebook import TODAY
from notice_days import asking
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.coordination.mechanism import acts
from phaseout.coordination.mechanism.acts import Decided, Held
from phaseout.coordination.reminding import remind, steps
from phaseout.law.annual import reminders, report_due, returns_due
from phaseout.notices.kinds import kinds
from phaseout.notices.models import Notice
from phaseout.notices.saying import settled

PLAN, RETURNS, REPORT = date(2018, 4, 30), date(2018, 12, 31), date(2019, 1, 31)


def told(user, subject):
    rows = Notice.objects.filter(user=user, subject__startswith=subject)
    return sorted(rows.values_list("step", flat=True))


@pytest.fixture
def people(desk):
    """Who leads the plan and the report, the government, a city and its department."""
    found = {"eic": desk.person(), "government": desk.person("government", Role.LEADER)}
    found["city"] = desk.person("eic", Role.OFFICER, "640100")
    found["elsewhere"] = desk.person("eic", Role.OFFICER, "640200")
    return found


@pytest.mark.parametrize(
    ("day", "step"),
    [
        (PLAN - timedelta(days=31), []),
        (PLAN - timedelta(days=30), ["before-30"]),
        (PLAN - timedelta(days=11), ["before-30"]),
        (PLAN - timedelta(days=10), ["before-10"]),
        (PLAN, ["last-day"]),
        (PLAN + timedelta(days=1), ["late"]),
        (PLAN + timedelta(days=90), ["late"]),
    ],
)
def test_the_plan_by_the_end_of_april(people, day, step):
    remind(day)
    remind(day)
    assert told(people["eic"], "plan:2018") == step
    above = ["late"] if step == ["late"] else []
    assert told(people["government"], "plan:2018") == above
    assert told(people["city"], "plan:2018") == []


def test_day_by_day_each_step_is_told_once(people):
    for count in (-31, -30, -29, -10, -9, -3, -2, 0, 1, 2):
        remind(PLAN + timedelta(days=count))
    assert told(people["eic"], "plan:2018") == [
        "before-10", "before-3", "before-30", "last-day", "late",
    ]  # fmt: skip
    late = Notice.objects.get(user=people["eic"], subject="plan:2018", step="late")
    assert (late.kind, late.due, late.given_on) == ("late", PLAN, PLAN + timedelta(days=1))
    assert late.words_zh == "印发2018年度工作方案：已于2018-04-30到期而未完成。"


def test_the_reminders_of_returns_are_those_of_the_round():
    days = {s.days for s in steps() if s.matter == "return" and s.days < 0}
    assert [RETURNS + timedelta(days=n) for n in sorted(days)] == list(reminders(RETURNS))
    assert returns_due(2018).due == RETURNS
    assert report_due(2018).due == REPORT


@pytest.mark.parametrize(
    ("day", "step", "department"),
    [
        (RETURNS - timedelta(days=30), ["before-30"], []),
        (RETURNS, ["last-day"], []),
        (RETURNS + timedelta(days=1), ["late"], ["late"]),
    ],
)
def test_a_citys_return_by_the_end_of_december(people, day, step, department):
    remind(day)
    assert told(people["city"], "return:2018:eic:640100") == step
    assert told(people["eic"], "return:2018:eic:640100") == department
    assert told(people["elsewhere"], "return:2018:eic:640100") == []
    assert told(people["elsewhere"], "return:2018:eic:640200") == step


@pytest.mark.parametrize(
    ("day", "step"),
    [(REPORT, ["last-day"]), (REPORT + timedelta(days=1), ["late"])],
)
def test_the_report_by_the_end_of_january(people, day, step):
    remind(day)
    assert told(people["eic"], "annual:2018") == step


def test_every_step_has_its_reason_and_its_kind_of_notice():
    assert {step.matter for step in steps()} == {
        "plan", "opinion", "return", "annual", "meeting", "point", "line",
    }  # fmt: skip
    assert all(all(step.reason) for step in steps())
    assert {"round", "late", "meeting"} <= set(kinds())
    assert all(all(kind.name) and all(kind.reason) for kind in kinds().values())


def test_a_meeting_its_minutes_and_what_it_decided(desk):
    officer, leader, epd = desk.person(), desk.person(role=Role.LEADER), desk.person("epd")

    def ways(by, on):
        return {"by": by, "scope": scope_of(by, on=on), "today": on, "key": uuid4()}

    on, due = TODAY + timedelta(days=5), TODAY + timedelta(days=30)
    meeting = acts.call_meeting(on, "会议中心", "进展", ["epd"], **ways(officer, TODAY))
    assert told(epd, "meeting:") == ["called"]
    remind(on - timedelta(days=1))
    assert told(epd, "meeting:") == ["before-1", "called"]
    assert "called" in asking(epd, TODAY)
    held = Held(on, "某主任", ["epd"], "通报。", [Decided("核查排放", "epd", due)])
    minutes = acts.record_minutes(meeting.pk, held, **ways(officer, on))
    assert "called" not in asking(epd, on)
    assert "written" in asking(leader, on)
    acts.issue_minutes(meeting.pk, digest=minutes.digest, **ways(leader, on))
    assert told(epd, "point:") == ["issued"]
    assert "written" not in asking(leader, on)
    assert "issued" in asking(epd, on)
    for day in (due - timedelta(days=3), due, due + timedelta(days=1)):
        remind(day)
    assert told(epd, "point:") == ["before-3", "issued", "last-day", "late"]
    assert told(officer, "point:") == ["late"]
    point = minutes.points.get()
    acts.report_point(point.pk, "已核查。", done=True, **ways(epd, due))
    assert told(officer, "point-report:") == ["reported"]
    late = Notice.objects.get(user=epd, subject=f"point:{point.pk}", step="late")
    assert late.pk in settled(Notice.objects.all(), due), "reported as done it is not late"
    assert not told(epd, "point-report:")
    assert "issued" not in asking(epd, due)
    assert "reported" in asking(officer, due)
    report = point.reports.get()
    acts.check_report(report.pk, accepted=True, **ways(officer, due))
    assert "reported" not in asking(officer, due)
