"""How people sign in: accounts are made by an administrator, never by the visitor.

In demo mode, and only there, the sign-in page lists the demo people with one button each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.views import password_change as allauth_password_change
from allauth.core import context
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from phaseout.accounts import government
from phaseout.accounts.history import named, note
from phaseout.accounts.models import Post, SignIn, User
from phaseout.accounts.organisations import office_name
from phaseout.accounts.powers import ROLE_WORDS, Role
from phaseout.accounts.requests import network_address, today_of
from phaseout.law.refusals import Bilingual, Refusal

BACKEND = "phaseout.accounts.sign_in.OfficeBackend"


class OfficeBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's check of a password; outside demo mode no demo person is let in or kept in."""

    def user_can_authenticate(self, user: Any) -> bool:
        allowed: bool = super().user_can_authenticate(user)
        return allowed and (settings.DEMO or not user.demo)


class OfficeAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth with sign-up closed, and its errors in words a person would say."""

    error_messages = {  # noqa: RUF012
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy(
            "用户名或密码不正确。忘记密码的，请联系系统管理员。"
        ),
        "too_many_login_attempts": gettext_lazy(
            "密码连续输错次数过多，从本网络地址登录该账号暂停5分钟。账号和数据是安全的；5分钟后可以再试。忘记密码的，请系统管理员重置。"
        ),
        "account_inactive": gettext_lazy("该账号已停用。如有疑问，请联系系统管理员。"),
        "incorrect_password": gettext_lazy("当前密码不正确。"),
        "enter_current_password": gettext_lazy("请输入当前密码。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords count by name and address: a stranger who guesses elsewhere pauses the
        name for that address only, never for its owner."""
        by_name: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{by_name}:{network_address(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            note(SignIn.Outcome.PAUSED, request, named(credentials), means="password")
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note(SignIn.Outcome.WRONG_PASSWORD, request, named(credentials), means="password")

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        note(SignIn.Outcome.BLOCKED, request, user)
        response: HttpResponse = super().respond_user_inactive(request, user)
        return response

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """allauth would sign in whoever gave the right password and is active."""
        if user.demo and not settings.DEMO:
            return self.respond_user_inactive(request, user)
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has nothing but the government's provider has confirmed himself by coming from
        there just now; else nobody without a password could set up a second factor."""
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return required and not government.came_just_now(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """And goes there once more where that was too long ago."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return methods or government.way_back(user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")


@dataclass(frozen=True, slots=True)
class DemoEntry:
    """One button of the sign-in page: who, in which role, of which office."""

    username: str
    name: str
    role: Bilingual
    office: Bilingual


def demo_entries(request: HttpRequest) -> list[DemoEntry]:
    """The demo people by role, under the posts they hold today; who holds none, under an earlier
    one; nobody outside demo mode."""
    if not settings.DEMO:
        return []
    today = today_of(request)
    known = Post.objects.filter(user__demo=True, user__is_active=True).select_related("user")
    held = [post for post in known if (post.held_from or today) <= today <= (post.held_to or today)]
    in_post = {post.user_id for post in held}
    earlier = {post.user_id: post for post in known if post.user_id not in in_post}
    posts = [*held, *earlier.values()]
    entries = []
    for post in sorted(posts, key=lambda post: (list(Role).index(Role(post.role)), post.pk)):
        office = (post.uscc, post.uscc)
        if not post.uscc:
            office = office_name(post.function, post.division_code, today)
        entries.append(
            DemoEntry(post.user.username, str(post.user), ROLE_WORDS[Role(post.role)], office)
        )
    return entries


def password_change(request: HttpRequest) -> HttpResponse:
    """allauth's page; whoever has no password has none to change: a demo person, and who comes by
    the provider of identities only."""
    user = request.user
    if user.is_authenticated and not user.has_usable_password() and not user.demo:
        raise Refusal(
            "no_password",
            what=("不能修改密码", "there is no password to change"),
            why=(
                "该账号没有密码，由统一身份认证登录。",
                "this account has none: it signs in by the provider of identities.",
            ),
            instead=(
                "须用密码登录的，请系统管理员设置。",
                "An administrator can set one, if it is needed.",
            ),
        )
    if user.is_authenticated and not user.has_usable_password():
        raise Refusal(
            "no_password",
            what=("不能修改密码", "there is no password to change"),
            why=("演示账号没有密码。", "a demo person has none."),
            instead=("在登录页直接选择该账号即可。", "Choose the person on the sign-in page."),
        )
    response: HttpResponse = allauth_password_change(request)
    return response


@sensitive_post_parameters()
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """One button: signs a demo person in. There is no such address outside demo mode."""
    if not settings.DEMO:
        raise Http404
    user = get_object_or_404(
        User, username=request.POST.get("username", ""), demo=True, is_active=True
    )
    login(request, user, backend=BACKEND)
    after = request.POST.get(REDIRECT_FIELD_NAME, "")
    if not url_has_allowed_host_and_scheme(
        after, {request.get_host()}, require_https=request.is_secure()
    ):
        after = reverse(settings.LOGIN_REDIRECT_URL)
    return redirect(after)
