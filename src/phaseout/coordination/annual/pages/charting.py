"""The chart of the report: what its bars say, on the page and as a picture to keep."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from phaseout.coordination.annual import figures
from phaseout.coordination.annual.figures import Report
from phaseout.coordination.returns.rows import form_unit
from phaseout.documents.charts import Bar, Chart, Group, Series
from phaseout.pages.templatetags.phaseout import number, said

LOOKS = {"task": "light", "done": "plain", "last": "grey"}
Told = list[tuple[str, str, list[Decimal | None]]]
"""Kind of bar, its name, a value for each industry."""


def drawing(report: Report, *notes: str) -> Chart | None:
    """Industries with task, done and last year, those of a unit on one scale; None where there is
    nothing to draw. The table below it says the same."""
    groups = tuple(
        Group(said(form_unit(unit)), tuple(_names(rows)), tuple(_series(_told(report, rows))))
        for unit, rows in _by_unit(report).items()
    )
    title = _("%(year)s 年度分行业完成情况") % {"year": report.year}
    return Chart(title, groups, notes=notes) if groups else None


def _series(told: Told) -> list[Series]:
    return [
        Series(name, LOOKS[kind], tuple(v if v is None else Bar(v, number(v)) for v in values))
        for kind, name, values in told
    ]


def _names(rows: list[figures.Against]) -> list[str]:
    return [said(figures.words_of("industry", one.industry)) for one in rows]


def _by_unit(report: Report) -> dict[str, list[figures.Against]]:
    found: dict[str, list[figures.Against]] = {}
    for one in figures.against(report):
        found.setdefault(one.unit, []).append(one)
    return found


def _told(report: Report, rows: list[figures.Against]) -> Told:
    """What the bars of a chart say; of the task and last year only where they are known."""
    told: Told = [("done", _("完成"), [one.done.shown for one in rows])]
    if report.head.get("plan"):
        told.insert(0, ("task", _("任务"), [one.task_shown for one in rows]))
    if last := report.head.get("last"):
        told.append(("last", str(last["year"]), [one.last_shown for one in rows]))
    return told
