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
from phaseout.casework.models import IssuedPaper, NamedFile, Proposal
from phaseout.casework.papers.seeing import papers_within
from phaseout.desk.models import DemoDay
from phaseout.law.opinions import CITIES
from phaseout.law.procedures import PROCEDURES

CONCERNS = {"closure_decision", "receipt"}


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
    told = machine_of(grid, days=360).get(f"/cases/{closed.case.pk}").said["acts"]
    assert {act["place"] for act in told if act["facts"]} == {raising(closed).place}
    assert not any(act["reason"] for act in told)


def test_row_security_shows_the_same(closed, desk, grid):
    for person in (grid, desk.person(), desk.person("hr"), desk.person("epd")):
        scope = scope_of(person, on=closed.day)
        by_page = set(papers_within(scope).values_list("pk", flat=True))
        begin()
        show_only(scope)
        by_rows = set(IssuedPaper.objects.values_list("pk", flat=True))
        files = set(NamedFile.objects.values_list("act__place", flat=True))
        end()
        assert by_rows == by_page
        assert files <= {raising(closed).place} or person == desk.person()


@pytest.mark.parametrize("dimension", [name for name in PROCEDURES if name != "exit"])
def test_whom_a_copy_line_can_name_reads_the_case_by_its_clause(desk, dimension):
    held = duties(dimension, "cement", "640104")
    for function in {*held.lead[:1], *held.cooperating}:
        office = (CITIES, "640100") if function.startswith("city_") else (function, "640000")
        scope = scope_of(desk.person(office[0], division=office[1]), on=date(2018, 3, 15))
        assert any(dimension in grant.dimensions for grant in scope.grants)
