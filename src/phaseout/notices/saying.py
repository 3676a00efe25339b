"""Notices in words. What a room told with words is said as told; a room whose notices are rows of
facts (deadlines of cases) says them when they are shown.

    # in the room's AppConfig.ready
    speak("case:", says)    # says(notices, scope) -> {pk of the notice: Said}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from phaseout.accounts.scope import Scope
from phaseout.law.refusals import Bilingual
from phaseout.notices.models import Notice


@dataclass(frozen=True, slots=True)
class Said:
    """A notice in words. `outside`: as it may be said in a message; `label`: what it is about (the
    number of a case), outside too; `whose`: the enterprise, in the site only."""

    words: Bilingual
    outside: Bilingual
    url: str = ""
    label: str = ""
    whose: str = ""


Speaker = Callable[[Sequence[Notice], Scope], Mapping[int, Said]]
GONE: Bilingual = (
    "此事项已不在您的办理范围内。",
    "This is no longer within what you may see.",
)
_SPEAKERS: dict[str, Speaker] = {}


def speak(prefix: str, speaker: Speaker) -> None:
    """Have `speaker` say the notices whose subject begins with `prefix`; called when the site
    starts. What it leaves out is no longer within the reach of the person."""
    _SPEAKERS[prefix] = speaker


def said(notices: Iterable[Notice], scope: Scope) -> dict[int, Said]:
    """Primary key → words, for a person with that scope; as many queries as there are speakers
    concerned, however many notices."""
    rows, found = list(notices), {}
    for prefix, speaker in _SPEAKERS.items():
        if theirs := [one for one in rows if one.subject.startswith(prefix)]:
            found.update(speaker(theirs, scope))
    for one in rows:
        if one.pk not in found:
            words = (one.words_zh, one.words_en) if one.words_zh else GONE
            found[one.pk] = Said(words, words, one.url)
    return found
