"""What this room brings to an act of the case: lists, photos, seal numbers, forms, signatures.

brought_to(exit, kind)      what would be brought, in words, and what lacks
bring(exit, kind, …)        the case's own act, done or prepared with it (`casework.acts`)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.casework import acts
from phaseout.casework.models import Act, Case, Proposal
from phaseout.casework.proceeding.facts import item_types
from phaseout.casework.proceeding.holders import holder, wanted
from phaseout.casework.proceeding.preparing import Asked
from phaseout.casework.proceeding.standing import standing_of as standing_of_case
from phaseout.evidence.attaching import attach
from phaseout.evidence.models import EvidenceFile
from phaseout.exits import papers, refusing
from phaseout.exits.standing import ExitStanding, standing_of
from phaseout.law.dismantling import ACTS, Missing
from phaseout.law.dismantling.missing import REFUSES
from phaseout.law.procedures import ActRule, State
from phaseout.law.refusals import Bilingual, Refusal

FORM = "form"
"""In the place of a file: a document that is made when the act is done."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What an act would carry: by item texts, digests, or `FORM`; and what lacks before it."""

    kind: str
    facts: Mapping[str, Any]
    missing: tuple[Missing, ...]

    @property
    def files(self) -> Mapping[str, list[str]]:
        return {item: value for item, value in self.facts.items() if isinstance(value, list)}


def brought_to(exit_: ExitStanding, kind: str) -> Brought:
    """What the room has for the act.

    Raises:
        Refusal: `exit.not-brought-here`.
    """
    gather = _BRINGS.get(kind)
    if gather is None:
        raise refusing.nothing_to_bring(kind)
    return Brought(kind, gather(exit_) if exit_.plan is not None else {}, exit_.missing(kind))


def offered(exit_: ExitStanding, scope: Scope, today: date) -> list[tuple[ActRule, Refusal | None]]:
    """The acts of the case that this room brings something to: those in the person's hands, with
    the reason against them if there is one. Acts of another stage are left out."""
    now = case_state(exit_, today)
    found = []
    for kind in _BRINGS:
        rule = now.procedure.acts.get(kind)
        if kind in exit_.on_file or rule is None or holder(rule, exit_.case, scope, today) is None:
            continue
        against = now.why_not(kind)
        if against is not None and against.code in ("act.wrong-stage", "act.once"):
            continue
        found.append((rule, against))
    return found


def case_state(exit_: ExitStanding, today: date) -> State:
    return standing_of_case(exit_.case, exit_.acts, on=today)


def bring(
    case_id: int,
    kind: str,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    seen: int | None = None,
) -> Act | Proposal:
    """The act of the case with what this room has: done, or prepared for the leader's signature.

    Raises:
        Refusal: `exit.not-brought-here`, `exit.no-plan`, `exit.incomplete`; what `casework.acts`
            refuses.
    """
    before = _before(case_id, key)
    if before is not None:
        return before
    exit_ = standing_of(Case.objects.select_related("enterprise", "line").get(pk=case_id))
    brought = brought_to(exit_, kind)
    if exit_.plan is None:
        raise refusing.no_plan()
    now = case_state(exit_, today)
    rule = now.procedure.acts.get(kind)
    if rule is None:
        raise refusing.nothing_to_bring(kind)
    if brought.missing:
        raise refusing.incomplete(rule.name, brought.missing)
    if (against := now.why_not(kind)) is not None:
        raise against
    asked = Asked(kind, _with_forms(exit_, brought, by, today))
    ways: dict[str, Any] = {
        "by": by, "scope": scope, "today": today, "key": key, "seen": seen
    }  # fmt: skip
    if wanted(rule, exit_.case).signs and rule.role != "leader":
        return acts.propose(case_id, asked, **ways)
    return acts.perform(case_id, asked, **ways)


def _before(case_id: int, key: UUID) -> Act | Proposal | None:
    """What the first press of the button has done."""
    return (
        Act.objects.filter(case=case_id, key=key).first()
        or Proposal.objects.filter(case=case_id, key=key).first()
    )


def _with_forms(exit_: ExitStanding, brought: Brought, by: User, today: date) -> dict[str, Any]:
    facts = dict(brought.facts)
    for item, value in brought.facts.items():
        if value == FORM:
            name, body = papers.made(exit_, brought.kind, today)
            facts[item] = [_kept(name, body, by, today).digest]
    return facts


def _kept(name: str, body: bytes, by: User, today: date) -> EvidenceFile:
    return attach(SimpleUploadedFile(name, body), by=by, dated_on=today)


# What each act carries


def _digests(exit_: ExitStanding, *gates: str, slots: tuple[str, ...] = ()) -> list[str]:
    """Digests of the files recorded at the items of these gates, each once, in order; papers of
    the line are items of the act by themselves."""
    found: dict[str, None] = {}
    for act in exit_.records:
        item = exit_.items.get(act.item)
        if item is None or item["gate"] not in gates or item["about"] == "line":
            continue
        types = {slot["slot"]: slot["type"] for slot in item["slots"]}
        for file in exit_.files.get(act.pk, ()):
            if not slots or types.get(file.slot) in slots:
                found[file.file.digest] = None
    return list(found)


def _of_item(exit_: ExitStanding, code: str) -> list[str]:
    found: dict[str, None] = {}
    for act in exit_.records:
        if act.item.endswith(f"/{code}"):
            found |= dict.fromkeys(f.file.digest for f in exit_.files.get(act.pk, ()))
    return list(found)


def _begin_removal(exit_: ExitStanding) -> dict[str, Any]:
    return {"equipment_list": FORM}


def _remove_drive(exit_: ExitStanding) -> dict[str, Any]:
    return {"photos": _digests(exit_, "drive", slots=("photo",))}


def _seal(exit_: ExitStanding) -> dict[str, Any]:
    return {
        "seal_numbers": "；".join(
            f"{one.content['fields']['number']}（{one.content['fields']['where']}）"
            for one in exit_.records
            if one.record == "seal"
        ),
        "photos": _digests(exit_, "seal", slots=("photo",)),
    }


def _record_sealed(exit_: ExitStanding) -> dict[str, Any]:
    return {"acceptance_form": FORM}


def _dismantle(exit_: ExitStanding) -> dict[str, Any]:
    assert exit_.plan is not None
    return {
        "photos": _digests(exit_, "dismantle", slots=("photo", "file")),
        "witness_certificate": _of_item(exit_, "witness_certificate"),
        "destination": exit_.plan["destination"] or "按关闭方案处置，无设备外运",
    }


def _accepted(exit_: ExitStanding) -> dict[str, Any]:
    signed = [act.content["signature"] for act in exit_.signatures.values()]
    return {"acceptance_form": FORM, "signatures": signed}


def _failed(exit_: ExitStanding) -> dict[str, Any]:
    told = [
        f"{act.content['organisation']}：{act.content['reason']}"
        for act in exit_.signatures.values()
        if act.content["opinion"] == REFUSES
    ]
    return {"reason": "；".join(told)} if told else {}


def _stopped(exit_: ExitStanding) -> dict[str, Any]:
    return {"acceptance_form": FORM, "waste_secured": _of_item(exit_, "waste_secured")}


_BRINGS: Mapping[str, Callable[[ExitStanding], dict[str, Any]]] = {
    "begin_removal": _begin_removal,
    "remove_drive": _remove_drive,
    "seal": _seal,
    "record_sealed": _record_sealed,
    "dismantle": _dismantle,
    "acceptance_passed": _accepted,
    "acceptance_failed": _failed,
    "verify_stopped": _stopped,
}
assert set(ACTS) <= set(_BRINGS)


def items_in_words(brought: Brought, rule: ActRule) -> list[tuple[Bilingual, str]]:
    """What would be carried: the item's name, and a text or a count of files."""
    names = {bring.item: bring.name for bring in rule.brings}
    found = []
    for item, value in brought.facts.items():
        shown = str(len(value)) if isinstance(value, list) else str(value)
        found.append((names.get(item, (item, item)), "" if value == FORM else shown))
    return found


def is_file(item: str) -> bool:
    return item_types().get(item) == "file"
