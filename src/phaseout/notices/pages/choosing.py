"""The page `notice-settings`: where and how a person wants to be told."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from phaseout.accounts.models import User
from phaseout.accounts.requests import person, today_of
from phaseout.law.refusals import Refusal
from phaseout.notices import addresses
from phaseout.notices.choices import choose, ways_of
from phaseout.notices.forms import AddressForm, ChoicesForm, CodeForm
from phaseout.notices.jobs import post_now
from phaseout.notices.models import Address, Message
from phaseout.notices.ways import ways

RECENT = 10


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def notice_settings(request: HttpRequest) -> HttpResponse:
    user, asked = person(request), request.POST.get("do", "")
    known = Address.objects.filter(user=user).first()
    data = request.POST or None
    forms: dict[str, Any] = {
        "address": AddressForm(
            data if asked == "address" else None,
            known=known,
            ways=ways(),
            language=get_language() or "",
        ),
        "code": CodeForm(data if asked == "code" else None),
        "choices": ChoicesForm(data if asked == "choices" else None, chosen=ways_of(user.pk)),
    }
    refused = None
    if asked in ("again", "forget") or (asked in forms and forms[asked].is_valid()):
        try:
            _do(asked, user, getattr(forms.get(asked), "cleaned_data", {}), request)
            return redirect("notice-settings")
        except Refusal as refusal:
            refused = refusal
    context = {
        "forms": forms,
        "known": known,
        "ways": ways(),
        "refusal": refused,
        "messages_out": Message.objects.filter(user=user).order_by("-made_at", "-pk")[:RECENT],
    }
    status = 409 if refused else 422 if asked else 200
    return render(request, "notices/settings.html", context, status=status)


def _do(asked: str, user: User, given: dict[str, Any], request: HttpRequest) -> None:
    on, now = today_of(request), timezone.now()
    if asked == "address":
        kept = addresses.set_address(
            user, given["way"], given["address"], given["language"], on=on, now=now
        )
        if kept.confirmed_at is None:
            post_now.defer()
            messages.success(request, _("验证码正在发往该地址，请查收后在本页输入。"))
        else:
            messages.success(request, _("已保存。"))
    elif asked == "again":
        addresses.send_code_again(user, on=on, now=now)
        post_now.defer()
        messages.success(request, _("验证码正在发往该地址，请查收后在本页输入。"))
    elif asked == "code":
        addresses.confirm(user, given["code"], now=now)
        messages.success(request, _("地址已验证，通知将同时发送到该地址。"))
    elif asked == "forget":
        addresses.forget(user)
        messages.success(request, _("不再向外发送通知。"))
    else:
        choose(user, given)
        messages.success(request, _("已保存。"))
