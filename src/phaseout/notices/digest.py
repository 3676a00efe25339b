"""A message in words: its notices by what must be done, as text and as HTML; no more of an
enterprise than the number of its case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from phaseout.accounts.scope import Scope
from phaseout.law.refusals import Bilingual
from phaseout.notices.kinds import GROUPS, group_of
from phaseout.notices.models import Address, Message, Notice
from phaseout.notices.saying import said
from phaseout.notices.ways import Written, fits
from phaseout.pages.templatetags.phaseout import said as in_language

MOST_LINES = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A notice in a message: `url` is whole, or empty where the site does not know its address."""

    label: str
    words: Bilingual
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one head."""

    key: str
    name: Bilingual
    lines: tuple[Line, ...]


def whole(path: str) -> str:
    """The address of a path of the site, for who is not in it."""
    return f"{settings.SITE_ADDRESS.rstrip('/')}{path}" if settings.SITE_ADDRESS and path else ""


def parts_of(
    notices: Sequence[Notice], scope: Scope, on: date, address: Callable[[str], str] = whole
) -> list[Part]:
    """Notices under their heads, in the order of the heads; within one the nearest day first.

    Args:
        address: what makes a path a link: whole for messages, as it is within the site.
    """
    words, found = said(notices, scope), {key: [] for key in GROUPS}  # type: ignore[var-annotated]
    for one in sorted(notices, key=lambda n: (n.due is None, n.due or n.given_on, n.pk)):
        told = words[one.pk]
        line = Line(told.label, told.outside, address(told.url))
        if line not in found[group := group_of(one.kind, one.due, on)]:
            found[group].append(line)
    return [Part(key, GROUPS[key], tuple(lines)) for key, lines in found.items() if lines]


def title_of(parts: Sequence[Part]) -> Bilingual:
    """«产能退出：已经逾期2项，供知悉1项»."""
    zh = "，".join(f"{part.name[0]}{len(part.lines)}项" for part in parts)
    en = ", ".join(f"{part.name[1].lower()}: {len(part.lines)}" for part in parts)
    return f"产能退出：{zh}", f"Phaseout: {en}"


def write(message: Message, notices: Sequence[Notice], scope: Scope, address: Address) -> Written:
    """The message of these notices, on its day, in the language of the address and as long as its
    way takes: what is left out is counted, and stands in the site."""
    with translation.override(address.language):
        parts = parts_of(notices, scope, message.on)
        context = {
            "title": in_language(title_of(parts)),
            "on": message.on,
            "digest": message.purpose == Message.Purpose.DIGEST,
            "inbox": whole("/notices/"),
            "settings": whole("/notices/settings/"),
            "language": address.language,
        }
        context |= _as_long_as_it_takes(parts, context, address)
        text = render_to_string("notices/message.txt", context)
        html = render_to_string("notices/message.html", context)
    return Written(message.pk, str(context["title"]), text, html)


def _as_long_as_it_takes(
    parts: Sequence[Part], context: dict[str, Any], address: Address
) -> dict[str, Any]:
    """`parts` with as many lines as the way takes, `left`: how many it does not."""
    lines = sum(len(part.lines) for part in parts)
    for most in range(min(lines, MOST_LINES), 0, -1):
        shown = {"parts": _cut(parts, most), "left": lines - most}
        text = render_to_string("notices/message.txt", context | shown)
        if fits(address.way, address.address, context["title"], text):
            return shown
    return {"parts": [], "left": lines}


def write_code(message: Message, code: str, language: str) -> Written:
    """The message that carries a code."""
    with translation.override(language):
        title = in_language(("产能退出：通知地址验证码", "Phaseout: code for your address"))
        text = render_to_string("notices/code.txt", {"code": code})
    return Written(message.pk, title, text, "")


def _cut(parts: Sequence[Part], most: int) -> list[Part]:
    left, kept = most, []
    for part in parts:
        if left > 0:
            kept.append(Part(part.key, part.name, part.lines[:left]))
        left -= len(part.lines)
    return kept
