"""The pages of notices: told, counted, read; by their person alone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ordered_case import DUE, ORDERED, days
from phaseout.accounts.powers import Role
from phaseout.casework.watching.sweeping import sweep
from phaseout.notices.models import Notice


@pytest.fixture
def ordered(desk):
    """An order to rectify, served on 2 April 2018."""
    case = desk.open_(desk.finding(desk.line())).case
    return desk.walk(case, *ORDERED)


@pytest.fixture
def officer_told(desk, ordered):
    sweep(DUE + days(1))
    return desk.person("eic")


def test_notices_are_listed_counted_and_read(officer_told, browser):
    client = browser(officer_told)
    unread = Notice.objects.filter(user=officer_told).count()
    assert unread > 1
    text = client.get("/notices/").content.decode()
    assert "“整改期限”已于2018-10-08届满而未办理" in text
    assert str(unread) in client.get("/notices/count/").content.decode()
    one = Notice.objects.filter(user=officer_told).first()
    client.post("/notices/read/", {"notice": one.pk})
    assert Notice.objects.filter(user=officer_told, read_at=None).count() == unread - 1
    last = Notice.objects.filter(user=officer_told).latest("pk")
    client.post("/notices/read/", {"until": last.pk})
    assert "count" not in client.get("/notices/count/").content.decode()
    assert "没有未读的通知" in client.get("/notices/?unread=1").content.decode()


def test_nobody_reads_the_notices_of_another(officer_told, desk, browser):
    other = browser(desk.person("epd", Role.LEADER))
    assert "整改期限" not in other.get("/notices/").content.decode()
    one = Notice.objects.filter(user=officer_told).first()
    other.post("/notices/read/", {"notice": one.pk})
    one.refresh_from_db()
    assert one.read_at is None


def test_the_list_costs_the_same_however_many_there_are(officer_told, browser):
    client = browser(officer_told)

    def asked():
        with CaptureQueriesContext(connection) as captured:
            client.get("/notices/")
        return len(captured)

    asked()
    few = asked()
    sweep(DUE + days(20))
    assert asked() == few
