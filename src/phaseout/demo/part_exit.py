"""A part of a line exits in the demonstration under a decision to close all of it, by the real acts
of demo people: the environment department found it serious, the government approved, one group of
its furnaces is dismantled and confirmed. The rest is held to the decision: it is on the list of
what must still exit, and nobody has opened its exit yet. Idempotent.

    exit_in_part(today)      as far as the day allows; what is there already goes on
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from phaseout.casework import acts as case_acts
from phaseout.casework.models import Act, Case
from phaseout.casework.proceeding.preparing import Asked
from phaseout.demo.acting import Acting
from phaseout.demo.case_files import file_for
from phaseout.demo.case_plans import Plan, Step
from phaseout.demo.casework import carry_cases
from phaseout.demo.exits import MARK, Spot, sign
from phaseout.law.dismantling import Equipment, kind_of
from phaseout.registry.models import EquipmentVersion

ACTING = Acting("part_exit")
INDUSTRIES = ("silicon_carbide", "leather", "coke", "calcium_carbide", "ferroalloy")
"""Where a line is several furnaces or drums, of which a group can go before the others."""


def _day(month: int, day: int) -> date:
    return date(2018, month, day)


EXIT_BY = _day(6, 29)
_STEPS = (
    ("accept_exceedance", 1, 12), ("record_serious", 1, 15), ("closure.file", 1, 16),
    ("closure.collect_evidence", 1, 17), ("closure.notice", 1, 18),
    ("closure.serve_notice", 1, 19), ("closure.legal_review", 1, 30),
    ("closure.collective", 1, 31), ("closure.submit_for_approval", 2, 1),
    ("closure.approve", 2, 5), ("order_closure", 2, 6), ("closure.serve_decision", 2, 7),
)  # fmt: skip
DECIDED = Plan(
    "closed-in-part",
    "environment",
    "epd",
    _day(1, 11),
    tuple(
        Step(kind, _day(month, day), {"exit_by": EXIT_BY} if kind == "order_closure" else {})
        for kind, month, day in _STEPS
    ),
    fits=Q(line__capacity__isnull=False, line__industry__in=INDUSTRIES),
)
OPENED, PLANNED, BEGUN, CUT, SET = _day(2, 8), _day(2, 9), _day(2, 11), _day(2, 12), _day(2, 13)
BEFORE, REMOVED, DISMANTLED, SIGNED = _day(2, 22), _day(2, 26), _day(2, 27), _day(2, 28)
ACCEPTED, SETTLED, PUBLISHED, OBJECTIONS, CONFIRMED = (
    _day(3, 1), _day(3, 2), _day(3, 2), _day(3, 9), _day(3, 12)
)  # fmt: skip
PART, GROUP = "40%", f"东侧一组{MARK}"


def exit_in_part(today: date) -> Case | None:
    """The exit of the part; None where its day has not come or no line is fit."""
    decided = carry_cases(today, (DECIDED,))
    case = _opened(decided[0], today) if decided else None
    if case is None:
        return None
    spot = Spot(case.pk, today, office="epd")
    spot.plan("dismantle", PLANNED, REMOVED, (_group(case),))
    spot.bring("begin_removal", PLANNED, BEGUN, who="epd-officer")
    spot.does("cut_power", CUT)
    spot.does("set_dismantling_date", SET, dismantle_by=REMOVED)
    spot.before(BEFORE)
    spot.record_all(REMOVED)
    spot.bring("dismantle", DISMANTLED, DISMANTLED)
    sign(spot, DISMANTLED, SIGNED)
    spot.bring("acceptance_passed", SIGNED, ACCEPTED)
    spot.does("settlement_confirmed", SETTLED)
    spot.does("publish_exit", PUBLISHED, objections_until=OBJECTIONS)
    gone = _group(case).name
    spot.does("confirm_exit", CONFIRMED, ledger_entry=PART, exited_equipment=gone)
    return Case.objects.get(pk=case.pk)


def _opened(decided: Case, today: date) -> Case | None:
    ways = ACTING.ways("epd-officer", OPENED, "open")
    known = Act.objects.filter(key=ways["key"]).select_related("case__line").first()
    if known is not None:
        return known.case
    served = decided.acts.filter(kind="closure.serve_decision").exists()
    if today < OPENED or not served:
        return None
    paper = file_for("decision_served", decided, by=ways["by"], on=OPENED)
    facts = {"decision_served": [paper.digest], "exit_form": f"分两批拆除主体设备{MARK}"}
    return case_acts.open_exit(decided.pk, Asked("open_on_decision", facts), **ways).case


def _group(case: Case) -> Equipment:
    """The group of the line's main equipment that goes: the register has the equipment as one."""
    rows = EquipmentVersion.objects.filter(line_id=case.line_id, replaced_by=None)
    type_ = rows.order_by("equipment_id").values_list("type", flat=True).first()
    name = type_ or case.line.name
    kind = kind_of(name, case.line.industry)
    parts = ("主体设备",) if kind == "other" else ()
    return Equipment("1", f"{name}{GROUP}", kind, parts)
