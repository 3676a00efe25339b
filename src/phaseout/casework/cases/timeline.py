"""The acts of a case as people read them: what each carried, in words, with its files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from phaseout.casework.models import Act
from phaseout.casework.proceeding.facts import URGENT, in_order, item_names, item_types, read
from phaseout.evidence.keeping import by_digest
from phaseout.evidence.models import EvidenceFile
from phaseout.law.procedures import Procedure
from phaseout.law.procedures.rows import documents
from phaseout.law.refusals import Bilingual

WAYS: Mapping[str, Bilingual] = {
    "in_person": ("直接送达", "in person"),
    "left": ("留置送达", "left at the place"),
    "post": ("邮寄送达", "by post"),
    "electronic": ("电子送达", "electronically"),
    "public_notice": ("公告送达", "by public notice"),
}


@dataclass(frozen=True, slots=True)
class Carried:
    """A file an act carries. `expired`: the day of the act lies after its last valid one. That is
    shown and stops nothing: what a report proved while it was valid, the officer judges."""

    file: EvidenceFile
    expired: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One thing an act carries. `type` as in the procedure's table; files as `Carried`."""

    item: str
    name: Bilingual
    type: str
    value: Any


@dataclass(frozen=True, slots=True)
class Entry:
    """An act of the time line. Not `told`: what it carries is not for this reader."""

    act: Act
    name: Bilingual
    document: Bilingual | None
    items: tuple[Item, ...]
    told: bool = True


def timeline(
    acts: Sequence[Act], procedure: Procedure, read: Collection[int] | None = None
) -> list[Entry]:
    """All acts in their order; one query for the files of all of them.

    Args:
        read: the places of the acts of which is told what they carry; None: all.
    """
    files = files_of(act.facts for act in acts)
    entries = []
    for act in acts:
        rule = procedure.acts.get(act.kind)
        told = read is None or act.place in read
        entries.append(
            Entry(
                act,
                rule.name if rule else (act.kind, act.kind),
                documents().get(rule.document) if rule else None,
                items_of(act.facts, files, act.done_on, act.reason, acts) if told else (),
                told,
            )
        )
    return entries


def items_of(
    stored: Mapping[str, Any],
    files: Mapping[str, EvidenceFile],
    on: date,
    reason: str = "",
    acts: Sequence[Act] = (),
) -> tuple[Item, ...]:
    """What is carried, in words; the reason is left out where it is told beside.

    Args:
        on: the day of the act; of what waits for a signature, today.
        acts: of the case: answers stand in the order in which the points were stated there.
    """
    names = item_names()
    found = []
    for item, value in read(stored).items():
        kind = item_types().get(item, "text")
        if item == "reason" and value == reason:
            continue
        if item == URGENT:
            found.append(Item(item, ("情况紧急", "emergency"), "urgent", value))
            continue
        if kind == "file":
            kept = [files[digest] for digest in value if digest in files]
            value = [Carried(file, file.expired(on)) for file in kept]
        elif kind == "map":
            value = in_order(value, acts)
        elif item == "service_way":
            kind, value = "word", WAYS.get(value, (value, value))
        found.append(Item(item, names.get(item, (item, item)), kind, value))
    return tuple(found)


def files_of(facts: Iterable[Mapping[str, Any]]) -> dict[str, EvidenceFile]:
    """Every file named, by digest, as `by_digest` finds it."""
    named = {
        digest
        for one in facts
        for item, value in one.items()
        if item_types().get(item) == "file"
        for digest in value
    }
    return by_digest(named) if named else {}
