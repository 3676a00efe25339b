"""Objection by the enterprise and its answer; credit repair by the rule in force on the day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.law.sanctions.repair import SAFETY, RepairRule, lacking, rule_on, terms
from phaseout.measures.sanctions import refusing
from phaseout.measures.sanctions.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
    said,
)
from phaseout.measures.sanctions.acts.releasing import OBJECTION, release
from phaseout.measures.sanctions.models import (
    CreditRecord,
    ReleaseNotice,
    RowOutcome,
    Sanction,
    SanctionAct,
)
from phaseout.measures.sanctions.seats import SANCTIONS, leads, seat_of

Kind = SanctionAct.Kind
REPAIRED = f"{ReleaseNotice.PLATFORM}_repair"


@again_after_a_deadlock
@transaction.atomic(durable=True)
def object_to(
    sanction_id: int,
    *,
    statement: str,
    files: Collection[str] = (),
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> SanctionAct:
    """The enterprise objects to a sanction in force; one objection at a time.

    Raises:
        Refusal: `sanction.not-yours`, `sanction.no-reason`, `sanction.released`,
            `sanction.pending`.
    """
    done = done_before(key, Kind.OBJECT, by, sanction_id=sanction_id)
    if done is not None:
        return done
    sanction = _held(sanction_id)
    _own(sanction, scope)
    if hasattr(sanction, "release"):
        raise refusing.released(sanction.release.ended_on)
    content = {"statement": said(statement), "files": sorted(set(files))}
    return _asked(Kind.OBJECT, sanction, content, by, today, key)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def answer_objection(
    objection_id: int,
    *,
    upheld: bool,
    reason: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> SanctionAct:
    """Another officer than who imposed answers. Upheld, the sanction is released at once.

    Raises:
        Refusal: `sanction.not-yours`, `sanction.no-reason`, `sanction.answered`, `objection.own`.
    """
    done = done_before(key, Kind.ANSWER_OBJECTION, by, answers_id=objection_id)
    if done is not None:
        return done
    asked = SanctionAct.objects.get(pk=objection_id, kind=Kind.OBJECT)
    sanction = _held(asked.sanction_id)
    office = seat_of(scope, leads(SANCTIONS), today)
    _unanswered(asked)
    if sanction.act.by_id == by.pk:
        raise refusing.same_person()
    act = append(
        Kind.ANSWER_OBJECTION,
        office,
        by=by,
        today=today,
        key=key,
        content={"upheld": upheld, "reason": said(reason)},
        division_code=sanction.division_code,
        enterprise_id=sanction.enterprise_id,
        sanction=sanction,
        answers=asked,
    )
    if upheld and not hasattr(sanction, "release"):
        release(sanction, OBJECTION, today, by=by)
    return act


@again_after_a_deadlock
@transaction.atomic(durable=True)
def ask_repair(
    sanction_id: int,
    *,
    promise: bool,
    statement: str,
    files: Collection[str] = (),
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> SanctionAct:
    """The enterprise asks for the repair of what the platform publishes of it.

    Args:
        promise: whether it makes the public promise here.

    Raises:
        Refusal: `sanction.not-yours`, `sanction.no-reason`, `sanction.pending`,
            `repair.no-rule`, `repair.nothing-published`.
    """
    done = done_before(key, Kind.ASK_REPAIR, by, sanction_id=sanction_id)
    if done is not None:
        return done
    sanction = _held(sanction_id)
    _own(sanction, scope)
    _rule(sanction, today)
    if published_since(sanction) is None:
        raise refusing.repair_nothing()
    content = {"promise": promise, "statement": said(statement), "files": sorted(set(files))}
    return _asked(Kind.ASK_REPAIR, sanction, content, by, today, key)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def answer_repair(
    request_id: int,
    *,
    granted: bool,
    other_met: bool,
    reason: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> SanctionAct:
    """Grant or refuse a repair. Granted, the platform is told to end the publication.

    Args:
        other_met: whether other demands of the law were found to be met.

    Raises:
        Refusal: `sanction.not-yours`, `sanction.no-reason`, `sanction.answered`,
            `repair.no-rule`, `repair.conditions-missing`.
    """
    done = done_before(key, Kind.ANSWER_REPAIR, by, answers_id=request_id)
    if done is not None:
        return done
    asked = SanctionAct.objects.get(pk=request_id, kind=Kind.ASK_REPAIR)
    sanction = _held(asked.sanction_id)
    office = seat_of(scope, leads(SANCTIONS), today)
    _unanswered(asked)
    rule = _rule(sanction, today)
    if granted:
        _conditions_met(sanction, asked, rule, other_met, today)
    act = append(
        Kind.ANSWER_REPAIR,
        office,
        by=by,
        today=today,
        key=key,
        content={"granted": granted, "reason": said(reason), "rule": rule.rule},
        division_code=sanction.division_code,
        enterprise_id=sanction.enterprise_id,
        sanction=sanction,
        answers=asked,
    )
    if granted:
        ReleaseNotice.objects.get_or_create(release=sanction.release, receiver=REPAIRED)
    return act


def published_since(sanction: Sanction) -> CreditRecord | None:
    """The record of the sanction that the platform took in; None: none."""
    accepted = RowOutcome.objects.filter(
        row__credit_record__sanction=sanction, outcome=RowOutcome.Outcome.ACCEPTED
    ).select_related("row__credit_record")
    first = accepted.first()
    return first.row.credit_record if first else None


def _conditions_met(
    sanction: Sanction, asked: SanctionAct, rule: RepairRule, other_met: bool, today: date
) -> None:
    record = published_since(sanction)
    since = record.decided_on if record else sanction.begins
    missing = lacking(
        rule,
        since,
        today,
        corrected=hasattr(sanction, "release"),
        promised=bool(asked.content["promise"]),
        other=other_met,
    )
    if missing:
        words = [condition.words for condition in missing]
        raise refusing.repair_lacking(words, rule.cited, terms(rule, since).repairable_from)


def repair_rule(sanction: Sanction, on: date) -> RepairRule | None:
    special = SAFETY if sanction.dimension == "safety" else ""
    return rule_on(on, sanction.severity, special)


def _rule(sanction: Sanction, on: date) -> RepairRule:
    rule = repair_rule(sanction, on)
    if rule is None:
        raise refusing.repair_no_rule(on)
    return rule


def _held(sanction_id: int | None) -> Sanction:
    hold_all(f"sanction:{sanction_id}")
    return Sanction.objects.select_related("act", "release", "enterprise").get(pk=sanction_id or 0)


def _own(sanction: Sanction, scope: Scope) -> None:
    for grant in scope.grants:
        own = grant.role is Role.ENTERPRISE and Power.ACT in grant.powers
        if own and grant.uscc == sanction.enterprise_id:
            return
    raise refusing.not_yours(("该企业", "the enterprise"))


def _asked(
    kind: str, sanction: Sanction, content: Mapping[str, object], by: User, today: date, key: UUID
) -> SanctionAct:
    open_ = SanctionAct.objects.filter(kind=kind, sanction=sanction, answered=None)
    if open_.exists():
        raise refusing.pending()
    return append(
        kind,
        "enterprise",
        by=by,
        today=today,
        key=key,
        content=content,
        division_code=sanction.division_code,
        name=(sanction.enterprise.name, sanction.enterprise.name),
        enterprise_id=sanction.enterprise_id,
        sanction=sanction,
    )


def _unanswered(asked: SanctionAct) -> None:
    if SanctionAct.objects.filter(answers=asked).exists():
        raise refusing.answered()
