"""The year's plan and meetings over HTTP: a department's system replies and reports."""

from __future__ import annotations

from uuid import uuid4

from api_machine import machine_of
from api_world import make_world
from casebook import Desk


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
