"""A line of the demonstration that is closed and cannot yet be dismantled, by the real acts of demo
people: its enterprise applied, it was cut off and sealed, and mortgaged equipment stands in the way
of the dismantling. It is on the list «closed, not dismantled» with its reason. Idempotent.

    seal(today)      as far as the day allows; what is there already goes on
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
from phaseout.demo.exits import MARK, Spot, line_to_seal, reviewed, set_task
from phaseout.evidence.attaching import attach
from phaseout.exits import acts

ACTING = Acting("sealing")


def _day(month: int, day: int) -> date:
    return date(2018, month, day)


APPLIED, COUNTY, CITY, TASK, ACCEPTED = (
    _day(1, 16), _day(1, 18), _day(1, 19), _day(1, 22), _day(1, 24)
)  # fmt: skip
PLANNED, ASKED, BEGUN, CUT, DRIVE, SEALED = (
    _day(1, 26), _day(1, 29), _day(1, 30), _day(2, 1), _day(2, 6), _day(2, 8)
)  # fmt: skip
PROMISED, PUBLISHED, SET, VERIFIED, PUT_OFF = (
    _day(2, 9), _day(2, 11), _day(2, 22), _day(2, 26), _day(2, 28)
)  # fmt: skip
BY = _day(9, 28)
"""The day set for the dismantling."""
TASK_DAYS = {"cut_off": SEALED, "dismantling": BY, "acceptance": BY, "report": BY}


def seal(today: date) -> Case | None:
    """The exit of the line; None where its day has not come or no line is fit."""
    case = _applied(today)
    if case is None:
        return None
    spot = Spot(case.pk, today)
    reviewed(spot, COUNTY, CITY)
    set_task(spot, TASK, TASK_DAYS)
    spot.does("accept_application", ACCEPTED)
    spot.plan("seal", PLANNED, BY)
    spot.bring("begin_removal", ASKED, BEGUN, who="eic-officer")
    spot.does("cut_water", CUT)
    spot.does("cut_power", CUT)
    spot.record_all(DRIVE, gate="drive")
    spot.does("remove_drive", DRIVE)
    spot.record_all(SEALED, gate="seal")
    spot.bring("seal", SEALED, SEALED)
    spot.does("commitment", PROMISED)
    spot.does("publish_commitment", PUBLISHED)
    spot.does("set_dismantling_date", SET, dismantle_by=BY)
    spot.bring("record_sealed", VERIFIED, VERIFIED)
    _put_off(spot)
    return Case.objects.get(pk=case.pk)


def _applied(today: date) -> Case | None:
    known = Act.objects.filter(key=ACTING.key("application")).select_related("case").first()
    if known is not None:
        return known.case
    line = line_to_seal() if today >= APPLIED else None
    if line is None:
        return None
    by = enterprise_user(line.enterprise_id)
    paper = attach(SimpleUploadedFile("退出申请（演示）.png", picture(41)), by=by, dated_on=APPLIED)
    facts = {"application": [paper.digest], "exit_form": f"封存后限时拆除{MARK}"}
    ways = ACTING.ways(by.username, APPLIED, "application")
    return case_acts.apply_exit(line.pk, Asked("apply_exit", facts), **ways).case


def _put_off(spot: Spot) -> None:
    if spot.new("put off", PUT_OFF):
        acts.put_off(
            spot.case_id,
            "mortgage",
            note=f"主体设备抵押给某银行，抵押权人同意前暂不拆除{MARK}",
            dismantle_by=None,
            **spot.ways(PUT_OFF, "put off", "eic-officer"),
        )
