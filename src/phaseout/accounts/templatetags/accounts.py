"""What the pages of accounts say: `{% load accounts %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import get_language, gettext, gettext_noop

from phaseout.accounts.models import AccountEvent, SignIn
from phaseout.accounts.sign_in import DemoEntry, demo_entries
from phaseout.law.opinions import numeral as numeral_zh

register = template.Library()

_EVENTS = {
    AccountEvent.Kind.PERSON_MADE: gettext_noop("建立账号"),
    AccountEvent.Kind.PERSON_BLOCKED: gettext_noop("停用账号"),
    AccountEvent.Kind.PERSON_UNBLOCKED: gettext_noop("恢复账号"),
    AccountEvent.Kind.PASSWORD_RESET: gettext_noop("重置密码"),
    AccountEvent.Kind.PASSWORD_CHANGED: gettext_noop("修改密码"),
    AccountEvent.Kind.POST_GRANTED: gettext_noop("授予职务"),
    AccountEvent.Kind.POST_ENDED: gettext_noop("结束职务"),
    AccountEvent.Kind.TOKEN_MADE: gettext_noop("建立令牌"),
    AccountEvent.Kind.TOKEN_WITHDRAWN: gettext_noop("撤回令牌"),
    AccountEvent.Kind.FACTOR_ADDED: gettext_noop("启用第二因素"),
    AccountEvent.Kind.FACTOR_REMOVED: gettext_noop("停用第二因素"),
    AccountEvent.Kind.FACTOR_RESET: gettext_noop("清除第二因素"),
    AccountEvent.Kind.IDENTITY_BOUND: gettext_noop("绑定统一身份"),
    AccountEvent.Kind.IDENTITY_UNBOUND: gettext_noop("解除统一身份"),
}
_OUTCOMES = {
    SignIn.Outcome.ENTERED: gettext_noop("✓ 已登录"),
    SignIn.Outcome.WRONG_PASSWORD: gettext_noop("✕ 用户名或密码不正确"),
    SignIn.Outcome.WRONG_CODE: gettext_noop("✕ 第二因素未通过"),
    SignIn.Outcome.PAUSED: gettext_noop("✕ 暂停登录期间"),
    SignIn.Outcome.BLOCKED: gettext_noop("✕ 账号停用"),
    SignIn.Outcome.UNBOUND: gettext_noop("✕ 身份未绑定账号"),
    SignIn.Outcome.ENDED: gettext_noop("在所有设备退出"),
}
_MEANS = {
    "password": gettext_noop("密码"),
    "totp": gettext_noop("动态口令"),
    "webauthn": gettext_noop("安全密钥"),
    "recovery_codes": gettext_noop("恢复码"),
    "socialaccount": gettext_noop("统一身份认证"),
    "demo": gettext_noop("演示按钮"),
}


@register.filter
def event_word(event: AccountEvent) -> str:
    """What was done, in the page's language."""
    return gettext(_EVENTS[AccountEvent.Kind(event.kind)])


_SUBJECTS = {
    "energy supervision": gettext_noop("节能监察"),
    "environment enforcement": gettext_noop("环境执法"),
    "product quality enforcement": gettext_noop("产品质量执法"),
    "safety enforcement": gettext_noop("安全生产执法"),
}
"""Subjects of the clauses that have several, as the table of duties names them."""


@register.filter
def outcome_word(one: SignIn) -> str:
    """How a try to sign in ended, in the page's language."""
    return gettext(_OUTCOMES[SignIn.Outcome(one.outcome)])


@register.filter
def means_words(one: SignIn) -> str:
    """By which means: 密码 + 动态口令."""
    return " + ".join(gettext(_MEANS.get(means, means)) for means in one.means.split())


@register.filter
def factor_word(one: Any) -> str:
    """A second factor: what it is, and the name of a key."""
    word = gettext(_MEANS.get(str(one.type), str(one.type)))
    return f"{word} · {one}" if one.type == "webauthn" else word


@register.simple_tag
def identity_provider() -> str:
    """The name of the provider of identities; empty where there is none."""
    return next((str(one["name"]) for one in settings.IDENTITY_PROVIDER), "")


@register.filter
def subject_word(subject: str) -> str:
    """The subject of a duty, in the page's language."""
    return gettext(_SUBJECTS[subject]) if subject in _SUBJECTS else subject


@register.filter
def numeral(number: int) -> str:
    """The number of a clause: 十六, or 16."""
    english = (get_language() or "").startswith("en")
    return str(number) if english else numeral_zh(number)


@register.simple_tag(takes_context=True)
def demo_people(context: template.Context) -> list[Any] | list[DemoEntry]:
    """The demo people for the buttons of the sign-in page; none outside demo mode."""
    return demo_entries(context["request"])
