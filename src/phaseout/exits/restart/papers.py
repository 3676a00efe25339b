"""The alarm as PDF, for the file of the case: what was measured, against what, who confirmed it."""

from __future__ import annotations

from django.conf import settings

from phaseout.accounts.organisations import in_full
from phaseout.documents import (
    Heading,
    Imprint,
    Layout,
    Office,
    OfficialDocument,
    Paragraph,
    Table,
    render,
    saying,
)
from phaseout.exits.restart.models import Alarm, RestartAct, WatchedLine
from phaseout.law.judgement.explanation import Step
from phaseout.law.restart import KINDS, Kind
from phaseout.pages.explaining import read

TITLE = "复产预警核实表"
_HEADS = ("日期", "平均kW", "最高kW", "基准kW", "阈值kW", "超过阈值（小时）", "预警日")


def alarm_pdf(alarm: Alarm, confirmed: RestartAct, watched: WatchedLine) -> bytes:
    """The same bytes for the same alarm and confirmation.

    Raises:
        Refusal: `document.character_missing`, no typeface at hand can print a character.
    """
    line, firm = alarm.line, watched.enterprise
    kind = KINDS[Kind(alarm.kind)][0]
    confirmed_on = saying.day(confirmed.done_on)
    return render(
        OfficialDocument(
            form="general",
            layout=Layout.SHEET,
            title=TITLE,
            imprint=Imprint(
                office=Office(in_full(confirmed.organisation_zh)),
                dated=confirmed.done_on,
                signed=True,
                demo=settings.DEMO,
                case=watched.case.number,
            ),
            addressee="",
            body=(
                Paragraph(f"{firm.name}（统一社会信用代码：{firm.pk}），生产线：{line.name}。"),
                Paragraph(
                    f"自{saying.day(watched.cut_on)}起不得生产（{watched.get_state_display()}）。"
                    f"{alarm.first}至{alarm.last}出现{kind}，预警摘要{alarm.digest[:16]}。"
                ),
                Heading("判断理由"),
                *(Paragraph(text) for text in _sentences(read(alarm.why).root)),
                Heading("逐日负荷"),
                Table(_HEADS, _days(alarm), (3, 2, 2, 2, 2, 3, 2)),
                Heading("核实"),
                Paragraph(f"{confirmed.by}于{confirmed_on}确认恢复生产：{confirmed.reason}"),
            ),
        )
    )


def _sentences(step: Step) -> list[str]:
    """The alarm and the rule behind it; the days stand in the table."""
    return [f"{one.zh}。" for one in (step, *step.because) if one.kind != "measured"]


def _days(alarm: Alarm) -> tuple[tuple[str, ...], ...]:
    wanted = set(alarm.days)
    names = ("mean", "peak", "base", "threshold", "hours")
    return tuple(
        (
            day["day"],
            *(str(day.get(name, "—")) for name in names),
            "是" if day["day"] in wanted else "—",
        )
        for day in alarm.judgement.days
        if str(alarm.first) <= day["day"] <= str(alarm.last)
    )
