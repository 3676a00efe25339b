"""The year's plan and meetings over HTTP: from the draft to the adoption, from the call to the
check; a department replies and reports."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from api_machine import Machine, key, machine_of
from api_world import make_world
from casebook import TODAY, Desk
from phaseout.accounts.powers import Role
from phaseout.coordination.planning.acts import named_offices


def does(machine: Machine, path: str, code: str | None = None, **given: Any) -> Any:
    """Done, or refused with the code."""
    told = machine.post(f"/coordination/{path}", given, **key())
    assert (told.status_code, told.said.get("refused")) == ((409 if code else 201), code)
    return told.said


def test_a_plan_goes_from_the_draft_to_the_adoption(db: None) -> None:
    desk = Desk()
    desk.open_(desk.finding(desk.line()))
    officer, leader, government = (
        machine_of(one)
        for one in (
            desk.person(), desk.person(role=Role.LEADER), desk.person("government", Role.LEADER),
        )
    )  # fmt: skip
    plan = does(officer, "plans", year=2018)
    shown = officer.get(f"/coordination/plans/{plan['id']}").said
    place, text = shown["measures"][0]["place"], {"text": "逐条核查。", "reason": "更具体。"}
    does(officer, "plans", "plan.edit-wrong", year=2018, reason="改", measures={"999": text})
    does(leader, "plans", "plan.not-yours", year=2018)
    plan = does(officer, "plans", year=2018, reason="改", measures={place: text})
    assert (plan["draft"], plan["phase"]) == (2, "drafted")
    at, seen = f"plans/{plan['id']}", {"digest": plan["digest"]}
    does(leader, f"{at}/submit", "plan.not-consulted", **seen)
    does(officer, f"{at}/consult", "consultation.incomplete", offices=[], last_day="2018-03-20")
    asked = named_offices("eic")
    does(officer, f"{at}/consult", offices=asked, last_day="2018-03-20")
    for office in asked:
        points = ["建议提前。"] if office == "epd" else []
        does(machine_of(desk.person(office)), f"{at}/opinion", points=points)
    (point,) = officer.all(f"/coordination/{at}/opinions")
    assert (point["office"], point["outcome"]) == ("epd", None)
    answer = f"{at}/opinions/{point['id']}/answer"
    does(officer, answer, "opinion.answer-wrong", outcome="declined")
    assert does(officer, answer, outcome="followed")["outcome"] == "followed"
    does(officer, f"{at}/submit", "plan.not-yours", **seen)
    assert does(leader, f"{at}/submit", **seen)["phase"] == "submitted"
    does(leader, f"{at}/adopt", "plan.not-yours", document="x", **seen)
    does(government, f"{at}/adopt", "plan.changed", document="x", digest="0" * 64)
    issued = does(government, f"{at}/adopt", document="宁政发〔2018〕9号", **seen)
    assert (issued["edition"], issued["adopted_on"]) == (1, str(TODAY))
    does(government, f"{at}/send-back", "plan.adopted", reason="再议")


def test_a_meeting_is_moved_called_off_minuted_issued_and_checked(db: None) -> None:
    desk = Desk()
    officer, leader = machine_of(desk.person()), machine_of(desk.person(role=Role.LEADER))
    epd = machine_of(desk.person("epd"))
    called = {"on": "2018-03-20", "place": "会议室", "topic": "进展", "invited": ["epd"]}
    does(epd, "meetings", "mechanism.not-yours", **called)
    off, held = (does(officer, "meetings", **called)["id"] for _ in range(2))
    to = {"on": "2018-03-15", "place": "三楼", "reason": "台风"}
    does(epd, f"meetings/{held}/move", "mechanism.not-yours", **to)
    moved = does(officer, f"meetings/{held}/move", **to)
    assert (moved["on"], moved["called_for"], moved["place"]) == (
        "2018-03-15",
        "2018-03-20",
        "三楼",
    )
    does(officer, f"meetings/{off}/call-off", "mechanism.text-wrong", reason=" ")
    gone = does(officer, f"meetings/{off}/call-off", reason="另行解决")
    assert (gone["called_off_on"], gone["called_off_because"]) == (str(TODAY), "另行解决")
    said = {"held_on": str(TODAY), "chair": "某主任", "present": ["epd"], "summary": "通报。"}
    decided = [{"text": "核查排放", "office": "epd", "due": "2018-04-13"}]
    does(officer, f"meetings/{off}/minutes", "meeting.called-off", **said)
    minutes = does(officer, f"meetings/{held}/minutes", points=decided, **said)
    does(officer, f"meetings/{held}/issue", "mechanism.not-yours", digest=minutes["digest"])
    does(leader, f"meetings/{held}/issue", digest=minutes["digest"])
    does(officer, f"meetings/{held}/call-off", "minutes.there", reason="另行解决")
    (point,) = epd.all("/coordination/points")
    at = f"points/{point['id']}"
    assert officer.post(f"/coordination/{at}/check", {"accepted": True}, **key()).status_code == 404
    does(epd, f"{at}/report", text="已核查", done=True)
    does(epd, f"{at}/check", "mechanism.not-yours", accepted=True)
    does(officer, f"{at}/check", "mechanism.text-wrong", accepted=False)
    assert does(officer, f"{at}/check", accepted=True)["state"] == "done"
    does(officer, f"{at}/check", "report.nothing-to-check", accepted=True)


def test_a_department_replies_once_and_reports_on_its_point(db: None) -> None:
    world = make_world()
    epd = machine_of(Desk().person("epd"))
    (plan,) = epd.all("/coordination/plans")
    assert (plan["phase"], plan["due"], plan["act_by"]) == (
        "consulting", "2018-04-30", "2018-04-28",
    )  # fmt: skip
    whole = epd.get(f"/coordination/plans/{plan['id']}").json()
    assert sum(goal["lines"] for goal in whole["goals"]) == 1
    (line,) = epd.all(f"/coordination/plans/{plan['id']}/lines")
    assert (line["line"], line["state"]) == (world.ids["line_id"], "open")
    key = {"Idempotency-Key": str(uuid4())}
    address, said = f"/coordination/plans/{plan['id']}/opinion", {"points": ["建议提前。"]}
    assert epd.post(address, said, **key).status_code == 201
    assert epd.post(address, said, **key).json()["points"] == ["建议提前。"]
    again = epd.post(address, said, **{"Idempotency-Key": str(uuid4())})
    assert (again.status_code, again.json()["refused"]) == (409, "consultation.replied")
    (point,) = epd.all("/coordination/points")
    report = f"/coordination/points/{point['id']}/report"
    told = epd.post(report, {"text": "已核查", "done": True}, **{"Idempotency-Key": str(uuid4())})
    assert (told.status_code, told.json()["state"]) == (201, "reported")
    assert world.machine("enterprise").get("/coordination/plans").status_code == 403
