"""Whatever is booked, in whatever order: it balances, nothing is below zero, nothing is lost."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capacity_book import register
from casebook import Desk
from phaseout.law.capacity import accounts, moved
from phaseout.law.capacity.moving import Unlawful
from phaseout.law.refusals import Refusal
from phaseout.registry.capacity import Asked, balances, stocks_of
from phaseout.registry.capacity.booking import Draft, book
from phaseout.registry.capacity.by_hand import correct, counter
from phaseout.registry.capacity.checking import check
from phaseout.registry.capacity.standings import Stands, book_standings
from phaseout.registry.models import CapacityEntry, CapacityPosting

LINES = ("L1", "L2")
KEYS = tuple(each.account for each in accounts() if each.account != "origin")
FIRST = date(2018, 3, 15)

step = st.one_of(
    st.tuples(
        st.just("move"), st.sampled_from(LINES), st.sampled_from(KEYS), st.sampled_from(KEYS),
        st.integers(1, 700_000_000).map(lambda n: Decimal(n) / 1000),
    ),
    st.tuples(st.just("stands"), st.sampled_from(LINES), st.booleans()),
    st.tuples(st.just("counter"), st.integers(0, 30)),
    st.tuples(st.just("correct"), st.integers(0, 30), st.integers(1, 700_000)),
    st.tuples(st.just("later"), st.integers(1, 40)),
)  # fmt: skip


@pytest.fixture
def booked(db):
    desk = Desk()
    for line in LINES:
        register(desk.line(line), 600_000)
    return desk.person(role="reviewer")


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(step, min_size=3, max_size=16))
def test_the_ledger_balances_after_any_acts(booked, steps):
    with transaction.atomic():
        _do_all(booked, steps)
        transaction.set_rollback(True)


def _do_all(by, steps):
    day = FIRST
    for kind, *given_ in steps:
        if kind == "later":
            day += timedelta(days=given_[0])
            continue
        try:
            with transaction.atomic():
                _do(kind, given_, by, day)
        except (Refusal, Unlawful, ValueError):
            pass  # refused: nothing of it may stand
        _must_hold(day)
    assert check().wrong is None


def _do(kind, given_, by, day):
    if kind == "move":
        line, one, other, amount = given_
        stocks = stocks_of([line]).get(line, [])
        ground = {"act_key": uuid4(), "case_no": 1, "case_number": "1号", "act_kind": "x"}
        for booking in moved(stocks, [one], other, amount):
            book([Draft("act", line, booking, day, day, ground)])
    elif kind == "stands":
        book_standings([Stands(given_[0], 1, given_[1], day)], day)
    else:
        entries = list(CapacityEntry.objects.order_by("id"))
        entry = entries[given_[0] % len(entries)]
        if kind == "counter":
            counter(entry.pk, by=by, reason="记错", today=day)
        else:
            correct(entry.pk, Decimal(given_[1]), by=by, reason="数量记错", today=day)


def _must_hold(day):
    sums = CapacityPosting.objects.order_by().values_list("account", "amount", "line_id")
    total = sum(amount for _, amount, _ in sums)
    assert total == 0
    registered = -sum(amount for account, amount, _ in sums if account == "origin")
    assert sum(b.total for b in balances(Asked())) == registered
    for as_of in (FIRST - timedelta(days=1), FIRST, day - timedelta(days=1), day):
        for balance in balances(Asked(as_of=as_of), by=("line_id", "unit")):
            assert all(stock > 0 for stock in balance.stocks.values()), (as_of, balance)
