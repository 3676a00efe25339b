"""The lists there are: one a publisher and standard."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from phaseout.law.lists.tables import table
from phaseout.law.norms import Confidence
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class _Row:
    kind: str
    family: str
    function: str
    dimension: str
    annual: str
    source_id: str
    clause: str
    confidence: Confidence
    zh: str
    en: str
    says_zh: str
    says_en: str


@dataclass(frozen=True, slots=True)
class ListKind:
    """One list: `function` of the region publishes it; `dimension` empty: of no one standard;
    `annual`: each edition is of one year."""

    key: str
    family: str
    function: str
    dimension: str
    annual: bool
    words: Bilingual
    says: Bilingual
    source_id: str
    clause: str
    confidence: Confidence


@cache
def list_kinds() -> tuple[ListKind, ...]:
    """All of them, in the order of clause (21)."""
    return tuple(
        ListKind(
            r.kind,
            r.family,
            r.function,
            r.dimension,
            r.annual == "yes",
            (r.zh, r.en),
            (r.says_zh, r.says_en),
            r.source_id,
            r.clause,
            r.confidence,
        )
        for r in table("kinds", _Row)
    )


def list_kind(key: str) -> ListKind:
    """The list of that key.

    Raises:
        KeyError: there is none.
    """
    for one in list_kinds():
        if one.key == key:
            return one
    raise KeyError(key)
