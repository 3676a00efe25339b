"""Plans: made by an officer, approved by a leader, succeeded and never edited."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from phaseout.inspections import acts
from phaseout.inspections.acts.planning import Wanted
from phaseout.inspections.models import InspectionAct, Plan, PlanLine
from phaseout.inspections.pressure import pressures
from phaseout.inspections.standing import in_force
from phaseout.law.refusals import Refusal


def refused(act, *args, **given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


def test_a_plan_holds_its_lines_and_one_act(office) -> None:
    plan = office.plan()
    assert [(x.industry, x.firms, x.due) for x in plan.lines.all()] == [
        ("cement", 4, date(2018, 6, 29))
    ]
    act = plan.act
    assert (act.kind, act.office, act.by, act.digest) == (
        "make_plan",
        "eic",
        office.officer,
        plan.digest,
    )
    assert not in_force(plan)


def test_sent_twice_it_happens_once(office) -> None:
    key = uuid4()
    assert office.plan(key=key) == office.plan(key=key)
    assert InspectionAct.objects.count() == 1


def test_a_leader_approves_what_was_read(office) -> None:
    plan = office.plan()
    approve = lambda **ways: acts.approve_plan(plan.pk, digest=plan.digest, **ways)  # noqa: E731
    assert refused(approve, **office.ways(office.officer)) == "inspection.not-yours"
    assert (
        refused(acts.approve_plan, plan.pk, digest="0" * 64, **office.ways(office.leader))
        == "plan.changed"
    )
    act = approve(**office.ways(office.leader))
    assert len(act.content["nonce"]) == 64 and in_force(plan)
    assert refused(approve, **office.ways(office.leader)) == "plan.approved"


def test_a_later_version_succeeds_the_earlier_once_it_is_approved(office) -> None:
    first = office.approved()
    second = office.plan(firms=5)
    assert second.version == 2 and in_force(first)
    acts.approve_plan(second.pk, digest=second.digest, **office.ways(office.leader))
    assert in_force(second) and not in_force(first)


def test_only_the_latest_version_is_approved(office) -> None:
    first = office.plan()
    office.plan(firms=5)
    assert (
        refused(acts.approve_plan, first.pk, digest=first.digest, **office.ways(office.leader))
        == "plan.succeeded"
    )


@pytest.mark.parametrize(
    "line",
    [
        ("cement", 7, date(2018, 6, 29)),
        ("cement", 1, date(2018, 1, 1)),
        ("gold", 1, date(2018, 6, 29)),
    ],
)
def test_a_line_nobody_could_keep_is_refused(office, line) -> None:
    assert refused(office.plan, lines=[Wanted(*line)]) == "plan.line-wrong"


def test_nothing_planned_and_the_wrong_person_are_refused(office) -> None:
    assert refused(office.plan, lines=[]) == "plan.nothing-planned"
    assert refused(office.plan, by=office.leader) == "inspection.not-yours"
    assert refused(office.plan, by=office.desk.person("epd")) == "inspection.not-yours"


@pytest.mark.parametrize("model", [Plan, PlanLine, InspectionAct])
def test_the_database_refuses_change_and_deletion(office, model) -> None:
    office.plan()
    table = model._meta.db_table
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_pressure_suggests_who_failed_and_a_share_of_the_others(office) -> None:
    from phaseout.registry.models import ProductionLine

    office.desk.finding(ProductionLine.objects.get(pk="C1"))
    (found,) = pressures("energy", "64", office.desk.today)
    assert (found.industry, found.firms, found.failing, found.suggested) == ("cement", 6, 1, 2)
