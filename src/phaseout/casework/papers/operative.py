"""What a document orders, decides or asks: one sentence an act, from `operative.csv`.

    operative_of(dossier)     the row of the document's act, filled; None: the act has none

A sentence is filled from the facts of the act and the file of the case. What it says is not listed
again below it. `addressed` names the office that an internal letter goes to (`lead`, `decider`),
`remedies` that reconsideration and suit are told though no due process of its own came before.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from phaseout.accounts.organisations import in_full
from phaseout.casework.papers.dossier import Dossier, stated
from phaseout.casework.papers.rights import length_of
from phaseout.documents import saying
from phaseout.law.norms.book import read_csv

_FORMATTER = string.Formatter()


@dataclass(frozen=True, slots=True)
class Operative:
    """What the document of an act says at its heart. `used`: the facts that the sentence tells;
    `addressee` and `title` are empty where the kind of document gives them."""

    says: str
    title: str
    opening: str
    addressee: str
    remedies: bool
    used: frozenset[str]


def operative_of(dossier: Dossier) -> Operative | None:
    """The sentence of the document's act; None where the act has none in the table."""
    cells = _rows().get(dossier.act.kind.rpartition(".")[2])
    if cells is None:
        return None
    known = _words(dossier)
    facts = dossier.act.facts
    said = {name: _stated(dossier, name) for name in _fields(cells["says"]) if name in facts}
    return Operative(
        says=cells["says"].format_map({**known, **said}),
        title=cells["title"].format_map(known),
        opening=cells["opening"].format_map(known),
        addressee=_addressee(dossier, cells["addressed"]),
        remedies=cells["remedies"] == "yes",
        used=frozenset(said),
    )


@cache
def _rows() -> Mapping[str, Mapping[str, str]]:
    file = resources.files(__package__) / "operative.csv"
    return {cells["act"]: cells for _, cells in read_csv(file)}


def _fields(text: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in _FORMATTER.parse(text) if name)


def _stated(dossier: Dossier, item: str) -> str:
    """A fact within the sentence; one that is a sentence itself ends as one."""
    said = stated(dossier.act.facts[item], item, dossier.names)
    return f"{said.rstrip('。')}。" if item in ("correction_content", "performance_due") else said


def _words(dossier: Dossier) -> Mapping[str, str]:
    """What every sentence may name of the case."""
    rule, request = dossier.rule, dossier.named(dossier.of_block("submit_for_approval"))
    decision = dossier.decision
    return {
        "party": dossier.party.name,
        "line": dossier.line,
        "cause": dossier.cause,
        "number": dossier.case.number,
        "today": saying.day(dossier.act.done_on),
        "order": rule.name[0].removeprefix("责令"),
        "decision": decision.name[0] if decision is not None else rule.name[0],
        "decided": _decided(dossier),
        "request": f"你单位报送的{request.says}" if request is not None else "你单位的请示",
        "reply": _reply(dossier),
    }


def _decided(dossier: Dossier) -> str:
    """The decision that is enforced, by name and number."""
    made = dossier.last(dossier.decision.kind) if dossier.decision is not None else None
    paper = dossier.named(made)
    return paper.says if paper is not None else "本案的决定"


def _reply(dossier: Dossier) -> str:
    period = dossier.procedure.periods.get(f"{dossier.rule.prefix}.demand_reply")
    counted = length_of(period.length) if period is not None else None
    return saying.length(*counted) if counted is not None else "规定的期限"


def _addressee(dossier: Dossier, whom: str) -> str:
    if whom == "lead":
        return in_full(dossier.office(dossier.case.office))
    return in_full(dossier.office(dossier.decider)) if whom == "decider" else ""
