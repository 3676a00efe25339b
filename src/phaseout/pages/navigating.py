"""The navigation. Most of a page's links are the same for all who may do the same: they are drawn
once for each such sight of the site and kept while the process lives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Sight:
    """All that the navigation depends on. The template is given nothing else, so that nothing of
    one person can be kept for another.

    place: the URL name of the page one is on.
    powers: names of the flags of `can` that are set.
    """

    language: str
    prefix: str
    place: str
    powers: frozenset[str]
    of_enterprise: bool
    signed_in: bool


def sight_of(context: Any) -> Sight:
    """What the person behind a page sees of the navigation (a template's context)."""
    match = getattr(context.get("request"), "resolver_match", None)
    grants = getattr(context.get("scope"), "grants", ())
    return Sight(
        language=get_language() or "",
        prefix=get_script_prefix(),
        place=(match.url_name if match else "") or "",
        powers=frozenset(name for name, held in (context.get("can") or {}).items() if held),
        of_enterprise=bool(grants and grants[0].uscc),
        signed_in=bool(getattr(context.get("user"), "is_authenticated", False)),
    )


@lru_cache(maxsize=4096)
def drawn(sight: Sight) -> SafeString:
    """The navigation as HTML."""
    return render_to_string(
        "pages/_navigation.html",
        {
            "can": dict.fromkeys(sight.powers, True),
            "of_enterprise": sight.of_enterprise,
            "signed_in": sight.signed_in,
            "place": sight.place,
        },
    )
