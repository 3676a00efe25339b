"""The pages of tasks: the list of an office, a task, what can be done with it there."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ordered_case import ORDERED, SERVED, days
from phaseout.accounts.powers import Role
from phaseout.casework.models import TaskAct
from phaseout.casework.watching.sweeping import sweep
from phaseout.desk.models import DemoDay

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.fixture
def today(ordered):
    DemoDay.objects.create(day=SERVED + days(1))
    sweep(SERVED + days(1))


@pytest.fixture
def city(desk, today):
    return _browser(desk.person("cities", division="640100"))


@pytest.fixture
def officer(desk, today):
    return _browser(desk.person("eic"))


def _browser(user):
    client = Client()
    client.force_login(user)
    return client


def text_of(answer):
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_the_list_of_an_office_holds_its_own(city, officer):
    assert "督促企业按期整改" in text_of(city.get("/tasks/"))
    assert "督促企业按期整改" not in text_of(officer.get("/tasks/"))
    assert "督促企业按期整改" in text_of(officer.get("/tasks/?which=others"))
    assert "督促企业按期整改" not in text_of(city.get("/tasks/?which=overdue"))
    assert city.get("/tasks/?which=nothing").status_code == 404


def test_a_task_is_walked_from_acceptance_to_report(city, assist):
    address = f"/tasks/{assist.pk}/"
    assert "接受任务" in text_of(city.get(address))
    assert city.post(address, {"do": "accept", "key": uuid4()}).status_code == 302
    assert city.post(address, {"do": "report", "key": uuid4()}).status_code == 422
    file = SimpleUploadedFile("现场记录.pdf", PDF, "application/pdf")
    told = {"do": "report", "key": uuid4(), "reason": "已督促。", "files": [file]}
    assert city.post(address, told).status_code == 302
    page = text_of(city.get(address))
    assert "现场记录.pdf" in page
    assert "已了结" in page
    digest = TaskAct.objects.get(kind="report").files[0]
    assert b"".join(city.get(f"{address}files/{digest}/")) == PDF
    assert city.get(f"{address}files/{'0' * 64}/").status_code == 404


def test_a_refusal_is_told_on_the_page(city, assist):
    address = f"/tasks/{assist.pk}/"
    sent = {"do": "return", "key": uuid4(), "reason": "不在本市。"}
    assert city.post(address, sent).status_code == 302
    again = city.post(address, {**sent, "key": uuid4()})
    assert again.status_code == 409
    assert "task.not-now" in again.content.decode()


@pytest.mark.parametrize(
    ("function", "division", "role"),
    [("cities", "640200", Role.OFFICER), ("epd", "640000", Role.OFFICER)],
)
def test_another_city_or_office_finds_no_such_task(desk, assist, today, function, division, role):
    other = _browser(desk.person(function, role, division))
    assert other.get(f"/tasks/{assist.pk}/").status_code == 404
    assert other.post(f"/tasks/{assist.pk}/", {"do": "accept"}).status_code == 404


def test_an_enterprise_is_told_of_no_tasks(desk, ordered, assist, today):
    user = desk.person(role=Role.ENTERPRISE, uscc=ordered.enterprise_id, function="")
    assert _browser(user).get("/tasks/").status_code == 404
    assert _browser(user).get(f"/tasks/{assist.pk}/").status_code == 404


def test_the_office_of_the_case_sees_it_and_may_urge_but_not_accept(officer, assist):
    page = text_of(officer.get(f"/tasks/{assist.pk}/"))
    assert 'value="urge"' in page
    assert 'value="accept"' not in page
    accepted = officer.post(f"/tasks/{assist.pk}/", {"do": "accept", "key": uuid4()})
    assert accepted.status_code == 409


def test_the_list_costs_the_same_however_many_there_are(desk, city):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            city.get("/tasks/")
        return len(captured)

    asked()
    few = asked()
    for name in ("L2", "L3"):
        desk.walk(desk.open_(desk.finding(desk.line(name))).case, *ORDERED)
    assert asked() == few


def test_the_office_it_is_transferred_to_finds_it_and_who_sent_it_on_no_more(desk, officer, assist):
    address = f"/tasks/{assist.pk}/"
    sent = {"do": "transfer", "reason": "请协助安置。"}
    to_hr = {**sent, "to_office": "hr", "key": uuid4()}
    assert officer.post(address, to_hr).url == address
    leader = _browser(desk.person("hr", Role.LEADER))
    assert "转办" in text_of(leader.get(address))
    assert "督促企业按期整改" in text_of(leader.get("/tasks/"))
    to_grid = {**sent, "to_office": "grid", "key": uuid4()}
    assert leader.post(address, to_grid).url == "/tasks/"
    assert leader.get(address).status_code == 404
    grid = _browser(desk.person("grid"))
    assert grid.post(address, {"do": "accept", "key": uuid4()}).url == address
    assert "办理中" in text_of(grid.get("/tasks/?which=mine"))
