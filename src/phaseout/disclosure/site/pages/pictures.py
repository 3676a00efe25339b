"""地区与行业: what stands on the lists today, by city and industry, as pictures that are tables."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from phaseout.accounts.organisations import place_words
from phaseout.disclosure.lists import published
from phaseout.disclosure.lists.published import Row
from phaseout.disclosure.site.block_map import HEIGHT, WIDTH, blocks, cities
from phaseout.disclosure.site.rows import FAMILIES, industry_words
from phaseout.disclosure.site.showing import public_page
from phaseout.law.lists.kinds import ListKind


@require_safe
def pictures(request: HttpRequest) -> HttpResponse:
    """`?family=` chooses the lists; the yellow ones where nothing is said."""
    family = request.GET.get("family", "")
    if family not in FAMILIES:
        family = next(iter(FAMILIES))
    kinds = [kind for kind in published.kinds() if kind.family == family]
    standing = {kind.key: _standing(kind) for kind in kinds}
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
        "through_time": [(kind, found) for kind in kinds if (found := _editions(kind))],
    }
    return public_page(request, "publicsite/pictures.html", context)


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


def _editions(kind: ListKind) -> list[Any]:
    """The editions of a list, oldest first, where there are two at least."""
    found = published.editions(kind.key)
    return list(reversed(found)) if len(found) > 1 else []
