"""Open cases by age, by procedure, city, office and stage; one query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Case as Choose
from django.db.models import Count, Value, When
from django.db.models.functions import Left
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaseout.accounts.organisations import REGION_CODE, office_name, place_words
from phaseout.casework.cases.listing import cases_within
from phaseout.casework.cases.narrowing import PROCEDURE_WORDS, open_at_end_of, stages_of
from phaseout.coordination.dashboards.asking import Asked
from phaseout.coordination.dashboards.panels import Column, Panel, Row, counted
from phaseout.law.procedures import PROCEDURES
from phaseout.pages.templatetags.phaseout import said

BANDS = ((0, 30), (31, 90), (91, 180), (181, 365), (366, None))
"""Days since the case was opened, both ends inside."""
LOOKS = ("light", "calm", "plain", "amber", "red")
Key = tuple[str, ...]
BY = ("procedure", "city", "office", "stage", "band")


def panels(asked: Asked) -> list[Panel]:
    """The cases open at the end of the day asked; their stages only as they are now."""
    found = _counted(asked)
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
    return made


def _counted(asked: Asked) -> Counter[Key]:
    """How many of each, by `BY`."""
    rows = cases_within(asked.scope).filter(open_at_end_of(asked.cutoff))
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
        .annotate(city=Left("division_code", 4), band=band)
        .values_list(*BY)
        .annotate(Count("pk"))
    )
    return Counter({tuple(key): number for *key, number in grouped})


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


def _stage(key: Key) -> str:
    procedure, stage = key
    words = stages_of(procedure).get(stage, (stage, stage))
    return f"{said(PROCEDURE_WORDS[procedure])} · {said(words)}"


def _in_order(key: Key) -> tuple[int, int, str]:
    """By procedure, and in it in the order of its stages."""
    procedure, stage = key
    known = list(stages_of(procedure))
    return PROCEDURES.index(procedure), known.index(stage) if stage in known else len(known), stage
