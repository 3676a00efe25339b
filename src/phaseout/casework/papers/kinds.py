"""What kind of document it is: its name, the word of its register, who may read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from phaseout.casework.models.paper import IssuedPaper
from phaseout.documents import Layout
from phaseout.law.norms.book import read_csv
from phaseout.law.procedures import ActRule, Procedure
from phaseout.law.procedures.carried import serves
from phaseout.law.procedures.rows import documents
from phaseout.law.refusals import Bilingual

Audience = IssuedPaper.Audience

_RECORDS = ("表", "记录", "笔录", "回证", "意见书", "承诺书", "申请书", "报告", "方案", "见证书")
"""What is filled in or reported has no red head: titles that end so."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document. `word` of its register is empty for what the enterprise hands in."""

    document: str
    title: Bilingual
    word: str
    audience: Audience

    @property
    def layout(self) -> Layout:
        return layout_of(self.title[0])

    @property
    def series(self) -> str:
        return f"paper.{self.document}"


def layout_of(title: str) -> Layout:
    """A sheet for what is filled in or reported, a letter with a red head for the rest."""
    return Layout.SHEET if title.endswith(_RECORDS) else Layout.LETTER


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of document that the tables of procedures know."""
    names = documents()
    file = resources.files(__package__) / "kinds.csv"
    return {
        cells["document"]: Kind(
            cells["document"], names[cells["document"]], cells["word"], Audience(cells["audience"])
        )
        for _, cells in read_csv(file)
    }


def serving(rule: ActRule, procedure: Procedure) -> tuple[str, ...]:
    """The acts that serve the document of an act: its own, if it makes and serves at once."""
    if serves(rule) and not rule.service_of:
        return (rule.kind,)
    return tuple(one.kind for one in procedure.acts.values() if one.service_of == rule.kind)
