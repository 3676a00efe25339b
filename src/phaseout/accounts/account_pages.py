"""One's own account: sign-ins, open sessions, what guards it; and everybody's sign-ins for whoever
oversees."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from phaseout.accounts.models import SignIn, User
from phaseout.accounts.open_sessions import NUMBER, end_all
from phaseout.accounts.people import A_PAGE, within_reach
from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request
from phaseout.accounts.second_factor import is_required_by

LATELY = 20


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """我的账号."""
    user = request.user
    assert isinstance(user, User)
    context: dict[str, Any] = {
        "sign_ins": user.sign_ins.select_related("person").order_by("-pk")[:LATELY],
        "sessions": user.open_sessions.order_by("-seen_at", "-pk"),
        "here": request.session.get(NUMBER),
        "factors": Authenticator.objects.filter(user=user).order_by("pk"),
        "identities": SocialAccount.objects.filter(user=user).order_by("pk"),
        "required": is_required_by(scope_of_request(request), user),
    }
    return render(request, "accounts/account.html", context)


@require_POST
@login_required
def end_sessions(request: HttpRequest) -> HttpResponse:
    """在所有设备退出: this session too."""
    user = request.user
    assert isinstance(user, User)
    end_all(user, request=request)
    logout(request)
    messages.success(request, gettext("已在所有设备退出登录，并记录在案。"))
    return redirect("account_login")


@requires(Power.OVERSEE)
@require_safe
def sign_ins(request: HttpRequest) -> HttpResponse:
    """登录记录: everybody's within reach, and tries under no known name; newest first."""
    rows = SignIn.objects.filter(
        Q(person__in=within_reach(request, Power.OVERSEE)) | Q(person=None)
    )
    person = request.GET.get("person", "")
    if person.isdecimal() and len(person) < 18:
        rows = rows.filter(person=int(person))
    if request.GET.get("failed"):
        rows = rows.exclude(outcome__in=[SignIn.Outcome.ENTERED, SignIn.Outcome.ENDED])
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 18:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.select_related("person").order_by("-pk")[: A_PAGE + 1])
    context = {
        "sign_ins": found[:A_PAGE],
        "before": found[A_PAGE - 1].pk if len(found) > A_PAGE else None,
        "from_start": not before,
        "failed": bool(request.GET.get("failed")),
    }
    return render(request, "accounts/sign_ins.html", context)
