"""Answers when something fails, in words a person would say."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that is too old, or comes from elsewhere: nothing was done (`CSRF_FAILURE_VIEW`)."""
    return render(request, "403_csrf.html", status=403)
