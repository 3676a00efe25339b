"""Numbers of documents: mark of the office, word of the kind, year, serial: 宁经信改〔2018〕3号."""

from __future__ import annotations

from typing import Any

from phaseout.casework.cases.numbering import mark_of
from phaseout.casework.cases.registers import COUNT_UP
from phaseout.casework.papers.dossier import PAPERS, Dossier
from phaseout.casework.papers.kinds import Kind
from phaseout.casework.rows import fetched_at_once
from phaseout.evidence.keeping import NAMES


def numbered(dossier: Dossier, kind: Kind) -> tuple[int | None, str]:
    """The next serial of the office's register of this kind and year, and the number it gives.

    What the enterprise hands in has none: its word is empty. Inside the act's transaction: the
    register's row stays locked until it ends (`cases.registers`), so there is neither gap nor
    double. What the document names is looked up in the same journey: the dossier has it then.

    Raises:
        Refusal: `office_mark_not_on_record`.
    """
    office, on = dossier.act.office, dossier.act.done_on
    mark = mark_of(office, on) if kind.word else ""
    asked: dict[str, list[Any]] = {}
    if kind.word:
        asked[COUNT_UP] = [office, kind.series, on.year]
    if files := dossier.files:
        asked[NAMES] = [files]
    if any("paper" in act.detail for act in dossier.acts):
        asked[PAPERS] = [dossier.case.pk]
    told = dict(zip(asked, fetched_at_once(*asked.items()), strict=True)) if asked else {}
    dossier.names = {**dossier.names, **dict(told.get(NAMES, ()))}
    dossier.titles = {number: named for number, *named in told.get(PAPERS, ())}
    if not kind.word:
        return None, ""
    ((serial,),) = told[COUNT_UP]
    return int(serial), f"{mark}{kind.word}〔{on.year}〕{serial}号"
