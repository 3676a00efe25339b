"""Each duty of clause 16 is walked through the pages, from the plan to the facts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casebook import TODAY
from drawn_signature import SIGNATURE
from phaseout.accounts.models import Post, User
from phaseout.accounts.powers import Role
from phaseout.inspections.checklist import checklist, items_of
from phaseout.inspections.models import Assignment, Plan, Record
from phaseout.inspections.standing import team_of
from phaseout.registry.imports import Arriving, check, receive, take_import
from phaseout.registry.models import Enterprise, Import

USCC = "91640100MA0000011Q"
FILES = {
    "enterprises.csv": f"uscc,name,division_code,industry\n{USCC},云岭水泥（虚构）,640104,cement\n",
    "lines.csv": "line_id,uscc,name,industry,product,commissioned_on,status\n"
    f"K1,{USCC},一号窑,cement,水泥,2008-05-01,in_operation\n",
    "outlets.csv": "outlet_id,line_id,medium,source,permitted_concentrations\n"
    "P1,K1,air,水泥窑及窑尾余热利用系统,a34013=15 mg/m3\n",
}
DUTIES = {
    "environment": ("epd", "monitoring"),
    "quality": ("qts", "tests"),
    "safety": ("wsb", "hazards"),
}


@pytest.fixture
def registered(db: None, desk_office) -> Any:
    return _taken(FILES, desk_office)


def _taken(files: dict[str, str], by: User) -> Import:
    arriving = [Arriving(name, [text.encode()]) for name, text in files.items()]
    brought = receive(arriving, by=by, today=TODAY, check=False)
    check(brought.pk)
    taken = take_import(brought.pk, by=by, today=TODAY)
    assert taken.state == Import.State.TAKEN, list(taken.problems.values())
    return taken


@pytest.fixture
def desk_office(db: None) -> User:
    return person("registrar", "eic", Role.OFFICER)


def person(name: str, function: str, role: Role) -> User:
    user = User.objects.create(username=name, name_zh=name)
    Post.objects.create(user=user, role=role, function=function, division_code="640000")
    return user


@pytest.mark.parametrize(("on", "permitted"), [(TODAY, True), (date(2016, 12, 31), False)])
def test_the_checklist_names_what_the_permit_allows_before_the_standards(
    registered, on, permitted
) -> None:
    found = checklist(Enterprise.objects.get(), "environment", "64", on)
    (dust,) = (item for _, item in items_of(found) if item["fields"]["pollutant_code"] == "a34013")
    norms = [(norm["row"].partition("/")[0], norm["limit_zh"]) for norm in dust["norms"]]
    first = ("methods.permit_regimes", "排污许可证许可浓度，≤ 15 mg/m3")
    assert (norms[0] == first) is permitted
    assert all(table == "emission_limits" for table, _ in norms[permitted:])


FURNACES = {
    "enterprises.csv": f"uscc,name,division_code,industry\n{USCC},硅铁（虚构）,640402,ferroalloy\n",
    "lines.csv": "line_id,uscc,name,industry,product,commissioned_on,status\n"
    f"K1,{USCC},一号炉,ferroalloy,硅铁,2005-05-01,in_operation\n",
    "equipment.csv": "equipment_id,line_id,type,attribute,value,unit\n"
    "E1,K1,铁合金矿热电炉,变压器容量,6300,kVA\nE2,K1,铁合金矿热电炉,变压器容量,12500,kVA\n",
}


def test_the_checklist_asks_what_each_known_piece_of_equipment_measures(db, desk_office) -> None:
    _taken(FURNACES, desk_office)
    found = checklist(Enterprise.objects.get(), "energy", "64", TODAY)
    asked = [item for _, item in items_of(found) if item["table"] == "equipment"]
    measured = [item for item in asked if item["kind"] == "measured"]
    assert [item["fields"]["equipment_id"] for item in measured] == ["E1", "E2"]
    assert measured[0]["zh"] == "铁合金矿热电炉的变压器容量（E1）"
    assert measured[0]["en"] == "transformer capacity of ferroalloy submerged arc furnace (E1)"
    assert "6300 kVA" in measured[0]["norms"][0]["limit_zh"]


@pytest.mark.parametrize("dimension", DUTIES)
def test_a_duty_is_walked_on_the_pages(registered, client, run_jobs, dimension) -> None:
    function, table = DUTIES[dimension]
    officer, leader = (person(f"{r}-1", function, r) for r in (Role.OFFICER, Role.LEADER))
    for n in (1, 2):
        person(f"ins-{n}", function, Role.INSPECTOR)
    visit = sent_out(client, officer, leader, dimension)
    first, second = (one.inspector for one in team_of(visit))
    page = f"/inspections/visits/{visit.pk}/"
    client.force_login(first)
    form = client.get(f"{page}record/")
    assert form.status_code == 200
    assert client.post(f"{page}record/", answers(visit, table)).status_code == 302
    client.force_login(second)
    record = Record.objects.get()
    shown = client.get(page)
    sent = {"key": shown.context["form"]["key"].value(), "digest": record.digest}
    assert client.post(page, sent).status_code == 302
    run_jobs()
    brought = Record.objects.get().brought.brought
    assert brought.state == Import.State.TAKEN, (brought.refusal, list(brought.problems.values()))
    assert set(brought.counts) == {table}
    assert brought.counts[table]["new"] == 1
    pdf = client.get(f"{page}record.pdf")
    assert pdf.content.startswith(b"%PDF")
    other = person("stranger", "eic", Role.OFFICER)
    client.force_login(other)
    assert client.get(page).status_code == 404
    assert client.get(f"{page}record.pdf").status_code == 404


def sent_out(client, officer: User, leader: User, dimension: str) -> Assignment:
    """A plan made, approved, drawn from and sent out, form by form."""
    client.force_login(officer)
    new = f"/inspections/plans/new/{dimension}/"
    key = client.get(new).context["form"]["key"].value()
    sent = {"key": key, "year": 2018, "firms_cement": 1, "due_cement": "2018-06-29"}
    made = client.post(new, sent)
    assert made.status_code == 302, made.context["form"].errors
    client.force_login(leader)
    page = client.get(made.url)
    sent = {"do": "approve", "digest": Plan.objects.get().digest,
            "key": page.context["form"]["key"].value()}  # fmt: skip
    assert client.post(made.url, sent).status_code == 302
    client.force_login(officer)
    (line,) = client.get(made.url).context["lines"]
    sent = {"do": "draw", "line": line["line"].pk, "wanted": 1, "key": line["form"]["key"].value()}
    drawn = client.post(made.url, sent)
    key = client.get(drawn.url).context["form"]["key"].value()
    sent = {"first_day": TODAY.isoformat(), "a_day": 1, "span": 1, "key": key}
    assert client.post(drawn.url, sent).status_code == 302
    return Assignment.objects.get()


def answers(visit: Assignment, table: str) -> dict[str, str]:
    """One item of the duty's own table answered so that it becomes a fact."""
    item = next(one for _, one in items_of(visit.checklist) if one["table"] == table)
    value = "yes" if item["kind"] == "found" else "12.5"
    return {
        f"v:{item['id']}": value,
        f"n:{item['id']}": "现场所见",
        "visited_on": TODAY.isoformat(),
        "representative": "王某",
        "signature": SIGNATURE,
        "position": "厂长",
        "do": "hand_in",
    }
