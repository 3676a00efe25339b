"""Which main equipment of a line has exited by another case: as entries of the ledger that stand
name it; and what may be the same piece under another name.

    gone_before(case)             the entries, each with its pieces; `gone_pieces`: of a list
    alike_before(case, said)      of what somebody names: what resembles a piece that has exited

A piece that the register has is told by its number (`pieces`). One that it lacks is told by its
words alone: whether two words mean one piece a person settles, who is shown both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from phaseout.accounts.rows import whole_reach
from phaseout.casework.models import Case
from phaseout.casework.pieces import pieces_in, registered
from phaseout.registry.models import CapacityEntry

LIKE = 0.6
"""From here on two names are shown side by side; of the longest part in common, twice, in both."""
_FIGURES = str.maketrans("一二三四五六七八九", "123456789")
_NUMBERED = re.compile(r"[号#№]")


@dataclass(frozen=True, slots=True)
class Gone:
    """An entry into an exit by another case. `said`: the equipment as it was written; `pieces`: who
    is who → the words; `closed_on`: when that case ended, None: it goes on."""

    entry: int
    case_no: int | None
    case_number: str
    on: date
    said: str
    pieces: Mapping[str, str]
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Alike:
    """What somebody names, and the piece that has exited which it may be."""

    said: str
    piece: str
    gone: Gone


def gone_before(case: Case, known: Mapping[str, str] | None = None) -> list[Gone]:
    """Entries of the line by other cases that name equipment and stand, the oldest first.

    Args:
        known: `pieces.registered` of the line, where it was read already.
    """
    names = registered(case.line_id) if known is None else known
    with whole_reach():  # a piece has exited whoever asks
        rows = list(
            CapacityEntry.objects.filter(line=case.line_id, countered_by=None)
            .exclude(equipment="")
            .exclude(case_no=case.pk)
            .order_by("pk")
        )
        closed = dict(
            Case.objects.filter(pk__in=[one.case_no for one in rows]).values_list("pk", "closed_on")
        )
    return [
        Gone(
            one.pk,
            one.case_no,
            one.case_number,
            one.effective_on,
            one.equipment,
            pieces_in(one.equipment, names),
            closed.get(one.case_no or 0),
        )
        for one in rows
    ]


def gone_pieces(case: Case, named: Mapping[str, str]) -> dict[str, Gone]:
    """Of the pieces named those that have exited, each with the entry that says so.

    Args:
        named: number in the register (or any other mark) → what the piece is called.
    """
    known = registered(case.line_id)
    before = gone_before(case, known)
    found = {}
    for mark, words in named.items():
        who = {mark.casefold()} if mark in known else pieces_in(words, known).keys()
        for one in before:
            if who & one.pieces.keys():
                found[mark] = one
    return found


def alike_before(case: Case, said: str) -> list[Alike]:
    """Each piece named that may be one that has exited under another name; those that certainly
    are have the act refused (`capacity.equipment_gone`)."""
    known = registered(case.line_id)
    before = gone_before(case, known)
    return [
        Alike(words, other, gone)
        for key, words in pieces_in(said, known).items()
        for gone in before
        for its, other in gone.pieces.items()
        if key != its and not _both_known(key, its, known) and alike(words, other)
    ]


def alike(one: str, other: str) -> bool:
    """Whether two names may be one piece: the same figures (or one of them bears none), and words
    of which one holds the other or most is in common.

    >>> alike("2号电石炉", "2#电石炉（东侧）"), alike("电石炉", "二号电石炉")
    (True, True)
    >>> alike("2号电石炉", "3号电石炉"), alike("2号电石炉", "2号磨机")
    (False, False)
    """
    (words, figures), (others, their) = _apart(one), _apart(other)
    if figures and their and figures != their:
        return False
    if not words or not others:
        return bool(figures) and figures == their
    if words in others or others in words:
        return True
    return SequenceMatcher(None, words, others, autojunk=False).ratio() >= LIKE


def _apart(name: str) -> tuple[str, frozenset[str]]:
    """The words of a name without its figures, and these."""
    text = unicodedata.normalize("NFKC", name).casefold().translate(_FIGURES)
    figures = frozenset(re.findall(r"\d+(?:\.\d+)?", text))
    return re.sub(r"[\d.\s()（）×x*φ-]", "", _NUMBERED.sub("", text)), figures


def _both_known(one: str, other: str, known: Mapping[str, str]) -> bool:
    """Two numbers of the register are two pieces."""
    numbers = {number.casefold() for number in known}
    return one in numbers and other in numbers
