"""Entries are written here and nowhere else: with their postings, in one statement.

    stocks_of(line_ids)        what stands now, line by line
    book(drafts)               entries for these bookings; returns their numbers

Whoever books takes the lines first (`held`), so that two who book the same line come one after the
other and the second sees what the first has left. The database would refuse the second anyway.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, connection

from phaseout.law.capacity import Booking, Holder, Stock, must_be_lawful
from phaseout.law.refusals import Refusal
from phaseout.registry.capacity import refusals

GROUND = (
    "of_import_id", "standing_no", "act_key", "case_no", "case_number", "act_kind", "document_id",
    "corrects_id", "instead_of_id", "by_id", "reason", "key", "equipment",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """A booking before it is an entry.

    Args:
        ground: columns of the entry out of `GROUND`; what is not named is empty.
        effective_on: the day from which it counts; not after `known_on`.
    """

    kind: str
    line_id: str
    booking: Booking
    effective_on: date
    known_on: date
    ground: dict[str, Any] = field(default_factory=dict)

    @property
    def holder(self) -> Holder:
        """Whose the entry is: of a transfer, who has it afterwards."""
        return next(each.holder for each in self.booking.postings[::-1] if each.amount > 0)


def held(line_ids: Collection[str]) -> None:
    """Take these lines until the transaction ends, in the order of their ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM registry_productionline WHERE line_id = ANY(%s) ORDER BY line_id "
            "FOR NO KEY UPDATE",
            [list(line_ids)],
        )


def stocks_of(line_ids: Collection[str], *, case_no: int | None = None) -> dict[str, list[Stock]]:
    """Line → what stands in each of its accounts, the account of origin (less than zero) among
    them; lines of which nothing was ever booked are left out.

    Args:
        case_no: only what the acts of that case have brought into (or taken out of) each account.
    """
    only = ""
    given: list[Any] = [list(line_ids)]
    if case_no is not None:
        only = (
            "AND entry_id IN (SELECT id FROM registry_capacityentry WHERE case_no = %s UNION ALL "
            "SELECT c.id FROM registry_capacityentry AS c JOIN registry_capacityentry AS e "
            "ON e.id = c.corrects_id WHERE e.case_no = %s) "
        )
        given += [case_no, case_no]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT line_id, product, unit, enterprise_id, division_code, industry, account, "
            "sum(amount) FROM registry_capacityposting WHERE line_id = ANY(%s) "
            f"{only}GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(amount) <> 0 ORDER BY 1, 2, 3, 7, 4, 5",
            given,
        )
        rows = cursor.fetchall()
    found: dict[str, list[Stock]] = defaultdict(list)
    for line, product, unit, uscc, division, industry, account, amount in rows:
        holder = Holder(uscc, division, industry)
        found[line].append(Stock(product, unit, holder, account, amount))
    return dict(found)


def not_before(line_id: str, day: date) -> tuple[date, date]:
    """(the day from which a booking of `day` may count, that on which it is known): what is moved
    was there and known; where it was registered later than it was judged, that day."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT greatest(max(effective_on), %s), greatest(max(known_on), %s) "
            "FROM registry_capacityposting WHERE line_id = %s",
            [day, day, line_id],
        )
        ((effective, known),) = cursor.fetchall()
    return effective, known


def book(drafts: Sequence[Draft], missing: Callable[[], Refusal] = refusals.not_there) -> list[int]:
    """Write entries; returns their numbers in the order of the drafts. Inside the caller's
    transaction.

    Args:
        missing: the refusal where what this would take is not there (any more).

    Raises:
        Refusal: `capacity.not_there`, or `missing`.
        Unlawful: no law knows such postings (a mistake of the program).
    """
    if not drafts:
        return []
    for draft in drafts:
        must_be_lawful(draft.kind, draft.booking)
    numbers = _numbers(len(drafts))
    entries = [_entry(*each) for each in zip(numbers, drafts, strict=True)]
    postings = [p for each in zip(numbers, drafts, strict=True) for p in _postings(*each)]
    try:
        with connection.cursor() as cursor:
            cursor.execute(_BOOK, [json.dumps(entries), json.dumps(postings)])
    except IntegrityError as error:
        if _constraint(error) == "capacity_not_below_zero":
            raise missing() from error
        raise
    return numbers


_ENTRY = {
    "id": "bigint", "kind": "text", "line_id": "text", "enterprise_id": "text",
    "division_code": "text", "product": "text", "unit": "text", "effective_on": "date",
    "known_on": "date", "of_import_id": "bigint", "standing_no": "bigint", "act_key": "uuid",
    "case_no": "bigint", "case_number": "text", "act_kind": "text", "document_id": "bigint",
    "corrects_id": "bigint", "instead_of_id": "bigint", "by_id": "bigint", "reason": "text",
    "key": "uuid", "equipment": "text",
}  # fmt: skip
_POSTING = {
    "entry_id": "bigint", "place": "smallint", "line_id": "text", "enterprise_id": "text",
    "division_code": "text", "industry": "text", "product": "text", "unit": "text",
    "account": "text", "amount": "numeric", "effective_on": "date", "known_on": "date",
}  # fmt: skip


def _insert(table: str, columns: dict[str, str]) -> str:
    kinds = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns)} "
        f"FROM json_to_recordset(%s) AS given ({kinds})"
    )


_BOOK = (
    f"WITH booked AS ({_insert('registry_capacityentry', _ENTRY)}) "
    f"{_insert('registry_capacityposting', _POSTING)}"
)


def _entry(number: int, draft: Draft) -> dict[str, Any]:
    ground = {name: _plain(draft.ground.get(name)) for name in GROUND}
    for name in ("case_number", "act_kind", "reason", "equipment"):
        ground[name] = ground[name] or ""
    return {
        "id": number,
        "kind": draft.kind,
        "line_id": draft.line_id,
        "enterprise_id": draft.holder.uscc,
        "division_code": draft.holder.division_code,
        "product": draft.booking.product,
        "unit": draft.booking.unit,
        "effective_on": draft.effective_on.isoformat(),
        "known_on": draft.known_on.isoformat(),
        **ground,
    }


def _postings(number: int, draft: Draft) -> Iterable[dict[str, Any]]:
    for place, each in enumerate(draft.booking.postings, 1):
        yield {
            "entry_id": number,
            "place": place,
            "line_id": draft.line_id,
            "enterprise_id": each.holder.uscc,
            "division_code": each.holder.division_code,
            "industry": each.holder.industry,
            "product": draft.booking.product,
            "unit": draft.booking.unit,
            "account": each.account,
            "amount": str(each.amount),
            "effective_on": draft.effective_on.isoformat(),
            "known_on": draft.known_on.isoformat(),
        }


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)


def _numbers(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('registry_capacityentry', 'id')) "
            "FROM generate_series(1, %s)",
            [count],
        )
        return [number for (number,) in cursor.fetchall()]


def _constraint(error: IntegrityError) -> str:
    told = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    return str(told or "")
