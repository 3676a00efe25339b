from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from casebook import Desk
from ordered_case import ORDERED
from phaseout.accounts import requests
from phaseout.casework.models import Case


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
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """`on(date(2018, 4, 3))`: the business day of every request from here on."""
    return lambda today: monkeypatch.setattr(requests, "today", lambda: today)
