"""The database itself shows a city its own prices, and an enterprise its own."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from phaseout.accounts.powers import Role
from phaseout.accounts.reach import reach_of
from phaseout.accounts.scope import scope_of
from phaseout.database.reach import ROLE, act_as, show

POLICIED = (
    "assessment", "determination", "ending", "consumption", "bill", "billline", "paymentnotice",
    "payment", "entry", "posting",
)  # fmt: skip


def counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in POLICIED:
            cursor.execute(f"SELECT count(*) FROM prices_{table}")
            found[table] = cursor.fetchone()[0]
        return found


@pytest.fixture
def everything(office) -> dict[str, int]:
    """A bill of Shizuishan with all that may come of it."""
    from decimal import Decimal

    from casebook import TODAY
    from phaseout.measures.prices import acts

    bill = office.billed("1000")
    acts.notify(bill.pk, date(2018, 3, 5), date(2018, 3, 10), **office.ways(office.grid))
    acts.collect(bill.pk, Decimal("1.00"), TODAY, **office.ways(office.grid))
    acts.end(bill.lines.get().determination_id, TODAY, "炉已拆除", **office.ways())
    return counts()


def test_nothing_is_empty_or_it_would_prove_nothing(everything) -> None:
    assert all(everything.values()), everything


@pytest.mark.parametrize(
    ("function", "role", "division", "uscc", "sees"),
    [
        ("cities", Role.OFFICER, "640200", "", True),
        ("cities", Role.OFFICER, "640100", "", False),
        ("grid", Role.OFFICER, "640000", "", True),
        ("", Role.ENTERPRISE, "", "91640200MA00000002", True),
        ("", Role.ENTERPRISE, "", "91640100MA00000001", False),
        ("eic", Role.ADMINISTRATOR, "640000", "", False),
    ],
)
def test_a_query_without_any_condition(
    office, everything, function, role, division, uscc, sees
) -> None:
    person = office.desk.person(function, role, division, uscc)
    raw = connection.connection
    act_as(raw, ROLE)
    try:
        show(raw, reach_of(scope_of(person, on=office.desk.today)))
        assert counts() == (everything if sees else dict.fromkeys(everything, 0))
    finally:
        act_as(raw, "none")
