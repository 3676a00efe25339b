"""Open cases by age, by procedure, city, office and stage; what was opened and closed year by year;
one query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Case as Choose
from django.db.models import Count, Q, SmallIntegerField, Value, When
from django.db.models.functions import Left
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaseout.accounts.organisations import REGION_CODE, office_name, place_words
from phaseout.casework.cases.listing import cases_within
from phaseout.casework.cases.narrowing import PROCEDURE_WORDS, stages_of
from phaseout.coordination.dashboards.asking import FIRST_YEAR, Asked
from phaseout.coordination.dashboards.panels import Column, Panel, Row, counted, till
from phaseout.law.procedures import PROCEDURES
from phaseout.pages.templatetags.phaseout import said

BANDS = ((0, 30), (31, 90), (91, 180), (181, 365), (366, None))
"""Days since the case was opened, both ends inside."""
LOOKS = ("light", "calm", "plain", "amber", "red")
Key = tuple[str, ...]
Years = Counter[tuple[int, int | None]]
"""(year opened, year closed; None: open at the end of the day asked) → how many."""
BY = ("procedure", "city", "office", "stage", "band")


def panels(asked: Asked) -> list[Panel]:
    """The cases open at the end of the day asked; their stages only as they are now."""
    found, years = _counted(asked)
    now = asked.is_now
    notes = () if now else (_("已结案件按现在所知的结案日计；阶段只有现在的，不列。"),)
    made = [
        _panel(
            asked, "cases-procedure", _("在办案件：按程序和立案时间"), _("程序"), found,
            ("procedure",), lambda key: said(PROCEDURE_WORDS[key[0]]),
            lambda key: (PROCEDURES.index(key[0]),), notes,
        ),
        _panel(
            asked, "cases-city", _("在办案件：按所在市和立案时间"), _("所在市"), found,
            ("city",), lambda key: said(place_words(f"{key[0]}00")), lambda key: key, notes,
        ),
        _panel(
            asked, "cases-office", _("在办案件：按承办机关和立案时间"), _("承办机关"), found,
            ("office",), lambda key: said(office_name(key[0], REGION_CODE, asked.today)),
            lambda key: (key[0].startswith("city_"), key[0]), notes,
        ),
    ]  # fmt: skip
    if now:
        made.append(
            _panel(
                asked, "cases-stage", _("在办案件：按阶段和立案时间"), _("阶段"), found,
                ("procedure", "stage"), _stage, _in_order, notes,
            )
        )  # fmt: skip
    return [*made, _through_years(asked, years)]


def _counted(asked: Asked) -> tuple[Counter[Key], Years]:
    """How many of each that were open, by `BY`; how many were opened and closed in which years."""
    rows = cases_within(asked.scope).filter(opened_on__lte=asked.cutoff)
    if asked.city:
        rows = rows.filter(division_code__startswith=asked.city)
    if asked.industry:
        rows = rows.filter(line__industry=asked.industry)
    bands = [
        When(opened_on__gte=_first(asked.cutoff, days), then=Value(str(at)))
        for at, (_from, days) in enumerate(BANDS)
        if days is not None
    ]
    band = Choose(*bands, default=Value(str(len(BANDS) - 1)))
    grouped = (
        rows.select_related(None)
        .order_by()
        .annotate(
            city=Left("division_code", 4),
            band=band,
            opened=_year("opened_on", asked.cutoff),
            closed=_year("closed_on", asked.cutoff),
        )
        .values_list(*BY, "opened", "closed")
        .annotate(Count("pk"))
    )
    found: Counter[Key] = Counter()
    years: Years = Counter()
    for *key, opened, closed, number in grouped:
        years[opened, closed] += number
        if closed is None:
            found[tuple(key)] += number
    return found, years


def _year(column: str, cutoff: date) -> Choose:
    """The year of a day by comparing it, several times as fast as taking it out of the day; None:
    after the cutoff, or no day. What lies before the first year is of the one before it."""
    years = [
        When(**{f"{column}__gte": date(year, 1, 1)}, then=Value(year))
        for year in range(cutoff.year, FIRST_YEAR - 1, -1)
    ]
    return Choose(
        When(Q(**{f"{column}__gt": cutoff}) | Q(**{column: None}), then=Value(None)),
        *years,
        default=Value(FIRST_YEAR - 1),
        output_field=SmallIntegerField(),
    )


def _first(cutoff: date, days: int) -> date:
    return cutoff - timedelta(days=days)


def _panel(
    asked: Asked,
    key: str,
    title: str,
    first: str,
    found: Counter[Key],
    by: tuple[str, ...],
    name: Callable[[Key], str],
    order: Callable[[Key], Any],
    notes: tuple[str, ...],
) -> Panel:
    places = [BY.index(one) for one in by]
    kept: dict[Key, Counter[int]] = {}
    for of, many in found.items():
        kept.setdefault(tuple(of[at] for at in places), Counter())[int(of[-1])] += many
    rows = tuple(
        _row(asked, name(of), kept[of], dict(zip(by, of, strict=True)))
        for of in sorted(kept, key=order)
    )
    sums = Counter({at: sum(one[at] for one in kept.values()) for at in range(len(BANDS))})
    return Panel(
        key, title, first, _columns(), rows,
        total=_row(asked, _("合计"), sums, {}) if rows else None,
        unit=pgettext("看板", "件"), notes=notes,
    )  # fmt: skip


def _columns() -> tuple[Column, ...]:
    words = (_("30天内"), _("31–90天"), _("91–180天"), _("181–365天"), _("一年以上"))
    return (
        *(Column(head, look) for head, look in zip(words, LOOKS, strict=True)),
        Column(_("合计")),
    )


def _row(asked: Asked, name: str, counts: Counter[int], narrowed: Mapping[str, str]) -> Row:
    parts: dict[str, Any] = {**asked.prefix, **narrowed}
    parts |= {"state": "open"} if asked.is_now else {"open_on": asked.cutoff}
    cells = []
    for at, (least, most) in enumerate(BANDS):
        days = {
            "opened_from": None if most is None else _first(asked.cutoff, most),
            "opened_to": _first(asked.cutoff, least) if least else None,
        }
        cells.append(counted(counts[at], "cases", **parts, **days))
    return Row(name, (*cells, counted(counts.total(), "cases", **parts)))


def _through_years(asked: Asked, years: Years) -> Panel:
    """What was opened and closed in each year and what was open at its end. A case that was opened
    again counts as open from its first day, one that was closed by the day it is known by now."""
    shown = range(FIRST_YEAR, asked.cutoff.year + 1) if years else ()
    heads = ((_("当年立案"), "calm"), (_("当年结案"), "green"), (_("年末在办"), "amber"))
    return Panel(
        "cases-year", _("历年立案、结案和在办"), _("年度"),
        tuple(Column(head, look) for head, look in heads),
        tuple(_year_row(asked, year, years) for year in shown),
        unit=pgettext("看板", "件"), stacked=False,
        notes=(_("结案按现在所知的结案日计，重新办理的案件按未结计。"),),
    )  # fmt: skip


def _year_row(asked: Asked, year: int, years: Years) -> Row:
    begin, end = date(year, 1, 1), min(date(year, 12, 31), asked.cutoff)
    opened = sum(many for (of, _closed), many in years.items() if of == year)
    closed = sum(many for (_opened, of), many in years.items() if of == year)
    still = sum(
        many for (of, gone), many in years.items() if of <= year and (gone is None or gone > year)
    )
    left = {"state": "open"} if end == asked.today else {"open_on": end}
    name = str(year) if end == date(year, 12, 31) else till(end)
    return Row(
        name,
        (
            counted(opened, "cases", **asked.prefix, opened_from=begin, opened_to=end),
            counted(closed, "cases", **asked.prefix, closed_from=begin, closed_to=end),
            counted(still, "cases", **asked.prefix, **left),
        ),
    )


def _stage(key: Key) -> str:
    procedure, stage = key
    words = stages_of(procedure).get(stage, (stage, stage))
    return f"{said(PROCEDURE_WORDS[procedure])} · {said(words)}"


def _in_order(key: Key) -> tuple[int, int, str]:
    """By procedure, and in it in the order of its stages."""
    procedure, stage = key
    known = list(stages_of(procedure))
    return PROCEDURES.index(procedure), known.index(stage) if stage in known else len(known), stage
