"""What the database refuses of the ledger, whoever asks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from phaseout.registry.models import CapacityEntry, CapacityPosting
from registry.given import csv_files, right

DAY = date(2018, 3, 15)


@pytest.fixture
def entry(take_in: Any) -> CapacityEntry:
    """A line with 600,000 t/a registered."""
    take_in(csv_files({"enterprises": [right("enterprises")], "lines": [right("lines")]}))
    return CapacityEntry.objects.get()


def write(entry: CapacityEntry, *postings: tuple[str, int], **changes: Any) -> None:
    """An entry like that one with these postings (account, amount), in one statement."""
    given = {f.attname: getattr(entry, f.attname) for f in entry._meta.concrete_fields}
    given |= {name: changes.pop(name) for name in list(changes) if name in given}
    del given["id"], given["recorded_at"]
    names = ", ".join(given)
    rows, values = [], []
    for place, (account, amount) in enumerate(postings, 1):
        row = {
            "place": place, "line_id": given["line_id"], "enterprise_id": given["enterprise_id"],
            "division_code": given["division_code"], "industry": "cement",
            "product": given["product"], "unit": given["unit"], "account": account,
            "amount": amount, "effective_on": given["effective_on"],
            "known_on": given["known_on"], **changes.get("posting", {}),
        }  # fmt: skip
        rows.append(f"((SELECT id FROM e), {', '.join(['%s'] * len(row))})")
        values += list(row.values())
    body = f"WITH e AS (INSERT INTO registry_capacityentry ({names}) VALUES "
    body += f"({', '.join(['%s'] * len(given))}) RETURNING id) "
    if rows:
        body += f"INSERT INTO registry_capacityposting (entry_id, {', '.join(row)}) VALUES "
        body += ", ".join(rows)
    else:
        body += "SELECT 1"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(body, [*given.values(), *values])


TODAY = {"effective_on": DAY}


def test_the_helper_writes_what_is_right(entry):
    write(entry, ("registered", -600_000), ("sealed", 600_000), **TODAY)
    assert CapacityEntry.objects.count() == 2


@pytest.mark.parametrize(
    ("postings", "changes", "said"),
    [
        ((), {}, "has no postings"),
        ((("origin", -5), ("registered", 4)), {}, "does not balance"),
        ((("registered", 5),), {}, "does not balance"),
        ((("origin", -5), ("registered", 5)), {"posting": {"unit": "kVA"}}, "mixes"),
        ((("origin", -5), ("registered", 5)), {"posting": {"product": "熟料"}}, "mixes"),
        ((("origin", -5), ("registered", 5)), {"posting": {"line_id": "L2"}}, "mixes"),
        ((("origin", -5), ("registered", 5)), {"posting": {"known_on": "2018-01-01"}}, "mixes"),
        ((("origin", -5), ("registered", 5)), {"line_id": "L9"}, "is of no line"),
        ((("registered", -600_001), ("sealed", 600_001)), TODAY, "account registered"),
        ((("outdated", -1), ("registered", 1)), TODAY, "account outdated"),
        ((("origin", 600_001), ("registered", -600_001)), {"effective_on": DAY}, "registered"),
        # Today there is enough, but not on the day from which it would count.
        (
            (("registered", -1), ("sealed", 1)),
            {"effective_on": date(2009, 6, 29)},
            "on 2009-06-29",
        ),
        ((("origin", -5), ("registered", 5)), {"effective_on": date(2018, 3, 16)}, "known_when"),
        ((("origin", -5), ("registered", 5)), {"of_import_id": None}, "has_one_ground"),
        ((("origin", -5), ("registered", 5)), {"standing_no": 1}, "has_one_ground"),
        ((("origin", -0), ("registered", 0)), {}, "posting_moves"),
    ],
)
def test_a_wrong_entry_is_refused(entry, postings, changes, said):
    with pytest.raises(DatabaseError, match=said):
        write(entry, *postings, **changes)
    assert CapacityEntry.objects.count() == 1


def test_a_counter_entry_is_the_exact_opposite_and_only_once(entry):
    counter = {
        "kind": "counter", "corrects_id": entry.pk, "of_import_id": None, "reason": "登记有误",
        "by_id": entry.by_id,
    }  # fmt: skip
    with pytest.raises(DatabaseError, match="opposite"):
        write(entry, ("origin", 5), ("registered", -5), **counter)
    with pytest.raises(DatabaseError, match="reason"):
        write(entry, ("origin", 600_000), ("registered", -600_000), **counter | {"reason": ""})
    write(entry, ("origin", 600_000), ("registered", -600_000), **counter)
    with pytest.raises(DatabaseError):
        write(entry, ("origin", 600_000), ("registered", -600_000), **counter)


@pytest.mark.parametrize("model", [CapacityEntry, CapacityPosting])
def test_nothing_is_changed_or_deleted(entry, model):
    table = model._meta.db_table
    connection.check_constraints()  # or TRUNCATE would wait for the foreign keys of this test
    for change in (
        f"UPDATE {table} SET product = 'x'", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="nothing here"), transaction.atomic():
            connection.cursor().execute(change)


def test_nothing_is_added_to_an_entry_afterwards(entry):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registry_capacityposting (entry_id, place, line_id, enterprise_id, "
            "division_code, industry, product, unit, account, amount, effective_on, known_on) "
            "SELECT entry_id, place + 2, line_id, enterprise_id, division_code, industry, "
            "product, unit, account, amount, effective_on, known_on FROM registry_capacityposting"
        )
