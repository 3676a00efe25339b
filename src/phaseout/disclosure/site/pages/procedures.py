"""办理程序: each procedure with its picture, its acts and its periods, from the tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from phaseout.accounts.requests import today_of
from phaseout.disclosure.site.showing import kept, public_page
from phaseout.law.opinions import numeral
from phaseout.law.procedures import PROCEDURES, draw, page, procedure, versions
from phaseout.law.procedures.records import Procedure
from phaseout.pages.templatetags.phaseout import english

_MARK = re.compile(r"`([^`]*)`")


@dataclass(slots=True)
class Part:
    """A section of the page of a procedure: sentences, points, and a table (head, rows of cells, a
    cell being lines of text)."""

    heading: str
    sentences: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    rows: list[list[list[str]]] = field(default_factory=list)


def parts_of(text: str) -> list[Part]:
    """The sections of a page made by `law.procedures.page`, so that the site says what the
    documents of the project say. Codes in backticks are for readers of the tables and left out."""
    parts: list[Part] = []
    for line in text.splitlines():
        if line.startswith("## "):
            parts.append(Part(line[3:]))
        elif not parts or not line:
            continue
        elif line.startswith("|"):
            _row(parts[-1], [cell.strip() for cell in line.strip("|").split("|")])
        elif line.startswith("- "):
            parts[-1].points.append(_MARK.sub(r"\1", line[2:]))
        else:
            parts[-1].sentences.append(line)
    return parts


def _row(part: Part, cells: list[str]) -> None:
    if not part.head:
        part.head = cells
    elif set(cells) != {"---"}:
        part.rows.append([_lines(cell) for cell in cells])


def _lines(cell: str) -> list[str]:
    return [text for piece in cell.split("<br>") if (text := _MARK.sub("", piece).strip())]


def _in_force(name: str, day: date) -> Procedure:
    """The version in force on the day; before our record begins, its first."""
    return procedure(name, on=max(day, versions(name)[0][0]))


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    day = today_of(request)
    rows = [(name, one, _clause(one)) for name in PROCEDURES if (one := _in_force(name, day))]
    return public_page(request, "publicsite/procedures.html", {"rows": rows})


def _clause(one: Procedure) -> str:
    return str(one.clause) if english() else numeral(one.clause)


@require_safe
def one_procedure(request: HttpRequest, name: str) -> HttpResponse:
    if name not in PROCEDURES:
        raise Http404
    one = _in_force(name, today_of(request))
    context = {
        "name": name,
        "procedure": one,
        "clause": _clause(one),
        "language": "en" if english() else "zh",
        "parts": parts_of(page(name, "en" if english() else "zh", version=one.version)),
    }
    return public_page(request, "publicsite/procedure.html", context)


@require_safe
def picture(request: HttpRequest, name: str, lang: str) -> HttpResponse:
    """The diagram as SVG, in the language of its address."""
    if name not in PROCEDURES or lang not in ("zh", "en"):
        raise Http404
    return kept(
        HttpResponse(draw(_in_force(name, today_of(request)), lang), content_type="image/svg+xml")
    )
