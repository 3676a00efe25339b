"""The page `case-evidence`: every file of a case, its images shown, its texts searchable."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of
from phaseout.casework.cases.listing import cases_within, reads_whole
from phaseout.casework.models import Act, Case, HandedIn, NamedFile
from phaseout.casework.papers.concerning import places_read
from phaseout.casework.papers.showing import act_name
from phaseout.casework.proceeding.facts import item_names
from phaseout.casework.proceeding.standing import acts_of, standing_of
from phaseout.evidence.keeping import by_digest
from phaseout.evidence.models import EvidenceFile
from phaseout.evidence.text import around, containing
from phaseout.law.procedures import State
from phaseout.law.refusals import Bilingual

LONGEST_QUERY = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A file of the case: what it is there for, who brought it when, and where a search hit it."""

    file: EvidenceFile
    on: date
    what: Bilingual
    act: Bilingual
    hit: str
    expired: bool


@require_safe
@requires(Power.READ)
def case_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    scope = scope_of_request(request)
    case = get_object_or_404(cases_within(scope), pk=pk)
    today, query = today_of(request), request.GET.get("q", "").strip()[:LONGEST_QUERY]
    acts = acts_of(case)
    now = standing_of(case, acts, on=today)
    files = files_of_case(case, acts, now, today, read=places_read(case, acts, scope))
    if reads_whole(case, scope):
        files += handed_in(case, today)
    shown = found(files, query) if query else files
    context = {"case": case, "files": shown, "query": query, "all": len(files)}
    return render(request, "casework/papers/evidence.html", context)


def files_of_case(
    case: Case, acts: Iterable[Act], now: State, today: date, *, read: Collection[int]
) -> list[Shown]:
    """Files named by acts, in the order of the acts.

    Args:
        read: the places of the acts whose files are read.
    """
    by_pk = {act.pk: act for act in acts}
    rows = NamedFile.objects.filter(case=case, act__place__in=read)
    named = list(rows.order_by("act__place", "pk"))
    kept = by_digest(one.digest for one in named)
    return [
        Shown(
            kept[one.digest],
            by_pk[one.act_id].done_on,
            item_names().get(one.item, (one.item, one.item)),
            act_name(now, by_pk[one.act_id]),
            "",
            kept[one.digest].expired(today),
        )
        for one in named
        if one.digest in kept
    ]


def handed_in(case: Case, today: date) -> list[Shown]:
    """What the enterprise handed in, in that order."""
    by_enterprise = ("企业提交的证据", "handed in by the enterprise")
    rows = HandedIn.objects.filter(case=case).select_related("file").order_by("pk")
    return [
        Shown(
            one.file,
            one.handed_on,
            (one.note, one.note),
            by_enterprise,
            "",
            one.file.expired(today),
        )
        for one in rows
    ]


def found(files: Iterable[Shown], query: str) -> list[Shown]:
    """Of these files, those whose name or text has the words; with the place of the hit."""
    files = list(files)
    texts = {
        text.digest: text
        for text in containing(query).filter(digest__in={one.file.digest for one in files})
    }
    hits = []
    for one in files:
        text = texts.get(one.file.digest)
        if text is not None:
            hit = around(text.text, query)
            hits.append(Shown(one.file, one.on, one.what, one.act, hit, one.expired))
        elif query.lower() in one.file.name.lower():
            hits.append(one)
    return hits
