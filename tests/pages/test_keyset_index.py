"""Pages are found in the index where they can be: one comparison of the whole key."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casebook import Desk
from phaseout.casework.models import Finding
from phaseout.law.refusals import Refusal
from phaseout.pages.keyset import page

pytestmark = pytest.mark.django_db

ORDER = ("-gravity", "-id")


@pytest.fixture
def findings() -> list[Any]:
    desk = Desk()
    made = [desk.finding(ratio=Decimal(n % 3 + 1)) for n in range(23)]
    return [f.pk for f in sorted(made, key=lambda f: (f.ratio, f.pk), reverse=True)]


def test_forwards_and_backwards_over_equal_values_every_row_comes_once(
    findings: list[Any],
) -> None:
    seen, cursor = [], ""
    while True:
        found = page(Finding.objects.all(), ORDER, cursor, size=4)
        seen += [row.pk for row in found.rows]
        if found.after is None:
            break
        cursor = found.after
    assert seen == findings
    back: list[Any] = []
    while True:
        back = [row.pk for row in found.rows] + back
        if found.before is None:
            break
        found = page(Finding.objects.all(), ORDER, found.before, size=4)
    assert back == findings


def test_the_place_is_found_by_one_comparison(findings: list[Any]) -> None:
    first = page(Finding.objects.all(), ORDER, "", size=4)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page(Finding.objects.all(), ORDER, str(first.after), size=4)
    sql = queries[0]["sql"]
    assert '("casework_finding"."gravity", "casework_finding"."id") < (' in sql
    assert " OR " not in sql


def test_a_cursor_of_another_list_is_refused() -> None:
    import base64
    import json

    key = base64.urlsafe_b64encode(json.dumps([False, ["heavy", "7"]]).encode()).decode()
    with pytest.raises(Refusal) as refused:
        page(Finding.objects.all(), ORDER, key)
    assert refused.value.code == "cursor_unreadable"
