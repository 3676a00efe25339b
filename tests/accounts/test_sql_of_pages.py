"""The SQL of the pages of people and of the day is on record: a query more is seen here."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

PAGES = {
    "sign-in": ("", "/sign-in/"),
    "home": ("auditor", "/"),
    "account": ("auditor", "/account/"),
    "sign-ins": ("auditor", "/people/sign-ins/"),
    "people": ("administrator", "/people/"),
    "person": ("administrator", "/people/{pk}/"),
    "events": ("auditor", "/people/events/"),
    "tokens": ("eic-officer", "/account/tokens/"),
    "demo day": ("eic-officer", "/demo-day/?step=month"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_the_sql_of(
    page: str, as_person: Callable[[str], Client], people: dict[str, Any], snapshot: Any
) -> None:
    who, path = PAGES[page]
    client = as_person(who)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path.format(pk=people["eic-officer"].pk)).status_code == 200
    asked = [_plain(query["sql"]) for query in captured.captured_queries]
    assert asked == snapshot


def _plain(sql: str) -> str:
    """Without columns, numbers, days and keys."""
    sql = re.sub(r"SELECT .+? FROM", "SELECT … FROM", sql)
    sql = re.sub(r"'[^']*'(::\w+)?", "'…'", sql)
    sql = re.sub(r"(?<![\w.'-])\d+(?![\w.'-])", "1", sql)
    return re.sub(r"\(1(, 1)+\)", "(1, …)", sql)  # as many as there are people
