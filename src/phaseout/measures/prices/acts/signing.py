"""签发执行通知书: a leader of the price authority signs; the register of documents numbers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.rows import whole_reach
from phaseout.accounts.scope import Scope
from phaseout.casework.cases.numbering import mark_of
from phaseout.casework.cases.registers import next_serial
from phaseout.casework.papers.plain import as_plain
from phaseout.evidence.digests import digest_of
from phaseout.measures.prices import papers, refusing
from phaseout.measures.prices.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_all,
)
from phaseout.measures.prices.models import Determination, PriceAct, SurchargeNotice
from phaseout.measures.prices.seats import PRICE, seat

Kind = PriceAct.Kind
SERIES, WORD = "surcharge_notice", "电通"
"""The register of these notices and its word: 宁价电通〔2018〕1号."""


@again_after_a_deadlock
@transaction.atomic(durable=True)
def sign_notice(
    determination_id: int,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    reason: str = "",
) -> SurchargeNotice:
    """Sign the notice of a determination. Where the line has a notice for that year already, the
    new one is a correction that supersedes it by number, and says why.

    Raises:
        Refusal: `prices.not-the-leader`, `prices.notice-there`, `prices.notice-ended`,
            `office_mark_not_on_record`; `document.character_hidden`.
    """
    about = f"determination:{determination_id}"
    before = done_before(key, Kind.SIGN_NOTICE, by, about)
    if before is not None:
        return before.surcharge_notice
    seated = seat(scope, PRICE, roles=(Role.LEADER,))
    if seated is None:
        raise refusing.not_the_leader(today, PRICE)
    with whole_reach():
        one = Determination.objects.select_related("line", "enterprise", "act").get(
            pk=determination_id
        )
        hold_all(f"notice:{one.line_id}:{one.year}")
        last = standing_notice(one.line_id, one.year)
        reason = reason.strip()[:400]
        _examine(one, last, reason)
        notice = _numbered(one, last, today)
        signed = papers.Signed(
            notice.number, today, by.name_zh, last.number if last else "", reason
        )
        notice.reason = reason if last is not None else ""
        notice.content = as_plain(papers.notice(one, seated, signed))
        notice.digest = digest_of(notice.content)
        content = {
            "number": notice.number,
            "digest": notice.digest,
            "supersedes": signed.supersedes,
        }
        notice.act = append(
            Kind.SIGN_NOTICE, seated, by=by, today=today, key=key, about=about, content=content
        )
        notice.save(force_insert=True)
        return notice


def _examine(one: Determination, last: SurchargeNotice | None, reason: str) -> None:
    if last is not None and not reason:
        raise refusing.notice_there(last.number)
    if last is None and hasattr(one, "ending"):
        raise refusing.notice_ended(one.ending.ended_on)


def _numbered(one: Determination, last: SurchargeNotice | None, today: date) -> SurchargeNotice:
    """The notice with the next number of the year's register, not yet written."""
    serial = next_serial(PRICE, SERIES, today.year)
    number = f"{mark_of(PRICE, today)}{WORD}〔{today.year}〕{serial}号"
    return SurchargeNotice(
        determination=one, year=today.year, serial=serial, number=number, supersedes=last
    )


def standing_notice(line_id: str, year: int) -> SurchargeNotice | None:
    """The notice that holds for a line's consumption of a year: the last, not superseded."""
    return (
        SurchargeNotice.objects.filter(
            determination__line=line_id, determination__year=year, superseded_by=None
        )
        .order_by("-pk")
        .first()
    )
