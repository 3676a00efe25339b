"""The credit lists of clause (13): banks, who is on which list and why, what banks answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.casework.models import Act, Case
from phaseout.law.refusals import Bilingual
from phaseout.law.uscc import uscc_mistake
from phaseout.measures.sanctions import refusing
from phaseout.measures.sanctions.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
    said,
)
from phaseout.measures.sanctions.found import EXIT, EXITED
from phaseout.measures.sanctions.models import Bank, CreditListing, Sanction, SanctionAct
from phaseout.measures.sanctions.seats import CREDIT, leads, seat_of

Kind, Sort = SanctionAct.Kind, CreditListing.Sort
FINANCING = "financing"
OWN_WILL = "accept_application"
NOTED = "withdrawal_noted"
BANK_OUTCOMES: dict[str, Bilingual] = {
    "carried_out": ("已落实", "carried out"),
    "no_business": ("与该企业无信贷业务", "no credit business with the firm"),
    "partly": ("部分落实", "carried out in part"),
    NOTED: ("已按移出处理", "withdrawal taken in"),
}


@again_after_a_deadlock
@transaction.atomic(durable=True)
def register_bank(
    uscc: str,
    *,
    name_zh: str,
    name_en: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Bank:
    """A bank that gets the lists; its people get posts that name its code.

    Raises:
        Refusal: `sanction.not-yours`, `credit-list.bank-unknown`, `sanction.no-reason`.
    """
    done = done_before(key, Kind.REGISTER_BANK, by)
    if done is not None:
        return done.registered
    hold_all(f"bank:{uscc}")
    office = seat_of(scope, leads(CREDIT), today)
    if uscc_mistake(uscc) or Bank.objects.filter(uscc=uscc).exists():
        raise refusing.bank_unknown(uscc)
    bank = Bank(uscc=uscc, name_zh=said(name_zh), name_en=said(name_en))
    content = {"uscc": uscc, "zh": bank.name_zh, "en": bank.name_en}
    bank.act = append(Kind.REGISTER_BANK, office, by=by, today=today, key=key, content=content)
    bank.save(force_insert=True)
    return bank


@again_after_a_deadlock
@transaction.atomic(durable=True)
def list_credit(
    sanction_id: int,
    sort: str,
    *,
    reason: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> CreditListing:
    """No new credit, or loans to be reduced, for who is sanctioned in the area of financing.

    Raises:
        Refusal: `sanction.not-yours`, `credit-list.no-ground`, `credit-list.already`,
            `sanction.no-reason`.
    """
    done = done_before(key, Kind.LIST, by)
    if done is not None:
        return done.listed
    hold_all(f"sanction:{sanction_id}")
    office = seat_of(scope, leads(CREDIT), today)
    sanction = Sanction.objects.select_related("release").get(pk=sanction_id)
    if sort not in (Sort.NO_NEW, Sort.REDUCE):
        raise refusing.not_listable(
            ("联合惩戒只列入严控新增授信、压缩退出存量贷款名单", "a sanction supports nobody")
        )
    if FINANCING not in sanction.areas or hasattr(sanction, "release"):
        raise refusing.not_listable(
            (
                "该企业没有在“融资授信”方面的有效惩戒",
                "no sanction in force against it reaches financing",
            )
        )
    if CreditListing.objects.filter(sanction=sanction, sort=sort).exists():
        raise refusing.listed_already()
    listing = CreditListing(
        enterprise_id=sanction.enterprise_id,
        division_code=sanction.division_code,
        sort=sort,
        sanction=sanction,
    )
    return _listed(listing, office, reason, by, today, key)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def support(
    case_id: int, *, reason: str, by: User, scope: Scope, today: date, key: UUID
) -> CreditListing:
    """Support for an enterprise with prospects that leaves of its own will.

    Args:
        case_id: its case of an exit that it applied for.
        reason: why it has prospects; the clause gives no measure, so who lists says it.

    Raises:
        Refusal: as `list_credit`.
    """
    done = done_before(key, Kind.LIST, by)
    if done is not None:
        return done.listed
    hold_all(f"support:{case_id}")
    office = seat_of(scope, leads(CREDIT), today)
    case = Case.objects.get(pk=case_id)
    against = against_support(case)
    if against is not None:
        raise refusing.not_listable(against)
    withdrawn = SanctionAct.objects.filter(kind=Kind.WITHDRAW, listing__case=case)
    if CreditListing.objects.filter(case=case).exclude(acts__in=withdrawn).exists():
        raise refusing.listed_already()
    listing = CreditListing(
        enterprise_id=case.enterprise_id,
        division_code=case.division_code,
        sort=Sort.SUPPORT,
        case=case,
    )
    return _listed(listing, office, reason, by, today, key)


def against_support(case: Case) -> Bilingual | None:
    """Why a case is no ground of support; None: it is one."""
    own_will = Act.objects.filter(case=case, kind=OWN_WILL).exists()
    if case.procedure != EXIT or not own_will:
        return "该案不是企业主动申请的退出", "the case is no exit that the enterprise applied for"
    if case.closed_on is not None and case.stage != EXITED:
        return "该退出申请未获受理或已终止", "the exit was not taken on, or ended"
    if Sanction.objects.filter(enterprise=case.enterprise_id, release=None).exists():
        return "该企业正受联合惩戒", "a sanction against the enterprise is in force"
    return None


def _listed(
    listing: CreditListing, office: str, reason: str, by: User, today: date, key: UUID
) -> CreditListing:
    listing.reason, listing.listed_on = said(reason), today
    content = {
        "sort": listing.sort,
        "enterprise": listing.enterprise_id,
        "sanction": listing.sanction_id,
        "case": listing.case_id,
        "reason": listing.reason,
    }
    listing.act = append(
        Kind.LIST,
        office,
        by=by,
        today=today,
        key=key,
        content=content,
        division_code=listing.division_code,
        enterprise_id=listing.enterprise_id,
    )
    listing.save(force_insert=True)
    return listing


@again_after_a_deadlock
@transaction.atomic(durable=True)
def answer_list(
    listing_id: int,
    *,
    outcome: str,
    statement: str,
    amount: Decimal | None = None,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> SanctionAct:
    """A bank says what it did on a listing; once it is withdrawn, that it has taken that in.

    Args:
        amount: in CNY, of loans reduced or credit given; None: not said.

    Raises:
        Refusal: `sanction.not-yours`, `sanction.no-reason`, `credit-list.not-now`.
    """
    done = done_before(key, Kind.ANSWER_LIST, by, listing_id=listing_id)
    if done is not None:
        return done
    hold_all(f"listing:{listing_id}")
    bank = bank_of(scope)
    if bank is None:
        raise refusing.not_yours(("已登记的银行", "a registered bank"))
    listing = _answerable(listing_id, outcome)
    return append(
        Kind.ANSWER_LIST,
        "bank",
        by=by,
        today=today,
        key=key,
        content={
            "outcome": outcome,
            "statement": said(statement),
            "amount": None if amount is None else str(amount),
        },
        division_code=listing.division_code,
        name=(bank.name_zh, bank.name_en),
        enterprise_id=listing.enterprise_id,
        listing=listing,
        bank=bank,
    )


def _answerable(listing_id: int, outcome: str) -> CreditListing:
    listing = CreditListing.objects.get(pk=listing_id)
    withdrawn = listing.acts.filter(kind=Kind.WITHDRAW).exists()
    if outcome not in BANK_OUTCOMES or withdrawn is not (outcome == NOTED):
        raise refusing.not_withdrawn_yet()
    return listing


def bank_of(scope: Scope) -> Bank | None:
    """The registered bank of somebody's post; None: of none."""
    codes = [grant.uscc for grant in scope.grants if Power.CREDIT in grant.powers]
    return Bank.objects.filter(uscc__in=codes).first()
