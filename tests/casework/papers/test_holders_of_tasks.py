"""Who holds a task of a case reads what concerns the task, and not the whole file."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from api_machine import machine_of
from journeys import Journey
from phaseout.accounts.reach import show_only
from phaseout.accounts.rows import begin, end
from phaseout.accounts.scope import scope_of
from phaseout.casework.cases.offices import duties
from phaseout.casework.models import (
    Finding,
    Ground,
    IssuedPaper,
    NamedFile,
    Proposal,
    Reasoning,
)
from phaseout.casework.papers.seeing import papers_within
from phaseout.desk.models import DemoDay
from phaseout.law.opinions import CITIES
from phaseout.law.procedures import PROCEDURES, procedure


@pytest.fixture
def closed(desk):
    """An energy case whose decision to close was served: the grid is to end the supply."""
    journey = Journey(desk, "energy")
    journey.decided("order").after("rectification").do("record_overdue").decided("closure")
    DemoDay.objects.create(day=journey.day)
    return journey


@pytest.fixture
def grid(desk):
    return desk.person("grid")


def raising(journey):
    return journey.case.acts.get(kind="closure.serve_decision")


def test_the_decision_that_was_served_and_its_receipt(closed, grid):
    seen = papers_within(scope_of(grid, on=closed.day))
    assert {(paper.document, paper.served_by or paper.act) for paper in seen} == {
        ("closure_decision", raising(closed)),
        ("receipt", raising(closed)),
    }
    assert IssuedPaper.objects.filter(case=closed.case).count() > 10


def test_the_pages_show_that_and_nothing_else(closed, grid, client):
    client.force_login(grid)
    for paper in IssuedPaper.objects.filter(case=closed.case).order_by("-pk")[:6]:
        concerns = raising(closed) in (paper.served_by, paper.act)
        status = 200 if concerns else 404
        assert client.get(reverse("paper", args=[paper.pk])).status_code == status, paper
        assert client.get(reverse("paper-pdf", args=[paper.pk])).status_code == status, paper
    page = client.get(reverse("case", args=[closed.case.pk])).content.decode()
    assert "您因任务查看本案" in page
    shown = {paper.number for paper in IssuedPaper.objects.all() if paper.number in page}
    concerned = papers_within(scope_of(grid, on=closed.day))
    assert shown == {paper.number for paper in concerned}


def test_of_the_files_those_that_the_raising_act_names(closed, grid, client):
    client.force_login(grid)
    for named in NamedFile.objects.filter(case=closed.case).select_related("act"):
        status = 200 if named.act == raising(closed) else 404
        address = reverse("case-file", args=[closed.case.pk, named.digest])
        assert client.get(address).status_code == status


def test_what_is_prepared_is_read_by_who_reads_the_case(closed, desk, grid, client):
    found = Proposal.objects.filter(case=closed.case).first()
    for person, status in ((grid, 404), (desk.person(), 200)):
        client.force_login(person)
        assert client.get(reverse("proposal", args=[found.pk])).status_code == status


def test_the_api_tells_what_the_acts_carried_only_where_it_concerns(closed, grid):
    told = machine_of(grid, days=360).get(f"/cases/{closed.case.pk}").said
    assert {act["place"] for act in told["acts"] if act["facts"]} == {raising(closed).place}
    assert not any(act["reason"] for act in told["acts"])
    assert told["grounds"] == []


def test_row_security_shows_the_same(closed, desk, grid):
    for person in (grid, desk.person(), desk.person("hr"), desk.person("epd")):
        scope = scope_of(person, on=closed.day)
        by_page = set(papers_within(scope).values_list("pk", flat=True))
        begin()
        show_only(scope)
        by_rows = set(IssuedPaper.objects.values_list("pk", flat=True))
        files = set(NamedFile.objects.values_list("act__place", flat=True))
        grounds = Ground.objects.count(), Finding.objects.count(), Reasoning.objects.count()
        end()
        assert grounds == ((1, 1, 1) if person == desk.person() else (0, 0, 0))
        assert by_rows == by_page
        assert files <= {raising(closed).place} or person == desk.person()


@pytest.mark.parametrize("dimension", [name for name in PROCEDURES if name != "exit"])
def test_whom_a_copy_line_can_name_reads_the_case_or_is_given_a_task_with_the_decision(
    desk, dimension
):
    held, on = duties(dimension, "cement", "640104"), date(2018, 3, 15)
    found = procedure(dimension, on=on)
    decisions = {rule.kind for rule in found.acts.values() if rule.mark == "decision"}
    told = [rule.kind for rule in found.acts.values() if rule.service_of in decisions]
    assert told
    for function in {*held.lead[:1], *held.cooperating}:
        office = (CITIES, "640100") if function.startswith("city_") else (function, "640000")
        scope = scope_of(desk.person(office[0], division=office[1]), on=on)
        if any(dimension in grant.dimensions for grant in scope.grants):
            continue
        for kind in told:
            given = {task.for_ for task in found.tasks if kind in task.arises_by}
            assert function in given, (function, kind)


def test_the_grid_sees_a_case_of_technology_once_it_is_to_cut_the_power(desk, grid, client):
    journey = Journey(desk, "technology")
    address = reverse("case", args=[journey.case.pk])
    client.force_login(grid)
    assert client.get(address).status_code == 404
    journey.do("record_match").decided("elimination")
    page = client.get(address).content.decode()
    assert "所依据的结论不在此显示" in page
    assert "131.5" not in page  # what was measured stays with who decides on it
    assert client.get(reverse("findings")).content.decode().count("F-0") == 0
    desk.do(journey.case, "cut_power", journey.day)
    assert journey.case.tasks.get(task="help_cut_power").done_on == journey.day


def test_the_grid_sees_the_exit_in_which_it_is_to_cut_the_power(desk, grid, client):
    journey = Journey.applied(desk).do("accept_application")
    address = reverse("case", args=[journey.case.pk])
    client.force_login(grid)
    assert client.get(address).status_code == 404
    journey.do("begin_removal")
    assert "断电" in client.get(address).content.decode()
    doing = reverse("case-act", args=[journey.case.pk, "cut_power"])
    assert client.get(doing).status_code == 200
