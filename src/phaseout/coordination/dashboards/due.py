"""Deadlines ahead and past, by office and by city; one query."""

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
from phaseout.casework.cases.due import deadlines_within
from phaseout.coordination.dashboards.asking import Asked
from phaseout.coordination.dashboards.panels import Column, Panel, Row, counted
from phaseout.pages.templatetags.phaseout import said

AHEAD = ((0, 7), (8, 30), (31, 90), (91, None))
"""Days until the last day, both ends inside; before them stands what is past."""
LOOKS = ("red", "amber", "plain", "calm", "light")
Key = tuple[str, str]


def panels(asked: Asked) -> list[Panel]:
    """What is due of the duties and measures in cases, as it stands now."""
    found = _counted(asked) if asked.is_now else Counter()
    return [
        _panel(
            asked, "deadlines-office", _("期限：按承办机关"), _("承办机关"), found, "office",
            lambda key: said(office_name(key, REGION_CODE, asked.today)),
            lambda key: (key.startswith("city_"), key),
        ),
        _panel(
            asked, "deadlines-city", _("期限：按所在市"), _("所在市"), found, "city",
            lambda key: said(place_words(f"{key}00")), lambda key: (False, key),
        ),
    ]  # fmt: skip


def spans(today: date) -> list[tuple[date | None, date | None]]:
    """The last days that each column counts: first and last, both inside; None: no end."""
    ahead = [
        (today + timedelta(days=least), None if most is None else today + timedelta(days=most))
        for least, most in AHEAD
    ]
    return [(None, today - timedelta(days=1)), *ahead]


def _counted(asked: Asked) -> Counter[tuple[str, str, str]]:
    """How many by office, city and column."""
    rows = deadlines_within(asked.scope)
    if asked.city:
        rows = rows.filter(division_code__startswith=asked.city)
    if asked.industry:
        rows = rows.filter(case__line__industry=asked.industry)
    columns = [
        When(due__lte=last, then=Value(str(at)))
        for at, (_first, last) in enumerate(spans(asked.today))
        if last is not None
    ]
    grouped = (
        rows.order_by()
        .annotate(city=Left("division_code", 4), column=Choose(*columns, default=Value("4")))
        .values_list("office", "city", "column")
        .annotate(Count("pk"))
    )
    return Counter({tuple(key): number for *key, number in grouped})


def _panel(
    asked: Asked,
    key: str,
    title: str,
    first: str,
    found: Counter[tuple[str, str, str]],
    by: str,
    name: Callable[[str], str],
    order: Callable[[str], tuple[bool, str]],
) -> Panel:
    kept: dict[str, Counter[int]] = {}
    for (office, city, column), many in found.items():
        of = office if by == "office" else city
        kept.setdefault(of, Counter())[int(column)] += many
    rows = tuple(_row(asked, name(of), kept[of], {by: of}) for of in sorted(kept, key=order))
    sums: Counter[int] = sum(kept.values(), Counter())
    notes = [_("义务和措施的期限；中止中的也计入。")]
    if not asked.is_now:
        notes = [_("期限只有现在的状态：不能回看过去某日。请清除年末或截至日期。")]
    return Panel(
        key, title, first, _columns(), rows,
        total=_row(asked, _("合计"), sums, {}) if rows else None,
        unit=pgettext("看板", "项"), notes=tuple(notes),
    )  # fmt: skip


def _columns() -> tuple[Column, ...]:
    words = (_("已逾期"), _("7天内"), _("8–30天"), _("31–90天"), _("90天以后"))
    return (
        *(Column(head, look) for head, look in zip(words, LOOKS, strict=True)),
        Column(_("合计")),
    )


def _row(asked: Asked, name: str, counts: Counter[int], narrowed: Mapping[str, str]) -> Row:
    parts: dict[str, Any] = {**asked.prefix, **narrowed}
    cells = [
        counted(counts[at], "deadlines", **parts, due_from=first, due_to=last)
        for at, (first, last) in enumerate(spans(asked.today))
    ]
    return Row(name, (*cells, counted(counts.total(), "deadlines", **parts)))
