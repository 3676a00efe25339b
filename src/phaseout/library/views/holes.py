"""What we do not hold: the days for which our record has no row, and what would fill them."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phaseout.law.industries import INDUSTRIES
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.norms import NormBook
from phaseout.law.norms.gaps import SINCE, Gap, Kind, find_gaps, last_begin
from phaseout.law.refusals import Bilingual
from phaseout.library.caching import unchanged_until_signed
from phaseout.library.paging import sliced
from phaseout.library.showing import industry as industry_words
from phaseout.reporting.words import DIMENSIONS

ROWS_A_PAGE = 50
KIND_WORDS: dict[Kind, Bilingual] = {
    Kind.NO_ROW: ("无记录", "no row"),
    Kind.NOT_IN_EDITION: ("当时版本中无此名目", "not in the edition then in force"),
    Kind.NOT_MANDATORY: ("仅有推荐性或效力未定的记录", "recommended or unsettled rows only"),
    Kind.NO_FIGURE: ("有记录，未定数值", "rows, no figure set"),
}


@require_safe
@unchanged_until_signed
def norm_holes(request: HttpRequest) -> HttpResponse:
    """The holes of one dimension and industry, or of all; where there is no row, no case passes."""
    asked_industry = request.GET.get("industry", "")
    asked_dimension = request.GET.get("dimension", "")
    everything = _all_gaps()
    found = [
        gap
        for gap in everything
        if asked_industry in ("", gap.industry) and asked_dimension in ("", gap.dimension)
    ]
    page = sliced(found, request.GET.get("page"), ROWS_A_PAGE)
    counts = Counter(gap.kind for gap in found)
    return render(
        request,
        "library/holes.html",
        {
            "gaps": [
                (gap, KIND_WORDS[gap.kind], industry_words(gap.industry), DIMENSIONS[gap.dimension])
                for gap in page.items
            ],
            "rows": page,
            "counts": [(KIND_WORDS[kind], counts[kind]) for kind in Kind if counts[kind]],
            "since": SINCE,
            "until": last_begin(NormBook.load()),
            "industry": asked_industry if asked_industry in INDUSTRIES else "",
            "dimension": asked_dimension if asked_dimension in set(Dimension) else "",
            "industries": INDUSTRIES.values(),
            "dimensions": DIMENSIONS.items(),
        },
    )


@lru_cache(maxsize=1)
def _all_gaps() -> tuple[Gap, ...]:
    """Computed once a process: the book does not change while it runs."""
    book = NormBook.load()
    return tuple(find_gaps(book, since=SINCE, until=last_begin(book)))
