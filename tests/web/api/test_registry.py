"""The registry over HTTP: within one's reach, with its history, as it was known on a day."""

from __future__ import annotations

from datetime import date

import pytest

from api_machine import machine_of
from api_world import USCC, make_world
from phaseout.registry.models import VERSIONS, Import


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def machine(world):
    return world.machine("officer")


def test_enterprises_and_lines_of_ones_territory(world, machine):
    assert [e["uscc"] for e in machine.all("/enterprises")] == [USCC, "91640100MA00000002"]
    assert [e["uscc"] for e in machine.all("/enterprises", {"q": "001厂"})] == [USCC]
    assert [row["line_id"] for row in machine.all("/lines", {"enterprise": USCC})] == ["L1", "L2"]
    assert world.machine("another city").all("/enterprises") == []
    assert world.machine("another city").all("/lines") == []
    assert [e["uscc"] for e in world.machine("enterprise").all("/enterprises")] == [USCC]


def test_a_line_of_another_city_is_not_there(world):
    machine = world.machine("another city")
    for path in (
        "/lines/L1",
        "/lines/L1/history",
        "/lines/L1/facts/equipment",
        f"/enterprises/{USCC}",
    ):
        assert machine.get(path).status_code == 404


def test_facts_travel_as_they_were_brought(machine):
    (equipment,) = machine.all("/lines/L1/facts/equipment")
    assert equipment["values"]["attribute"] == "直径"
    assert equipment["values"]["value"] == "4.3"
    (reading,) = machine.all("/lines/L1/facts/monitoring")
    assert reading["values"]["value"] == "0.00000015"
    assert reading["values"]["time"] == "1999-12-01T05:00:00"
    assert machine.all("/lines/L1/facts/monitoring", {"outlet": "O9"}) == []
    (permit,) = machine.all(f"/enterprises/{USCC}/facts/permits")
    assert permit["values"]["valid_from"] == "2018-01-01"


def test_history_and_what_was_known_on_a_day(world, machine):
    brought = Import.objects.get(pk=world.ids["import_id"])
    equipment = VERSIONS["equipment"].objects.filter(line_id="L1")
    equipment.update(replaced_by=brought, replaced_on=date(2018, 3, 10))
    VERSIONS["equipment"].objects.create(
        equipment_id="E1", line_id="L1", type="回转窑", attribute="直径", value="4.0", unit="m",
        taken_by=brought, known_on=date(2018, 3, 10),
    )  # fmt: skip

    def diameter(**asked):
        return [f["values"]["value"] for f in machine.all("/lines/L1/facts/equipment", asked)]

    assert diameter() == ["4"]
    assert diameter(known_on="2018-03-10") == ["4"]
    assert diameter(known_on="2018-03-09") == ["4.3"]
    assert diameter(known_on="2018-02-28") == []
    (version,) = machine.all("/lines/L1/history")
    assert version["taken_by"] == brought.pk
    assert version["replaced_on"] is None


def test_readings_come_in_order_page_by_page(world, machine):
    brought = Import.objects.get(pk=world.ids["import_id"])
    VERSIONS["monitoring"].objects.bulk_create(
        VERSIONS["monitoring"](
            outlet_id="O1", pollutant_code=code, time=f"1999-11-01 {hour:02}:00:00",
            averaging="hour", value=hour, unit="mg/m3", taken_by=brought,
            known_on=date(2018, 3, 1),
        )
        for code in ("a21026", "a21002")
        for hour in range(12)
    )  # fmt: skip
    rows = machine.all("/lines/L1/facts/monitoring", {"limit": 5})
    keys = [(r["values"]["pollutant_code"], r["values"]["time"]) for r in rows]
    assert len(keys) == 25
    assert keys == sorted(keys)


@pytest.mark.parametrize("path", ["/lines/L1/facts/enterprises", "/lines/\x00"])
def test_what_is_no_table_of_a_line_is_not_understood(machine, path):
    assert machine.get(path).status_code in (404, 422)


def test_an_import_is_brought_seen_taken(world, machine, run_jobs):
    from django.core.files.uploadedfile import SimpleUploadedFile

    def bring(head: str, row: str):
        text = f"uscc,name,division_code,industry{head}\n91640100MA0000003X,{row}\n"
        answer = machine.client.post(
            "/api/v1/imports",
            {"files": SimpleUploadedFile("enterprises.csv", text.encode())},
            headers=machine.headers,
        )
        run_jobs()
        return answer

    answer = bring(",employees", "河东铁合金厂,640104,ferroalloy,12")
    assert answer.status_code == 201, answer.content
    number = answer.json()["id"]
    seen = machine.get(f"/imports/{number}").said
    assert seen["state"] == "checked"
    assert seen["counts"]["enterprises"]["new"] == 1
    assert seen["files"][0]["name"] == "enterprises.csv"
    assert number in [row["id"] for row in machine.all("/imports")]
    assert machine.all(f"/imports/{number}/problems") == []
    assert machine.post(f"/imports/{number}/take", {}).status_code == 202
    run_jobs()
    assert machine.get(f"/imports/{number}").said["state"] == "taken"
    (brought,) = machine.all("/enterprises", {"q": "河东"})
    assert brought["uscc"] == "91640100MA0000003X"
    renamed = bring("", "河东冶金厂,640104,ferroalloy").json()["id"]
    told = {"columns": ["employees", "address"], "rows": 1, "met": 1}  # 12 people stay
    assert machine.get(f"/imports/{renamed}").said["absent"] == {"enterprises": told}


def test_an_import_without_files_is_refused(machine):
    answer = machine.client.post("/api/v1/imports", {}, headers=machine.headers)
    assert answer.status_code == 422


def test_names_of_files_cannot_leave_their_folder(machine):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("..\\..\\etc/enterprises.csv", b"uscc\nx\n")
    answer = machine.client.post("/api/v1/imports", {"files": file}, headers=machine.headers)
    assert answer.json()["files"][0]["name"] == "enterprises.csv"


def test_an_import_is_given_up_once(world, machine):
    path = f"/imports/{world.ids['import_id']}/abandon"
    assert machine.post(path).said["state"] == "abandoned"
    assert machine.post(path).status_code == 409


def test_every_kind_of_change_of_the_registry_is_listed(world, machine):
    for kind in Import.Kind.values:
        Import.objects.filter(pk=world.ids["import_id"]).update(kind=kind)
        assert kind in [row["kind"] for row in machine.all("/imports")]


def test_an_import_of_another_territory_is_not_there(world):
    machine = machine_of(world.people["another city"])
    assert machine.get(f"/imports/{world.ids['import_id']}").status_code == 404
    assert machine.post(f"/imports/{world.ids['import_id']}/take", {}).status_code == 404


def test_runs_say_why_they_were(machine):
    (run,) = machine.all("/runs")
    assert (run["cause"], run["on_day"]) == ("all", "2018-03-15")
    assert machine.get(f"/runs/{run['id']}").said == run


def test_ids_of_lines_may_hold_a_stroke(world, machine, desk):
    line = desk.line("A/1")
    for path in ("/lines/A%2F1", "/lines/A/1", "/lines/A%2F1/history", "/lines/A/1/facts/energy"):
        assert machine.get(path).status_code == 200
    assert machine.get("/lines/A%2F1").said["line_id"] == line.pk


def test_an_enterprise_elsewhere_with_a_line_here_is_seen(world, desk):
    far = desk.enterprise("91640200MA00000077", division_code="640202")
    desk.line("H1", far, division_code="640104")
    machine = world.machine("city officer")
    assert far.pk in [e["uscc"] for e in machine.all("/enterprises")]
    assert machine.get(f"/enterprises/{far.pk}").status_code == 200
