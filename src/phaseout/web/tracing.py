"""One id and one line of the log for every request; the id is in the answer, as X-Request-ID."""

from __future__ import annotations

import re
import time
import uuid
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware

from phaseout.web.faults import is_unreachable

HEADER = "X-Request-ID"
GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
"""An id that a proxy gave is kept, if it is a plain word; what else a visitor sends is not."""


class RequestIdMiddleware(RequestMiddleware):
    """django-structlog's middleware without what a person typed and without queries of its own."""

    def prepare(self, request: HttpRequest) -> None:
        super().prepare(request)
        given = request.headers.get(HEADER, "")
        request_id = given if GIVEN.fullmatch(given) else uuid.uuid4().hex
        request.request_id = request_id  # type: ignore[attr-defined]
        request.began = time.perf_counter()  # type: ignore[attr-defined]
        structlog.contextvars.bind_contextvars(request_id=request_id)

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        response.headers[HEADER] = request.request_id  # type: ignore[attr-defined]
        took = time.perf_counter() - request.began  # type: ignore[attr-defined]
        structlog.contextvars.bind_contextvars(ms=round(took * 1000, 1))
        super().handle_response(request, response)

    def _process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if is_unreachable(exception):  # one line for each request, not a hundred
            structlog.get_logger(__name__).error("database_unreachable")
            return
        super()._process_exception(request, exception)

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {request.path}"  # a query string can hold a name searched for

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        # Only where the view asked who it is: asking here would cost two queries a request, and
        # would wait once more for a database that has gone.
        user: Any = getattr(request, "_cached_user", None)
        if user is not None:
            structlog.contextvars.bind_contextvars(user_id=user.pk)
