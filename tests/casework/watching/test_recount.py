"""A holiday notice published late: last days move, visibly, once."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ordered_case import DUE
from phaseout.casework.models import DeadlineAmendment, Recount
from phaseout.casework.proceeding.replaying import differences
from phaseout.casework.watching import recounting
from phaseout.law.periods import read_rows, shipped_calendar
from phaseout.notices.models import Notice

ON = date(2018, 9, 1)
ROWS = b"""day,kind,name_zh,name_en,source
2018-10-08,rest,\xe8\xb0\x83\xe4\xbc\x91,bridge day,notice 1
"""


@pytest.fixture
def published(monkeypatch):
    """A notice that makes the day after the National Day holiday a rest day too."""

    def publish(rows: bytes = ROWS) -> str:
        calendar = shipped_calendar().with_rows(read_rows(rows, "late.csv"))
        for place in ("phaseout.law.procedures.state", "phaseout.casework.watching.recounting"):
            monkeypatch.setattr(sys.modules[place], "shipped_calendar", lambda: calendar)
        return calendar.version

    recounting.recount(ON)
    return publish


def test_with_the_calendar_of_before_nothing_is_counted_anew(ordered, published):
    assert recounting.recount(ON) is None
    assert not DeadlineAmendment.objects.exists()


def test_a_last_day_that_moves_is_amended_and_told(ordered, published):
    version = published()
    done = recounting.recount(ON)
    assert done is not None
    assert (done.calendar, done.cases) == (version, 1)
    assert done.moved == DeadlineAmendment.objects.count() > 1
    amendment = DeadlineAmendment.objects.get(period="rectification")
    assert (amendment.due_before, amendment.due_now) == (DUE, date(2018, 10, 9))
    assert ordered.deadlines.get(period="rectification").due == date(2018, 10, 9)
    told = Notice.objects.filter(kind="amendment", about="rectification")
    assert {one.user.get_username() for one in told} == {
        "officer-eic-640000",
        "enterprise--64000091640100MA00000001",
    }
    assert not [one for one in differences(ordered) if one.code == "deadline_differs"]


def test_counted_once_for_a_calendar(ordered, published):
    published()
    recounting.recount(ON)
    assert recounting.recount(ON) is None
    assert DeadlineAmendment.objects.filter(period="rectification").count() == 1


def test_a_notice_taken_back_is_counted_back(ordered, published):
    published()
    recounting.recount(ON)
    assert published(ROWS.splitlines()[0] + b"\n") == shipped_calendar().version
    assert recounting.recount(ON) is not None
    assert ordered.deadlines.get(period="rectification").due == DUE
    assert recounting.recount(ON) is None


def test_broken_off_it_goes_on_after_the_last_case(desk, ordered, published, monkeypatch):
    monkeypatch.setattr(recounting, "SLICE", 1)
    second = desk.walk(
        desk.open_(desk.finding(desk.line("L2"))).case,
        "order.file", "order.collect_evidence", "order.notice", "order.serve_notice",
        ("order.approve_by_head", date(2018, 4, 2)), "order_rectification",
        "order.serve_decision",
    )  # fmt: skip
    published()
    amend, seen = recounting._amend, []

    def once(cases, calendar, on):
        if seen:
            raise KeyboardInterrupt
        seen.append(cases)
        return amend(cases, calendar, on)

    monkeypatch.setattr(recounting, "_amend", once)
    with pytest.raises(KeyboardInterrupt):
        recounting.recount(ON)
    assert Recount.objects.get(finished_at=None).last_case == ordered.pk
    monkeypatch.setattr(recounting, "_amend", amend)
    done = recounting.recount(ON)
    assert done is not None
    assert done.cases == 1
    assert second.deadlines.get(period="rectification").due == date(2018, 10, 9)
    assert DeadlineAmendment.objects.filter(period="rectification").count() == 2


def test_the_database_keeps_an_amendment(ordered, published):
    published()
    recounting.recount(ON)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeadlineAmendment.objects.update(due_now=DUE)
