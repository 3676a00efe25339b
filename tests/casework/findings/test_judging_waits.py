"""A judgement waits for its turn: never beside another, never into an import being taken."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection, transaction

from phaseout.casework import judging

LOCKS = {
    "an import is being taken": "hashtextextended('phaseout.registry', 0)",
    "another judgement goes on": f"hashtext('{judging.TURN}')",
}


@pytest.mark.django_db
@pytest.mark.parametrize("meanwhile", LOCKS)
def test_a_judgement_waits_while(meanwhile: str) -> None:
    other = connection.copy()
    try:
        with other.cursor() as held, connection.cursor() as cursor:
            held.execute(f"SELECT pg_advisory_lock({LOCKS[meanwhile]})")
            cursor.execute("SET LOCAL lock_timeout = '200ms'")
            with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
                judging._take_turn()
            cursor.execute("SET LOCAL lock_timeout = 0")
            held.execute("SELECT pg_advisory_unlock_all()")
            judging._take_turn()
    finally:
        other.close()
