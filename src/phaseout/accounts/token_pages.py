"""One's own keys for machines: make, see once, withdraw."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from phaseout.accounts.forms import TokenForm
from phaseout.accounts.models import ApiToken, User
from phaseout.accounts.requests import today_of
from phaseout.accounts.tokens import make_token, withdraw_token
from phaseout.law.refusals import Refusal


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The list, and the form; the key itself appears once, on the answer to the form."""
    assert isinstance(request.user, User)
    today = today_of(request)
    form = TokenForm(request.POST or None, today=today)
    shown, refusal, status = None, None, 200
    if request.method == "POST":
        if form.is_valid():
            try:
                _, shown = make_token(request.user, today=today, **form.cleaned_data)
                form = TokenForm(today=today)
            except Refusal as caught:
                refusal, status = caught, 409
        else:
            status = 422
    context = {
        "form": form,
        "shown": shown,
        "refusal": refusal,
        "tokens": ApiToken.objects.filter(user=request.user).order_by("-pk")[:200],
    }
    return render(request, "accounts/tokens.html", context, status=status)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """撤回: one's own only; another's is not told to exist."""
    assert isinstance(request.user, User)
    try:
        withdraw_token(pk, by=request.user, today=today_of(request))
    except ApiToken.DoesNotExist:
        raise Http404 from None
    messages.success(request, gettext("令牌已撤回，即刻失效。"))
    return redirect("tokens")
