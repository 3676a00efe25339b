"""What changed between two editions of a standard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from phaseout.law.norms import NormBook
from phaseout.law.norms.difference import Change, difference
from phaseout.law.norms.documents import find_source
from phaseout.law.norms.editions import Edition, editions
from phaseout.law.norms.records import Source
from phaseout.law.refusals import Refusal
from phaseout.library.caching import unchanged_until_signed
from phaseout.library.searching import plain
from phaseout.library.showing import ShownRow, number, show, title
from phaseout.pages.templatetags.phaseout import said


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A limit that both editions have, side by side."""

    old: ShownRow
    new: ShownRow
    percent: Decimal | None
    of_figure: bool
    of_condition: bool

    @property
    def rises(self) -> bool:
        return self.percent is not None and self.percent > 0


@require_safe
@unchanged_until_signed
def norm_compare(request: HttpRequest) -> HttpResponse:
    """Two editions, chosen from the time line; the earlier one is the old one."""
    book = NormBook.load()
    old, new = (find_source(_named(request, name), book.sources) for name in ("old", "new"))
    line = editions(old, book)
    places = {edition.source.source_id: at for at, edition in enumerate(line)}
    if new.source_id not in places or old.source_id == new.source_id:
        raise _no_two_editions(old, new)
    if places[old.source_id] > places[new.source_id]:
        query = f"?old={new.source_id}&new={old.source_id}"
        return redirect(reverse("norm-compare") + query)
    found = difference(old, new, book)
    changes = [_shown(change) for change in found.changed]
    return render(
        request,
        "library/compare.html",
        {
            "trail": [
                (_("标准库"), reverse("library")),
                (number(new), reverse("norm-source", args=[new.source_id])),
                (_("比较"), ""),
            ],
            "old": line[places[old.source_id]],
            "new": line[places[new.source_id]],
            "titles": (title(old), title(new)),
            "figures": [change for change in changes if change.of_figure],
            "conditions": [c for c in changes if c.of_condition and not c.of_figure],
            "added": [show(row) for row in found.added],
            "removed": [show(row) for row in found.removed],
            "found": found,
            "line": line,
            "silent": _silent(line[places[old.source_id]], line[places[new.source_id]]),
        },
    )


def _named(request: HttpRequest, name: str) -> str:
    return plain(request.GET.get(name, "").replace("\x00", "")[:120])


def _shown(change: Change) -> ShownChange:
    return ShownChange(
        show(change.old), show(change.new), change.percent, change.of_figure, change.of_condition
    )


def _silent(*line: Edition) -> Sequence[str]:
    """Editions of which our record has no row: nothing can be said of them."""
    return [said((e.source.number, e.source.number)) for e in line if not e.rows]


def _no_two_editions(old: Source, new: Source) -> Refusal:
    return Refusal(
        "not_two_editions",
        what=("不能比较", "these cannot be compared"),
        why=(
            f"{old.number or old.source_id}与{new.number or new.source_id}不是同一标准的两个版本。",
            f"{old.number or old.source_id} and {new.number or new.source_id} are not two editions"
            " of one standard.",
        ),
        instead=(
            "请在标准页的版本时间线上选择两个版本。",
            "Choose two from the time line of a standard.",
        ),
    )
