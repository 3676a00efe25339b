"""Two departments book the same line in the same minute: what there is goes once."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from capacity_book import register, stands
from casebook import Desk
from casework.cases.test_at_once import at_once
from phaseout.law.capacity import moved
from phaseout.law.refusals import Refusal
from phaseout.registry.capacity import booking
from phaseout.registry.capacity.booking import Draft, book, stocks_of
from phaseout.registry.models import CapacityEntry

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2018, 3, 15)


@pytest.fixture
def entry(transactional_db):
    """A line with 600,000 t/a registered."""
    return CapacityEntry.objects.get(pk=register(Desk().line()))


def drafts(entry, amount=None, to="sealed"):
    """The import stands in for the acts, whose place in the transaction is the same."""
    stocks = [s for s in stocks_of([entry.line_id])[entry.line_id] if s.account == "registered"]
    ground = {"act_key": uuid4(), "case_no": 1, "case_number": "1号", "act_kind": "confirm_exit"}
    moving = moved(stocks, ["registered"], to, amount)
    return [Draft("act", entry.line_id, each, DAY, DAY, ground) for each in moving]


@pytest.fixture
def acts_need_not_exist(entry):
    """What is tried here is the ledger alone."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE registry_capacityentry DISABLE TRIGGER has_its_ground")
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE registry_capacityentry ENABLE TRIGGER has_its_ground")


@pytest.mark.parametrize("takes_the_line", [True, False])
def test_what_two_take_at_once_goes_once(entry, acts_need_not_exist, takes_the_line):
    def take(planned):
        with transaction.atomic():
            if takes_the_line:
                booking.held([entry.line_id])
            return book(planned)

    seen = [drafts(entry) for _ in range(4)]  # each has seen all of it
    answers = at_once(*(lambda planned=planned: take(planned) for planned in seen))
    refused = [a.code for a in answers if isinstance(a, Refusal)]
    assert refused == ["capacity.not_there"] * 3, answers
    assert stands() == {"sealed": 600_000}


def test_parts_that_fit_beside_each_other_all_go(entry, acts_need_not_exist):
    def take(planned):
        with transaction.atomic():
            return book(planned)

    seen = [drafts(entry, part) for part in (200_000, 300_000, 100_000, 1)]
    answers = at_once(*(lambda planned=planned: take(planned) for planned in seen))
    assert sum(isinstance(a, Refusal) for a in answers) == 1
    left = stands()
    assert sum(left.values()) == 600_000
    assert all(amount >= 0 for amount in left.values())


def test_who_sees_one_snapshot_only_may_not_book(entry, acts_need_not_exist):
    planned = drafts(entry)
    with pytest.raises(DatabaseError, match="one snapshot"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        book(planned)
    assert stands() == {"registered": 600_000}
