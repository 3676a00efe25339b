"""A form that came when the sign-in had ended: nothing of it was done, and nothing of it is lost.

What was written is kept in the visitor's session until the same person has signed in again, who
then sees it and sends it once more. The browser says, signed, who was signed in on it last; what
was written by somebody else, or cannot be told by whom, is not kept, and that is said. Passwords
are never kept, nor the bytes of files: these are to be chosen again.
"""

from __future__ import annotations

import re
import time
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from phaseout.accounts.requests import person

KEPT = "unsent"
LAST, LAST_FOR = "last_person", 30 * 24 * 3600
"""The cookie that says who was signed in on this browser last, and for how many seconds."""
LARGEST = 500_000
"""Characters: more than any form of the site holds, a drawn signature in it. More is not kept."""
KEPT_FOR = 12 * 3600
"""Seconds."""
_SECRET = re.compile(r"password|secret|code$", re.IGNORECASE)
_OF_SIGNING_IN = ("/sign-in/", "/sign-out/", "/account/", "/language/")
_SIGNS_ONLY = re.compile(r"[\x21-\x7e]*")


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form as it came."""

    action: str
    """where it was sent, with its query"""
    page: str
    """the page it stood on; empty where the browser does not say"""
    fields: list[list[str]]
    """name and value, in order"""
    files: list[list[str]] = field(default_factory=list)
    """name of the field, name of the file"""
    whose: int | None = None
    at: float = 0

    @property
    def written(self) -> list[str]:
        """What a person wrote or chose in words or figures; not keys, codes and digests."""
        return [
            value
            for name, value in self.fields
            if value.strip() and (not _SIGNS_ONLY.fullmatch(value) or _is_figure(value))
        ]

    @property
    def inputs(self) -> dict[str, list[str]]:
        """The fields of files with the names of the files that were chosen."""
        found: dict[str, list[str]] = {}
        for name, file in self.files:
            found.setdefault(name, []).append(file)
        return found


def of_request(request: HttpRequest) -> Unsent | None:
    """The form that a request brings; None where it is none that could be sent again."""
    path = request.path
    secret = any(_SECRET.search(name) for name in request.POST)
    if request.method != "POST" or secret or path.startswith(_OF_SIGNING_IN):
        return None
    found = Unsent(
        action=request.get_full_path(),
        page=_page_of(request),
        fields=[
            [name, value]
            for name, values in request.POST.lists()
            for value in values
            if name != "csrfmiddlewaretoken"
        ],
        files=[[name, file.name or ""] for name, files in request.FILES.lists() for file in files],
        at=time.time(),
    )
    size = sum(len(name) + len(value) for name, value in found.fields)
    return found if size <= LARGEST else None


def is_of_this_site(request: HttpRequest) -> bool:
    """Whether the browser vouches that a form came from a page of this site."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def signing_in_instead(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer; where it leads to the sign-in page since the session ended, one that says so,
    keeps what was written, and leads back to it, or else to the page it stood on."""
    to = response.headers.get("Location", "")
    away = response.status_code == 302 and to.startswith(resolve_url(settings.LOGIN_URL))
    if not away or request.path.startswith(_OF_SIGNING_IN):
        _is_sent(request)
        return response
    if "application/json" in request.headers.get("Accept", ""):
        return response  # a script asks, which keeps what it sent itself
    if request.method == "POST":
        return redirect_to_login(_keep(request))
    if LAST in request.COOKIES and not request.session.session_key:  # its row is gone
        messages.info(request, gettext("登录已在别处结束，请重新登录。"))
    return response


def _keep(request: HttpRequest) -> str:
    """Keep the form and say so; gives where to go after signing in."""
    found, whose = of_request(request), _last_person(request)
    if found is None or whose is None:
        messages.warning(
            request,
            gettext("登录已结束，您刚才提交的没有办理，填写的内容没有保留。请登录后重新填写。"),
        )
        return _page_of(request) or reverse("home")
    request.session[KEPT] = {**asdict(found), "whose": whose}
    messages.warning(
        request,
        gettext(
            "登录已结束，您刚才提交的没有办理。填写的内容已经保留，重新登录后可以核对并再次提交。"
        ),
    )
    return reverse("unsent")


def _is_sent(request: HttpRequest) -> None:
    """A kept form that came again is kept no longer."""
    if request.method != "POST" or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return
    kept = request.session.get(KEPT)
    if kept and request.get_full_path() == kept["action"]:
        del request.session[KEPT]


@receiver(user_logged_in)
def _entered(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    request.has_entered = user.pk  # type: ignore[attr-defined]


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Tell the browser who signed in on it; who signs out himself has it forget."""
    entered = getattr(request, "has_entered", None)
    if entered is not None:
        response.set_signed_cookie(
            LAST,
            str(entered),
            max_age=LAST_FOR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    elif LAST in request.COOKIES and request.method == "POST" and _signs_out(request):
        response.delete_cookie(LAST)


def _signs_out(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.url_name in {"account_logout", "sessions-end"}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def unsent(request: HttpRequest) -> HttpResponse:
    """What was kept, for who wrote it; to be sent again, or (POST) to be thrown away."""
    kept = request.session.get(KEPT)
    found = Unsent(**kept) if kept else None
    if found is not None and (
        found.whose != person(request).pk or time.time() - found.at > KEPT_FOR
    ):
        del request.session[KEPT]
        found = None
        messages.info(request, gettext("此前由他人填写、没有提交的内容已经清除。"))
    if found is None:
        return redirect("home")
    if request.method == "POST":
        del request.session[KEPT]
        return redirect(found.page or "home")
    return shown(request, found)


def shown(request: HttpRequest, found: Unsent, status: int = 200) -> HttpResponse:
    """The page of a form that was not sent."""
    kept = request.session.get(KEPT) is not None
    return render(request, "accounts/unsent.html", {"found": found, "kept": kept}, status=status)


def _page_of(request: HttpRequest) -> str:
    """The page of this site that a form stood on: its path and query."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.get_host() or parts.path == reverse("unsent"):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _last_person(request: HttpRequest) -> int | None:
    try:
        return int(request.get_signed_cookie(LAST, max_age=LAST_FOR) or "")
    except (KeyError, BadSignature, ValueError):
        return None


def _is_figure(value: Any) -> bool:
    return bool(re.fullmatch(r"[\d.,:/ -]{3,40}", value))  # shorter ones are mostly hidden
