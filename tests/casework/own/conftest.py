from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from casebook import Desk
from ordered_case import ORDERED
from phaseout.accounts import requests
from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.casework.models import Case

NOTIFIED = ("order.file", "order.collect_evidence", "order.notice", "order.serve_notice")


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


@pytest.fixture
def case(desk: Desk) -> Case:
    return desk.open_(desk.finding(desk.line())).case


@pytest.fixture
def ordered(desk: Desk, case: Case) -> Case:
    """The order to rectify is served on 2 April 2018."""
    return desk.walk(case, *ORDERED)


@pytest.fixture
def firm(desk: Desk, case: Case) -> User:
    return desk.person(role=Role.ENTERPRISE, uscc=case.enterprise_id, function="")


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """`on(date(2018, 4, 3))`: the business day of every request from here on."""
    return lambda today: monkeypatch.setattr(requests, "today", lambda: today)


@pytest.fixture
def signed_in(client: Client, firm: User) -> Client:
    client.force_login(firm)
    return client
