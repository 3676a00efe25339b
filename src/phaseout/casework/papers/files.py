"""The files that acts name, and who may read them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from phaseout.accounts.scope import Scope
from phaseout.casework.models import Act, HandedIn, NamedFile
from phaseout.casework.papers.concerning import concerned
from phaseout.casework.papers.kinds import Audience
from phaseout.casework.papers.seeing import from_inside_an_enterprise
from phaseout.casework.proceeding.facts import item_types
from phaseout.casework.proceeding.holders import ENTERPRISE
from phaseout.evidence.models import EvidenceFile

SHOWN_TO_THE_ENTERPRISE = frozenset({"service_proof", "test_report", "recheck_report"})
"""Items of the office's acts that the enterprise reads with the paper that was served on it."""


def named_files(act: Act) -> list[NamedFile]:
    """Every file the act names, to be noted with it."""
    return [
        NamedFile(case_id=act.case_id, act=act, item=item, digest=digest)
        for item, value in act.facts.items()
        if item_types().get(item) == "file"
        for digest in dict.fromkeys(value)
    ]


def may_read(file: EvidenceFile, user: Any, scope: Scope) -> bool:
    """Whether a case within the scope names the file, in an act or as handed in by the enterprise;
    for an enterprise, in an act it may see; for the holder of a task, in one that concerns it."""
    named = NamedFile.objects.filter(digest=file.digest)
    handed_in = HandedIn.objects.filter(file__digest=file.digest)
    if from_inside_an_enterprise(scope):
        named = named.filter(of_the_enterprise())
    reach = scope.findings("case__")
    named = named.filter(reach | concerned(scope, "act"))
    return named.exists() or handed_in.filter(reach).exists()


def of_the_enterprise() -> Q:
    """Files of its own acts, and those that go with what was served on it."""
    shown = Q(item__in=SHOWN_TO_THE_ENTERPRISE) & (
        Q(act__papers_served__audience=Audience.ENTERPRISE)
        | Q(act__paper__audience=Audience.ENTERPRISE, act__paper__needs_service=False)
        | Q(act__paper__audience=Audience.ENTERPRISE, act__paper__served_by__isnull=False)
    )
    return Q(act__function=ENTERPRISE) | shown
