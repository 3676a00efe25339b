"""Acts upon a row: the two signatures, a doubt, and what ends a doubt.

    confirm(row_id, …)                  first: the row says what the official print says
    countersign(confirmation, …)        second, by another person: from today it counts as verified
    note_discrepancy(row_id, …)         the print says otherwise: no signature counts any more
    clear_discrepancy(discrepancy, …)   another person looked again: the row was right
    decide(…)                           an authority settles what the norms leave open (`deciding`)

Each is one durable transaction that appends one row and defers the judgement of what rests on the
norm row. Two people at once: the database lets one win, the other is told what happened.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope, scope_of
from phaseout.evidence.models import EvidenceFile
from phaseout.law.norms import confirmation as law
from phaseout.law.norms.records import Confidence, Row
from phaseout.library import refusing
from phaseout.library.deciding import decide as decide
from phaseout.library.models import Clearance, Confirmation, Countersignature, Discrepancy
from phaseout.library.offices import Office, office_for
from phaseout.library.rejudging import rejudge
from phaseout.library.shelf import dimension_of, row_of
from phaseout.library.texts import fitting


@transaction.atomic(durable=True)
def confirm(
    row_id: str,
    *,
    document: str,
    page: str,
    print: EvidenceFile | None = None,
    by: Any,
    today: date,
    scope: Scope | None = None,
    note: str = "",
) -> Confirmation:
    """The first signature, for the office by which the person may confirm in that dimension.

    Raises:
        PermissionDenied: the person may not confirm rows of that dimension.
        Refusal: `row_unknown`, `row_is_verified`, `print_says_otherwise`, `already_confirmed`,
            `confirmation_without_place`, `text_too_long`.
    """
    row = row_of(row_id)
    function, division = _office(row, by, today, scope)
    if row.confidence is Confidence.VERIFIED:
        raise refusing.verified(row)
    _no_doubt(row)
    signed = law.confirm(
        row,
        document=fitting(Confirmation, "document", document),
        page=fitting(Confirmation, "page", page),
        by=str(by.pk),
        on=today,
    )
    _not_yet(row, signed.row_digest)
    first = Confirmation(
        row_id=signed.row_id,
        row_digest=signed.row_digest,
        document=signed.document,
        page=signed.page,
        print=print,
        note=fitting(Confirmation, "note", note),
        confirmed_by=by,
        confirmed_on=today,
        function=function,
        division_code=division,
        demo=by.demo,
    )
    if not _added(first):
        _not_yet(row, signed.row_digest)
    return first


@transaction.atomic(durable=True)
def countersign(
    confirmation: Confirmation, *, by: Any, today: date, scope: Scope | None = None
) -> Countersignature:
    """The second signature, by another person; what waits on the row is judged anew.

    Raises:
        PermissionDenied: the person may not confirm rows of that dimension.
        Refusal: `already_countersigned`, `countersigned_by_same_person`, `row_changed_since`,
            `countersigned_too_early`, `print_says_otherwise`, `row_unknown`.
    """
    row = row_of(confirmation.row_id)
    function, division = _office(row, by, today, scope)
    _not_countersigned(confirmation, row)
    _no_doubt(row)
    law.countersign(
        law.Confirmation(
            confirmation.row_id,
            confirmation.row_digest,
            confirmation.document,
            confirmation.page,
            str(confirmation.confirmed_by_id),
            confirmation.confirmed_on,
        ),
        row,
        by=str(by.pk),
        on=today,
    )
    second = Countersignature(
        confirmation=confirmation,
        confirmed_by_id=confirmation.confirmed_by_id,
        countersigned_by=by,
        countersigned_on=today,
        function=function,
        division_code=division,
    )
    if not _added(second):
        _not_countersigned(confirmation, row)
    rejudge([row.row_id])
    return second


@transaction.atomic(durable=True)
def note_discrepancy(
    row_id: str,
    *,
    document: str,
    page: str,
    says: str,
    print: EvidenceFile | None = None,
    by: Any,
    today: date,
    scope: Scope | None = None,
) -> Discrepancy:
    """The print says otherwise: the row is not relied upon until that is cleared.

    Raises:
        PermissionDenied: the person may not confirm rows of that dimension.
        Refusal: `row_unknown`, `confirmation_without_place`, `discrepancy_without_words`,
            `print_says_otherwise` (somebody has said so already), `text_too_long`.
    """
    row = row_of(row_id)
    function, division = _office(row, by, today, scope)
    _no_doubt(row)
    words = fitting(Discrepancy, "says", says)
    if not words:
        raise refusing.no_words(row)
    place = law.confirm(
        row,
        document=fitting(Discrepancy, "document", document),
        page=fitting(Discrepancy, "page", page),
        by=str(by.pk),
        on=today,
    )
    noted = Discrepancy.objects.create(
        row_id=place.row_id,
        row_digest=place.row_digest,
        document=place.document,
        page=place.page,
        print=print,
        says=words,
        noted_by=by,
        noted_on=today,
        function=function,
        division_code=division,
    )
    rejudge([row.row_id])
    return noted


@transaction.atomic(durable=True)
def clear_discrepancy(
    discrepancy: Discrepancy, *, reason: str, by: Any, today: date, scope: Scope | None = None
) -> Clearance:
    """Another person has looked again and found the row right: its signatures count again.

    Raises:
        PermissionDenied: the person may not confirm rows of that dimension.
        Refusal: `discrepancy_cleared_already`, `cleared_by_same_person`,
            `discrepancy_without_words`, `text_too_long`.
    """
    row = row_of(discrepancy.row_id)
    function, division = _office(row, by, today, scope)
    _not_cleared(discrepancy, row)
    if by.pk == discrepancy.noted_by_id:
        raise refusing.clears_own_doubt(row)
    words = fitting(Clearance, "reason", reason)
    if not words:
        raise refusing.no_words(row)
    cleared = Clearance(
        discrepancy=discrepancy,
        noted_by_id=discrepancy.noted_by_id,
        cleared_by=by,
        cleared_on=today,
        reason=words,
        function=function,
        division_code=division,
    )
    if not _added(cleared):
        _not_cleared(discrepancy, row)
    rejudge([row.row_id])
    return cleared


def standing_doubt(row: Row) -> Discrepancy | None:
    """Who has said, without being contradicted since, that the print differs from this row."""
    return (
        Discrepancy.objects.filter(
            row_id=row.row_id, row_digest=law.digest(row), clearance__isnull=True
        )
        .select_related("noted_by")
        .first()
    )


def _office(row: Row, by: Any, today: date, scope: Scope | None) -> Office:
    scope = scope if scope is not None else scope_of(by, on=today)
    return office_for(scope, Power.CONFIRM, dimension_of(row))


def _added(signature: Model) -> bool:
    """Whether the row went in; False where another one of its kind was there before it."""
    try:
        with transaction.atomic():
            signature.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _no_doubt(row: Row) -> None:
    doubt = standing_doubt(row)
    if doubt is not None:
        raise refusing.doubted(row, doubt)


def _not_yet(row: Row, digest: str) -> None:
    there = (
        Confirmation.objects.filter(row_id=row.row_id, row_digest=digest)
        .select_related("confirmed_by", "countersignature__countersigned_by")
        .first()
    )
    if there is not None:
        raise refusing.confirmed_already(row, there)


def _not_countersigned(confirmation: Confirmation, row: Row) -> None:
    there = (
        Countersignature.objects.filter(confirmation=confirmation)
        .select_related("countersigned_by")
        .first()
    )
    if there is not None:
        raise refusing.countersigned_already(row, there)


def _not_cleared(discrepancy: Discrepancy, row: Row) -> None:
    there = Clearance.objects.filter(discrepancy=discrepancy).select_related("cleared_by").first()
    if there is not None:
        raise refusing.cleared_already(row, there)
