"""The first page: what this is, and for whoever is signed in, what waits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from phaseout.accounts.people import post_line
from phaseout.accounts.requests import scope_of_request, today_of
from phaseout.pages.sections import sections
from phaseout.pages.waiting import waiting


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect("public-home")
    today = today_of(request)
    lines = [post_line(post, today) for post in request.user.posts.order_by("pk")]
    context = {
        "posts": [line for line in lines if line.held],
        "waiting": waiting(scope_of_request(request), today, request.user),
        "rooms": sections("home", scope_of_request(request)),
    }
    return render(request, "web/home_of_a_person.html", context)
