"""Before the public pages: kept pages, how often one may ask, how much one may send.

A page is kept in the memory of the process, by its address, language and host, together with the
state of what is published when it was made. It is given to the next who asks only while that state
is the same: the moment an edition appears no kept page is right, and each is made anew when it is
asked for. So is it when the business day changes. Nothing of this runs by a clock.
"""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

import psycopg
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from phaseout.accounts.requests import network_address
from phaseout.disclosure.lists import published
from phaseout.disclosure.site.limiting import Limit
from phaseout.disclosure.site.showing import MAY_BE_KEPT
from phaseout.disclosure.site.state import published_state
from phaseout.law.refusals import Refusal
from phaseout.pages.refusing import GIVEN

PREFIX = "/public/"
DATA = "/public/data/"
LARGEST_SENT = 65_536
"""Bytes of a form: the longest report in Chinese, encoded for sending, is under 30,000."""

UNSURE = 2.0
"""Seconds after a change in which no Last-Modified is given: it only knows whole seconds."""

_NEVER_KEPT = frozenset({"x-request-id", "set-cookie"})
Answer = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Page:
    """An answer as it was made, and the state of what is published it was made from."""

    state: Hashable
    body: bytes
    headers: dict[str, str]
    etag: str
    modified: int | None

    @property
    def size(self) -> int:
        return len(self.body) + 1024


class Kept:
    """The pages of a process; those asked for longest ago go first when `room` (bytes) is full."""

    def __init__(self, room: int) -> None:
        self.room = room
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._used = 0
        self._lock = Lock()

    def get(self, key: Hashable, state: Hashable) -> Page | None:
        """The page of that key, if it was made from that state."""
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.state != state:
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: Hashable, page: Page) -> None:
        if page.size > self.room // 4:
            return
        with self._lock:
            before = self._pages.pop(key, None)
            self._used += page.size - (before.size if before else 0)
            self._pages[key] = page
            while self._used > self.room:
                _, gone = self._pages.popitem(last=False)
                self._used -= gone.size


class PublicPagesMiddleware:
    """Stands behind the static files and before sessions: a kept page needs none of what follows.

    Settings: PUBLIC_KEPT_MB (0: nothing is kept), PUBLIC_REQUESTS_A_MINUTE (0: no limit).
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.kept = Kept(settings.PUBLIC_KEPT_MB << 20)
        self.pages = Limit(settings.PUBLIC_REQUESTS_A_MINUTE, "pages")
        self.files = Limit(settings.PUBLIC_REQUESTS_A_MINUTE, "files")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        # Open data have a bucket of their own: who was told to take them finds it full.
        limit = self.files if request.path_info.startswith(DATA) else self.pages
        if wait := _to_wait(limit, request):
            return _refused(
                request, _too_often(limit.a_minute, wait), 429, {"Retry-After": str(wait)}
            )
        if _sent(request) > LARGEST_SENT:
            return _refused(request, _too_large(), 413)
        if not self.kept.room or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        return self._from_kept(request)

    def _from_kept(self, request: HttpRequest) -> HttpResponse:
        try:
            state = published_state()
        except (DatabaseError, psycopg.Error):
            return self.get_response(request)  # it says so in words
        key = (
            request.path_info,
            request.META.get("QUERY_STRING", ""),
            _language(request),
            request.META.get("HTTP_HOST"),
            request.scheme,
        )
        page = self.kept.get(key, state)
        if page is None:
            answer = self.get_response(request)
            if answer.status_code != 200 or not getattr(answer, MAY_BE_KEPT, False):
                return answer
            page = _page(answer, state, published.changed_at())
            self.kept.put(key, page)
        return _given(request, page)


def _to_wait(limit: Limit, request: HttpRequest) -> int:
    try:
        return limit.take(network_address(request), time.monotonic())
    except (DatabaseError, psycopg.Error):
        return 0  # the page itself says in words that the database is away


def _page(answer: HttpResponse, state: Hashable, changed: datetime | None) -> Page:
    """The page to keep. Browsers and proxies may keep it too, but ask each time whether it still
    is the one."""
    body = answer.content
    answer.headers["Cache-Control"] = "public, no-cache"
    patch_vary_headers(answer, ["Cookie"])
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer.headers["ETag"] = etag
    modified = _modified(changed)
    if modified is not None:
        answer.headers["Last-Modified"] = http_date(modified)
    headers = {k: v for k, v in answer.headers.items() if k.lower() not in _NEVER_KEPT}
    return Page(state, body, headers, etag, modified)


def _modified(changed: datetime | None) -> int | None:
    """When the page was made; None right after a change, which may lie in the same second."""
    now = time.time()
    return None if changed is not None and now - changed.timestamp() < UNSURE else int(now)


def _given(request: HttpRequest, page: Page) -> HttpResponse:
    body = b"" if request.method == "HEAD" else page.body
    answer = HttpResponse(body, headers=page.headers)
    if "HTTP_IF_NONE_MATCH" in request.META or "HTTP_IF_MODIFIED_SINCE" in request.META:
        return get_conditional_response(request, page.etag, page.modified, answer) or answer
    return answer


def _sent(request: HttpRequest) -> int:
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isdigit() else 0


def _language(request: HttpRequest) -> str:
    if "HTTP_COOKIE" not in request.META:
        return settings.LANGUAGE_CODE
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _refused(
    request: HttpRequest, refusal: Refusal, status: int, headers: dict[str, str] | None = None
) -> HttpResponse:
    """The refusal as a page of its own, without asking anybody anything."""
    GIVEN.labels(refusal.code).inc()
    with translation.override(_language(request)):
        body = render_to_string("publicsite/turned_away.html", {"refusal": refusal})
    answer = HttpResponse(body, status=status, headers=headers)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Link"] = f'<{DATA}>; rel="alternate"'
    answer.headers["X-Frame-Options"] = "DENY"
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; script-src 'self'; object-src 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )
    return answer


def _too_often(a_minute: int, wait: int) -> Refusal:
    return Refusal(
        "public.too-often",
        what=("访问过于频繁", "too many requests"),
        why=(
            f"每个网络地址每分钟最多{a_minute}页，以免影响他人查阅。",
            f"each network address may ask for {a_minute} pages a minute, so that others can read.",
        ),
        instead=(
            f"需要全部数据的，请到“开放数据”（{DATA}）一次下载（CSV、JSON、Parquet）；"
            f"或者{wait}秒后再试。",
            f"For all data at once take the open data at {DATA} (CSV, JSON, Parquet); or try again "
            f"in {wait} seconds.",
        ),
    )


def _too_large() -> Refusal:
    return Refusal(
        "public.too-large",
        what=("没有收下", "it was not taken"),
        why=(
            f"所提交的内容超过{LARGEST_SENT // 1024} KB。",
            f"what was sent is over {LARGEST_SENT // 1024} KB.",
        ),
        instead=("请只写文字，不超过2000字。", "Send text only, up to 2000 characters."),
    )
