"""An explanation as it is stored, made ready for a page: one paragraph, and the tree of steps."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.urls import NoReverseMatch, reverse

from phaseout.law.judgement.explain.english import clause_en
from phaseout.law.judgement.explanation import SCHEMA, Explanation, Step
from phaseout.law.norms import NormBook
from phaseout.law.norms.methods import method_rows, method_tables
from phaseout.law.norms.records import Row
from phaseout.law.norms.wording import cited_as
from phaseout.law.refusals import Bilingual, Refusal


def read(stored: Mapping[str, Any]) -> Explanation:
    """The explanation behind its JSON (`phaseout.explanation/1`).

    Raises:
        Refusal: `explanation_unreadable`, it was written by another version of this system.
    """
    if stored.get("schema") != SCHEMA:
        raise Refusal(
            "explanation_unreadable",
            what=("不能显示该结论的推理", "the reasoning of this finding cannot be shown"),
            why=(
                f"其存储格式为“{stored.get('schema')}”，本系统读取“{SCHEMA}”。",
                f"it is stored as {stored.get('schema')!r}; this system reads {SCHEMA!r}.",
            ),
            instead=("请重新判定该企业。", "Judge the enterprise again."),
        )
    return Explanation(_step(stored["explanation"]))


def row_url(cites: str) -> str:
    """The page of the norm row that a step cites; empty where it cites a source and clause only.

    A row id is `table/source/number`: two strokes and no space, which no number of a standard has.
    """
    if cites.count("/") != 2 or " " in cites:
        return ""
    try:
        return reverse("norm-row", args=[cites])
    except NoReverseMatch:
        return ""


def row_words(cites: str) -> Bilingual:
    """What a step cites as people write it, a row or a document and clause: GB 21346-2013 4.1."""
    row = _rows().get(cites)
    source_id, clause = (row.source_id, row.clause) if row else cites.partition(" ")[::2]
    return cited_as(source_id, clause)[0], cited_as(source_id, clause_en(clause))[1]


@cache
def _rows() -> Mapping[str, Row]:
    return {row.row_id: row for row in NormBook.load().rows()} | {
        row.row_id: row for table in method_tables() for row in method_rows(table)
    }


def _step(data: Mapping[str, Any]) -> Step:
    return Step(
        kind=data["kind"],
        zh=data["zh"],
        en=data["en"],
        cites=data.get("cites", ""),
        because=tuple(_step(child) for child in data.get("because", ())),
    )
