"""The publication log and the editions in the database: nothing is changed, left out, doubled."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from phaseout.disclosure.lists import published

pytestmark = pytest.mark.django_db


def test_an_empty_log_says_so() -> None:
    assert published.version() == 0
    assert published.changed_at() is None
    assert published.tree_head() is None
    assert published.newest("yellow-energy") is None
    assert published.proof("yellow-energy", number=1) is None


def test_the_database_changes_deletes_and_skips_nothing(office) -> None:
    journey = office.ordered()
    office.edition(journey.day)
    for sql in (
        "UPDATE lists_logevent SET text = 'x'",
        "DELETE FROM lists_logevent",
        "TRUNCATE lists_lognode CASCADE",
        "UPDATE lists_edition SET digest = ''",
        "DELETE FROM lists_entry",
        "UPDATE lists_treehead SET size = 1",
        'INSERT INTO lists_logevent (place, event, list_kind, edition, uscc, "on", text, leaf,'
        ' recorded_at) SELECT place + 5, event, list_kind, edition, uscc, "on", text, leaf,'
        " recorded_at FROM lists_logevent WHERE place = 1",
        "INSERT INTO lists_edition SELECT * FROM lists_edition",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
