"""The spread of treatment of like cases: which there are, and one group of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from phaseout.accounts.organisations import place_words
from phaseout.accounts.requests import officials, scope_of_request, today_of
from phaseout.casework.models import Case
from phaseout.coordination.offices import name_of
from phaseout.coordination.planning.showing import industry_words
from phaseout.coordination.supervision.drawing import spread_chart
from phaseout.coordination.supervision.reading import Reader
from phaseout.coordination.supervision.showing import REGION, TOGETHER
from phaseout.coordination.supervision.spread import (
    MEASURED,
    MOST_OUTLIERS,
    Asked,
    Outlier,
    Spread,
    Treated,
    groups,
    like,
    since,
    spread,
)
from phaseout.documents.charts import inline, legend
from phaseout.law.procedures import PROCEDURES, procedure
from phaseout.law.refusals import Bilingual
from phaseout.law.supervision import rule
from phaseout.pages.explaining import row_words
from phaseout.pages.templatetags.phaseout import said


@require_safe
@officials
def like_cases(request: HttpRequest) -> HttpResponse:
    """The groups of like cases; with `procedure` and `industry` one of them."""
    reader, today = Reader.of(scope_of_request(request)), today_of(request)
    if "procedure" not in request.GET:
        context: dict[str, Any] = {
            "groups": [
                {
                    "one": one,
                    "procedure": procedure_words(one.asked.procedure, today),
                    "industry": industry_words(one.asked.industry),
                    "url": group_url(one.asked),
                }
                for one in groups(reader, today)
            ],
            "since": since(today),
            "least": rule("spread_least", today),
            "reader": reader,
        }
        return render(request, "supervision/alike.html", context)
    asked = asked_of(request)
    if request.GET.get("list") == "1":
        return _list(request, asked, reader, today)
    found = spread(reader, asked, today)
    if not found.whole.cases and not found.causes:
        raise Http404
    return render(request, "supervision/spread.html", _context(request, found, reader, today))


def asked_of(request: HttpRequest) -> Asked:
    """Which like cases are asked for; 404 for a procedure that there is not."""
    given = request.GET
    if given["procedure"] not in PROCEDURES:
        raise Http404
    cause = given.get("cause", "")
    if any("\0" in one for one in (given.get("industry", ""), cause)):
        raise Http404
    return Asked(given["procedure"], given.get("industry", ""), cause)


def group_url(asked: Asked) -> str:
    told = {"procedure": asked.procedure, "industry": asked.industry}
    if asked.cause:
        told["cause"] = asked.cause
    return f"{reverse('supervision-spread')}?{urlencode(told)}"


def procedure_words(name: str, on: date) -> Bilingual:
    return procedure(name, on=on).title if name in PROCEDURES else (name, name)


def _list(request: HttpRequest, asked: Asked, reader: Reader, today: date) -> HttpResponse:
    """The cases behind a number of the spread."""
    city, only = request.GET.get("city", ""), request.GET.get("only", "")
    if "\0" in city + only:
        raise Http404
    rules = procedure(asked.procedure, on=today)
    found = like(reader, asked, today, city=city, only=only)
    if not found:
        raise Http404
    pks = [one.case.pk for one in found]
    seen = Case.objects.filter(scope_of_request(request).findings(), pk__in=pks)
    opens = set(seen.values_list("pk", flat=True))
    named = {"decided": ("已作决定", "decided"), "closed": ("已结案", "closed"),
             "extended": ("延期", "extended")}  # fmt: skip
    narrowed = named.get(only) or (
        rules.acts[only].name if only in rules.acts else _stage(rules, only) if only else None
    )
    context = {
        "procedure": rules.title,
        "industry": industry_words(asked.industry),
        "city": place_words(f"{city}00") if city else REGION if reader.whole else TOGETHER,
        "only": narrowed,
        "group_url": group_url(asked),
        "measures": [MEASURES[one] for one in MEASURED],
        "rows": [
            {
                "one": one,
                "city": place_words(f"{one.case.division_code[:4]}00"),
                "ordered": [rules.acts[k].name for k in one.ordered if k in rules.acts],
                "values": [(MEASURES[name], getattr(one, name)) for name in MEASURED],
                "stage": _stage(rules, one.case.stage),
                "opens": one.case.pk in opens,
            }
            for one in found[:MOST_OUTLIERS]
        ],
        "more": len(found) > MOST_OUTLIERS,
    }
    return render(request, "supervision/like.html", context)


def list_of(asked: Asked, city: str = "", only: str = "") -> str:
    told = {"list": "1", **({"city": city} if city else {}), **({"only": only} if only else {})}
    return f"{group_url(asked)}&{urlencode(told)}"


def shown_by_city(
    found: Spread, reader: Reader, today: date
) -> tuple[str, list[tuple[Bilingual, Treated, str]]]:
    """The title of the group, and its cities and all together, each with the list of its cases."""
    asked = found.asked
    words = [procedure_words(asked.procedure, today), industry_words(asked.industry)]
    title = " · ".join(
        [*map(said, words), *([said(row_words(asked.cause))] if asked.cause else [])]
    )
    rows = [
        (place_words(f"{city}00"), one, list_of(asked, city)) for city, one in found.by_city.items()
    ]
    together = REGION if reader.whole else TOGETHER
    return title, [*rows, (together, found.whole, list_of(asked))]


def _drawing(found: Spread, reader: Reader, today: date) -> dict[str, Any]:
    few = int(rule("spread_city_least", today).value)
    chart = spread_chart(*shown_by_city(found, reader, today), few, MEASURES)
    # Made of escaped text only (documents.charts).
    return {
        "drawing": mark_safe(inline(chart, "spread")) if chart.groups else "",
        "legend": [(name, mark_safe(swatch)) for name, swatch in legend(chart, "spread")],
    }


def _context(request: HttpRequest, found: Spread, reader: Reader, today: date) -> dict[str, Any]:
    return {
        "found": found,
        "reader": reader,
        **_group(found.asked, found.causes, today),
        **_tables(found, reader, today),
        "bounds": [(MEASURES[one], found.fences.get(one)) for one in MEASURED],
        "outliers": _outliers(request, found, today),
        **_drawing(found, reader, today),
        "least": rule("spread_least", today),
        "fence": rule("spread_fence", today),
    }


def _group(asked: Asked, causes: Mapping[str, int], today: date) -> dict[str, Any]:
    """What the cases have in common, and the narrower groups by their grounds, most cases first."""
    return {
        "procedure": procedure(asked.procedure, on=today).title,
        "industry": industry_words(asked.industry),
        "cause": row_words(asked.cause) if asked.cause else None,
        "causes": [
            (row_words(one) if one else (_("没有依据文件"), "none"), n,
             group_url(Asked(asked.procedure, asked.industry, one)))
            for one, n in sorted(causes.items(), key=lambda pair: -pair[1])
        ],
        "any_url": group_url(Asked(asked.procedure, asked.industry)),
    }  # fmt: skip


def _tables(found: Spread, reader: Reader, today: date) -> dict[str, Any]:
    """The measures, the orders and the stages of each city and of all together; every number leads
    to its cases."""
    asked, rules = found.asked, procedure(found.asked.procedure, on=today)
    kinds, stages = sorted(found.whole.ordered), sorted(found.whole.ended)
    few = int(rule("spread_city_least", today).value)
    with_all: list[tuple[str, Bilingual, Treated]] = [
        *((city, place_words(f"{city}00"), one) for city, one in found.by_city.items()),
        ("", REGION if reader.whole else TOGETHER, found.whole),
    ]
    return {
        "few": few,
        "rows": [
            {
                "name": name,
                "one": one,
                "measures": _measures(one, one.cases < few),
                "urls": {
                    only or "all": list_of(asked, city, only)
                    for only in ("", "decided", "extended", "closed")
                },
            }
            for city, name, one in with_all
        ],
        "kinds": [rules.acts[kind].name if kind in rules.acts else (kind, kind) for kind in kinds],
        "ordered": [
            (name, [(one.ordered.get(kind, 0), list_of(asked, city, kind)) for kind in kinds])
            for city, name, one in with_all
        ],
        "stages": [_stage(rules, stage) for stage in stages],
        "ended": [
            (name, [(one.ended.get(stage, 0), list_of(asked, city, stage)) for stage in stages])
            for city, name, one in with_all
        ],
    }


MEASURES: dict[str, Bilingual] = {
    "wait": ("从认定到决定（天）", "days from finding to decision"),
    "period": ("整改、限产期限（天，含延期）", "days of the period, with extension"),
    "fine": ("罚款（元）", "fine in yuan"),
}


def _stage(rules: Any, stage: str) -> Bilingual:
    known = rules.stages.get(stage)
    return known.name if known is not None else (stage, stage)


def _measures(one: Treated, is_few: bool) -> list[dict[str, Any]]:
    """Each measure of a city; of too few cases no median."""
    shown = []
    for name in MEASURED:
        n, three = one.quartiles.get(name, (0, None))
        shown.append(
            {
                "words": MEASURES[name],
                "n": n,
                "few": is_few and n > 0,
                "three": [_rounded(v) for v in three] if three and not is_few else None,
            }
        )
    return shown


def _rounded(value: Decimal) -> Decimal:
    whole = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return whole.to_integral_value() if whole == whole.to_integral_value() else whole


def _outliers(request: HttpRequest, found: Spread, today: date) -> list[dict[str, Any]]:
    pks = [one.case.pk for one in found.outliers]
    seen = Case.objects.filter(scope_of_request(request).findings(), pk__in=pks)
    opens = set(seen.values_list("pk", flat=True))
    return [_outlier(one, today, one.case.pk in opens) for one in found.outliers]


def _outlier(one: Outlier, today: date, opens: bool) -> dict[str, Any]:
    return {
        "one": one,
        "city": place_words(f"{one.case.division_code[:4]}00"),
        "office": name_of(one.case.office, today),
        "words": MEASURES[one.measure],
        "value": _rounded(one.value),
        "low": _rounded(max(one.fences.low, Decimal(0))),
        "high": _rounded(one.fences.high),
        "url": reverse("case", args=[one.case.pk]) if opens else "",
    }
