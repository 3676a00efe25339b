"""Acts on the ledger by hand, each one durable transaction with its reason.

    counter(entry, …)               冲销: the opposite of an entry that was wrong
    correct(entry, amount, …)       更正: the opposite, and the same again with the right amount
    replace(line, how_much, …)      产能置换: capacity that a replacement plan counts
    transfer_line(line, to, …)      转让: the line is sold; what is live goes over with it

Nothing is ever rewritten: what was published for a day can still be read as it was known then.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import scope_of
from phaseout.evidence.models import EvidenceFile
from phaseout.law.capacity import Booking, Holder, Posting, moved, opposite
from phaseout.registry.capacity import refusals
from phaseout.registry.capacity.booking import GROUND, Draft, book, held, not_before, stocks_of
from phaseout.registry.capacity.registering import book_import
from phaseout.registry.capacity.saying import stocks_said
from phaseout.registry.capacity.sharing import amount_of, read_share
from phaseout.registry.imports.reach import common
from phaseout.registry.imports.taking import next_place
from phaseout.registry.judging import ask_for_judgement
from phaseout.registry.locking import alone_with_the_registry
from phaseout.registry.merging.following import hand_over
from phaseout.registry.models import (
    CapacityEntry,
    Enterprise,
    Import,
    ImportFile,
    ProductionLine,
    Touched,
)

REPLACEABLE = ("registered", "restored")
LONGEST_REASON = 500


@transaction.atomic
def counter(
    entry_id: int, *, by: Any, reason: str, today: date, key: UUID | None = None
) -> CapacityEntry:
    """冲销: book the opposite of an entry; it counts from the same day, and is known from today.

    Raises:
        Refusal: `capacity.not_allowed`, `capacity.reason_missing`, `capacity.is_counter`,
            `capacity.corrected_already`, `capacity.moved_on`.
    """
    before = _done(key)
    if before is not None:
        return before
    entry = _to_correct(entry_id, by, today, reason)
    return _of(book([_counter(entry, by, reason, today, key)], refusals.moved_on)[0])


@transaction.atomic
def correct(
    entry_id: int,
    amount: Decimal,
    *,
    by: Any,
    reason: str,
    today: date,
    key: UUID | None = None,
) -> CapacityEntry:
    """更正: the opposite of an entry, and the entry again with `amount` (in the unit of the ledger)
    on the same ground and from the same day; returns that one.

    Raises:
        Refusal: as `counter`; `capacity.not_one_amount` where several amounts moved at once.
    """
    before = _done(key)
    if before is not None:
        return before.corrects.booked_anew if before.corrects else before
    entry = _to_correct(entry_id, by, today, reason)
    postings = _booking(entry).postings
    if len(postings) != 2 or amount <= 0:
        raise refusals.not_one_amount()
    anew = tuple(
        Posting(p.holder, p.account, amount if p.amount > 0 else -amount) for p in postings
    )
    ground = {name: getattr(entry, name) for name in GROUND}
    ground |= {"instead_of_id": entry.pk, "by_id": by.pk, "reason": reason.strip(), "key": None}
    booking = Booking(entry.product, entry.unit, anew)
    drafts = [
        _counter(entry, by, reason, today, key),
        Draft(
            entry.kind,
            entry.line_id,
            booking,
            entry.effective_on,
            not_before(entry.line_id, today)[1],
            ground,
        ),
    ]
    return _of(book(drafts, refusals.moved_on)[1])


@transaction.atomic
def replace(
    line_id: str,
    how_much: str,
    *,
    document: EvidenceFile,
    by: Any,
    reason: str,
    today: date,
    key: UUID | None = None,
) -> CapacityEntry:
    """产能置换: capacity that a replacement plan counts leaves the register, and cannot exit too.

    Args:
        how_much: as `sharing.read_share` reads it.
        document: the plan or its publication.
        reason: which project it is used for.

    Raises:
        Refusal: `capacity.not_allowed`, `capacity.reason_missing`, `capacity.not_replaceable` for
            what was found outdated or is in a case, what `amount_of` raises.
    """
    before = _done(key)
    if before is not None:
        return before
    line = ProductionLine.objects.get(pk=line_id)
    _must_be_allowed(by, today, reason, line.division_code)
    held([line_id])
    stocks = stocks_of([line_id]).get(line_id, [])
    there = [s for s in stocks if s.account in REPLACEABLE]
    if not there:
        raise refusals.not_replaceable(line.name, stocks_said(stocks))
    amount = amount_of(read_share(how_much), there)
    ground = {
        "document_id": document.pk, "by_id": by.pk, "reason": reason.strip(), "key": key,
    }  # fmt: skip
    drafts = [
        Draft("replacement", line_id, each, *not_before(line_id, today), ground)
        for each in moved(there, REPLACEABLE, "replaced", amount)
    ]
    return _of(book(drafts)[0])


def transfer_line(
    line_id: str, to: str, *, document: EvidenceFile, by: Any, reason: str, today: date
) -> Import:
    """转让生产线: the line belongs to another enterprise from today, on a document. What is live of
    it on the ledger goes over; what has exited stays with who had it then. Open cases go on against
    whom they were opened, until an act of theirs puts the successor in (变更当事人).

    Raises:
        Refusal: `capacity.not_allowed`, `capacity.reason_missing`, `capacity.no_such_owner`.
    """
    with alone_with_the_registry():
        return _transfer(line_id, to, document, by, reason, today)


@transaction.atomic(durable=True)
def _transfer(
    line_id: str, to: str, document: EvidenceFile, by: Any, reason: str, today: date
) -> Import:
    line = ProductionLine.objects.select_related("enterprise").get(pk=line_id)
    _must_be_allowed(by, today, reason, line.division_code)
    buyer = Enterprise.objects.filter(pk=to, merged_into=None).first()
    if buyer is None or buyer.pk == line.enterprise_id:
        raise refusals.no_such_owner(to)
    change = Import.objects.create(
        kind=Import.Kind.TRANSFER,
        state=Import.State.TAKEN,
        by=by,
        reach=common([line.division_code, buyer.division_code]),
        received_on=today,
        taken_no=next_place(),
        decided_by=by,
        decided_on=today,
        decided_at=timezone.now(),
        samples={"line": line.pk, "from": line.enterprise_id, "to": to, "reason": reason.strip()},
    )
    ImportFile.objects.create(of_import=change, evidence=document, position=0)
    hand_over(line.pk, to, change.pk, today)
    book_import(change.pk, today, "SELECT %(line)s", {"line": line.pk}, by=by.pk)
    Touched.objects.bulk_create(Touched(uscc=uscc) for uscc in (line.enterprise_id, to))
    ask_for_judgement()
    return change


def _to_correct(entry_id: int, by: Any, today: date, reason: str) -> CapacityEntry:
    entry = _of(entry_id)
    _must_be_allowed(by, today, reason, entry.division_code)
    held([entry.line_id])
    if entry.kind == CapacityEntry.Kind.COUNTER:
        raise refusals.is_counter()
    if CapacityEntry.objects.filter(corrects=entry).exists():
        raise refusals.corrected_already()
    return entry


def _counter(entry: CapacityEntry, by: Any, reason: str, today: date, key: UUID | None) -> Draft:
    ground = {"corrects_id": entry.pk, "by_id": by.pk, "reason": reason.strip(), "key": key}
    turned = opposite(_booking(entry))
    known = not_before(entry.line_id, today)[1]
    return Draft("counter", entry.line_id, turned, entry.effective_on, known, ground)


def _booking(entry: CapacityEntry) -> Booking:
    return Booking(
        entry.product,
        entry.unit,
        tuple(
            Posting(Holder(p.enterprise_id, p.division_code, p.industry), p.account, p.amount)
            for p in entry.postings.order_by("place")
        ),
    )


def _must_be_allowed(by: Any, today: date, reason: str, division: str) -> None:
    if not scope_of(by, on=today).may(Power.DECIDE, division=division):
        raise refusals.not_allowed()
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise refusals.reason_missing(LONGEST_REASON)


def _done(key: UUID | None) -> CapacityEntry | None:
    """The entry that was written under this key before; who sends it twice at once waits."""
    if key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])
    return CapacityEntry.objects.filter(key=key).first()


def _of(number: int) -> CapacityEntry:
    return CapacityEntry.objects.get(pk=number)
