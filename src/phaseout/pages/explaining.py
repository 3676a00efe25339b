"""An explanation as it is stored, made ready for a page: one paragraph, and the tree of steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse

from phaseout.law.judgement.explanation import SCHEMA, Explanation, Step
from phaseout.law.refusals import Refusal


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


def _step(data: Mapping[str, Any]) -> Step:
    return Step(
        kind=data["kind"],
        zh=data["zh"],
        en=data["en"],
        cites=data.get("cites", ""),
        because=tuple(_step(child) for child in data.get("because", ())),
    )
