"""Which earlier papers an act takes back: a correction is an act of its own, and shows on them."""

from __future__ import annotations

from collections.abc import Mapping

from phaseout.casework.models import IssuedPaper
from phaseout.casework.papers.dossier import Dossier

_BEFORE_THE_DECISION = ("notice", "review_opinion", "minutes", "request_for_approval", "approval")
_AFTER_THE_DECISION = (
    "rectification_order",
    "restriction_decision",
    "suspension_decision",
    "penalty_decision",
    "daily_fine_decision",
    "closure_decision",
    "elimination_decision",
    "demand",
    "enforcement_decision",
    "court_application",
    "stay_notice",
)
TAKES_BACK: Mapping[str, tuple[str, ...]] = {
    "new_facts": _BEFORE_THE_DECISION,
    "return_for_evidence": _BEFORE_THE_DECISION,
    "decision_annulled": _AFTER_THE_DECISION,
}
"""By the name of the act in its block: the documents of that block it makes void."""

REOPENS = ("closing_report", "termination", "withdrawal", "merger", "transfer_letter")
"""What ended the case no longer holds once it is reopened."""


def mark_withdrawn(dossier: Dossier) -> None:
    """Mark the papers that the last act takes back; they stay, with the act that did it."""
    prefix, name = dossier.rule.prefix, dossier.act.kind.rpartition(".")[2]
    documents = TAKES_BACK.get(name)
    if dossier.act.kind != "reopen" and (documents is None or not prefix):
        return
    standing = IssuedPaper.objects.filter(case=dossier.case, withdrawn_by=None).exclude(
        act=dossier.act
    )
    if documents is None:
        standing.filter(document__in=REOPENS).update(withdrawn_by=dossier.act)
        return
    kinds = [act.kind for act in dossier.procedure.acts.values() if act.prefix == prefix]
    standing.filter(document__in=documents, act__kind__in=kinds).update(withdrawn_by=dossier.act)
