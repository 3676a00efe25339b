"""What a record measured comes into the registry by its own door and is judged there."""

from __future__ import annotations

import pytest

from casebook import TODAY
from phaseout.casework.models import Finding
from phaseout.inspections import acts
from phaseout.inspections.acts.planning import Wanted
from phaseout.inspections.acts.recording import Handed
from phaseout.inspections.checklist import items_of
from phaseout.inspections.models import Record
from phaseout.inspections.results import bring_facts
from phaseout.registry.imports import Arriving, check, receive, take_import
from phaseout.registry.models import EnergyVersion, Import, PermitVersion

USCC = "91640100MA0000011Q"
FILES = {
    "enterprises.csv": f"uscc,name,division_code,industry\n{USCC},云岭水泥（虚构）,640104,cement\n",
    "lines.csv": "line_id,uscc,name,industry,product,commissioned_on,status\n"
    f"K1,{USCC},一号窑,cement,水泥熟料,2008-05-01,in_operation\n",
}


@pytest.fixture
def registered(office, run_jobs):
    """One kiln of cement clinker in the registry, by an import."""
    arriving = [Arriving(name, [text.encode()]) for name, text in FILES.items()]
    brought = receive(arriving, by=office.officer, today=TODAY, check=False)
    check(brought.pk)
    take_import(brought.pk, by=office.officer, today=TODAY)
    run_jobs()
    return office


def recorded(office, value: str) -> Record:
    """A visit to that firm, its clinker consumption as measured, signed by both."""
    plan = office.plan(lines=[Wanted("cement", 7, TODAY.replace(month=6, day=29))])
    acts.approve_plan(plan.pk, digest=plan.digest, **office.ways(office.leader))
    draw = acts.draw(plan.lines.get().pk, 7, **office.ways(office.officer))
    visits = acts.assign(draw.pk, TODAY, a_day=20, **office.ways(office.officer))
    visit = next(one for one in visits if one.enterprise_id == USCC)
    item = next(i for _, i in items_of(visit.checklist) if i["zh"].startswith("可比熟料综合煤耗"))
    content = {
        item["id"]: {"value": value, "from": "2017-01-01", "to": "2017-12-31"},
        "permit#emission_permit": {
            "value": "other", "number": "91-001", "from": "2018-01-01", "to": "2020-12-31",
        },
    }  # fmt: skip
    first, second = (one.inspector for one in visit.team.all())
    record = acts.record(
        visit.pk,
        Handed(content, TODAY, representative="王某", files=office.signature(first)),
        **office.ways(first),
    )
    acts.sign_record(record.pk, digest=record.digest, **office.ways(second))
    return record


def test_a_value_over_the_limit_is_found(registered, run_jobs, client) -> None:
    record = recorded(registered, "131.5")
    assert "inspections.bring_facts" in run_jobs()
    record = Record.objects.get(pk=record.pk)
    brought = record.brought.brought
    assert brought.state == Import.State.TAKEN, (brought.refusal, list(brought.problems.values()))
    fact = EnergyVersion.objects.get(line_id="K1")
    assert (str(fact.value.normalize()), fact.taken_by) == ("131.5", brought)
    assert PermitVersion.objects.get(uscc=USCC).number == "91-001"
    finding = Finding.objects.standing().get(line="K1", dimension="energy", verdict="noncompliant")
    client.force_login(registered.officer)
    page = client.get(f"/inspections/visits/{record.assignment_id}/").content.decode()
    assert f"/findings/{finding.finding_id}/" in page and f"/imports/{brought.pk}/" in page


def test_a_value_within_the_limit_is_judged_as_well(registered, run_jobs) -> None:
    recorded(registered, "100")
    run_jobs()
    assert Finding.objects.standing().filter(line="K1", dimension="energy", verdict="compliant")


def test_brought_twice_it_is_one_import(registered, run_jobs) -> None:
    record = recorded(registered, "131.5")
    run_jobs()
    count = Import.objects.count()
    record = Record.objects.select_related("assignment", "act__by").get(pk=record.pk)
    assert bring_facts(record, TODAY) == record.brought.brought
    assert Import.objects.count() == count
