"""Pages of the administrator: who there is, which posts they hold, what was done to accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from phaseout.accounts import acts
from phaseout.accounts.forms import (
    BlockForm,
    EndForm,
    FactorForm,
    IdentityForm,
    PersonForm,
    PostForm,
)
from phaseout.accounts.leaving import colleagues, left_by
from phaseout.accounts.models import AccountEvent, Post, User
from phaseout.accounts.organisations import office_name, place_words
from phaseout.accounts.powers import OF_A_FIRM, ROLE_WORDS, Power, Role
from phaseout.accounts.requests import requires, scope_of_request, today_of
from phaseout.law.refusals import Bilingual, Refusal

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post as a page shows it on a day."""

    pk: int
    role: Bilingual
    office: Bilingual
    place: Bilingual
    post: Post
    held: bool
    """on this day"""
    over: bool


def post_line(post: Post, on: date) -> PostLine:
    """Role, office under the name of that day, place, and whether the post is held then."""
    office = (post.uscc, post.uscc)
    if not post.uscc:
        office = office_name(post.function, post.division_code, on)
    begun = post.held_from is None or post.held_from <= on
    over = post.held_to is not None and post.held_to < on
    return PostLine(
        post.pk,
        ROLE_WORDS[Role(post.role)],
        office,
        place_words(post.division_code),
        post,
        held=begun and not over,
        over=over,
    )


def within_reach(request: HttpRequest, power: Power = Power.MANAGE) -> QuerySet[User]:
    """People with a post in the territory where `power` is held, people of enterprises, and people
    without a post: those somebody has still to give one."""
    scope = scope_of_request(request)
    prefixes = [g.prefix for g in scope.grants if power in g.powers]
    placed = reduce(or_, (Q(division_code__startswith=prefix) for prefix in prefixes), Q(pk=None))
    theirs = Post.objects.filter(placed | Q(role__in=sorted(OF_A_FIRM)), user=OuterRef("pk"))
    any_post = Post.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(theirs) | ~Exists(any_post))


@requires(Power.MANAGE)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody within reach, by name; a search narrows it; 50 a page."""
    asked = request.GET.get("q", "").strip()[:60].replace("\x00", "")
    found = within_reach(request)
    if asked:
        found = found.filter(Q(username__icontains=asked) | Q(name_zh__icontains=asked))
    after = request.GET.get("after", "").replace("\x00", "")
    posts = Prefetch("posts", Post.objects.order_by("pk"))
    rows = list(
        found.filter(username__gt=after).order_by("username").prefetch_related(posts)[: A_PAGE + 1]
    )
    today = today_of(request)
    shown = [
        (person, [line for p in person.posts.all() if (line := post_line(p, today)).held])
        for person in rows[:A_PAGE]
    ]
    return render(
        request,
        "accounts/people.html",
        {"people": shown, "asked": asked, "after": _next(rows), "from_start": not after},
    )


@requires(Power.MANAGE)
@never_cache
@require_http_methods(["GET", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """A new person; the temporary password is shown once, on the answer to the form."""
    form = PersonForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _form_page(request, form, "accounts/person_new.html")
    try:
        made, password = acts.make_person(
            form.cleaned_data["username"],
            form.cleaned_data["name_zh"],
            by=_user(request),
            today=today_of(request),
        )
    except Refusal as refusal:
        return _form_page(request, form, "accounts/person_new.html", refusal=refusal)
    context = {"person": made, "password": password}
    return render(request, "accounts/password_shown.html", context)


@requires(Power.MANAGE)
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: posts with their days, what was done to the account, what may be done."""
    return _person_page(request, pk)


@requires(Power.MANAGE)
@require_POST
def post_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """授予职务."""
    found = get_object_or_404(within_reach(request), pk=pk)
    form = PostForm(request.POST, today=today_of(request))
    if not form.is_valid():
        return _person_page(request, pk, post_form=form, status=422)
    try:
        acts.grant_post(
            found.pk,
            form.wanted(),
            reason=form.cleaned_data["reason"],
            by=_user(request),
            today=today_of(request),
        )
    except Refusal as refusal:
        return _person_page(request, pk, post_form=form, refusal=refusal, status=409)
    messages.success(request, gettext("已授予职务并记录在案。"))
    return redirect("person", pk=pk)


@requires(Power.MANAGE)
@require_http_methods(["GET", "POST"])
def post_end(request: HttpRequest, pk: int) -> HttpResponse:
    """结束职务: says first what it will mean."""
    post = get_object_or_404(
        Post.objects.select_related("user").filter(user__in=within_reach(request)), pk=pk
    )
    today = today_of(request)
    form = EndForm(request.POST or None, initial={"last_day": today})
    template = "accounts/post_end.html"
    more: dict[str, Any] = {
        "line": post_line(post, today),
        "post": post,
        "left": left_by(post),
        "colleagues": colleagues(post, today),
        "roles": {role.value: words for role, words in ROLE_WORDS.items()},
    }
    if request.method == "GET" or not form.is_valid():
        return _form_page(request, form, template, **more)
    try:
        acts.end_post(pk, by=_user(request), today=today, **form.cleaned_data)
    except Refusal as refusal:
        return _form_page(request, form, template, refusal=refusal, **more)
    messages.success(request, gettext("已结束职务并记录在案。"))
    return redirect("person", pk=post.user_id)


@requires(Power.MANAGE)
@never_cache
@require_POST
def password(request: HttpRequest, pk: int) -> HttpResponse:
    """重置密码: the temporary password is shown once, on this answer."""
    found = get_object_or_404(within_reach(request), pk=pk)
    fresh = acts.reset_password(found.pk, by=_user(request), today=today_of(request))
    context = {"person": found, "password": fresh}
    return render(request, "accounts/password_shown.html", context)


@requires(Power.MANAGE)
@require_POST
def block(request: HttpRequest, pk: int) -> HttpResponse:
    """停用 or 恢复, by the value of the button."""
    found = get_object_or_404(within_reach(request), pk=pk)
    form = BlockForm(request.POST)
    if not form.is_valid():
        return _person_page(request, pk, block_form=form, status=422)
    acts.block_person(
        found.pk,
        blocked=request.POST.get("act") != "unblock",
        reason=form.cleaned_data["reason"],
        by=_user(request),
        today=today_of(request),
    )
    return redirect("person", pk=pk)


@requires(Power.MANAGE)
@require_POST
def factor(request: HttpRequest, pk: int) -> HttpResponse:
    """清除第二因素."""
    found = get_object_or_404(within_reach(request), pk=pk)
    form = FactorForm(request.POST)
    if not form.is_valid():
        return _person_page(request, pk, factor_form=form, status=422)
    acts.reset_second_factor(
        found.pk,
        reason=form.cleaned_data["reason"],
        by=_user(request),
        today=today_of(request),
    )
    messages.success(request, gettext("已清除第二因素并记录在案。"))
    return redirect("person", pk=pk)


@requires(Power.MANAGE)
@require_POST
def identity(request: HttpRequest, pk: int) -> HttpResponse:
    """绑定统一身份 or 解除, by the value of the button."""
    found = get_object_or_404(within_reach(request), pk=pk)
    form = IdentityForm(request.POST)
    if not form.is_valid():
        return _person_page(request, pk, identity_form=form, status=422)
    act = acts.unbind_identity if request.POST.get("act") == "unbind" else acts.bind_identity
    try:
        act(found.pk, by=_user(request), today=today_of(request), **form.cleaned_data)
    except Refusal as refusal:
        return _person_page(request, pk, identity_form=form, refusal=refusal, status=409)
    return redirect("person", pk=pk)


@requires(Power.OVERSEE)
@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """All that was done to accounts within reach, newest first, 50 a page; auditors read it too."""
    rows = AccountEvent.objects.filter(person__in=within_reach(request, Power.OVERSEE))
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 18:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.select_related("person", "by", "post").order_by("-pk")[: A_PAGE + 1])
    context = {
        "events": [_event_line(event, today_of(request)) for event in found[:A_PAGE]],
        "before": found[A_PAGE - 1].pk if len(found) > A_PAGE else None,
        "from_start": not before,
    }
    return render(request, "accounts/events.html", context)


def _person_page(
    request: HttpRequest,
    pk: int,
    *,
    post_form: PostForm | None = None,
    block_form: BlockForm | None = None,
    factor_form: FactorForm | None = None,
    identity_form: IdentityForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    found = get_object_or_404(within_reach(request), pk=pk)
    today = today_of(request)
    rows = found.account_events.select_related("person", "by", "post").order_by("-pk")[:A_PAGE]
    context = {
        "person": found,
        "posts": [post_line(post, today) for post in found.posts.order_by("pk")],
        "events": [_event_line(event, today) for event in rows],
        "post_form": post_form or PostForm(today=today),
        "block_form": block_form or BlockForm(),
        "factor_form": factor_form or FactorForm(auto_id="factor_%s"),
        "identity_form": identity_form or IdentityForm(auto_id="identity_%s"),
        "identities": SocialAccount.objects.filter(user=found).order_by("pk"),
        "has_factor": Authenticator.objects.filter(user=found).exists(),
        "provider": settings.IDENTITY_PROVIDER,
        "refusal": refusal,
        "oneself": found.pk == _user(request).pk,
    }
    return render(request, "accounts/person.html", context, status=status)


def _event_line(event: AccountEvent, today: date) -> dict[str, Any]:
    line = post_line(event.post, today) if event.post else None
    reason = event.detail.get("reason", "")
    return {"event": event, "line": line, "reason": reason, "token": event.detail.get("token")}


def _form_page(
    request: HttpRequest,
    form: forms.Form,
    template: str,
    *,
    refusal: Refusal | None = None,
    **more: Any,
) -> HttpResponse:
    status = 200 if request.method == "GET" else 409 if refusal else 422
    return render(request, template, {"form": form, "refusal": refusal, **more}, status=status)


def _next(rows: list[User]) -> str:
    return rows[A_PAGE - 1].username if len(rows) > A_PAGE else ""


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)  # `requires` let nobody else in
    return user
