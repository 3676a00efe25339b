"""公布记录: what happened to the lists, and the proofs that it did."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from phaseout.disclosure.lists import published
from phaseout.disclosure.lists.log.proving import said
from phaseout.disclosure.site.pages.lists import edition_of, kind_of
from phaseout.disclosure.site.showing import public_page

A_PAGE = 50


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The newest events first. The signed head comes after them: no page of it is kept."""
    given = request.GET.get("before", "")
    before = int(given) if given.isdecimal() and len(given) < 19 else None
    rows = published.events(limit=A_PAGE + 1, before=before)
    context = {
        "rows": rows[:A_PAGE],
        "next": rows[A_PAGE - 1].place if len(rows) > A_PAGE else None,
        "head": published.tree_head(),
    }
    return public_page(request, "publicsite/log.html", context, keep=False)


@require_safe
def head(request: HttpRequest) -> HttpResponse:
    """The newest signed head, for whoever watches the log."""
    found = published.tree_head()
    if found is None:
        raise Http404
    return _file(said(found), "tree-head.json")


@require_safe
def proof_of_edition(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """That the edition was published as it is: checked without us (`phaseout lists verify`)."""
    kind_of(key)
    edition_of(key, number)
    found = published.proof(key, number=number)
    return _file(found, f"{key}-{number}-proof.json")


@require_safe
def proof_of_enterprise(request: HttpRequest, key: str, uscc: str) -> HttpResponse:
    """All that happened to an enterprise on a list: that it was listed, that it was taken off."""
    kind_of(key)
    return _file(published.proof(key, uscc=uscc), f"{key}-{uscc}-proof.json")


def _file(content: dict[str, Any] | None, name: str) -> HttpResponse:
    if content is None:
        raise Http404
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
