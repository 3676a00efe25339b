"""Lines of which a part has exited under a decision to close and the rest must still; one query."""

from __future__ import annotations

from collections import Counter

from django.db.models import Case as Choose
from django.db.models import Count, Value, When
from django.db.models.functions import Left
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaseout.accounts.organisations import place_words
from phaseout.casework.cases.listing import cases_within
from phaseout.casework.left import decided_rests
from phaseout.coordination.dashboards.asking import Asked
from phaseout.coordination.dashboards.panels import Cell, Column, Panel, Row, counted
from phaseout.pages.templatetags.phaseout import said

LATE, IN_TIME = "yes", "no"


def panels(asked: Asked) -> list[Panel]:
    """By city, as of now: how many past the day the decision set, how many within it."""
    found = _counted(asked)
    rows = tuple(
        _row(asked, said(place_words(f"{city}00")), found, city)
        for city in sorted({city for city, _late in found})
    )
    notes = (_("关停决定针对整条生产线：一部分退出后，余下部分仍须在决定确定的期限内退出。"),)
    if not asked.is_now:
        notes = (_("余下部分只有现在的状态：不能回看过去某日。请清除年末或截至日期。"),)
    return [
        Panel(
            "capacity-rest", _("部分退出、余下须退出的生产线"), _("所在市"),
            (Column(_("已逾期"), "red"), Column(_("期限内"), "calm"), Column(_("合计"))),
            rows, total=_row(asked, _("合计"), found) if rows else None,
            unit=pgettext("生产线", "条"), notes=notes, known=asked.is_now,
        )
    ]  # fmt: skip


def _counted(asked: Asked) -> Counter[tuple[str, str]]:
    """How many by city and whether the day is past; nothing is known of a past day."""
    if not asked.is_now:
        return Counter()
    cases = cases_within(asked.scope)
    if asked.city:
        cases = cases.filter(division_code__startswith=asked.city)
    if asked.industry:
        cases = cases.filter(line__industry=asked.industry)
    late = Choose(When(exit_by__lt=asked.today, then=Value(LATE)), default=Value(IN_TIME))
    grouped = (
        decided_rests(cases)
        .select_related(None)
        .order_by()
        .annotate(city=Left("division_code", 4), late=late)
        .values_list("city", "late")
        .annotate(Count("pk"))
    )
    return Counter({(city, of): number for city, of, number in grouped})


def _row(asked: Asked, name: str, found: Counter[tuple[str, str]], city: str = "") -> Row:
    narrowed = {**asked.prefix, **({"city": city} if city else {})}

    def cell(*which: str) -> Cell:
        number = sum(n for (of, late), n in found.items() if late in which and city in ("", of))
        more = {"late": which[0]} if len(which) == 1 else {}
        return counted(number, "exits", which="rest", **narrowed, **more)

    return Row(name, (cell(LATE), cell(IN_TIME), cell(LATE, IN_TIME)))
