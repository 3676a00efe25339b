"""地区与行业: what stands on the lists today, by city and industry, as pictures that are tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from phaseout.accounts.organisations import place_words
from phaseout.accounts.requests import today_of
from phaseout.disclosure.lists import published
from phaseout.disclosure.lists.models import Edition
from phaseout.disclosure.lists.published import Row
from phaseout.disclosure.site.block_map import HEIGHT, WIDTH, blocks, cities, drawn_blocks
from phaseout.disclosure.site.rows import FAMILIES, industry_words
from phaseout.disclosure.site.showing import kept, public_page
from phaseout.documents.charts import Bar, Chart, Group, Series
from phaseout.law.lists.kinds import ListKind
from phaseout.pages.drawing import on_a_page
from phaseout.pages.handing_out import PICTURES, demo_note, picture_file, svg_file
from phaseout.pages.templatetags.phaseout import number, said

Counted = list[tuple[str, int]]
"""Name and how many, in order."""


@require_safe
def pictures(request: HttpRequest) -> HttpResponse:
    """`?family=` chooses the lists; the yellow ones where nothing is said."""
    family = request.GET.get("family", "")
    if family not in FAMILIES:
        family = next(iter(FAMILIES))
    kinds, standing = _of_family(family)
    rows = [row for of_kind in standing.values() for row in of_kind]
    by_city = Counter(_city(row) for row in rows)
    context = {
        "families": FAMILIES,
        "family": family,
        "words": FAMILIES[family],
        "kinds": kinds,
        "width": WIDTH,
        "height": HEIGHT,
        "total": len(rows),
        "enterprises": len({row.uscc for row in rows}),
        "blocks": blocks(by_city),
        "cities": _by_city(kinds, standing),
        "industries": _by_industry(rows),
        "by_industry": _drawn(_of_industries(rows), _("各行业的条数"), "industries"),
        "through_time": [
            (kind, found, _drawn(_of_editions(found), _("各期的条数"), kind.key))
            for kind in kinds
            if (found := _editions(kind))
        ],
    }
    return public_page(request, "publicsite/pictures.html", context)


def _of_family(family: str) -> tuple[list[ListKind], dict[str, list[Row]]]:
    """The lists of a family, and what stands on each."""
    kinds = [kind for kind in published.kinds() if kind.family == family]
    return kinds, {kind.key: _standing(kind) for kind in kinds}


@require_safe
def picture(request: HttpRequest, family: str, what: str, ending: str) -> HttpResponse:
    """A picture of the page to keep: `cities`, `industries`, or the editions of a list by its key;
    SVG or PNG."""
    if family not in FAMILIES or ending not in PICTURES:
        raise Http404
    kinds, standing = _of_family(family)
    rows = [row for of_kind in standing.values() for row in of_kind]
    notes = (_("截至 %(day)s，数字只来自公布的名单") % {"day": today_of(request)}, *demo_note())
    words, name = said(FAMILIES[family]), f"{family}-{what}"
    if what == "cities" and rows:
        title = f"{words}{_('：五个地级市')}"
        scheme = _("示意图：只表示大致方位，不是地图，不表示行政区划界线。")
        svg = drawn_blocks(blocks(Counter(_city(row) for row in rows)), title, (scheme, *notes))
        return kept(svg_file(svg, ending, name=name, width=WIDTH))
    if what == "industries" and rows:
        counted = _of_industries(rows)
        title = f"{words}{_('：各行业的条数')}"
    else:
        kind = next((one for one in kinds if one.key == what), None)
        counted = _of_editions(_editions(kind) if kind else ())
        title = f"{said(kind.words)}{_('：各期的条数')}" if kind else ""
    if not counted:
        raise Http404
    return kept(picture_file(_bars(title, counted, notes), ending, name=name))


def _drawn(counted: Counted, title: str, key: str) -> SafeString:
    """The bars on the page; the table below them says the same."""
    drawn: SafeString = on_a_page(_bars(title, counted, ()) if counted else None, key)["drawing"]
    return drawn


def _of_industries(rows: list[Row]) -> Counted:
    return [(said(one["name"]), one["count"]) for one in _by_industry(rows)]


def _of_editions(editions: Iterable[Edition]) -> Counted:
    return [(f"{one.published_on:%Y-%m-%d}", one.count) for one in editions]


def _bars(title: str, counted: Counted, notes: tuple[str, ...]) -> Chart:
    bars = tuple(Bar(Decimal(many), number(many)) for _name, many in counted)
    names = tuple(name for name, _many in counted)
    return Chart(title, (Group("", names, (Series(_("条数"), "plain", bars),)),), notes=notes)


def _standing(kind: ListKind) -> list[Row]:
    """What stands on a list today; of a list of years all that its years have."""
    found: list[Row] = []
    years: set[int | None] = set()
    for edition in published.editions(kind.key):
        if edition.year not in years:
            years.add(edition.year)
            found += published.entries(edition, standing=True)
        if not kind.annual:
            break
    return found


def _city(row: Row) -> str:
    return f"{row.division_code[:4]}00"


def _by_city(kinds: list[ListKind], standing: dict[str, list[Row]]) -> list[dict[str, Any]]:
    found = []
    for code in cities():
        here = {key: [row for row in rows if _city(row) == code] for key, rows in standing.items()}
        found.append(
            {
                "code": code,
                "name": place_words(code),
                "counts": [(kind, len(here[kind.key])) for kind in kinds],
                "total": sum(len(rows) for rows in here.values()),
                "enterprises": len({row.uscc for rows in here.values() for row in rows}),
            }
        )
    return found


def _by_industry(rows: list[Row]) -> list[dict[str, Any]]:
    """Industries by their number, most first."""
    counted = Counter(row.industry for row in rows)
    return [
        {
            "key": key,
            "name": industry_words(key),
            "count": number,
            "enterprises": len({row.uscc for row in rows if row.industry == key}),
        }
        for key, number in counted.most_common()
    ]


def _editions(kind: ListKind) -> list[Edition]:
    """The editions of a list, oldest first, where there are two at least."""
    found = published.editions(kind.key)
    return list(reversed(found)) if len(found) > 1 else []
