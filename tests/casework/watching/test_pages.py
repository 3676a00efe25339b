"""The pages of the watch: notices, the calendar, what is foreseen."""

from __future__ import annotations

from datetime import date

import icalendar
import pytest
from django.test import Client

from ordered_case import DUE, ORDERED, SERVED, days
from phaseout.accounts.models import Post
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework.models import CalendarFeed
from phaseout.casework.watching import feed
from phaseout.casework.watching.foresight import LEAST, foresee
from phaseout.casework.watching.sweeping import sweep
from phaseout.desk.models import DemoDay


@pytest.fixture
def browser(db):
    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def told(desk, ordered):
    sweep(DUE + days(1))
    return desk.person("eic")


def test_the_calendar_at_its_secret_address(told, ordered, browser, client):
    DemoDay.objects.create(day=DUE - days(20))
    page = browser(told).post("/calendar/", {"do": "renew"})
    address = page.context["address"].removeprefix("http://testserver")
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    calendar = icalendar.Calendar.from_ical(answer.content)
    events = {str(e["summary"]): e["dtstart"].dt for e in calendar.walk("VEVENT")}
    assert events[f"整改期限 · {ordered.number}"] == DUE
    assert CalendarFeed.objects.get(user=told).last_read_at is not None
    browser(told).post("/calendar/", {"do": "renew"})
    assert client.get(address).status_code == 404


def test_the_calendar_shows_what_its_person_may_see_now(told, ordered, client):
    secret = feed.renew(told)
    assert ordered.number in client.get(f"/calendar/{secret}.ics").content.decode()
    Post.objects.filter(user=told).update(held_to=date(2018, 1, 1))
    assert client.get(f"/calendar/{secret}.ics").status_code == 404
    assert client.get("/calendar/nothing.ics").status_code == 404


def test_the_calendar_of_another_office_holds_nothing_of_ours(desk, ordered, client):
    secret = feed.renew(desk.person("cities", Role.LEADER, "640200"))
    assert ordered.number not in client.get(f"/calendar/{secret}.ics").content.decode()


LATER = date(2018, 8, 1)
LATER_DUE = date(2019, 2, 1)


def met_after(desk, name: str, count: int) -> None:
    """A case whose order was met so many days after its service."""
    case = desk.walk(desk.open_(desk.finding(desk.line(name))).case, *ORDERED)
    desk.walk(case, ("report_completion", SERVED + days(count)), "recheck_passed", "close_met")


@pytest.fixture
def later(desk):
    """A case whose order is served on 1 August 2018: its six months end on 1 February 2019."""
    case = desk.open_(desk.finding(desk.line("L7"))).case
    return desk.walk(case, *ORDERED[:4], ("order.approve_by_head", LATER), *ORDERED[5:])


def of_rectification(desk, on):
    seen = foresee(scope_of(desk.person("eic"), on=on), on)
    found = [one for office in seen.offices for one in office.will_lapse]
    return [one for one in found if one.deadline.period == "rectification"], seen


def test_too_few_cases_make_no_pace(desk, later):
    for number in range(LEAST - 1):
        met_after(desk, f"M{number}", 170)
    found, seen = of_rectification(desk, LATER_DUE - days(30))
    assert found == []
    assert [one.known for one in seen.unknown] == [LEAST - 1]
    assert not seen.known


def test_where_the_others_lapsed_it_will_lapse_too(desk, later):
    for number in range(LEAST):
        desk.walk(desk.open_(desk.finding(desk.line(f"M{number}"))).case, *ORDERED)
    sweep(DUE + days(1))
    (one,), _ = of_rectification(desk, LATER_DUE - days(30))
    took = (DUE + days(1) - SERVED).days
    assert (one.usual, one.rests_on) == (took, LEAST)
    assert one.expected == LATER + days(took)
    assert one.late_by == (one.expected - LATER_DUE).days > 0


def test_quick_enough_it_will_not(desk, later):
    for number in range(LEAST):
        met_after(desk, f"M{number}", 170)
    found, seen = of_rectification(desk, LATER_DUE - days(30))
    assert found == []
    assert seen.offices[0].in_time == 1


def test_the_page_says_how_it_was_computed_and_where_it_cannot(desk, ordered, browser):
    DemoDay.objects.create(day=DUE - days(30))
    text = browser(desk.person("eic")).get("/foresight/").content.decode()
    assert f"须有{LEAST}" in text and f"够{LEAST}件" in text
    assert "中位数" in text
