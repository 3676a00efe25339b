"""The themes of the dashboards, their panels, and the few figures that stand above all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaseout.coordination.dashboards import capacity, cases, due, money, rests
from phaseout.coordination.dashboards.asking import Asked
from phaseout.coordination.dashboards.panels import Cell, Panel

THEMES: Mapping[str, Callable[[Asked], list[Panel]]] = {
    "capacity": lambda asked: [*capacity.panels(asked), *rests.panels(asked)],
    "cases": cases.panels,
    "deadlines": due.panels,
    "money": money.panels,
}
WORDS = {
    "capacity": gettext_lazy("产能"),
    "cases": gettext_lazy("案件"),
    "deadlines": gettext_lazy("期限"),
    "money": pgettext_lazy("看板", "资金"),
}
PANELS = {
    "capacity-city": "capacity",
    "capacity-industry": "capacity",
    "capacity-year": "capacity",
    "capacity-rest": "capacity",
    "cases-procedure": "cases",
    "cases-city": "cases",
    "cases-office": "cases",
    "cases-stage": "cases",
    "cases-year": "cases",
    "deadlines-office": "deadlines",
    "deadlines-city": "deadlines",
    "tasks-office": "deadlines",
    "prices": "money",
    "prices-kind": "money",
    "funds": "money",
    "employees": "money",
    "land": "money",
}
"""Panel → its theme."""


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure with its words and unit."""

    words: str
    cell: Cell
    unit: str


def panel(key: str, asked: Asked) -> Panel | None:
    """One panel; None where there is none of the name, or it is not for who asks."""
    if key not in PANELS:
        return None
    return next((one for one in THEMES[PANELS[key]](asked) if one.key == key), None)


def headlines(themes: Mapping[str, Sequence[Panel]]) -> list[Headline]:
    """What a leader asks first; a figure without its panel is left out."""
    known = {one.key: one for of_theme in themes.values() for one in of_theme}
    found = [*_of_capacity(known["capacity-year"])]
    every, lapsed = known["cases-procedure"], known["deadlines-office"]
    if every.total is not None:
        found.append(Headline(_("在办案件"), every.total.cells[-1], every.unit))
        found.append(Headline(_("立案一年以上"), every.total.cells[-2], every.unit))
    if lapsed.total is not None:
        found.append(Headline(_("已逾期的期限"), lapsed.total.cells[0], lapsed.unit))
        found.append(Headline(_("7天内到期"), lapsed.total.cells[1], lapsed.unit))
    tasks = known["tasks-office"]
    if tasks.total is not None:
        found.append(Headline(_("已逾期的任务"), tasks.total.cells[0], tasks.unit))
    for column, cell in known["prices"].summed[:2]:
        found.append(Headline(column.head, cell, known["prices"].unit))
    return found


def _of_capacity(years: Panel) -> list[Headline]:
    """The states of what is counted by mass, as it stands at the day asked."""
    if not years.rows:
        return []
    first = years.rows[0].unit
    last = [row for row in years.rows if row.unit == first][-1]
    drawn = [
        (column, cell)
        for column, cell in zip(years.columns, last.cells, strict=True)
        if column.look and cell.value
    ]
    return [Headline(column.head, cell, last.unit) for column, cell in drawn]
