"""Deadlines of cases and of tasks, ahead and past, by office and by city; a query each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Case as Choose
from django.db.models import Count, Value, When
from django.db.models.functions import Left
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaseout.accounts.organisations import REGION_CODE, office_name, place_words
from phaseout.casework.cases.due import deadlines_within
from phaseout.casework.tasks.listing import SEEN
from phaseout.casework.tasks.listing import tasks as tasks_listed
from phaseout.coordination.dashboards.asking import Asked
from phaseout.coordination.dashboards.panels import Column, Panel, Row, counted
from phaseout.pages.templatetags.phaseout import said

AHEAD = ((0, 7), (8, 30), (31, 90), (91, None))
"""Days until the last day, both ends inside; before them stands what is past."""
LOOKS = ("red", "amber", "plain", "calm", "light")
Found = Counter[tuple[str, str, str]]
Opens = tuple[str, Mapping[str, str]]


DEADLINES: Opens = ("deadlines", {})
TASKS: Opens = ("tasks", {"which": SEEN})
"""Lists that figures open: the address, and what is asked of it besides."""


def panels(asked: Asked) -> list[Panel]:
    """What is due of the duties and measures in cases, and of the tasks of offices, as of now."""
    found, tasks = _found(asked)
    return [
        _panel(
            asked, "deadlines-office", _("期限：按承办机关"), _("承办机关"), found, "office",
            DEADLINES,
        ),
        _panel(asked, "deadlines-city", _("期限：按所在市"), _("所在市"), found, "city", DEADLINES),
        _panel(
            asked, "tasks-office", _("任务：按承担机关"), _("承担机关"), tasks, "office", TASKS
        ),
    ]  # fmt: skip


def _found(asked: Asked) -> tuple[Found, Found]:
    """Deadlines and tasks, counted; neither is known of a past day."""
    if not asked.is_now:
        return Counter(), Counter()
    scope = asked.scope
    tasks = tasks_listed(SEEN, scope, 0, asked.today).select_related(None)
    return _counted(asked, deadlines_within(scope)), _counted(asked, tasks)


def spans(today: date) -> list[tuple[date | None, date | None]]:
    """The last days that each column counts: first and last, both inside; None: no end."""
    ahead = [
        (today + timedelta(days=least), None if most is None else today + timedelta(days=most))
        for least, most in AHEAD
    ]
    return [(None, today - timedelta(days=1)), *ahead]


def _counted(asked: Asked, rows: Any) -> Found:
    """How many by office, city and column."""
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
    asked: Asked, key: str, title: str, first: str, found: Found, by: str, opens: Opens
) -> Panel:
    kept: dict[str, Counter[int]] = {}
    for (office, city, column), many in found.items():
        of = office if by == "office" else city
        kept.setdefault(of, Counter())[int(column)] += many
    ordered = sorted(kept, key=lambda of: (of.startswith("city_"), of))
    rows = tuple(_row(asked, _name(of, by, asked), kept[of], {by: of}, opens) for of in ordered)
    sums: Counter[int] = sum(kept.values(), Counter())
    notes = [_NOTES[opens[0]]()]
    if not asked.is_now:
        notes = [_("期限只有现在的状态：不能回看过去某日。请清除年末或截至日期。")]
    return Panel(
        key, title, first, _columns(), rows,
        total=_row(asked, _("合计"), sums, {}, opens) if rows else None,
        unit=_UNITS[opens[0]](), notes=tuple(notes), known=asked.is_now,
    )  # fmt: skip


_NOTES = {
    "deadlines": lambda: _("义务和措施的期限；中止中的也计入。"),
    "tasks": lambda: _("未了且已有期限的任务；办理期限是本系统的办理要求，不是法定期限。"),
}

_UNITS = {
    "deadlines": lambda: pgettext("看板", "项"),
    "tasks": lambda: pgettext("任务", "项"),
}


def _name(of: str, by: str, asked: Asked) -> str:
    if by == "city":
        return said(place_words(f"{of}00"))
    return said(office_name(of, REGION_CODE, asked.today))


def _columns() -> tuple[Column, ...]:
    words = (_("已逾期"), _("7天内"), _("8–30天"), _("31–90天"), _("90天以后"))
    return (
        *(Column(head, look) for head, look in zip(words, LOOKS, strict=True)),
        Column(_("合计")),
    )


def _row(
    asked: Asked, name: str, counts: Counter[int], narrowed: Mapping[str, str], opens: Opens
) -> Row:
    address, more = opens
    parts: dict[str, Any] = {**more, **asked.prefix, **narrowed}
    cells = [
        counted(counts[at], address, **parts, due_from=first, due_to=last)
        for at, (first, last) in enumerate(spans(asked.today))
    ]
    return Row(name, (*cells, counted(counts.total(), address, **parts)))
