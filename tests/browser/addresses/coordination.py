"""Returns and the annual report; plan, meetings, matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from addresses.address import Address

_YINCHUAN = [2017, "eic", 640100]


def _reported_row() -> Sequence[Any]:
    """A row of the approved report; empty where none is frozen."""
    from phaseout.coordination.annual.models import FrozenRow

    rows = FrozenRow.objects.filter(freeze__year=2017).order_by("place")
    place = rows.values_list("place", flat=True).first()
    return [2017, place] if place else []


ANNUAL = [
    Address("returns", "yinchuan-officer"),
    Address("returns", "eic-officer"),
    Address("return", "eic-officer", _YINCHUAN),
    Address("return", "yinchuan-officer", _YINCHUAN),
    Address("return-draft", "yinchuan-officer", [2018, "eic", 640100]),
    Address("return-row", "yinchuan-officer", [2018, "eic", 640100, 1]),
    Address("return-row-new", "yinchuan-officer", [2018, "eic", 640100]),
    Address("annual", "eic-leader"),
    Address("annual-year", "eic-leader", [2017]),
    Address("annual-year", "eic-leader", [2018], note="begun"),
    Address("annual-rows", "eic-leader", [2017]),
    Address("annual-correct", "eic-leader", _reported_row),
    Address("annual-correct-new", "eic-leader", [2017]),
    Address("annual", "yinchuan-officer", status=403, note="refused"),
]


def _work_plan(year: int) -> Callable[[], Sequence[Any]]:
    """The latest draft of a year; the loaded demonstration of this site may have none."""

    def first() -> Sequence[Any]:
        from phaseout.coordination.planning.models import WorkPlan

        rows = WorkPlan.objects.filter(year=year).order_by("-number")
        return list(rows.values_list("pk", flat=True)[:1])

    return first


def _meeting(minuted: bool) -> Callable[[], Sequence[Any]]:
    def first() -> Sequence[Any]:
        from phaseout.coordination.mechanism.models import Meeting

        rows = Meeting.objects.filter(issue__isnull=not minuted).order_by("pk")
        return list(rows.values_list("pk", flat=True)[:1])

    return first


def _measure(kind: str) -> Callable[[], Sequence[Any]]:
    """A measure of supervision; the loaded demonstration of this site may have none."""

    def first() -> Sequence[Any]:
        from phaseout.coordination.supervision.models import Measure

        rows = Measure.objects.filter(kind=kind).order_by("pk")
        return list(rows.values_list("pk", flat=True)[:1])

    return first


COORDINATION = [
    Address("dashboard", "leader"),
    Address("dashboard", "eic-leader", query="on=2018-03-16", status=422, note="tomorrow"),
    Address("dashboard", "epd-officer", status=403, note="refused"),
    Address("dashboard-theme", "yinchuan-leader", ["capacity"], note="capacity of a city"),
    Address("dashboard-theme", "eic-leader", ["cases"], "industry=cement", note="cases"),
    Address("dashboard-theme", "eic-leader", ["deadlines"], note="deadlines"),
    Address("dashboard-theme", "finance-leader", ["money"], note="money"),
    Address("duties", "eic-officer"),
    Address("duties", "yinchuan-officer", note="a city"),
    Address("duties-office", "auditor", ["eic"]),
    Address("duties-work", "auditor", query="clause=4&office=eic"),
    Address("meetings", "eic-officer"),
    Address("meeting", "epd-officer", _meeting(minuted=True)),
    Address("meeting", "eic-leader", _meeting(minuted=False), note="called"),
    Address("meeting-new", "eic-officer"),
    Address("meeting-minutes", "eic-officer", _meeting(minuted=False)),
    Address("work-plans", "eic-officer"),
    Address("work-plan", "yinchuan-officer", _work_plan(2017), note="adopted"),
    Address("work-plan", "eic-officer", _work_plan(2018), note="in consultation"),
    Address("work-plan-lines", "eic-officer", _work_plan(2018)),
    Address("work-plan-lines", "eic-officer", _work_plan(2018), "edit=1", note="editing"),
    Address("work-plan-measures", "eic-officer", _work_plan(2018)),
    Address("work-plan-opinions", "wsb-officer", _work_plan(2018)),
    Address("work-plan-changes", "eic-officer", _work_plan(2017)),
    Address("work-plans", "enterprise-91640100MA00000001", status=403, note="refused"),
    Address("supervision", "eic-officer"),
    Address("supervision", "yinchuan-officer", note="a city"),
    Address("supervision-list", "eic-officer", query="figure=returns_late&of=region&whole=1"),
    Address("supervision-spread", "leader"),
    Address("supervision-proposals", "eic-officer"),
    Address("supervision-proposals", "yinchuan-officer", status=403, note="refused"),
    Address("supervision-measures", "eic-officer"),
    Address("supervision-new", "eic-officer", query="of=city_640100&kind=handling"),
    Address("supervision-measure", "shizuishan-officer", _measure("handling"), note="lifted"),
    Address("supervision-measure", "eic-officer", _measure("summons"), note="a summons"),
]
