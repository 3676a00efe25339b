"""What the pages of accounts say: `{% load accounts %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext, gettext_noop

from phaseout.accounts.models import AccountEvent
from phaseout.accounts.sign_in import DemoEntry, demo_entries

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
}


@register.filter
def event_word(event: AccountEvent) -> str:
    """What was done, in the page's language."""
    return gettext(_EVENTS[AccountEvent.Kind(event.kind)])


@register.simple_tag(takes_context=True)
def demo_people(context: template.Context) -> list[Any] | list[DemoEntry]:
    """The demo people for the buttons of the sign-in page; none outside demo mode."""
    return demo_entries(context["request"])
