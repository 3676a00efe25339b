"""A small world for the API: one of everything, and a person in each role with a token."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from django.conf import settings

from api_machine import Machine, machine_of
from capacity_book import register
from casebook import TODAY, Desk
from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework import acts
from phaseout.casework.models import Case, Proposal
from phaseout.coordination.mechanism import acts as meetings
from phaseout.coordination.planning import acts as planning
from phaseout.coordination.returns import acts as returns
from phaseout.disclosure.lists import acts as lists
from phaseout.disclosure.lists.log import heads
from phaseout.evidence.keeping import keep
from phaseout.inspections import acts as inspections
from phaseout.registry.imports import Arriving, check, receive
from phaseout.registry.models import VERSIONS, Import

USCC = "91640100MA00000001"
ROLES: dict[str, dict[str, str]] = {
    "officer": {"function": "eic"},
    "reviewer": {"function": "eic", "role": Role.REVIEWER},
    "leader": {"function": "government", "role": Role.LEADER},
    "city officer": {"function": "cities", "division": "640100"},
    "another city": {"function": "cities", "division": "640200"},
    "auditor": {"function": "inspection", "role": Role.AUDITOR},
    "administrator": {"function": "eic", "role": Role.ADMINISTRATOR},
    "enterprise": {"role": Role.ENTERPRISE, "uscc": USCC},
    "another enterprise": {"role": Role.ENTERPRISE, "uscc": "91640100MA00000002"},
}
WORKBOOK = "energy.csv", "line_id,product,indicator,period_start,period_end,value,unit\nL1,熟料,x,y"


@dataclass
class World:
    """Ids of what there is, by the name of the path parameter that asks for it."""

    ids: dict[str, Any] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    openable: str = ""
    digest: str = ""
    """of the proposal that waits"""
    file: str = ""
    """a digest that the enterprise has brought"""

    def machine(self, role: str) -> Machine:
        return machine_of(self.people[role]) if role in self.people else Machine()


def make_world() -> World:
    """Rows of every kind that the API reads."""
    desk = Desk()
    world = World(people={name: desk.person(**given) for name, given in ROLES.items()})
    desk.enterprise("91640100MA00000002")
    line = desk.line()
    opened = desk.finding(line)
    case = desk.open_(opened).case
    proposal = _prepared(desk, case, world.people["officer"])
    world.openable = desk.finding(desk.line("L2")).finding_id
    brought = _import(world.people["officer"])
    _facts(brought, line.pk)
    world.digest = proposal.digest
    world.file = keep([b"application"], name="a.txt", by=world.people["enterprise"]).digest
    world.ids = {
        "uscc": USCC,
        "line_id": line.pk,
        "table": "equipment",
        "finding_id": opened.finding_id,
        "case_id": case.pk,
        "proposal_id": proposal.pk,
        "run_id": desk.run().pk,
        "entry_id": register(line),
        "import_id": brought.pk,
        "source_id": "GB16780-2012",
        "row_id": "energy_limits/GB16780-2012/1",
        "measure_id": 2_000_000_000,
        "demand_id": 2_000_000_000,
        "opinion_id": 2_000_000_000,
        **_inspected(desk, world.people["officer"]),
        **_planned(desk, world.people["officer"]),
        **_returned(world.people["city officer"]),
        **_published(desk, world.people["officer"]),
    }
    return world


def _returned(by: User) -> dict[str, Any]:
    """A return of 2017 that says that nothing exited: late, and the reason with it."""
    ways = {"by": by, "scope": scope_of(by, on=TODAY), "today": TODAY, "key": uuid4()}
    returns.file_return(2017, "eic", "640100", rows=(), nil=True, reason="漏报。", **ways)
    return {"year": 2017, "department": "eic", "city": "640100"}


def _published(desk: Desk, by: User) -> dict[str, Any]:
    """An edition that nobody stands on."""
    leader = desk.person("eic", Role.LEADER)
    ways = {"today": TODAY, "by": by, "scope": scope_of(by, on=TODAY)}
    draft = lists.draft("sealed", key=uuid4(), **ways)
    signing = {"by": leader, "scope": scope_of(leader, on=TODAY), "today": TODAY}
    lists.sign(draft.pk, digest=draft.digest, key=uuid4(), **signing)
    edition = lists.publish(draft.pk, key=uuid4(), **ways)
    heads.sign(settings.HOME)
    return {"list_kind": edition.list_kind, "edition_number": edition.number}


def _inspected(desk: Desk, by: User) -> dict[str, Any]:
    """A plan of inspections, and a visit that a tip led to."""
    ways = {"by": by, "scope": scope_of(by, on=TODAY), "today": TODAY}
    lines = [inspections.planning.Wanted("cement", 1, date(2018, 6, 29))]
    plan = inspections.make_plan("eic", "energy", 2018, lines, reason="", key=uuid4(), **ways)
    told = inspections.tipping.Told("energy", "640104", "云岭水泥", "夜间开淘汰窑生产。")
    tip = inspections.receive_tip(told, today=TODAY, key=uuid4())
    team = [desk.person("eic", Role.INSPECTOR), desk.person("cities", Role.INSPECTOR, "640100")]
    visit = inspections.accept_tip(
        tip.pk,
        uscc=USCC,
        inspectors=[one.username for one in team],
        begins=TODAY,
        reason="现场核实",
        key=uuid4(),
        **ways,
    )
    return {"plan_id": plan.pk, "visit_id": visit.pk}


def _planned(desk: Desk, by: User) -> dict[str, Any]:
    """A year's plan in consultation, and a point of a meeting for the environment department."""
    ways = {"by": by, "scope": scope_of(by, on=TODAY), "today": TODAY}
    plan = planning.draft_plan(2018, key=uuid4(), **ways)
    asked = planning.named_offices("eic")
    planning.consult(plan.pk, asked, date(2018, 3, 30), key=uuid4(), **ways)
    meeting = meetings.call_meeting(TODAY, "会议室", "进展", ["epd"], key=uuid4(), **ways)
    points = [meetings.Decided("核查排放", "epd", date(2018, 4, 13))]
    held = meetings.Held(TODAY, "某主任", ["epd"], "通报了进展。", points)
    minutes = meetings.record_minutes(meeting.pk, held, key=uuid4(), **ways)
    leader = desk.person(role=Role.LEADER)
    signing = {"by": leader, "scope": scope_of(leader, on=TODAY), "today": TODAY}
    meetings.issue_minutes(meeting.pk, digest=minutes.digest, key=uuid4(), **signing)
    point = minutes.points.get()
    return {"work_plan_id": plan.pk, "meeting_id": meeting.pk, "point_id": point.pk}


def _prepared(desk: Desk, case: Case, by: User) -> Proposal:
    """An act of the case that waits for its signature."""
    asked = desk.asked(desk.rule(case, "order.file"), case, TODAY)
    scope = scope_of(by, on=TODAY)
    return acts.propose(case.pk, asked, by=by, scope=scope, today=TODAY, key=uuid4())


def _import(by: User) -> Import:
    name, text = WORKBOOK
    brought = receive([Arriving(name, [text.encode()])], by=by, today=TODAY, check=False)
    check(brought.pk)
    return Import.objects.get(pk=brought.pk)


def _facts(brought: Import, line_id: str) -> None:
    said = {"taken_by": brought, "known_on": date(2018, 3, 1)}
    VERSIONS["enterprises"].objects.create(
        uscc=USCC, name="云岭水泥001厂", division_code="640104", industry="cement", **said
    )
    VERSIONS["lines"].objects.create(
        line_id=line_id, uscc=USCC, name="一号线", industry="cement", division_code="640104", **said
    )
    VERSIONS["equipment"].objects.create(
        equipment_id="E1",
        line_id=line_id,
        type="回转窑",
        attribute="直径",
        value="4.3",
        unit="m",
        **said,
    )
    VERSIONS["outlets"].objects.create(
        outlet_id="O1", line_id=line_id, medium="air", source="窑尾", **said
    )
    VERSIONS["monitoring"].objects.create(
        outlet_id="O1",
        pollutant_code="a34013",
        time="1999-12-01 05:00:00",
        averaging="hour",
        value=1.5e-7,
        unit="mg/m3",
        **said,
    )
    VERSIONS["permits"].objects.create(
        uscc=USCC, kind="排污许可证", number="P1", valid_from=date(2018, 1, 1), **said
    )


def _coordinating() -> dict[str, dict[str, Any]]:
    """The bodies of the acts on plans, meetings, returns and the annual report."""
    read, why = {"digest": "0" * 64}, {"reason": "更正。"}
    moved = {"on": "2018-03-29", "place": "会议室"}
    said = {"held_on": "2018-03-15", "chair": "某主任", "present": ["epd"], "summary": "通报。"}
    return {
        "draft_work_plan": {"year": 2018, **why},
        "consult_on_plan": {"offices": ["epd"], "last_day": "2018-03-30"},
        "answer_opinion_on_plan": {"outcome": "followed"},
        "submit_work_plan": read,
        "send_back_work_plan": why,
        "adopt_work_plan": {**read, "document": "宁政发〔2018〕1号"},
        "call_meeting": {**moved, "topic": "进展", "invited": ["epd"]},
        "move_meeting": {**moved, **why},
        "call_off_meeting": why,
        "record_meeting_minutes": said,
        "issue_meeting_minutes": read,
        "check_meeting_point": {"accepted": True},
        "accept_return": {"seen": "0" * 64},
        "send_back_return": why,
        "freeze_annual_report": why,
        "sign_annual_report": read,
        "approve_annual_report": {**read, "document": "宁政函〔2018〕1号"},
        "decline_annual_report": {**read, **why},
        "send_annual_report": {"number": "宁经信发〔2018〕1号"},
        "correct_annual_report": {**why, "cells": {"county": "贺兰县"}, "document": "更1号"},
    }


def request_for(operation_id: str, world: World) -> dict[str, Any]:
    """What a good request of an operation carries besides its address."""
    asked = {"findings": [world.openable]}
    key = {"Idempotency-Key": str(uuid4())}
    paused = {"kind": "pause_case", "facts": {"reason": "待查"}}
    return {
        "examine_opening": {"body": asked},
        "open_case": {"body": {**asked, "reason": "查实"}, "headers": key},
        "do_act": {"body": paused, "headers": key},
        "prepare_act": {"body": paused, "headers": key},
        "open_exit": {"body": {"facts": {"exit_form": "整体关停"}}, "headers": key},
        "apply_exit": {
            "body": {
                "line": world.ids["line_id"],
                "facts": {"application": [world.file], "exit_form": "整体关停"},
            },
            "headers": key,
        },
        "sign_proposal": {"body": {"digest": world.digest}, "headers": key},
        "decline_proposal": {"body": {"answer": "证据不足"}},
        "take_import": {"body": {}},
        "give_opinion_on_plan": {"body": {"points": ["建议提前。"]}, "headers": key},
        "report_meeting_point": {"body": {"text": "已核查", "done": True}, "headers": key},
        **{name: {"body": body, "headers": key} for name, body in _coordinating().items()},
        "answer_supervision_demand": {"body": {"text": "已说明"}, "headers": key},
        "file_return": {"body": {"nil": True, "reason": "更正。"}, "headers": key},
        "compare_editions": {"query": {"old": "GB16780-2012", "new": "GB16780-2021"}},
        "count_period": {"query": {"trigger": "2018-03-15", "unit": "months", "length": 6}},
    }.get(operation_id, {})
