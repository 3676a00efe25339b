"""The SQL of the pages of findings is on record: a query more, or another one, is seen here."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casebook import Desk

pytestmark = pytest.mark.django_db


def queries(client: Client, address: str) -> list[str]:
    """The queries on what the page shows, without columns and numbers."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [
        _plain(query["sql"])
        for query in captured.captured_queries
        if re.search(r'FROM "(casework|registry|library|fact|procrastinate)_', query["sql"])
    ]


def _plain(sql: str) -> str:
    sql = re.sub(r"SELECT .+? FROM", "SELECT … FROM", sql)
    sql = re.sub(r"F-\d+", "F", sql)
    return re.sub(r"(?<![\w.'-])\d+(?![\w.'-])", "1", sql)


@pytest.mark.parametrize("page", ["finding", "enterprise", "comparison", "runs"])
def test_the_sql_of(page: str, client: Client, snapshot: Any) -> None:
    desk = Desk()
    client.force_login(desk.person("government", "auditor"))
    period = {"period_start": date(2017, 1, 1), "period_end": date(2017, 12, 31)}
    finding, *_ = [desk.finding(desk.line(f"L{n}"), **period) for n in range(4)]
    arguments = {
        "finding": [finding.finding_id],
        "enterprise": [finding.enterprise_id],
        "comparison": ["cement"],
        "runs": [],
    }[page]
    assert queries(client, reverse(page, args=arguments)) == snapshot
