"""The pages `notices`, `notice-digest` and the number in the head of each page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from phaseout.accounts.models import User
from phaseout.accounts.requests import person, scope_of_request, today_of
from phaseout.notices.composing import is_digest_day, untold
from phaseout.notices.digest import MOST_LINES, parts_of, title_of
from phaseout.notices.kinds import kinds
from phaseout.notices.models import Address, Message, Notice
from phaseout.notices.saying import said, settled
from phaseout.notices.ways import ways
from phaseout.pages import keyset

NEWEST_FIRST = ("-id",)
MOST_COUNTED = 99


@require_safe
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """What the person was told, newest first; the unread only, where asked."""
    mine = Notice.objects.filter(user=person(request))
    unread = request.GET.get("unread") == "1"
    rows = mine.filter(read_at=None) if unread else mine
    page = keyset.page(rows.select_related("message"), NEWEST_FIRST, request.GET.get("cursor", ""))
    words = said(page.rows, scope_of_request(request))
    gone = settled(page.rows, today_of(request))
    for notice in page.rows:
        notice.told, notice.named = words[notice.pk], kinds()[notice.kind].name
        notice.settled = notice.pk in gone
    context = {"page": page, "unread": unread, "count": unread_count(person(request))}
    return render(request, "notices/notices.html", context)


@require_POST
@login_required
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark one as read, or all that were there when the page was made."""
    mine = Notice.objects.filter(user=person(request), read_at=None)
    one, until = request.POST.get("notice", ""), request.POST.get("until", "")
    if one.isdecimal():
        mine = mine.filter(pk=int(one))
    elif until.isdecimal():
        mine = mine.filter(pk__lte=int(until))
    else:
        mine = mine.none()
    mine.update(read_at=timezone.now())
    return redirect(reverse("notices") + ("?unread=1" if request.POST.get("unread") else ""))


@require_safe
@never_cache
@login_required
def notices_count(request: HttpRequest) -> HttpResponse:
    """The number of unread notices, for the head of the page; nothing where there are none."""
    return render(request, "notices/_count.html", {"count": unread_count(person(request))})


def unread_count(user: User) -> int:
    """How many are unread; counted to a hundred."""
    return Notice.objects.filter(user=user, read_at=None)[: MOST_COUNTED + 1].count()


@require_safe
@never_cache
@login_required
def digest(request: HttpRequest) -> HttpResponse:
    """What a digest of today would say, and what would be sent at once: as it would go out. Nothing
    is sent by looking at it."""
    user, today, scope = person(request), today_of(request), scope_of_request(request)
    found = {}
    for purpose in (Message.Purpose.AT_ONCE, Message.Purpose.DIGEST):
        rows = untold([user.pk], today, purpose)
        notices = list(rows.order_by("-pk")[: 4 * MOST_LINES])
        gone = settled(notices, today)
        left = [one for one in notices if one.pk not in gone]
        parts = parts_of(left, scope, today, address=str)
        found[purpose.value] = {"parts": parts, "title": title_of(parts)}
    context = {
        "found": found,
        "digest_day": is_digest_day(today),
        "address": Address.objects.filter(user=user).first(),
        "ways": ways(),
    }
    return render(request, "notices/digest.html", context)
