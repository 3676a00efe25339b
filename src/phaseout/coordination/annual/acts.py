"""The acts on the annual report. One function, one act, one durable transaction, one row.

    freeze(…)    取数冻结: the figures of one database snapshot, with their digest; a version
    sign(…)      签报: the leader of each department that sums up lays it before the government
    approve(…)   同意: the government agrees;  decline(…)  不同意
    send(…)      报送: to the ministry and the administration, with the national bodies in copy
    correct(…)   勘误: a numbered correction of a row of an approved report

An act sent twice under one `key` happens once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.organisations import REGION_CODE, office_name, place_words
from phaseout.accounts.powers import Power, Role
from phaseout.accounts.rows import whole_reach
from phaseout.accounts.scope import Scope
from phaseout.casework.acts import once
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.coordination.annual import freezing, refusing
from phaseout.coordination.annual.lasting import corrected, report_of
from phaseout.coordination.annual.models import AnnualAct, Erratum, Freeze
from phaseout.coordination.annual.standing import Kind, Stage, Standing, standing
from phaseout.coordination.appending import append
from phaseout.coordination.returns import refusing as of_returns
from phaseout.coordination.returns.checking import frame, problems
from phaseout.coordination.returns.fulfilling import fulfil_counted
from phaseout.coordination.returns.rows import Row
from phaseout.coordination.returns.seats import REPORTING, of_region, summing_up
from phaseout.coordination.returns.standing import Place, State, places
from phaseout.evidence.keeping import keep
from phaseout.law.annual import recipients

LONGEST = 1000
GOVERNMENT = "government"


def seat(scope: Scope, *functions: str, roles: frozenset[Role] = REPORTING) -> str | None:
    """The office among these in which the person acts for the whole region."""
    for function in functions:
        for grant in scope.grants:
            fits = grant.function == function and grant.role in roles and not grant.uscc
            if fits and grant.over_region and Power.ACT in grant.powers:
                return function
    return None


LEADER = frozenset({Role.LEADER})


def freeze(
    year: int, *, by: User, scope: Scope, today: date, key: UUID, reason: str = ""
) -> Freeze:
    """Write down the figures of the year as they stand in one snapshot of the database. Before the
    government has agreed it may be done anew; the last version counts.

    Args:
        reason: why the report does not wait, where returns are not accepted.

    Raises:
        Refusal: `annual.not-yours`, `annual.year-goes-on`, `annual.no-data`,
            `annual.returns-open`, `annual.exits-since`, `annual.approved`.
    """
    # Read with the whole reach: a report is over everything, whoever has it made.
    with freezing.alone(year), whole_reach():
        return _freeze(year, by=by, scope=scope, today=today, key=key, reason=reason.strip())


@again_after_a_deadlock
@transaction.atomic(durable=True)
def _freeze(year: int, *, by: User, scope: Scope, today: date, key: UUID, reason: str) -> Freeze:
    freezing.one_snapshot()
    before = once.done_before(AnnualAct, key, Kind.FREEZE, by, year=year)
    if before is not None:
        return before.freeze
    office = seat(scope, *summing_up())
    if office is None:
        raise refusing.not_yours(summing_up(), today)
    now = standing(year, today)
    if now.stage is Stage.RUNNING:
        raise refusing.year_goes_on(year)
    if now.approved is not None:
        raise refusing.approved_already(now.approved.done_on)
    stands = places(year, today)
    told = freezing.rows_of(year, stands)
    _examine(year, told, stands, reason, today)
    balances = freezing.balances_of(year)
    head = {**freezing.head_of(year, today, told, stands), "reason": reason}
    found = freezing.digest_before(head, told, balances)
    version = now.freeze.version + 1 if now.freeze is not None else 1
    content = {"version": version, "digest": found, "rows": len(told), "reason": reason}
    act = _done(Kind.FREEZE, office, year, content, by=by, today=today, key=key)
    made = Freeze.objects.create(act=act, year=year, version=version, head=head, digest=found)
    freezing.write(made, told, balances)
    return made


def _examine(
    year: int, told: Sequence[Any], stands: Sequence[Place], reason: str, today: date
) -> None:
    if not told and all(one.filed is None for one in stands):
        raise refusing.no_data(year)
    if len(reason) > LONGEST:
        raise refusing.no_reason()
    lacking = [one for one in stands if one.state is not State.ACCEPTED]
    if lacking and not reason:
        names = [
            f"{place_words(one.city)[0]}报{office_name(one.department, REGION_CODE, today)[0]}"
            for one in lacking
        ]
        raise refusing.returns_open(names)
    since = [row for _, row in freezing.since_accepted(told, stands)]
    if since and not reason:
        raise refusing.exits_since([f"{row.enterprise}（{row.line_id}）" for row in since])


@again_after_a_deadlock
@transaction.atomic(durable=True)
def sign(year: int, *, digest: str, by: User, scope: Scope, today: date, key: UUID) -> AnnualAct:
    """A leader of a department that sums up lays the frozen report before the government.

    Raises:
        Refusal: `annual.not-yours`, `annual.not-frozen`, `annual.other-version`,
            `annual.approved`, `annual.signed`, `annual.freeze-broken`.
    """
    before = once.done_before(AnnualAct, key, Kind.SIGN, by, year=year)
    if before is not None:
        return before
    held = [grant for grant in summing_up() if seat(scope, grant, roles=LEADER)]
    if not held:
        raise refusing.not_yours(summing_up(), today)
    once.hold_all("returns", f"counting:{year}")
    now, frozen = _seen(year, digest, today)
    if now.stage is Stage.DECLINED:
        raise refusing.other_version()
    office = next((one for one in held if one not in now.signed_by), None)
    if office is None:
        done = next(a for a in now.since_freeze if a.kind == Kind.SIGN and a.office == held[0])
        raise refusing.signed_already(done.done_on, str(done.by))
    content = {"version": frozen.version, "digest": digest}
    return _done(Kind.SIGN, office, year, content, by=by, today=today, key=key)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def approve(
    year: int, *, digest: str, document: str, by: User, scope: Scope, today: date, key: UUID
) -> AnnualAct:
    """The government agrees to the report that was laid before it. What exited and no return had
    counted is counted by it: the tasks of those exits are done.

    Args:
        document: number of the document in which it says so.

    Raises:
        Refusal: `annual.not-yours`, `annual.not-frozen`, `annual.other-version`,
            `annual.not-signed`, `annual.approved`, `annual.no-reason`, `annual.freeze-broken`.
    """
    before = once.done_before(AnnualAct, key, Kind.APPROVE, by, year=year)
    if before is not None:
        return before
    frozen = _before_government(year, digest, scope, today)
    content = {"version": frozen.version, "digest": digest, "document": _said(document, 120)}
    act = _done(Kind.APPROVE, GOVERNMENT, year, content, by=by, today=today, key=key)
    fulfil_counted(
        frozen.rows.filter(amount__gt=0).values_list("line_id", flat=True),
        year,
        f"已计入{year}年度落后产能退出情况报告，{today}自治区人民政府同意（{content['document']}）。",
        by=by,
        office=act.office,
        name=(act.organisation_zh, act.organisation_en),
        today=today,
        key=key,
    )
    return act


@again_after_a_deadlock
@transaction.atomic(durable=True)
def decline(
    year: int, *, digest: str, reason: str, by: User, scope: Scope, today: date, key: UUID
) -> AnnualAct:
    """The government does not agree; the returns may be corrected and the year frozen anew.

    Raises:
        Refusal: as `approve`.
    """
    before = once.done_before(AnnualAct, key, Kind.DECLINE, by, year=year)
    if before is not None:
        return before
    frozen = _before_government(year, digest, scope, today)
    content = {"version": frozen.version, "digest": digest, "reason": _said(reason, LONGEST)}
    return _done(Kind.DECLINE, GOVERNMENT, year, content, by=by, today=today, key=key)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def send(year: int, *, number: str, by: User, scope: Scope, today: date, key: UUID) -> AnnualAct:
    """Send the report upward: to the bodies the clause names, with the others in copy, by the names
    of the day. The files are kept as they went out, with their digests.

    Raises:
        Refusal: `annual.not-yours`, `annual.not-approved`, `annual.sent`, `annual.no-reason`,
            `annual.freeze-broken`.
    """
    from phaseout.coordination.annual.files import build
    from phaseout.coordination.annual.letter import Imprinted

    before = once.done_before(AnnualAct, key, Kind.SEND, by, year=year)
    if before is not None:
        return before
    office = seat(scope, *summing_up())
    if office is None:
        raise refusing.not_yours(summing_up(), today)
    once.hold_all("annual", f"year:{year}")
    now = standing(year, today)
    if now.approved is None or now.freeze is None:
        raise refusing.not_approved()
    if now.sent is not None:
        raise refusing.sent_already(now.sent.done_on)
    printed = Imprinted(_said(number, 60), today, now.approved.content["document"])
    made = build(now.freeze, printed)
    kept = {name: keep([data], name=name, by=by).digest for name, data in made.items()}
    content = {
        "version": now.freeze.version,
        "digest": now.freeze.digest,
        "number": printed.number,
        "to": [one.zh for one in recipients(today, "to")],
        "copies": [one.zh for one in recipients(today, "copy")],
        "files": kept,
        "days_late": now.days_late,
    }
    return _done(Kind.SEND, office, year, content, by=by, today=today, key=key)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def correct(
    year: int,
    place: int | None,
    after: Row,
    *,
    reason: str,
    document: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    seen: str | None = None,
) -> Erratum:
    """Correct a row of an approved report by a numbered erratum; the freeze itself stays.

    Args:
        place: the row; None: one that was left out.
        after: the row as it should be; an amount of nought strikes it off.
        seen: `Row.digest` of the row as it was looked at; None: whatever it is.

    Raises:
        Refusal: `annual.not-yours`, `annual.not-approved`, `annual.no-reason`,
            `annual.no-such-row`, `annual.row-changed`, `annual.nothing-corrected`,
            `return.rows-wrong`.
    """
    before = once.done_before(AnnualAct, key, Kind.CORRECT, by, year=year)
    if before is not None:
        return before.erratum
    office = seat(scope, *summing_up(), roles=LEADER)
    if office is None:
        raise refusing.not_yours(summing_up(), today)
    once.hold_all("annual", f"year:{year}")
    now = standing(year, today)
    if now.approved is None or now.freeze is None:
        raise refusing.not_approved()
    why, paper = _said(reason, LONGEST), _said(document, 120)
    was = _seen_row(now, place, seen)
    _check(year, place, after, was, why)
    told = {
        "number": len(now.errata) + 1,
        "place": place,
        "before": was.plain if was is not None else None,
        "after": after.plain,
        "reason": why,
        "document": paper,
    }
    content = {**told, "version": now.freeze.version}
    act = _done(Kind.CORRECT, office, year, content, by=by, today=today, key=key)
    return Erratum.objects.create(act=act, year=year, freeze=now.freeze, **told)


def _done(kind: str, office: str, year: int, content: Mapping[str, Any], **who: Any) -> AnnualAct:
    """The row of an act; `who`: by, today, key."""
    return append(AnnualAct, kind, of_region(office), content=content, year=year, **who)


def _row_of(now: Standing, place: int | None) -> Row | None:
    """The row as it stands, with the errata until now; None where one was left out."""
    assert now.freeze is not None
    if place is None:
        return None
    whole = corrected(report_of(now.freeze), now.errata)
    for one in whole.rows:
        if one.place == place:
            return one.row
    raise refusing.no_such_row(now.year, place)


def _seen_row(now: Standing, place: int | None, seen: str | None) -> Row | None:
    """The row as it stands, where it is what was looked at."""
    was = _row_of(now, place)
    if was is not None and seen not in (None, was.digest):
        raise refusing.row_changed(len(now.errata))
    return was


def _check(year: int, place: int | None, after: Row, was: Row | None, why: str) -> None:
    if was is not None and not was.differs(after) and was.remarks == after.remarks:
        raise refusing.nothing_corrected()
    told = after.corrected(reason=why[:400])
    city = f"{after.division_code[:4]}00"
    wrong = problems([(place or 1, told)], frame(year, city, [], [told]))
    if wrong:
        raise of_returns.rows_wrong(wrong)


def _seen(year: int, digest: str, today: date) -> tuple[Standing, Freeze]:
    """The standing, held; what was seen is what counts, and it is whole."""
    once.hold_all("annual", f"year:{year}")
    now = standing(year, today)
    if now.freeze is None:
        raise refusing.not_frozen(year)
    if now.approved is not None:
        raise refusing.approved_already(now.approved.done_on)
    if now.freeze.digest != digest:
        raise refusing.other_version()
    if not freezing.is_whole(now.freeze):
        raise refusing.broken(year)
    return now, now.freeze


def _before_government(year: int, digest: str, scope: Scope, today: date) -> Freeze:
    if seat(scope, GOVERNMENT, roles=LEADER) is None:
        raise refusing.not_yours([GOVERNMENT], today)
    now, frozen = _seen(year, digest, today)
    if now.to_sign or now.stage is Stage.DECLINED:
        raise refusing.not_signed(now.to_sign or summing_up(), today)
    return frozen


def _said(text: str, most: int) -> str:
    said = text.strip()
    if not 0 < len(said) <= most:
        raise refusing.no_reason()
    return said
