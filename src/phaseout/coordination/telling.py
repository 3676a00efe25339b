"""What is told of the acts of these rooms, in the transaction of each: what waits for whom now."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from phaseout.accounts.organisations import REGION_CODE, office_name, place_words
from phaseout.coordination.annual.models import AnnualAct
from phaseout.coordination.annual.standing import standing
from phaseout.coordination.mechanism.models import Change, Issue, Meeting, Minutes, Report
from phaseout.coordination.offices import GOVERNMENT
from phaseout.coordination.people import leading, reporting, working_in
from phaseout.coordination.planning.acts.alike import leading as planning
from phaseout.coordination.planning.models import PlanAct
from phaseout.coordination.returns.models import ReturnAct
from phaseout.coordination.returns.seats import summing_up
from phaseout.law.annual import returns_due
from phaseout.notices.telling import Told, tell, tell_when_appended


def of_plan(act: PlanAct) -> None:
    """Consulted, submitted, sent back, adopted. (The draft itself concerns nobody else.)"""
    kind, plan, on = PlanAct.Kind(act.kind), act.plan, act.done_on
    if plan is None:
        return
    named = (f"{plan.year}年度工作方案", f"The work plan of {plan.year}")
    page = reverse("work-plan", args=[plan.pk])
    if kind is PlanAct.Kind.CONSULT:
        zh, en = "征求意见，请反馈。", "is in consultation; please reply."
        users, page = (
            working_in(act.content["offices"], on),
            reverse("work-plan-opinions", args=[plan.pk]),
        )
    elif kind is PlanAct.Kind.SUBMIT:
        zh, en, users = "报请审定。", "waits to be adopted.", leading([GOVERNMENT], on)
    elif kind is PlanAct.Kind.SEND_BACK:
        zh, en, users = "被退回修改。", "was sent back.", working_in(planning(), on)
    elif kind is PlanAct.Kind.ADOPT:
        lines = plan.lines.filter(included=True).values_list("office", flat=True).distinct()
        users = working_in({*planning(), *lines}, on)
        zh, en = "已印发。", "was adopted."
    else:
        return
    told = "sign" if kind is PlanAct.Kind.SUBMIT else "round"
    words = (f"{named[0]}{zh}", f"{named[1]} {en}")
    tell(Told(told, f"plan-act:{act.pk}", kind.value, words, page), users - {act.by_id}, on)


def of_return(act: ReturnAct) -> None:
    """Reported: the department checks it. Sent back, accepted: the city is told."""
    kind, on = ReturnAct.Kind(act.kind), act.done_on
    city, of = place_words(act.division_code), office_name(act.department, REGION_CODE, on)
    zh = f"{city[0]}向{of[0]}报送的{act.year}年度退出情况"
    en = f"The return of {city[1]} to {of[1]} for {act.year}"
    due = None
    if kind is ReturnAct.Kind.FILE:
        users, told = working_in([act.department], on), "task"
        words = (f"{zh}待核对。", f"{en} waits to be checked.")
    else:
        users, told = reporting(act.department, act.division_code, on), "round"
        words = (f"{zh}已核对接受。", f"{en} was accepted.")
        if kind is ReturnAct.Kind.SEND_BACK:
            words, due = (f"{zh}被退回。", f"{en} was sent back."), returns_due(act.year).due
    page = reverse("return", args=[act.year, act.department, act.division_code])
    subject = f"return-act:{act.pk}"
    tell(Told(told, subject, kind.value, words, page, due), users - {act.by_id}, on)


def of_annual(act: AnnualAct) -> None:
    """Frozen: the leaders sign; signed by the last of them: the government agrees; agreed or not:
    it goes on."""
    kind, on = AnnualAct.Kind(act.kind), act.done_on
    said = {
        AnnualAct.Kind.FREEZE: ("sign", "待签报。", "waits to be signed."),
        AnnualAct.Kind.SIGN: ("sign", "已签报，待同意。", "was signed and waits for agreement."),
        AnnualAct.Kind.APPROVE: ("round", "已获同意，待上报。", "was agreed to; it can be sent."),
        AnnualAct.Kind.DECLINE: ("round", "未获同意。", "was not agreed to."),
    }
    if kind not in said:
        return
    told, zh, en = said[kind]
    if kind is AnnualAct.Kind.FREEZE:
        users = leading(summing_up(), on)
    elif kind is AnnualAct.Kind.SIGN:
        if standing(act.year, on).to_sign:
            return
        users = leading([GOVERNMENT], on)
    else:
        users = working_in(summing_up(), on)
    words = (f"{act.year}年度报告{zh}", f"The annual report of {act.year} {en}")
    page = reverse("annual-year", args=[act.year])
    tell(Told(told, f"annual-act:{act.pk}", kind.value, words, page), users - {act.by_id}, on)


def of_meeting(meeting: Meeting) -> None:
    """Called: who is invited."""
    words = (
        f"{meeting.on}召开{meeting.year}年第{meeting.number}次协调会议。",
        f"Coordination meeting {meeting.number} of {meeting.year} on {meeting.on}.",
    )
    told = Told("meeting", f"meeting:{meeting.pk}", "called", words, _page(meeting), meeting.on)
    tell(told, working_in(meeting.invited, meeting.act.done_on), meeting.act.done_on)


def of_change(change: Change) -> None:
    """Moved, called off: who is invited. Not why: that is said on the site."""
    meeting, on = change.meeting, change.act.done_on
    zh = f"{meeting.year}年第{meeting.number}次协调会议"
    en = f"Coordination meeting {meeting.number} of {meeting.year}"
    was, step = change.act.content["was"][0], "called-off" if change.called_off else "moved"
    if change.called_off:
        zh, en = f"原定{was}召开的{zh}已取消。", f"{en}, which was to be on {was}, is called off."
    elif was != (on_day := str(change.on)):
        zh, en = f"{zh}改到{on_day}召开（原定{was}）。", f"{en} is moved from {was} to {on_day}."
    else:
        zh, en = f"{was}召开的{zh}改了地点。", f"{en} on {was} is at another place now."
    told = Told("meeting", f"meeting-change:{change.pk}", step, (zh, en), _page(meeting), change.on)
    tell(told, working_in(meeting.invited, on), on)


def of_minutes(minutes: Minutes) -> None:
    """Written: the leaders of the office that called the meeting issue them."""
    meeting, act = minutes.meeting, minutes.act
    words = (
        f"{meeting.year}年第{meeting.number}次协调会议纪要待印发。",
        f"The minutes of coordination meeting {meeting.number} of {meeting.year} wait for issue.",
    )
    told = Told("sign", f"minutes:{minutes.pk}", "written", words, _page(meeting))
    tell(told, leading([meeting.office], act.done_on) - {act.by_id}, act.done_on)


def of_issue(issue: Issue) -> None:
    """Issued: each office that has something to do."""
    meeting, on = issue.meeting, issue.issued_on
    for point in issue.minutes.points.all():
        words = (
            f"{meeting.year}年第{meeting.number}次协调会议议定事项第{point.place}项由本单位负责。",
            f"Point {point.place} of coordination meeting {meeting.number} of {meeting.year}"
            " is for this office.",
        )
        told = Told("meeting", f"point:{point.pk}", "issued", words, _page(meeting), point.due)
        tell(told, working_in([point.office], on) - {issue.act.by_id}, on)


def of_report(report: Report) -> None:
    """Reported as done: who called the meeting checks it."""
    if not report.done:
        return
    meeting, on = report.point.minutes.meeting, report.act.done_on
    words = (
        f"{meeting.year}年第{meeting.number}次协调会议议定事项第{report.point.place}项已报完成，待核实。",
        f"Point {report.point.place} of coordination meeting {meeting.number} of {meeting.year}"
        " was reported done and waits to be checked.",
    )
    told = Told("task", f"point-report:{report.pk}", "reported", words, _page(meeting))
    tell(told, working_in([meeting.office], on) - {report.act.by_id}, on)


def _page(meeting: Meeting) -> str:
    return reverse("meeting", args=[meeting.pk])


FOLLOWERS: dict[type[Any], Any] = {
    PlanAct: of_plan,
    ReturnAct: of_return,
    AnnualAct: of_annual,
    Meeting: of_meeting,
    Change: of_change,
    Minutes: of_minutes,
    Issue: of_issue,
    Report: of_report,
}
"""What is appended → what is told of it."""


def follow_acts() -> None:
    """Called when the site starts."""
    tell_when_appended(FOLLOWERS)
