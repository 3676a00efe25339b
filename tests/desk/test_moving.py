"""The demo day: forward only, one at a time, in demo mode only; what it brings is said first."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from phaseout.accounts.demo import load_people
from phaseout.accounts.models import User
from phaseout.desk import day as desk
from phaseout.desk.models import DemoDay
from phaseout.desk.views import later
from phaseout.law.refusals import Refusal

FIRST = date(2018, 3, 15)


def _jobs() -> list[str]:
    from procrastinate.contrib.django.models import ProcrastinateJob

    return list(ProcrastinateJob.objects.values_list("task_name", flat=True))


JOBS = [
    "casework.checkpoint_day",
    "casework.judge_day",
    "casework.sweep",
    "coordination.remind",
    "disclosure.tell_day",
]


@pytest.fixture
def client_of_an_officer(db: None) -> Client:
    load_people()
    client = Client()
    client.force_login(User.objects.get(username="eic-officer"))
    return client


@pytest.mark.django_db
def test_the_first_day_is_in_the_time_of_the_opinions() -> None:
    assert desk.today() == FIRST


@pytest.mark.django_db
def test_a_move_is_kept_and_has_the_new_day_judged_and_swept() -> None:
    desk.move_forward(FIRST + timedelta(days=1), by=None)
    assert desk.today() == date(2018, 3, 16)
    assert sorted(_jobs()) == JOBS
    desk.move_forward(date(2018, 12, 31), by=None)
    assert desk.today() == date(2018, 12, 31)
    assert sorted(_jobs()) == JOBS  # one that waits is enough


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-1, 0])
def test_the_same_day_and_an_earlier_day_are_refused(days: int) -> None:
    with pytest.raises(Refusal, match="demo_day_only_forward"):
        desk.move_forward(FIRST + timedelta(days=days), by=None)
    assert not DemoDay.objects.exists()
    assert _jobs() == []


@pytest.mark.django_db
def test_a_day_that_has_not_come_is_refused() -> None:
    today = desk.beijing_day()
    with pytest.raises(Refusal, match="demo_day_not_yet"):
        desk.move_forward(today + timedelta(days=1), by=None)
    desk.move_forward(today, by=None)
    assert desk.today() == today


@pytest.mark.django_db
def test_outside_demo_mode_the_day_is_beijings_and_nobody_moves_it(settings: Any) -> None:
    desk.move_forward(date(2018, 4, 1), by=None)
    settings.DEMO = False
    assert desk.today() == desk.beijing_day()
    with pytest.raises(Refusal, match="no_demo_day"):
        desk.move_forward(date(2018, 5, 1), by=None)
    assert Client().get("/demo-day/").status_code == 404
    assert Client().post("/demo-day/", {"to": "2018-05-01"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_to_the_same_day_at_once_one_does() -> None:
    start, answers = threading.Barrier(2), []

    def move() -> None:
        start.wait()
        try:
            desk.move_forward(date(2018, 4, 1), by=None)
            answers.append("moved")
        except Refusal as refusal:
            answers.append(refusal.code)
        finally:
            connection.close()

    movers = [threading.Thread(target=move) for _ in range(2)]
    for mover in movers:
        mover.start()
    for mover in movers:
        mover.join()
    assert sorted(answers) == ["demo_day_only_forward", "moved"]
    assert DemoDay.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "step", "expected"),
    [
        (date(2018, 3, 15), "day", date(2018, 3, 16)),
        (date(2018, 12, 31), "day", date(2019, 1, 1)),
        (date(2018, 3, 15), "month", date(2018, 4, 15)),
        (date(2018, 1, 31), "month", date(2018, 2, 28)),
        (date(2018, 12, 15), "month", date(2019, 1, 15)),
    ],
)
def test_a_step_is_a_day_or_a_month(day: date, step: str, expected: date) -> None:
    assert later(day, step) == expected


@pytest.mark.django_db
def test_the_page_says_what_a_move_will_bring(client_of_an_officer: Client) -> None:
    page = client_of_an_officer.get("/demo-day/?to=2018-11-13").content.decode()
    assert "GB 21341-2017" in page
    assert "自治区工业和信息化厅" in page
    assert "推移到2018年11月13日" in page
    assert desk.today() == FIRST


@pytest.mark.django_db
def test_pressed_twice_the_page_moves_once(client_of_an_officer: Client) -> None:
    sent = {"to": "2018-04-15", "step": "month"}
    first = client_of_an_officer.post("/demo-day/", sent)
    assert (first.status_code, first.url) == (302, "/demo-day/?step=month")
    second = client_of_an_officer.post("/demo-day/", sent)
    assert second.status_code == 409
    assert "demo_day_only_forward" in second.content.decode()
    assert "2018年5月15日" in client_of_an_officer.get("/demo-day/?step=month").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("to", ["", "soon", "2018-02-30", "9" * 500, "2018-03-15\x00"])
def test_a_day_that_is_none_is_told_at_its_field(client_of_an_officer: Client, to: str) -> None:
    answer = client_of_an_officer.post("/demo-day/", {"to": to})
    assert answer.status_code == 422
    assert 'id="id_to_error"' in answer.content.decode()
    assert client_of_an_officer.get("/demo-day/", {"to": to, "step": to}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("to", ["2018-03-14", "9999-12-31", "0001-01-01"])
def test_a_day_out_of_reach_shows_no_button(client_of_an_officer: Client, to: str) -> None:
    page = client_of_an_officer.get("/demo-day/", {"to": to}).content.decode()
    assert "不能推移到该日" in page
    assert 'type="hidden" name="to"' not in page


@pytest.mark.django_db
def test_nobody_signed_in_moves_nothing(client: Client) -> None:
    assert client.get("/demo-day/").url == "/sign-in/?next=/demo-day/"
    assert client.post("/demo-day/", {"to": "2018-04-01"}).status_code == 302
    assert desk.today() == FIRST
