"""Batches: sent, answered by the receiver row by row, their rest sent again. Nothing goes twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.db.models.functions import Coalesce

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.evidence.keeping import keep
from phaseout.law.sanctions.fields import Edition, edition
from phaseout.measures.sanctions import refusing
from phaseout.measures.sanctions.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
    said,
)
from phaseout.measures.sanctions.batches import as_json, as_sheet, waiting, waiting_of
from phaseout.measures.sanctions.models import (
    Batch,
    BatchRow,
    CreditRecord,
    Release,
    ReleaseNotice,
    RowOutcome,
    SanctionAct,
)
from phaseout.measures.sanctions.seats import SANCTIONS, leads, seat_of

Kind, Outcome = SanctionAct.Kind, RowOutcome.Outcome
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@again_after_a_deadlock
@transaction.atomic(durable=True)
def send(record_ids: Collection[int], *, by: User, scope: Scope, today: date, key: UUID) -> Batch:
    """A batch of records that wait, as XLSX and JSON with the same rows.

    Raises:
        Refusal: `sanction.not-yours`, `batch.empty`, `batch.record-not-waiting`, `batch.mixed`,
            `batch.old-edition`.
    """
    done = done_before(key, Kind.SEND, by)
    if done is not None:
        return done.sent
    return _sent(set(record_ids), None, by, scope, today, key)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def resend(batch_id: int, *, by: User, scope: Scope, today: date, key: UUID) -> Batch:
    """What a batch did not bring through: rows that were not read, and corrections of rows that
    were refused. What was accepted is not among them, whatever happens.

    Raises:
        Refusal: as `send`; `batch.empty` where nothing of it waits.
    """
    done = done_before(key, Kind.SEND, by)
    if done is not None:
        return done.sent
    old = Batch.objects.get(pk=batch_id)
    roots = BatchRow.objects.filter(batch=old).annotate(
        first=Coalesce(F("credit_record__root"), F("credit_record"))
    )
    # All versions of these records: which of them waits, `waiting` says.
    ids = set(waiting_of(roots.values("first")))
    if not ids:
        raise refusing.nothing_left(old.number)
    return _sent(ids, old, by, scope, today, key)


def _sent(
    ids: set[int], old: Batch | None, by: User, scope: Scope, today: date, key: UUID
) -> Batch:
    hold_all("batches")
    office = seat_of(scope, leads(SANCTIONS), today)
    if not ids:
        raise refusing.nothing_to_send()
    records = list(waiting().filter(pk__in=ids))
    if len(records) < len(ids):
        raise refusing.record_not_waiting(len(ids) - len(records))
    form = _form(records, today)
    last = Batch.objects.filter(year=today.year).aggregate(last=Max("serial"))["last"]
    batch = Batch(
        year=today.year,
        serial=(last or 0) + 1,
        record=form.record,
        edition=form.source_id,
        division_code="640000",
        resend_of=old,
    )
    data, sheet = as_json(form, batch.number, records), as_sheet(form, records)
    batch.data = keep([data], name=f"{batch.number}.json", by=by).digest
    batch.sheet = keep([sheet], name=f"{batch.number}.xlsx", by=by, media_type=SHEET).digest
    content = {
        "number": batch.number,
        "record": form.record,
        "edition": form.source_id,
        "rows": [record.digest for record in records],
        "json": batch.data,
        "xlsx": batch.sheet,
        "resend_of": old.number if old else "",
    }
    batch.act = append(Kind.SEND, office, by=by, today=today, key=key, content=content)
    batch.save(force_insert=True)
    BatchRow.objects.bulk_create(
        BatchRow(batch=batch, place=place, credit_record=record)
        for place, record in enumerate(records, 1)
    )
    return batch


def _form(records: Sequence[CreditRecord], today: date) -> Edition:
    names = {record.record for record in records}
    if len(names) > 1:
        raise refusing.batch_mixed()
    form = edition(names.pop())
    if today < form.effective_from or (form.effective_to and form.effective_to < today):
        raise refusing.batch_old_form(today)
    return form


@again_after_a_deadlock
@transaction.atomic(durable=True)
def record_receipt(
    batch_id: int,
    *,
    number: str,
    accepted_to: int,
    refusals: Mapping[int, str],
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> SanctionAct:
    """What the receiver did with each row of a batch.

    Args:
        number: of the receiver's receipt.
        accepted_to: the last row it took in; the rows after it that are not refused were not read.
        refusals: place → reason of each row that it refused.

    Raises:
        Refusal: `sanction.not-yours`, `sanction.no-reason`, `batch.receipt-there`,
            `batch.receipt-wrong`.
    """
    done = done_before(key, Kind.RECEIPT, by, batch_id=batch_id)
    if done is not None:
        return done
    hold_all("batches")
    office = seat_of(scope, leads(SANCTIONS), today)
    batch = Batch.objects.get(pk=batch_id)
    rows = list(batch.rows.select_related("credit_record").order_by("place"))
    if RowOutcome.objects.filter(row__batch=batch).exists():
        raise refusing.receipt_there()
    _examine(rows, accepted_to, refusals)
    told = {place: said(reason) for place, reason in sorted(refusals.items())}
    content = {
        "number": said(number),
        "accepted_to": accepted_to,
        "refusals": {str(place): reason for place, reason in told.items()},
    }
    act = append(Kind.RECEIPT, office, by=by, today=today, key=key, content=content, batch=batch)
    outcomes = [_outcome(act, row, accepted_to, told) for row in rows]
    RowOutcome.objects.bulk_create(outcomes)
    _tell_of_releases([o for o in outcomes if o.outcome == Outcome.ACCEPTED])
    return act


def _examine(rows: Sequence[BatchRow], accepted_to: int, refusals: Mapping[int, str]) -> None:
    last = len(rows)
    if not 0 <= accepted_to <= last:
        raise refusing.receipt_wrong(
            (f"已接收至第{accepted_to}行，而该批次共{last}行", f"the batch has {last} rows")
        )
    beyond = [place for place in refusals if not 1 <= place <= last]
    if beyond:
        raise refusing.receipt_wrong(
            (f"该批次没有第{beyond[0]}行", f"the batch has no row {beyond[0]}")
        )


def _outcome(
    act: SanctionAct, row: BatchRow, accepted_to: int, refusals: Mapping[int, str]
) -> RowOutcome:
    outcome = Outcome.UNSENT
    if row.place in refusals:
        outcome = Outcome.REFUSED
    elif row.place <= accepted_to:
        outcome = Outcome.ACCEPTED
    return RowOutcome(
        act=act,
        row=row,
        root_id=row.credit_record.root_id_or_own,
        outcome=outcome,
        reason=refusals.get(row.place, ""),
    )


def _tell_of_releases(accepted: Sequence[RowOutcome]) -> None:
    """What came in after its sanction was released: the platform is told of the release."""
    sanctions = {one.row.credit_record.sanction_id for one in accepted} - {None}
    told = ReleaseNotice.objects.filter(receiver=ReleaseNotice.PLATFORM)
    for release in Release.objects.filter(sanction__in=sanctions).exclude(notices__in=told):
        ReleaseNotice.objects.create(release=release, receiver=ReleaseNotice.PLATFORM)
