"""The page `messages-out`: for the administrator, what went out and what failed."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires
from phaseout.notices.models import Address, Message
from phaseout.notices.ways import ways
from phaseout.pages import keyset

WEEK = timedelta(days=7)
NEWEST_FIRST = ("-made_at", "-id")


@require_safe
@never_cache
@requires(Power.MANAGE)
def messages_out(request: HttpRequest) -> HttpResponse:
    """The messages, newest first; those of one state, where asked. Nothing of what they said."""
    asked = request.GET.get("state", "")
    rows = Message.objects.all()
    if asked in Message.State.values:
        rows = rows.filter(state=asked)
    else:
        asked = ""
    recent = Message.objects.filter(made_at__gte=timezone.now() - WEEK)
    counted = dict(recent.order_by().values_list("state").annotate(Count("pk")))
    page = keyset.page(rows.select_related("user"), NEWEST_FIRST, request.GET.get("cursor", ""))
    context = {
        "page": page,
        "asked": asked,
        "states": [(state, counted.get(state.value, 0)) for state in Message.State],
        "ways": ways(),
        "failing": Address.objects.filter(failed_at__isnull=False).count(),
        "unconfirmed": Address.objects.filter(confirmed_at=None).count(),
    }
    return render(request, "notices/messages_out.html", context)
