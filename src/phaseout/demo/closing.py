"""A whole enterprise closes in the demonstration, by the real acts of demo people: sanctioned since
its time to rectify ran out, it applies to leave, its city closes it, its licences are revoked one
by one, and the day its exit is confirmed it is released everywhere. Idempotent.

    close(today)      as far as the day allows; what is there already goes on
"""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from phaseout.accounts.demo import enterprise_user
from phaseout.casework import acts as case_acts
from phaseout.casework.models import Act, Case
from phaseout.casework.proceeding.preparing import Asked
from phaseout.demo.acting import Acting
from phaseout.demo.case_files import picture
from phaseout.demo.casework import Walker
from phaseout.demo.exits import MARK, Spot, reviewed, set_task, sign
from phaseout.demo.sanctions import LEAVES, taken_in
from phaseout.evidence.attaching import attach
from phaseout.measures.sanctions.models import Sanction

ACTING = Acting("closing")


def _day(month: int, day: int) -> date:
    return date(2018, month, day)


APPLIED, AGREED, TASK, ACCEPTED, CLOSED = (
    _day(2, 28), _day(3, 1), _day(3, 2), _day(3, 2), _day(3, 5)
)  # fmt: skip
SEEN, VERIFIED, OBJECTIONS, CONFIRMED = _day(3, 6), _day(3, 7), _day(3, 13), _day(3, 14)
TASK_DAYS = {"cut_off": CLOSED, "dismantling": SEEN, "acceptance": VERIFIED, "report": CONFIRMED}
LICENCES = (
    ("排污许可证（演示）", "生态环境主管部门（演示）"),
    ("安全生产许可证（演示）", "安全生产监督管理部门（演示）"),
)


def close(today: date) -> Case | None:
    """The exit of the enterprise; None where its day has not come or nobody is fit."""
    case = _applied(today)
    if case is None:
        return None
    spot = Spot(case.pk, today)
    reviewed(spot, AGREED, AGREED)
    set_task(spot, TASK, TASK_DAYS)
    spot.does("accept_application", ACCEPTED)
    spot.plan("stop", ACCEPTED, SEEN)
    licences = [{"licence": licence, "issuer": issuer} for licence, issuer in LICENCES]
    spot.does("close_enterprise", CLOSED, licences=licences)
    spot.record_all(SEEN)
    sign(spot, SEEN, SEEN)
    spot.bring("verify_stopped", VERIFIED, VERIFIED)
    _revoked(spot)
    spot.does("settlement_confirmed", VERIFIED)
    spot.does("publish_exit", VERIFIED, objections_until=OBJECTIONS)
    spot.does("confirm_exit", CONFIRMED)
    if today >= CONFIRMED:
        for sanction in Sanction.objects.filter(line=case.line_id):
            taken_in(sanction, CONFIRMED)
    return Case.objects.get(pk=case.pk)


def _applied(today: date) -> Case | None:
    known = Act.objects.filter(key=ACTING.key("application")).select_related("case").first()
    if known is not None:
        return known.case
    opened = Act.objects.filter(key=LEAVES.key).select_related("case").first()
    if opened is None or today < APPLIED:
        return None
    by = enterprise_user(opened.case.enterprise_id)
    paper = attach(SimpleUploadedFile("关闭申请（演示）.png", picture(29)), by=by, dated_on=APPLIED)
    facts = {"application": [paper.digest], "exit_form": f"整个企业关闭{MARK}"}
    asked = Asked("apply_exit", facts)
    ways = ACTING.ways(by.username, APPLIED, "application")
    return case_acts.apply_exit(opened.case.line_id, asked, **ways).case


def _revoked(spot: Spot) -> None:
    """Each licence, as its issuer's paper comes in."""
    if spot.today < VERIFIED:
        return
    done = Act.objects.filter(case=spot.case_id, kind="record_revocation").count()
    for licence, _issuer in LICENCES[done:]:
        Walker(spot.exit.case).do("record_revocation", VERIFIED, licence=licence)
