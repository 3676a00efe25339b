"""The page `notice-settings`: where and how a person wants to be told."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from phaseout.accounts.models import User
from phaseout.accounts.requests import person, today_of
from phaseout.notices import addresses
from phaseout.notices.choices import choose, ways_of
from phaseout.notices.forms import AddressForm, ChoicesForm, CodeForm
from phaseout.notices.jobs import post_now
from phaseout.notices.models import Address, Message
from phaseout.notices.ways import ways
from phaseout.pages.forms import press

RECENT = 10
BUTTONS = ("address", "code", "again", "forget", "choices")
SENT = _("验证码正在发往该地址，请查收后在本页输入。")
SAVED = _("已保存。")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def notice_settings(request: HttpRequest) -> HttpResponse:
    """The person's address, what was sent there, and how each kind is told."""
    user = person(request)
    known = Address.objects.filter(user=user).first()
    forms = _forms(request, user, known)
    pressed = press(request, forms, lambda name, form: _do(request, user, name, form))
    if pressed.done:
        return redirect("notice-settings")
    context = {
        "forms": forms,
        "known": known,
        "ways": ways(),
        "refusal": pressed.refusal,
        "messages_out": Message.objects.filter(user=user).order_by("-made_at", "-pk")[:RECENT],
    }
    return render(request, "notices/settings.html", context, status=pressed.status)


def _forms(request: HttpRequest, user: User, known: Address | None) -> dict[str, Form]:
    """One form for each button of the page. They stay whatever was done meanwhile: a code entered
    for an address that was forgotten is refused in words, not answered by "no such page"."""
    pressed = request.POST.get("do", "")
    given = {name: request.POST if name == pressed else None for name in BUTTONS}
    language = get_language() or ""
    return {
        "address": AddressForm(given["address"], known=known, ways=ways(), language=language),
        "code": CodeForm(given["code"]),
        "again": Form(given["again"]),
        "forget": Form(given["forget"]),
        "choices": ChoicesForm(given["choices"], chosen=ways_of(user.pk)),
    }


def _do(request: HttpRequest, user: User, name: str, form: Form) -> None:
    given, on, now = form.cleaned_data, today_of(request), timezone.now()
    if name == "address":
        kept = addresses.set_address(
            user, given["way"], given["address"], given["language"], on=on, now=now
        )
        said = SENT if kept.confirmed_at is None else SAVED
    elif name == "again":
        addresses.send_code_again(user, on=on, now=now)
        said = SENT
    elif name == "code":
        addresses.confirm(user, given["code"], now=now)
        said = _("地址已验证，通知将同时发送到该地址。")
    elif name == "forget":
        addresses.forget(user)
        said = _("不再向外发送通知。")
    else:
        choose(user, given)
        said = SAVED
    if said is SENT:  # without waiting for the next round of what goes out
        post_now.defer()
    messages.success(request, said)
