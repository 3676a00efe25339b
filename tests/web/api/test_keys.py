"""Who is let in: tokens while they hold, sessions with their form token, nobody else."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from api_machine import Machine, machine_of
from casebook import TODAY
from phaseout.accounts.models import ApiToken
from phaseout.accounts.powers import Role
from phaseout.accounts.tokens import make_token, withdraw_token
from phaseout.web.api.limits import forget_full_buckets
from stopped_clock import no_time_passes


def test_a_token_acts_as_its_person(desk, officer):
    said = officer.get("/me").said
    assert said["today"] == "2018-03-15"
    assert [post["function"] for post in said["posts"]] == ["eic"]


@pytest.mark.parametrize(
    "header",
    ["", "Bearer ", "Bearer pht_nonsense", "Bearer x", "Basic eDp5", "bearer", "Bearer \x00"],
)
def test_without_a_good_token_nobody_is_let_in(desk, header):
    machine = Machine()
    machine.headers = {"Authorization": header} if header else {}
    answer = machine.get("/me")
    assert answer.status_code == 401
    assert answer.said["refused"] == "not_signed_in"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_holds_until_the_end_of_its_last_day(desk):
    person = desk.person()
    token, text = make_token(person, name="t", expires_on=TODAY, today=TODAY)
    assert Machine(text).get("/me").status_code == 200
    ApiToken.objects.filter(pk=token.pk).update(expires_on=TODAY - timedelta(days=1))
    assert Machine(text).get("/me").status_code == 401


def test_a_withdrawn_token_is_none(desk):
    person = desk.person()
    token, text = make_token(person, name="t", expires_on=TODAY, today=TODAY)
    withdraw_token(token.pk, by=person, today=TODAY)
    assert Machine(text).get("/me").status_code == 401


def test_a_token_of_a_blocked_person_is_none(desk):
    person = desk.person()
    machine = machine_of(person)
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    assert machine.get("/me").status_code == 401


def test_a_bad_token_is_not_made_good_by_a_session(desk):
    client = Client()
    client.force_login(desk.person())
    answer = client.get("/api/v1/me", headers={"Authorization": "Bearer pht_nonsense"})
    assert answer.status_code == 401


def test_a_session_reads_and_needs_its_form_token_to_act(desk):
    finding = desk.finding(desk.line())
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.person())
    assert client.get("/api/v1/me").status_code == 200
    ask = {
        "data": {"findings": [finding.finding_id], "reason": "查实"},
        "content_type": "application/json",
        "headers": {"Idempotency-Key": str(uuid4())},
    }
    answer = client.post("/api/v1/cases", **ask)
    assert answer.status_code == 403
    assert answer.json()["refused"] == "form_token_missing"
    client.get("/cases/")  # the page leaves the cookie
    ask["headers"]["X-CSRFToken"] = client.cookies["csrftoken"].value
    assert client.post("/api/v1/cases", **ask).status_code == 201


def test_a_token_needs_no_form_token(desk, officer):
    officer.client = Client(enforce_csrf_checks=True)
    finding = desk.finding(desk.line())
    answer = officer.post("/cases/examine", {"findings": [finding.finding_id]})
    assert answer.status_code == 200


def test_a_person_without_the_power_is_told_so(desk):
    answer = machine_of(desk.person(role=Role.ADMINISTRATOR)).get("/cases")
    assert answer.status_code == 403
    assert answer.said["refused"] == "no_power"


def test_a_post_that_has_ended_gives_nothing(desk):
    person = desk.person()
    machine = machine_of(person)
    person.posts.update(held_to=TODAY - timedelta(days=1))
    assert machine.get("/me").said["posts"] == []
    assert machine.get("/cases").status_code == 403


def test_who_asks_too_often_waits(desk, settings):
    settings.API_REQUESTS_A_MINUTE = 3
    one, other = machine_of(desk.person()), machine_of(desk.person("qts"))
    with no_time_passes("web_allowance"):
        assert [one.get("/me").status_code for _ in range(4)] == [200, 200, 200, 429]
        answer = one.get("/me")
    assert answer.said["refused"] == "too_often"
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert other.get("/me").status_code == 200


def test_buckets_that_are_full_again_are_forgotten(desk, officer):
    officer.get("/me")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE web_allowance SET at = at - interval '2 hours'")
        forget_full_buckets()
        cursor.execute("SELECT count(*) FROM web_allowance")
        assert cursor.fetchone() == (0,)


def test_the_use_of_a_token_is_noted(desk):
    person = desk.person()
    before = timezone.now()
    machine_of(person).get("/me")
    assert person.tokens.get().last_used_at >= before


def test_what_is_not_there_is_told_in_json(desk, officer):
    for path in ("/nothing", "/cases/0", "/cases/99999999999999999999999"):
        answer = officer.get(path)
        assert answer.status_code == 404, path
        assert answer.said["refused"] == "not_there"
