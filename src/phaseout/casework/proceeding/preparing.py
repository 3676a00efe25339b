"""Whether an act may be done (or prepared) now, by this person, with these facts. Reads only.

Page, API, command and act all come through `examine`: what is shown before is what is done after.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from phaseout.accounts.models import User
from phaseout.accounts.organisations import office_name
from phaseout.accounts.scope import Scope
from phaseout.casework.models import Act, Case
from phaseout.casework.proceeding import asking, refusing
from phaseout.casework.proceeding.facts import URGENT, item_names, item_types, written
from phaseout.casework.proceeding.holders import Holder, holder, signer, wanted, who, who_signs
from phaseout.casework.proceeding.standing import current, done, pinned, replay_of
from phaseout.documents.characters import check_text, tidy
from phaseout.evidence import digests
from phaseout.evidence.keeping import names_of
from phaseout.law.procedures import ActRule, Done, Replay, Way, admit, admitted, service_day
from phaseout.law.procedures.carried import serves

LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """An act somebody wants done. `facts` by item; `served_from` is the day of the record of
    service (of the return slip, of the public notice), for acts that serve a document."""

    kind: str
    facts: Mapping[str, Any]
    reason: str = ""
    served_from: date | None = None
    consent: bool = False


@dataclass(frozen=True)
class Prepared:
    """An act that may lawfully be done now. `signs`: a leader's signature is still wanted.

    replay: the acts of the case, gone through to judge this one, which is not among them yet.
    """

    rule: ActRule
    act: Done
    reason: str
    holder: Holder
    signs: bool
    replay: Replay

    @cached_property
    def facts(self) -> dict[str, Any]:
        return written(self.act.facts)


def examine(
    asked: Asked,
    case: Case,
    acts: Sequence[Act],
    *,
    by: User,
    scope: Scope,
    today: date,
    seen: int | None = None,
    names: Mapping[str, str] | None = None,
) -> Prepared:
    """The act, if it may be done (or prepared for signature) today by this person.

    Args:
        acts: all acts of the case, in order.
        seen: how many acts the case had when the person looked; None: not told.
        names: of the files kept as evidence that `asked` names, by digest; None: not looked up yet.

    Raises:
        Refusal: `act.…` of `law.procedures` and of `proceeding.refusing`, the first that stands
            against it: whose it is, whether the case moved on, the procedure, what rooms above
            have against it (`asking`), the files; `document.character_hidden`.
    """
    procedure = current(case, acts)
    rule = _rule(case, asked.kind, acts, today)
    held = holder(rule, case, scope, today)
    if held is None:
        raise refusing.not_yours(rule, who(rule, case, today))
    if seen is not None and seen != len(acts):
        raise refusing.moved_on(rule, case, acts[-1], _named(procedure, acts[-1].kind))
    if len(asked.reason) > LONGEST_REASON:
        raise refusing.reason_too_long(rule, LONGEST_REASON)
    _items(rule, asked.facts)
    _visible(asked)
    if asked.served_from is not None and asked.served_from > today:
        raise refusing.served_tomorrow(rule, asked.served_from)
    ruled = asked.facts.get("ruled_on")
    if isinstance(ruled, date) and ruled > today:
        raise refusing.ruled_tomorrow(rule, ruled)
    completed = asked.facts.get("completed_on")
    if isinstance(completed, date) and completed > today:
        raise refusing.completed_tomorrow(rule, completed)
    act = Done(asked.kind, today, served_on(rule, asked), dict(asked.facts))
    replay = replay_of(case, acts)
    admitted(replay, act)
    asking.against(case, acts, act)
    _files(rule, asked.facts, names)
    _apart(rule, acts, by)
    return Prepared(rule, act, asked.reason.strip(), held, wanted(rule, case).signs, replay)


def again(
    kind: str,
    facts: Mapping[str, Any],
    case: Case,
    acts: Sequence[Act],
    *,
    served_on: date | None,
    reason: str,
    in_office: tuple[str, str],
    today: date,
) -> Prepared:
    """What was prepared earlier, judged as of today; who prepared it was judged then.

    Args:
        in_office: the function and the office in which it was prepared.

    Raises:
        Refusal: what the procedure has against the act by now.
    """
    rule = _rule(case, kind, acts, today)
    act, replay = Done(kind, today, served_on, dict(facts)), replay_of(case, acts)
    admitted(replay, act)
    asking.against(case, acts, act)
    function, office = in_office
    held = Holder(function, office, office_name(office, case.division_code, today))
    return Prepared(rule, act, reason, held, wanted(rule, case).signs, replay)


def may_sign(prepared_by: int, rule: ActRule, case: Case, by: User, scope: Scope, on: date) -> None:
    """Raises:
    Refusal: `act.of-another`, `proposal.of-oneself`.
    """
    if signer(rule, case, scope, on) is None:
        raise refusing.not_yours_to_sign(rule, who_signs(rule, case, on))
    if prepared_by == by.pk:
        raise refusing.own_proposal(rule)


def served_on(rule: ActRule, asked: Asked) -> date | None:
    """The day on which the document counts as served; None for other acts.

    Raises:
        Refusal: `service.…` of `law.procedures.service`.
    """
    way = asked.facts.get("service_way")
    if not serves(rule) or asked.served_from is None or way not in set(Way):
        return None
    served = service_day(Way(way), asked.served_from, consent=asked.consent, reason=asked.reason)
    return served.on


def digest_of(
    case: Case, kind: str, facts: Mapping[str, Any], served: date | None, reason: str, by: User
) -> str:
    """What a signature covers: all that would be done, and who prepared it."""
    return digest_of_data(
        case=case.number,
        kind=kind,
        facts=dict(facts),
        served_on=served.isoformat() if served else None,
        reason=reason,
        prepared_by=by.get_username(),
    )


def digest_of_data(**covered: Any) -> str:
    """The same from plain data: case, kind, facts, served_on, reason, prepared_by."""
    return digests.digest_of(covered)


def _rule(case: Case, kind: str, acts: Sequence[Act], today: date) -> ActRule:
    known = current(case, acts).acts.get(kind)
    if known is None:
        admit(pinned(case), done(acts), Done(kind, today))  # raises: there is no such act
        raise AssertionError("an unknown act is refused")
    return known


def _named(procedure: Any, kind: str) -> tuple[str, str]:
    rule: ActRule | None = procedure.acts.get(kind)
    return rule.name if rule is not None else (kind, kind)


def _items(rule: ActRule, facts: Mapping[str, Any]) -> None:
    known = {bring.item for bring in rule.brings} | {URGENT}
    unknown = sorted(set(facts) - known)
    if unknown:
        raise refusing.items_unknown(rule, unknown)


def _visible(asked: Asked) -> None:
    """What is written holds no character that nobody sees: a document that cites it could not be
    signed, and a record would say other than it shows."""
    names = item_names()
    for item, value in (*asked.facts.items(), ("reason", asked.reason)):
        if item_types().get(item) != "file":
            for text in _texts(value):
                check_text(names.get(item, (item,))[0], tidy(text))


def _texts(value: Any) -> Iterator[str]:
    """The texts in a fact, however it is built."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in (*value.keys(), *value.values()):
            yield from _texts(one)
    elif isinstance(value, Sequence):
        for one in value:
            yield from _texts(one)


def _files(rule: ActRule, facts: Mapping[str, Any], names: Mapping[str, str] | None) -> None:
    """Every file named is kept as evidence."""
    named = [d for i in facts if item_types().get(i) == "file" for d in facts[i]]
    kept = names_of(named) if names is None else names
    for digest in named:
        if digest not in kept:
            raise refusing.file_unknown(rule, str(digest))


def _apart(rule: ActRule, acts: Sequence[Act], by: User) -> None:
    """Who investigated does not review."""
    if rule.role != "reviewer":
        return
    if any(act.by_id == by.pk and act.kind.endswith("collect_evidence") for act in acts):
        raise refusing.own_review(rule, by)
