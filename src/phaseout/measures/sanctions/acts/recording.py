"""Records of the credit publicity: drawn up complete, or not at all; corrected when refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.casework.models import Case
from phaseout.evidence.digests import digest_of
from phaseout.law.sanctions.fields import Edition, edition_on, problems
from phaseout.measures.sanctions import refusing
from phaseout.measures.sanctions.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
)
from phaseout.measures.sanctions.models import CreditRecord, RowOutcome, Sanction, SanctionAct
from phaseout.measures.sanctions.seats import SANCTIONS, leads, seat_of

PENALTY, LICENCE = "penalty", "licence"
Kind = SanctionAct.Kind


@again_after_a_deadlock
@transaction.atomic(durable=True)
def draw_up(
    case_id: int,
    use: str,
    values: Mapping[str, str],
    *,
    decided_on: date,
    sanction_id: int | None = None,
    item: str = "",
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> CreditRecord:
    """The record of a decision in a case, in the form of the day.

    Args:
        use: `penalty`, for a sanction; or `licence`, for a permit that is revoked (`item`).
        values: field code → text, as it is sent.
        decided_on: the day of the decision that it is of; the time to upload runs from it.

    Raises:
        Refusal: `sanction.not-yours`, `credit-record.no-edition`, `credit-record.not-valid` (all
            fields that are wrong), `credit-record.already`.
    """
    done = done_before(key, Kind.DRAW_UP, by)
    if done is not None:
        return done.record
    hold_all(f"record:{case_id}:{use}:{sanction_id}:{item}")
    office = seat_of(scope, leads(SANCTIONS), today)
    case = Case.objects.get(pk=case_id)
    sanction = Sanction.objects.get(pk=sanction_id, case=case) if sanction_id else None
    form, kept = _checked(use, values, today)
    there = CreditRecord.objects.filter(
        case=case, record=form.record, sanction=sanction, item=item, root=None
    )
    if there.exists():
        raise refusing.record_there()
    record = CreditRecord(sanction=sanction, case=case, item=item, enterprise_id=case.enterprise_id)
    record.division_code = case.division_code
    return _written(record, form, kept, decided_on, office, by, today, key)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def correct(
    record_id: int,
    values: Mapping[str, str],
    *,
    decided_on: date,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> CreditRecord:
    """A further version of a record that the receiver refused, or whose form is replaced.

    Raises:
        Refusal: as `draw_up`; `credit-record.not-refused`.
    """
    done = done_before(key, Kind.DRAW_UP, by)
    if done is not None:
        return done.record
    office = seat_of(scope, leads(SANCTIONS), today)
    old = CreditRecord.objects.get(pk=record_id)
    root = old.root_id_or_own
    hold_all(f"root:{root}")
    use = LICENCE if old.record.startswith(LICENCE) else PENALTY
    form, kept = _checked(use, values, today)
    if not _correctable(old, form):
        raise refusing.not_correctable()
    record = CreditRecord(
        sanction_id=old.sanction_id,
        case_id=old.case_id,
        item=old.item,
        enterprise_id=old.enterprise_id,
        division_code=old.division_code,
        root_id=root,
        replaces=old,
    )
    return _written(record, form, kept, decided_on, office, by, today, key)


def _correctable(old: CreditRecord, form: Edition) -> bool:
    if CreditRecord.objects.filter(replaces=old).exists():
        return False
    outcomes = RowOutcome.objects.filter(row__credit_record=old)
    if outcomes.filter(outcome=RowOutcome.Outcome.REFUSED).exists():
        return True
    on_its_way = old.sendings.filter(outcome=None).exists()
    accepted = RowOutcome.objects.filter(root=old.root_id_or_own, outcome="accepted").exists()
    return old.record != form.record and not on_its_way and not accepted


def _checked(use: str, values: Mapping[str, str], today: date) -> tuple[Edition, dict[str, str]]:
    form = edition_on(use, today)
    if form is None:
        raise refusing.no_edition(today)
    kept = {code: text.strip() for code, text in values.items() if text.strip()}
    wrong = problems(form, kept)
    if wrong:
        raise refusing.record_wrong(wrong)
    return form, kept


def _written(
    record: CreditRecord,
    form: Edition,
    values: dict[str, str],
    decided_on: date,
    office: str,
    by: User,
    today: date,
    key: UUID,
) -> CreditRecord:
    record.record, record.edition = form.record, form.source_id
    record.values, record.decided_on = values, decided_on
    record.digest = digest_of(values)
    record.act = append(
        Kind.DRAW_UP,
        office,
        by=by,
        today=today,
        key=key,
        content={"record": form.record, "edition": form.source_id, "digest": record.digest},
        division_code=record.division_code,
        enterprise_id=record.enterprise_id,
        sanction_id=record.sanction_id,
    )
    record.save(force_insert=True)
    return record
