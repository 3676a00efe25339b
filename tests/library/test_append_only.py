"""Signatures, doubts and decisions: the database refuses to change them, with words."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

TABLES = ("confirmation", "countersignature", "discrepancy", "clearance", "decision")


@pytest.fixture
def one_of_each(first, second):
    from phaseout.library import confirming

    from .conftest import RECALLED, TODAY

    said = {"document": "GB 21341-2017", "page": "3", "today": TODAY}
    confirming.countersign(confirming.confirm(RECALLED, by=first, **said), by=second, today=TODAY)
    doubt = confirming.note_discrepancy(RECALLED, says="8600", by=first, **said)
    confirming.clear_discrepancy(doubt, reason="看错行", by=second, today=TODAY)
    confirming.decide(
        kind="condition", subject="L1", key=RECALLED, value="yes", document="宁经信〔2018〕1号",
        decided_on=TODAY, division="640100", by=second, today=TODAY,
    )  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    ["UPDATE library_{0} SET recorded_at = now()", "DELETE FROM library_{0}",
     "TRUNCATE library_{0} CASCADE"],
)  # fmt: skip
def test_is_only_appended(one_of_each, table, statement):
    connection.check_constraints()  # or TRUNCATE would wait for the foreign keys of this test
    with pytest.raises(IntegrityError, match="只能追加"), transaction.atomic():
        connection.cursor().execute(statement.format(table))
