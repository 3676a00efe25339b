"""联合验收: the state of all items is laid before the named organisations; each signs its opinion
on the screen. One refusal blocks; it needs a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.evidence.models import EvidenceFile
from phaseout.exits import refusing
from phaseout.exits.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    held,
    seat_for,
)
from phaseout.exits.models import ExitAct, ExitFile
from phaseout.exits.standing import ExitStanding
from phaseout.exits.subjects import AT_ITS_SITE
from phaseout.law.dismantling import PARTIES
from phaseout.law.dismantling.missing import AGREES, REFUSES
from phaseout.law.refusals import Bilingual

LONGEST = 500
SLOT = "signature"
ACCEPTS = {"dismantled": "acceptance_passed", "stopped": "verify_stopped"}
"""Stage of the case → the act that acceptance leads to."""


@again_after_a_deadlock
@transaction.atomic(durable=True)
def lay_sheet(
    case_id: int, names: Mapping[str, str], *, by: User, scope: Scope, today: date, key: UUID
) -> ExitAct:
    """Lay the state of all items before the organisations that accept.

    Args:
        names: party → the organisation's name.

    Raises:
        Refusal: `exit.not-yours`, `exit.no-plan`, `sheet.stage`, `sheet.not-yet`,
            `sheet.names-missing`.
    """
    before = done_before(key, ExitAct.Kind.SHEET, by, case_id)
    if before is not None:
        return before
    exit_ = held(case_id)
    seat = seat_for(exit_, scope, today, *AT_ITS_SITE)
    if exit_.plan_act is None:
        raise refusing.no_plan()
    act = ACCEPTS.get(exit_.case.stage)
    if act is None:
        raise refusing.sheet_stage()
    if lacking := exit_.missing(act, signed=False):
        raise refusing.sheet_not_yet(lacking)
    named = {party: names.get(party, "").strip()[:120] for party in PARTIES}
    if not all(named.values()):
        raise refusing.names_missing()
    content = laid(exit_, named, today)
    return append(ExitAct.Kind.SHEET, exit_, seat, by=by, today=today, key=key, content=content)


def laid(exit_: ExitStanding, named: Mapping[str, str], today: date) -> dict[str, Any]:
    """What is signed: case, plan, each item with the digests of its files, the parties."""
    assert exit_.plan_act is not None
    files: dict[str, list[str]] = {}
    for act in exit_.records:
        files.setdefault(act.item, []).extend(f.file.digest for f in exit_.files.get(act.pk, ()))
    return {
        "case": exit_.case.number,
        "enterprise": exit_.case.enterprise_id,
        "line": exit_.case.line_id,
        "plan": exit_.plan_act.digest,
        "on": today.isoformat(),
        "case_acts": exit_.acts[-1].digest if exit_.acts else "",
        "items": [
            {"id": key, "left_out": item["left_out"], "files": files.get(key, [])}
            for key, item in exit_.items.items()
        ],
        "parties": dict(named),
    }


@dataclass(frozen=True, slots=True)
class Signed:
    """What a party signs: the digest it was shown, its opinion, who signs, the drawn signature."""

    party: str
    opinion: str
    digest: str
    name: str
    role: str
    signature: EvidenceFile | None
    reason: str = ""


@again_after_a_deadlock
@transaction.atomic(durable=True)
def sign_sheet(
    case_id: int, signed: Signed, *, by: User, scope: Scope, today: date, key: UUID
) -> ExitAct:
    """A party signs its opinion on the sheet, on a screen that `by` holds out.

    Raises:
        Refusal: `exit.not-yours`, `sign.changed`, `sign.done`, `sign.incomplete`.
    """
    before = done_before(key, ExitAct.Kind.SIGN, by, case_id)
    if before is not None:
        return before
    exit_ = held(case_id)
    seat = seat_for(exit_, scope, today, *AT_ITS_SITE, city=True)
    laid_out = exit_.sheet
    if laid_out is None or laid_out.digest != signed.digest:
        raise refusing.sheet_changed()
    if wrong := _wrong(signed):
        raise refusing.sign_wrong(wrong)
    if signed.party in exit_.signatures:
        row = PARTIES[signed.party]
        raise refusing.signed_already((row.zh, row.en))
    assert signed.signature is not None
    act = append(
        ExitAct.Kind.SIGN,
        exit_,
        seat,
        by=by,
        today=today,
        key=key,
        item=signed.party,
        content={
            "sheet": signed.digest,
            "party": signed.party,
            "organisation": laid_out.content["parties"][signed.party],
            "opinion": signed.opinion,
            "reason": signed.reason.strip(),
            "name": signed.name.strip(),
            "role": signed.role.strip(),
            "signature": signed.signature.digest,
        },
    )
    ExitFile.objects.create(act=act, file=signed.signature, slot=SLOT)
    return act


def _wrong(signed: Signed) -> list[Bilingual]:
    wrong: list[Bilingual] = []
    if signed.party not in PARTIES:
        wrong.append(("不是参加验收的一方", "no party to the acceptance"))
    if signed.opinion not in (AGREES, REFUSES):
        wrong.append(("没有选择同意或不同意", "neither agrees nor refuses"))
    if signed.opinion == REFUSES and not signed.reason.strip():
        wrong.append(("不同意须写明理由", "a refusal needs a reason"))
    if not signed.name.strip() or not signed.role.strip():
        wrong.append(("没有写明姓名和职务", "name or position is missing"))
    if len(signed.reason) > LONGEST or max(len(signed.name), len(signed.role)) > 60:
        wrong.append(("文字过长", "the text is too long"))
    if signed.signature is None:
        wrong.append(("没有签名", "nothing was signed"))
    return wrong
