"""The document of an act before the act is done: the same template, the same facts, no number.

It bears the mark of a draft. Looking writes nothing: no number is taken, no file is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from phaseout.accounts.models import User
from phaseout.casework.models import Act, Case
from phaseout.casework.papers.dossier import Dossier
from phaseout.casework.papers.issuing import document_of, imprint_of
from phaseout.casework.papers.kinds import kinds
from phaseout.casework.proceeding.citing import bases
from phaseout.casework.proceeding.facts import written
from phaseout.casework.proceeding.holders import Holder
from phaseout.documents import OfficialDocument, render
from phaseout.documents.characters import check_visible
from phaseout.evidence.keeping import names_of
from phaseout.law.procedures import ActRule, Done

TO_COME = "（待编号）"
"""Stands for the number, which is taken when the act is done."""


def previewed(
    case: Case,
    acts: Sequence[Act],
    rule: ActRule,
    act: Done,
    *,
    by: User,
    held: Holder,
    reason: str = "",
    signed_by: User | None = None,
    names: Mapping[str, str] | None = None,
) -> OfficialDocument | None:
    """The document that an act of the case would issue on its day; None where it issues none.

    Args:
        acts: all acts of the case so far, in order.
        act: the act as it would be done.
        by, held: who does or prepares it, and in which office.
        signed_by: who would sign it, where that is known.
        names: names of files that are named and not kept, by digest.

    Raises:
        Refusal: `document.character_hidden`.
    """
    row = Act(
        case=case,
        place=len(acts) + 1,
        kind=rule.kind,
        done_on=act.on,
        served_on=act.served_on,
        by=by,
        signed_by=signed_by,
        function=held.function,
        office=held.office,
        organisation_zh=held.name[0],
        organisation_en=held.name[1],
        basis=bases(rule),
        facts=written(act.facts),
        reason=reason,
    )
    return draft(row, acts, names)


def draft(
    act: Act, acts: Sequence[Act], names: Mapping[str, str] | None = None
) -> OfficialDocument | None:
    """The document that an act not yet written would issue; None where it issues none.

    Args:
        act: of a case that may itself be about to be opened: it has no number yet, and is given
            the words that stand for one.
        acts: those before it, in order.
        names: as in `previewed`.

    Raises:
        Refusal: `document.character_hidden`.
    """
    if act.case.pk is None:
        act.case.number = TO_COME
    dossier = Dossier(act.case, [*acts, act], {**(names or {}), **names_of(names or {})})
    if not dossier.rule.document:
        return None
    kind = kinds()[dossier.rule.document]
    # Filled as a signed one, or a form that does not fit would show here and not when it is issued.
    document = document_of(dossier, kind, imprint_of(dossier, kind, TO_COME if kind.word else ""))
    check_visible(document)
    return replace(document, imprint=replace(document.imprint, number="", signed=False))


def shown(document: OfficialDocument) -> HttpResponse:
    """The draft as a PDF to look at, kept nowhere.

    Raises:
        Refusal: `document.character_missing`, no typeface at hand can print a character.
    """
    answer = HttpResponse(render(document), content_type="application/pdf")
    name = f"{document.title}（预览）.pdf"
    answer["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    answer["Cache-Control"] = "private, no-store"
    return answer
