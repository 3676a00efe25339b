"""Notices in words. What a room told with words is said as told; a room whose notices are rows of
facts (deadlines of cases) says them when they are shown.

    # in the room's AppConfig.ready
    speak("case:", says)    # says(notices, scope) -> {pk of the notice: Said}
    settle("case:", done)   # done(notices, on) -> {pk of those that nothing is left to do about}
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

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


Settler = Callable[[Sequence[Notice], date], Collection[int]]
_SETTLERS: dict[str | tuple[str, ...], Settler] = {}


def settle(prefix: str | tuple[str, ...], settler: Settler) -> None:
    """Have `settler` say which notices of such subjects are settled: what they ask for was done, or
    is asked no more. They stay in the site, and go into no message."""
    _SETTLERS[prefix] = settler


def settled(notices: Iterable[Notice], on: date) -> set[int]:
    """Primary keys of those that are settled on a day; a few queries a room concerned."""
    rows, found = list(notices), set[int]()
    for prefix, settler in _SETTLERS.items():
        if theirs := [one for one in rows if one.subject.startswith(prefix)]:
            found.update(settler(theirs, on))
    return found


def number_of(notice: Notice) -> int:
    """The number in a subject such as `case:12`."""
    return int(notice.subject.rpartition(":")[2])


def said(notices: Iterable[Notice], scope: Scope) -> dict[int, Said]:
    """Primary key → words, for a person with that scope; as many queries as there are speakers
    concerned, however many notices."""
    rows, found = list(notices), dict[int, Said]()
    for prefix, speaker in _SPEAKERS.items():
        if theirs := [one for one in rows if one.subject.startswith(prefix)]:
            found.update(speaker(theirs, scope))
    for one in rows:
        if one.pk not in found:
            words = (one.words_zh, one.words_en) if one.words_zh else GONE
            found[one.pk] = Said(words, words, one.url)
    return found
