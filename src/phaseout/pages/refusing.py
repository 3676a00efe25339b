"""A refusal as an answer: what, why with the clause, what to do instead, and its code."""

from __future__ import annotations

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from prometheus_client import Counter

from phaseout.law.refusals import Refusal

GIVEN = Counter("phaseout_refusals", "Refusals given, by code.", ["code"])
logger = structlog.get_logger(__name__)


def note(refusal: Refusal) -> None:
    """Count the refusal and log it in English. The piece that shows one does it (`{% noted %}`)."""
    GIVEN.labels(refusal.code).inc()
    logger.info("refused", refusal=refusal.code, words=refusal.en)


def refused(request: HttpRequest, refusal: Refusal, status: int = 409) -> HttpResponse:
    """The refusal as a whole page, or as a piece where htmx asked for one."""
    piece = bool(getattr(request, "htmx", False))
    template = "pages/_refusal.html" if piece else "pages/refused.html"
    return render(request, template, {"refusal": refusal}, status=status)


class RefusalMiddleware:
    """Turns a `Refusal` that a view did not catch into its page; never an error page."""

    def __init__(self, get_response):  # type: ignore[no-untyped-def]
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)  # type: ignore[no-any-return]

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refused(request, error) if isinstance(error, Refusal) else None
