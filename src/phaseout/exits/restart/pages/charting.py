"""The load of a line as a chart, and what its words are."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from phaseout.exits.restart.models import LineJudgement
from phaseout.exits.restart.pages.words import KIND_WORDS
from phaseout.law.restart.wording import spans
from phaseout.pages.templatetags.phaseout import said


def chart_of(judged: LineJudgement) -> dict[str, Any]:
    """Points [day, kW] of mean, highest, base and threshold; spans of alarm days and of days that
    could not be judged; words."""

    days = judged.days
    flagged: dict[str, list[date]] = {}
    for day in days:
        if day.get("flag"):
            flagged.setdefault(day["flag"], []).append(date.fromisoformat(day["day"]))
    unjudged = [date.fromisoformat(day["day"]) for day in days if "mean" not in day]
    return {
        "points": {
            name: [[day["day"], day.get(name)] for day in days]
            for name in ("mean", "peak", "base", "threshold")
        },
        "alarms": [
            [str(first), str(last), said(KIND_WORDS[kind])]
            for kind, of_kind in flagged.items()
            for first, last in spans(of_kind)
        ],
        "unjudged": [[str(first), str(last)] for first, last in spans(unjudged)],
        "words": {
            "mean": _("日平均负荷"),
            "peak": _("日最高负荷"),
            "base": _("基准"),
            "threshold": _("阈值（日平均）"),
            "unjudged": _("没有足够读数"),
            "save": _("存为图片"),
        },
    }
