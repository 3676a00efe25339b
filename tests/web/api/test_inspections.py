"""Inspections over HTTP: what a department reads, and a firm does not."""

from __future__ import annotations

from api_world import make_world


def test_plans_and_visits_are_read_by_their_department_and_no_firm(db: None) -> None:
    world = make_world()
    officer = world.machine("officer")
    (plan,) = officer.all("/inspections/plans")
    whole = officer.get(f"/inspections/plans/{plan['id']}").json()
    assert [line["firms"] for line in whole["lines"]] == [1]
    assert (plan["in_force"], plan["approved_on"]) == (False, None)
    (visit,) = officer.all("/inspections/visits")
    shown = officer.get(f"/inspections/visits/{visit['id']}").json()
    assert (shown["source"], shown["recorded"], shown["record"]) == ("tip", False, None)
    assert len(shown["inspectors"]) == 2
    assert shown["checklist"]["dimension"] == "energy"
    firm = world.machine("enterprise")
    assert firm.get("/inspections/visits").status_code == 403
    assert firm.get(f"/inspections/visits/{visit['id']}").status_code == 403
