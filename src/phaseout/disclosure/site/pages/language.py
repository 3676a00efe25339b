"""The language of the public pages, chosen by a link: the pages hold no form with a token."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe


@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Go back to `?to=` in that language."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    to = request.GET.get("to", "")
    if not url_has_allowed_host_and_scheme(
        to, {request.get_host()}, require_https=request.is_secure()
    ):
        to = reverse("public-home")
    answer = redirect(to)
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, samesite="Lax")
    return answer
