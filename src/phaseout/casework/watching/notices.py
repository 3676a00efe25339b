"""The pages `notices`, `notice-settings` and the number in the head of each page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phaseout.accounts.models import User
from phaseout.accounts.requests import person, scope_of_request, today_of
from phaseout.casework.models import CalendarFeed, Notice, NoticeAddress, TaskStanding
from phaseout.casework.tasks.holding import tasks_seen
from phaseout.casework.watching import feed
from phaseout.casework.watching.forms import AddressForm
from phaseout.casework.watching.sending import ways
from phaseout.casework.watching.wording import notice_words
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
    page = keyset.page(
        rows.select_related("case__enterprise"), NEWEST_FIRST, request.GET.get("cursor", "")
    )
    places = _task_pages(page.rows, request)
    own = scope_of_request(request).grants and all(g.uscc for g in scope_of_request(request).grants)
    for notice in page.rows:
        notice.words = notice_words(notice)
        task = places.get((notice.case_id, notice.about, notice.item, notice.place))
        case = reverse("own-case" if own else "case", args=[notice.case_id])
        notice.url = reverse("task", args=[task]) if task else case
    context = {"page": page, "unread": unread, "count": unread_count(person(request))}
    return render(request, "casework/notices.html", context)


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
    return render(request, "casework/_notice_count.html", {"count": unread_count(person(request))})


def unread_count(user: User) -> int:
    """How many are unread; counted to a hundred."""
    return Notice.objects.filter(user=user, read_at=None)[: MOST_COUNTED + 1].count()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def notice_settings(request: HttpRequest) -> HttpResponse:
    """Where notices are sent besides, and the address of one's calendar."""
    user = person(request)
    known = NoticeAddress.objects.filter(user=user).first()
    asked = request.POST.get("do", "")
    form = AddressForm(request.POST if asked == "address" else None, known=known, ways=ways())
    secret = ""
    if asked == "address" and form.is_valid():
        _keep(user, form.cleaned_data, request)
        return redirect("notice-settings")
    if asked == "forget":
        NoticeAddress.objects.filter(user=user).delete()
        messages.success(request, _("不再向外发送通知。"))
        return redirect("notice-settings")
    if asked == "renew":
        secret = feed.renew(user)
    elif asked == "withdraw":
        feed.withdraw(user)
        messages.success(request, _("日历订阅地址已停用。"))
        return redirect("notice-settings")
    context: dict[str, Any] = {
        "form": form,
        "known": known,
        "ways": ways(),
        "feed": CalendarFeed.objects.filter(user=user).first(),
        "address": request.build_absolute_uri(reverse("calendar", args=[secret])) if secret else "",
    }
    status = 422 if asked == "address" else 200
    return render(request, "casework/notice_settings.html", context, status=status)


def _keep(user: User, given: dict[str, Any], request: HttpRequest) -> None:
    NoticeAddress.objects.update_or_create(
        user=user,
        defaults={
            "way": given["way"],
            "address": given["address"],
            "set_on": today_of(request),
            "failed_at": None,
        },
    )
    messages.success(request, _("通知将同时发送到该地址。"))


def _task_pages(rows: list[Notice], request: HttpRequest) -> dict[tuple[Any, ...], int]:
    """Ids of the tasks that the notices speak of and the person may see; one query or none."""
    asked = Q(pk__in=[])
    for one in rows:
        if one.kind == Notice.Kind.TASK:
            asked |= Q(case=one.case_id, task=one.about, item=one.item, arisen_by=one.place)
    if asked == Q(pk__in=[]):
        return {}
    seen = TaskStanding.objects.filter(asked).filter(tasks_seen(scope_of_request(request)))
    found = seen.values_list("case_id", "task", "item", "arisen_by", "pk")
    return {(case, task, item, by): pk for case, task, item, by, pk in found}
