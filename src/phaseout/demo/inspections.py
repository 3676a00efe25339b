"""Inspections of the demonstration, by the real acts of demo people: a plan and its approval, a
draw, the visits, one record with what it measured, one tip. Idempotent.

    inspect(today)      as far as the day allows; what is there already goes on
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from phaseout.accounts.models import User
from phaseout.casework.models import Case
from phaseout.demo.acting import Acting
from phaseout.demo.case_files import picture
from phaseout.evidence.attaching import attach
from phaseout.inspections import acts
from phaseout.inspections.acts.planning import Wanted
from phaseout.inspections.acts.recording import Handed
from phaseout.inspections.acts.tipping import Told
from phaseout.inspections.checklist import items_of
from phaseout.inspections.models import Assignment, Draw, Plan, PlanLine, Record
from phaseout.inspections.pressure import pressures
from phaseout.inspections.results import bring_facts
from phaseout.inspections.standing import drawn_before
from phaseout.registry.models import EnergyVersion

MARK = "（演示，虚构）"
ACTING = Acting("inspections")
PLANNED, APPROVED = date(2018, 1, 10), date(2018, 1, 12)
DRAWN, FIRST_VISIT = date(2018, 3, 12), date(2018, 3, 14)
TOLD = date(2018, 3, 13)
WANTED = 3


def inspect(today: date) -> list[Assignment]:
    """The visits of the demonstration; none where its day has not come or no firm is there."""
    if today < FIRST_VISIT:
        return []
    plan = _plan()
    if plan is None:
        return []
    _tip(plan)
    line = max(plan.lines.all(), key=lambda one: (one.firms, one.industry))
    visits = _visits(line)
    _recorded(visits, today)
    return visits


def _plan() -> Plan | None:
    wanted = [
        Wanted(one.industry, one.suggested, date(2018, 11, 30))
        for one in pressures("energy", "64", PLANNED)
    ]
    there = Plan.objects.filter(act__key=ACTING.key("plan")).first()
    if not wanted and there is None:
        return None
    plan = there or acts.make_plan(
        "eic",
        "energy",
        2018,
        wanted,
        reason=f"按案件期限和不达标企业数安排{MARK}",
        **ACTING.ways("eic-officer", PLANNED, "plan"),
    )
    leader = ACTING.ways("eic-leader", APPROVED, "approve")
    acts.approve_plan(plan.pk, digest=plan.digest, **leader)
    return plan


def _visits(line: PlanLine) -> list[Assignment]:
    officer = ACTING.ways("eic-officer", DRAWN, "draw")
    draw = Draw.objects.filter(act__key=officer["key"]).first()
    if draw is None:
        there = line.firms - sum(len(one.drawn) for one in drawn_before(line))
        draw = acts.draw(line.pk, min(WANTED, there), **officer)
    return acts.assign(draw.pk, FIRST_VISIT, a_day=1, **ACTING.ways("eic-officer", DRAWN, "assign"))


def _recorded(visits: list[Assignment], today: date) -> None:
    """The record of the first visit whose firm has no case, else of the first."""
    due = [one for one in visits if one.begins <= today]
    cased = set(Case.objects.values_list("enterprise_id", flat=True))
    visit = next((one for one in due if one.enterprise_id not in cased), due[0])
    record = Record.objects.filter(act__key=ACTING.key("record")).first()
    if record is not None:
        visit = record.assignment
    first, *others = [one.inspector.username for one in visit.team.select_related("inspector")]
    record = record or acts.record(
        visit.pk, _handed(visit, first), **ACTING.ways(first, visit.begins, "record")
    )
    for name in others:
        signing = ACTING.ways(name, visit.begins, f"sign {name}")
        acts.sign_record(record.pk, digest=record.digest, **signing)
    bring_facts(Record.objects.select_related("assignment", "act__by").get(pk=record.pk), today)


def _handed(visit: Assignment, inspector: str) -> Handed:
    """Nothing that the catalogue eliminates is there; consumption as it was reported for the year
    before, measured again for January and February; permits as on record."""
    content: dict[str, dict[str, str]] = {}
    for line, item in items_of(visit.checklist):
        if item["kind"] == "found":
            content[item["id"]] = {"value": "no", "note": MARK}
        elif (value := _as_reported(line["line_id"], item)) is not None:
            content[item["id"]] = {
                "value": value, "from": "2018-01-01", "to": "2018-02-28", "note": MARK,
            }  # fmt: skip
    for one in visit.checklist["permits"]:
        seen = "holds" if one["state"] == "valid" else "none"
        content[one["id"]] = {"value": seen, "note": MARK}
    return Handed(
        content=content,
        visited_on=visit.begins,
        statement=f"对检查结果没有异议{MARK}",
        representative=f"石某某{MARK}",
        position="生产副厂长",
        files=[_signature(visit, inspector)],
    )


def _signature(visit: Assignment, inspector: str) -> dict[str, Any]:
    """What the firm's representative drew on the screen, as the page keeps it."""
    drawn = SimpleUploadedFile("企业代表签名.png", picture(visit.pk))
    by = User.objects.get(username=inspector)
    kept = attach(drawn, by=by, dated_on=visit.begins)
    return {"pk": kept.pk, "digest": kept.digest, "name": kept.name}


def _as_reported(line_id: str, item: dict[str, Any]) -> str | None:
    fact = (
        EnergyVersion.objects.filter(
            line_id=line_id, replaced_by=None, period_end__lt=date(2018, 1, 1),
            product=item["fields"].get("product"), indicator=item["fields"].get("indicator"),
            unit=item["unit"],
        )
        .order_by("-period_end")
        .first()
    )  # fmt: skip
    return None if fact is None else format(fact.value.normalize(), "f")


def _tip(plan: Plan) -> None:
    acts.receive_tip(
        Told(
            dimension=plan.dimension,
            division_code="640104",
            firm=f"某水泥粉磨站{MARK}",
            text=f"夜间仍在使用已公告淘汰的小型磨机生产，灯光和噪声明显。{MARK}",
            name=f"兰某{MARK}",
            contact="0951-0000000",
        ),
        today=TOLD,
        key=ACTING.key("tip"),
        address="demo",
    )
