"""The page `paper`, and its PDF and DOCX."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of
from phaseout.casework.models import IssuedPaper, PaperReceipt
from phaseout.casework.papers import rendering, showing
from phaseout.casework.papers.seeing import from_inside_an_enterprise, papers_within
from phaseout.casework.proceeding.standing import acts_of, standing_of

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@requires(Power.READ)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    scope, today = scope_of_request(request), today_of(request)
    shown = _visible(request, pk)
    own = from_inside_an_enterprise(scope)
    service = showing.service_of(shown)
    receipt = PaperReceipt.objects.filter(paper=shown).first()
    now = standing_of(shown.case, acts_of(shown.case), on=today)
    context = {
        "paper": shown,
        "case": shown.case,
        "own": own,
        "service": service,
        "opened": showing.opened_by(shown, now),
        "act_words": showing.act_name(now, shown.act),
        "withdrawn_words": showing.act_name(now, shown.withdrawn_by)
        if shown.withdrawn_by
        else None,
        "receipt": receipt,
        "may_confirm": own and receipt is None and service is not None and service.electronic,
    }
    return render(request, "casework/papers/paper.html", context)


@require_safe
@requires(Power.READ)
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _visible(request, pk)
    return _download(rendering.pdf(shown), PDF, rendering.file_name(shown, "pdf"), inline=True)


@require_safe
@requires(Power.READ)
def docx(request: HttpRequest, pk: int) -> HttpResponse:
    """To be worked on: for the offices, and for the enterprise what it handed in itself."""
    shown = _visible(request, pk)
    return _download(rendering.docx(shown), DOCX, rendering.file_name(shown, "docx"))


def _visible(request: HttpRequest, pk: int) -> IssuedPaper:
    return get_object_or_404(papers_within(scope_of_request(request)), pk=pk)


def _download(body: bytes, media_type: str, name: str, *, inline: bool = False) -> HttpResponse:
    answer = HttpResponse(body, content_type=media_type)
    disposition = content_disposition_header(not inline, name)
    if disposition:
        answer["Content-Disposition"] = disposition
    return answer
