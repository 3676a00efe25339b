"""The document of an act: filled and numbered before the act is sealed, its row written after.

    paper = drawn_up(act, acts)     fills, numbers, and writes number and digest into the act
    kept(paper, act, acts, changes) the row; service of earlier papers; named files
    taken_back(act, acts)           withdrawal of earlier papers

Both inside the act's transaction: an act that is undone gives its number back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

import structlog
from django.conf import settings

from phaseout.accounts.organisations import in_full
from phaseout.casework.cases.offices import duties, names
from phaseout.casework.models import Act, IssuedPaper
from phaseout.casework.papers.dossier import Dossier
from phaseout.casework.papers.files import named_files
from phaseout.casework.papers.filling import values_for
from phaseout.casework.papers.general import general
from phaseout.casework.papers.kinds import Audience, Kind, kinds, serving
from phaseout.casework.papers.numbering import numbered
from phaseout.casework.papers.operative import operative_of
from phaseout.casework.papers.plain import as_plain
from phaseout.casework.papers.rights import (
    Told,
    remedies,
    reviewing,
    rights_against,
    with_last_days,
)
from phaseout.casework.papers.voiding import mark_withdrawn
from phaseout.casework.rows import Changes
from phaseout.documents import Imprint, Office, OfficialDocument, Right, fill
from phaseout.documents.characters import check_visible, surely_visible
from phaseout.evidence.digests import canonical
from phaseout.law.procedures import ActRule, procedure
from phaseout.law.refusals import Refusal

DUE_PROCESS = "energy"
"""A procedure that embeds the due process, for the remedies against any decision."""

logger = structlog.get_logger(__name__)


def drawn_up(act: Act, acts: Sequence[Act], names: Mapping[str, str]) -> IssuedPaper | None:
    """The document that the act issues, not yet written; None where it issues none.

    Its kind, number and digest go into `act.detail`, so the act's own digest covers them.

    Args:
        names: of files kept as evidence, by digest, as far as they are known already.

    Raises:
        Refusal: `office_mark_not_on_record`; `document.character_hidden`, a text of the case holds
            a character that nobody sees.
    """
    dossier = Dossier(act.case, [*acts, act], names)
    rule = dossier.rule
    if not rule.document:
        return None
    kind = kinds()[rule.document]
    serial, number = numbered(dossier, kind)
    document = document_of(dossier, kind, imprint_of(dossier, kind, number))
    content = as_plain(document)
    text = canonical(content)
    if not surely_visible(text):
        check_visible(document)
    digest = hashlib.sha256(text.encode()).hexdigest()
    act.detail = {
        **act.detail,
        "paper": {"document": kind.document, "number": number, "digest": digest},
    }
    return IssuedPaper(
        case=act.case,
        document=kind.document,
        form=document.form,
        office=act.office,
        year=act.done_on.year,
        serial=serial,
        number=number,
        title_zh=document.title,
        title_en=kind.title[1],
        addressee=document.addressee,
        audience=kind.audience,
        needs_service=bool(serving(rule, dossier.procedure)),
        issued_on=act.done_on,
        content=content,
        digest=digest,
    )


def kept(paper: IssuedPaper | None, act: Act, acts: Sequence[Act], changes: Changes) -> None:
    """Have the paper of the act written behind the act, and what it serves."""
    dossier = Dossier(act.case, [*acts, act])
    if paper is not None:
        paper.act = act
        if act.served_on is not None and dossier.rule.kind in serving(
            dossier.rule, dossier.procedure
        ):
            paper.served_by, paper.served_on = act, act.served_on
        changes.insert(paper)
    served = dossier.last(dossier.rule.service_of) if dossier.rule.service_of else None
    if served is not None:
        now = {"served_by": act, "served_on": act.served_on}
        changes.update(IssuedPaper, now, {"act": served.pk, "served_by": None})
    changes.insert(*named_files(act))


def taken_back(act: Act, acts: Sequence[Act]) -> None:
    """Mark the earlier papers that the act, which is written, takes back."""
    mark_withdrawn(Dossier(act.case, [*acts, act]))


def imprint_of(dossier: Dossier, kind: Kind, number: str) -> Imprint:
    """What the document bears besides its text."""
    act = dossier.act
    own = kind.audience is Audience.OWN
    return Imprint(
        office=Office(dossier.party.name if own else in_full(act.organisation_zh)),
        number=number,
        dated=act.done_on,
        signed=True,
        demo=settings.DEMO,
        copies=_copies(dossier),
        case=dossier.case.number,
        printed=act.done_on,
    )


def _copies(dossier: Dossier) -> tuple[str, ...]:
    """A decision goes to those who cooperate in the matter, and to who leads if another decided."""
    if dossier.rule.mark != "decision":
        return ()
    case, act = dossier.case, dossier.act
    held = duties(case.dimension, case.line.industry, case.division_code)
    functions = dict.fromkeys((*held.lead[:1], *held.cooperating))
    return tuple(in_full(names((one,), act.done_on)[0]) for one in functions if one != act.office)


def document_of(dossier: Dossier, kind: Kind, imprint: Imprint) -> OfficialDocument:
    """The document in its own form; in the general one where it has none or that does not fit."""
    told = _rights(dossier)
    filled = values_for(dossier, kind.document, demo=imprint.demo)
    if filled is not None:
        key, values = filled
        try:
            return fill(key, imprint, values, _told(dossier, key, told))
        except Refusal as refusal:
            logger.warning("form does not fit", form=key, refusal=refusal.code, why=refusal.en)
    return general(dossier, kind, imprint, _addressee(dossier, kind), told)


def _rights(dossier: Dossier) -> tuple[Told, ...]:
    """Those that the service of the document opens; of an order that no due process came before,
    what may be done against any decision."""
    told = _against(dossier, dossier.rule, dossier.act)
    operative = operative_of(dossier)
    if told or operative is None or not operative.remedies:
        return told
    body = _reviewing(dossier, dossier.act.office, dossier.act.done_on)
    seen_only = not settings.DEMO
    found = remedies(dossier.procedure, body, seen_only=seen_only)
    if not found:  # an exit has no due process of its own: what may be done is the same
        general_law = procedure(DUE_PROCESS, on=dossier.act.done_on)
        found = remedies(general_law, body, seen_only=seen_only)
    return tuple(Told(None, right) for right in found)


def _against(dossier: Dossier, rule: ActRule, made: Act | None) -> tuple[Told, ...]:
    """The rights that the service of the document of an act opens."""
    office = made.office if made is not None else dossier.case.office
    on = made.done_on if made is not None else dossier.act.done_on
    body = _reviewing(dossier, office, on)
    return rights_against(rule, dossier.procedure, body, seen_only=not settings.DEMO)


def _reviewing(dossier: Dossier, office: str, on: date) -> str:
    return reviewing(office, in_full(dossier.office("government")), on)


def _told(dossier: Dossier, form: str, told: Sequence[Told]) -> tuple[Right, ...]:
    """The rights the form tells: of its own document, or on a receipt those that service opened."""
    if form == "proof_of_service":
        return _last_days(dossier)
    if form == "extension_decision":
        return _remedies(dossier)
    return tuple(one.right for one in told)


def _last_days(dossier: Dossier) -> tuple[Right, ...]:
    """On the proof of service: the rights that this service opened, with their last days."""
    served = dossier.procedure.acts[dossier.rule.service_of]
    told = _against(dossier, served, dossier.last(served.kind))
    return with_last_days(told, dossier.now.deadlines, len(dossier.acts) - 1)


def _remedies(dossier: Dossier) -> tuple[Right, ...]:
    """What may be done against a decision on an extension is what may be done against the order it
    changes."""
    order = dossier.procedure.acts["order_rectification"]
    return tuple(one.right for one in _against(dossier, order, dossier.act))


def _addressee(dossier: Dossier, kind: Kind) -> str:
    if kind.audience is Audience.OWN:
        return in_full(dossier.office(dossier.case.office))
    return dossier.party.name if kind.audience is Audience.ENTERPRISE else ""
