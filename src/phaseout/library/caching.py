"""A page that nobody signed in sees is made once: after that its reader is told it is unchanged.

The mark of a page (ETag) covers all that it is made of: the program, the signatures, the business
day, the language, the address, and the reader's own form token.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition

from phaseout.accounts.requests import today_of

View = Callable[..., HttpResponse]
PROGRAM = Path(__file__).resolve().parents[1]
MADE_OF = {".py", ".html", ".css", ".js", ".csv", ".mo"}

_TABLES = ("confirmation", "countersignature", "discrepancy", "clearance")
# Counted too: of two signatures at once the one with the smaller number may come in last.
_SIGNED = "SELECT " + ", ".join(
    f"(SELECT (max(id), count(*))::text FROM library_{table})" for table in _TABLES
)


def unchanged_until_signed(view: View) -> View:
    """A public page: kept by the reader, asked for again, sent only if it changed."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        state = _state()
        # No Last-Modified: a page changes with the language and the business day, whenever the last
        # signature was given.
        marked = condition(etag_func=lambda asked, *a, **k: _mark(asked, state))
        answer: HttpResponse = marked(_private(view))(request, *args, **kwargs)
        return answer

    return kept


_private = cache_control(private=True, no_cache=True)


def _state() -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_SIGNED)
        row: tuple[Any, ...] = cursor.fetchone()
    return row


def _mark(request: HttpRequest, state: tuple[Any, ...]) -> str | None:
    if len(get_messages(request)):
        return None
    told = (
        program(), state, today_of(request), get_language(), request.get_full_path(),
        request.META.get("CSRF_COOKIE"), request.headers.get("HX-Request"),
    )  # fmt: skip
    return f'"{hashlib.sha256(repr(told).encode()).hexdigest()[:32]}"'


@cache
def program() -> str:
    """What the pages are made by: a digest of when its files changed, the same in every process."""
    days = sorted(
        (str(path.relative_to(PROGRAM)), path.stat().st_mtime_ns)
        for path in PROGRAM.rglob("*")
        if path.suffix in MADE_OF
    )
    return hashlib.sha256(repr(days).encode()).hexdigest()
