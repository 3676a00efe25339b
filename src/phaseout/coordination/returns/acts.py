"""The acts on returns. One function, one act, one durable transaction, one row.

    file_return(…)     报送: a city's bureau reports to its department of the region
    send_back(…)       退回: the department wants it corrected
    accept_return(…)   核对接受: reconciled side by side; what counts is written row by row

An act sent twice under one `key` happens once. Nothing changes after the year was frozen for the
report: then a correction is a numbered erratum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.organisations import place_words
from phaseout.accounts.scope import Scope
from phaseout.casework.acts import once
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.coordination.appending import append
from phaseout.coordination.returns import refusing
from phaseout.coordination.returns.checking import frame, problems
from phaseout.coordination.returns.drafting import drafted, filled, with_cases
from phaseout.coordination.returns.fulfilling import fulfil_counted
from phaseout.coordination.returns.models import CountedRow, Draft, Return, ReturnAct, ReturnRow
from phaseout.coordination.returns.reconciling import Choice, Compared, compare, digest
from phaseout.coordination.returns.rows import Row, known_of
from phaseout.coordination.returns.seats import city_seat, department_seat
from phaseout.coordination.returns.standing import FIRST_YEAR, Place, State, place

Kind = ReturnAct.Kind
Settled = Mapping[int, tuple[str, str]]
"""Number in the comparison (from 0) → (choice, why)."""
LONGEST = 1000


@again_after_a_deadlock
@transaction.atomic(durable=True)
def file_return(
    year: int,
    department: str,
    city: str,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    draft: str = "",
    rows: Sequence[tuple[int, Row]] | None = None,
    nil: bool = False,
    reason: str = "",
) -> Return:
    """Report what stands in the draft, or that nothing exited; or the rows that are given.

    Args:
        draft: digest of the rows as they were seen (`Drafted.digest`).
        rows: instead of the draft: (number by which a row is named where it is wrong, row), as
            `reading` gives them. A draft that somebody has begun goes, as it does when it is filed.
        nil: the city says that nothing exited in the year.
        reason: why it is late, or why it is reported anew.

    Raises:
        Refusal: `return.wrong-bureau`, `return.year-not-open`, `return.year-frozen`,
            `return.too-early`, `return.sent-already`, `return.accepted`, `return.nothing-new`,
            `return.late`, `return.empty`, `return.not-nil`, `return.draft-changed`,
            `return.rows-wrong`.
    """
    about = {"year": year, "department": department, "division_code": city}
    before = once.done_before(ReturnAct, key, Kind.FILE, by, **about)
    if before is not None:
        return before.filed
    seat = city_seat(scope, department, city)
    if seat is None:
        raise refusing.not_yours_to_report(department, city, today)
    if not FIRST_YEAR <= year <= today.year:
        raise refusing.not_of_this_round(year)
    here = _held(year, department, city, today)
    if today < here.opens:
        raise refusing.too_early(year, here.opens, here.due.due)
    told = _drafted(here, draft) if rows is None else _given(here, rows)
    _suit(told, nil)
    _examine(here, told, reason, nil)
    content: dict[str, Any] = {
        **about,
        "version": 1 + Return.objects.filter(**about).count(),
        "nil": nil,
        "days_late": here.days_late,
        "due": here.due.due.isoformat(),
        "reason": _said(reason),
        "rows": [row.plain for row in told],
    }
    act = append(ReturnAct, Kind.FILE, seat, by=by, today=today, key=key, content=content, **about)
    return _keep(act, content, about, here, told)


def _keep(
    act: ReturnAct,
    content: Mapping[str, Any],
    about: Mapping[str, Any],
    here: Place,
    told: Sequence[Row],
) -> Return:
    """The return that an act filed, with its rows; the draft it came from goes."""
    filed = Return.objects.create(
        act=act,
        **about,
        version=content["version"],
        nil=content["nil"],
        days_late=here.days_late,
        due=here.due.due,
        reason=content["reason"],
    )
    _write(filed, told)
    Draft.objects.filter(**about).delete()
    return filed


def _drafted(here: Place, draft: str) -> list[Row]:
    """The rows of the draft, as they were seen."""
    now = drafted(here)
    if now.digest != draft:
        raise refusing.draft_changed()
    _check(here, list(enumerate(now.rows, 1)), now.filled)
    return list(now.rows)


def _given(here: Place, rows: Sequence[tuple[int, Row]]) -> list[Row]:
    """Rows from outside, with the cases that the ledger knows of them."""
    ledger = filled(here)
    told = with_cases(rows, ledger)
    _check(here, told, ledger)
    return [row for _, row in told]


def _check(here: Place, rows: Sequence[tuple[int, Row]], ledger: Sequence[Row]) -> None:
    held = frame(here.year, here.city, ledger, [row for _, row in rows])
    wrong = problems(rows, held)
    if wrong:
        raise refusing.rows_wrong(wrong)


def _suit(rows: Sequence[Row], nil: bool) -> None:
    if nil and any(row.amount for row in rows):
        raise refusing.not_nil()
    if not nil and not rows:
        raise refusing.empty()


def _examine(here: Place, rows: Sequence[Row], reason: str, nil: bool) -> None:
    """Whether it may be reported as things stand."""
    if len(reason) > LONGEST:
        raise refusing.no_reason()
    if here.state is State.ACCEPTED and here.last is not None:
        raise refusing.accepted_already(here.last.done_on, str(here.last.by))
    if here.state is State.FILED and here.last is not None and here.filed is not None:
        if not reason.strip():
            raise refusing.sent_already(here.last.done_on, str(here.last.by))
        told = [Row.kept(one) for one in here.filed.rows.order_by("place")]
        if here.filed.nil == nil and [r.plain for r in told] == [r.plain for r in rows]:
            raise refusing.nothing_new()
    if here.is_past and not reason.strip() and here.filed is None:
        raise refusing.late_without_reason(here.due.due)


def _write(filed: Return, rows: Sequence[Row]) -> None:
    known = known_of(rows)
    ReturnRow.objects.bulk_create(
        ReturnRow(of_return=filed, place=at, reason=row.reason, **row.columns(known))
        for at, row in enumerate(rows, 1)
    )


@again_after_a_deadlock
@transaction.atomic(durable=True)
def send_back(
    year: int,
    department: str,
    city: str,
    *,
    reason: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> ReturnAct:
    """Send a return back to its city, with the reason; also one that was accepted, as long as the
    year is not frozen.

    Raises:
        Refusal: `return.not-yours`, `return.year-frozen`, `return.not-filed`, `return.no-reason`.
    """
    about = {"year": year, "department": department, "division_code": city}
    before = once.done_before(ReturnAct, key, Kind.SEND_BACK, by, **about)
    if before is not None:
        return before
    seat = department_seat(scope, department)
    if seat is None:
        raise refusing.not_yours_to_accept(department, today)
    here = _held(year, department, city, today)
    if here.state not in (State.FILED, State.ACCEPTED) or here.filed is None:
        raise refusing.not_filed()
    if not _said(reason) or len(reason) > LONGEST:
        raise refusing.no_reason()
    content = {**about, "version": here.filed.version, "reason": _said(reason)}
    return append(
        ReturnAct, Kind.SEND_BACK, seat, by=by, today=today, key=key, content=content, **about
    )


@again_after_a_deadlock
@transaction.atomic(durable=True)
def accept_return(
    year: int,
    department: str,
    city: str,
    settled: Settled,
    *,
    seen: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> ReturnAct:
    """Accept a return: what agrees counts as reported; of what differs each is chosen, with why.
    The tasks of the exits that are counted are done by it.

    Args:
        settled: for each difference by its number in the comparison, what counts and why.
        seen: digest of the comparison as it was seen (`reconciling.digest`).

    Raises:
        Refusal: `return.not-yours`, `return.year-frozen`, `return.not-filed`,
            `return.other-version`, `return.differences-open`.
    """
    about = {"year": year, "department": department, "division_code": city}
    before = once.done_before(ReturnAct, key, Kind.ACCEPT, by, **about)
    if before is not None:
        return before
    seat = department_seat(scope, department)
    if seat is None:
        raise refusing.not_yours_to_accept(department, today)
    # Departments come one after the other: the second sees what the first has counted.
    once.hold_all("returns", f"counting:{year}")
    here = _held(year, department, city, today)
    if here.state is not State.FILED or here.filed is None:
        raise refusing.not_filed()
    beside = compare(here, [Row.kept(one) for one in here.filed.rows.order_by("place")])
    if digest(beside) != seen:
        raise refusing.another_version()
    chosen = _chosen(beside, settled)
    counted = [
        {"line": one.key[0], "unit": one.key[1], "choice": str(choice), "reason": why}
        for one, (choice, why) in zip(beside, chosen, strict=True)
    ]
    content = {**about, "version": here.filed.version, "compared": seen, "counted": counted}
    act = append(
        ReturnAct, Kind.ACCEPT, seat, by=by, today=today, key=key, content=content, **about
    )
    _fulfil(act, here.filed, _count(act, here, beside, chosen))
    return act


def _fulfil(act: ReturnAct, filed: Return, counted: Sequence[CountedRow]) -> None:
    """The tasks of the exits that an acceptance counts are done by it."""
    city = place_words(act.division_code)[0]
    fulfil_counted(
        [one.line_id for one in counted if one.amount],
        act.year,
        f"已计入{city}{act.year}年度报送（第{filed.version}版），{act.done_on}核对接受。",
        by=act.by,
        office=act.office,
        name=(act.organisation_zh, act.organisation_en),
        today=act.done_on,
        key=act.key,
    )


def _chosen(beside: Sequence[Compared], settled: Settled) -> list[tuple[Choice, str]]:
    found, lacking = [], []
    for number, one in enumerate(beside):
        if not one.differences:
            found.append((Choice.AGREED, ""))
            continue
        choice, why = settled.get(number, ("", ""))
        if choice not in one.choices or not 0 < len(_said(why)) <= 400:
            lacking.append(f"{one.row.enterprise}（{one.row.equipment}）")
            continue
        found.append((Choice(choice), _said(why)))
    if lacking:
        raise refusing.differences_open(lacking)
    return found


def _count(
    act: ReturnAct,
    here: Place,
    beside: Sequence[Compared],
    chosen: Sequence[tuple[Choice, str]],
) -> list[CountedRow]:
    rows = [one.counted(choice) for one, (choice, _) in zip(beside, chosen, strict=True)]
    known = known_of(rows)
    reported = {one.place: one.pk for one in here.filed.rows.all()} if here.filed else {}
    return CountedRow.objects.bulk_create(
        CountedRow(
            act=act,
            year=here.year,
            department=here.department,
            place=at,
            row_id=reported.get(one.number or 0),
            choice=choice,
            reason=why,
            **row.columns(known),
        )
        for at, (one, row, (choice, why)) in enumerate(zip(beside, rows, chosen, strict=True), 1)
    )


def _held(year: int, department: str, city: str, today: date) -> Place:
    """The place, held until the transaction ends; refused where the year was frozen."""
    once.hold_all("returns", f"year:{year}:{department}:{city}")
    here = place(year, department, city, today)
    if here.closed:
        raise refusing.frozen(year)
    return here


def _said(text: str) -> str:
    return text.strip()
