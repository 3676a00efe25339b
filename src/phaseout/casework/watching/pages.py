"""The calendar feed, its address, and the page «预见»."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.reach import show_only
from phaseout.accounts.requests import person, requires, scope_of_request, today_of
from phaseout.accounts.scope import scope_of
from phaseout.casework.models import CalendarFeed
from phaseout.casework.watching import feed
from phaseout.casework.watching.foresight import HORIZON, LEAST, foresee


@require_safe
@never_cache
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """A person's deadlines for a calendar program, which has no sign-in: the address is secret."""
    user = feed.whose(secret)
    today = today_of(request)
    scope = scope_of(user, on=today)
    if user is None or not scope:
        raise Http404
    show_only(scope)
    feed.read(user)
    ics = feed.calendar_of(scope, today)
    response = HttpResponse(ics, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="phaseout.ics"'
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def calendar_settings(request: HttpRequest) -> HttpResponse:
    """The secret address of one's calendar: made, renewed, withdrawn."""
    user, asked, secret = person(request), request.POST.get("do", ""), ""
    if asked == "renew":
        secret = feed.renew(user)
    elif asked == "withdraw":
        feed.withdraw(user)
        messages.success(request, _("日历订阅地址已停用。"))
        return redirect("calendar-settings")
    context = {
        "feed": CalendarFeed.objects.filter(user=user).first(),
        "address": request.build_absolute_uri(reverse("calendar", args=[secret])) if secret else "",
    }
    return render(request, "casework/calendar_settings.html", context)


@require_safe
@requires(Power.READ)
def foresight(request: HttpRequest) -> HttpResponse:
    """Which deadlines will run out at the present pace, by office."""
    foreseen = foresee(scope_of_request(request), today_of(request))
    context = {"foreseen": foreseen, "horizon": HORIZON.days, "least": LEAST}
    return render(request, "casework/foresight.html", context)
