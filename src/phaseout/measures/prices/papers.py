"""The notice of a surcharge, as it goes to the enterprise and the grid company: a draft without
number and signature until a leader of the price authority has signed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from phaseout.accounts.organisations import in_full, office_name
from phaseout.casework.papers.rights import remedies, reviewing
from phaseout.documents import (
    Heading,
    Imprint,
    Items,
    Layout,
    Office,
    OfficialDocument,
    Paragraph,
    Piece,
    Right,
    Table,
    saying,
)
from phaseout.law.norms import NormBook
from phaseout.law.procedures import procedure
from phaseout.measures.prices import words
from phaseout.measures.prices.models import Determination
from phaseout.measures.prices.seats import GRID, Seat

TITLE = "差别化电价执行通知书"
DUE_PROCESS = "energy"
"""A procedure that embeds the due process: its remedies are those against any decision."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What the signature adds: the number, the day, who signed, and for a correction the number of
    the notice that it supersedes, and why."""

    number: str
    on: date
    by: str
    supersedes: str = ""
    reason: str = ""


def notice(one: Determination, seat: Seat, signed: Signed | None = None) -> OfficialDocument:
    """The notice of a determination, as things stand: an end of it is told too."""
    on = signed.on if signed else one.act.done_on
    firm = one.enterprise

    def named(office: str) -> str:
        return in_full(office_name(office, seat.division_code, on)[0])

    rights = remedies(
        procedure(DUE_PROCESS, on=on),
        reviewing(seat.office, named("government"), on),
        seen_only=not settings.DEMO,
    )
    return OfficialDocument(
        form="general",
        layout=Layout.LETTER,
        title=TITLE,
        imprint=Imprint(
            office=Office(named(seat.office)),
            number=signed.number if signed else "",
            dated=on if signed else None,
            signed=signed is not None,
            demo=settings.DEMO,
            copies=(named(GRID),),
            case=f"JJ{one.year}-{one.pk}",
            printed=on,
        ),
        addressee=f"{firm.name}（统一社会信用代码：{firm.pk}）",
        body=(*_superseding(signed), *_told(one), *_end(signed, rights)),
        rights=rights,
    )


def _superseding(signed: Signed | None) -> tuple[Piece, ...]:
    if signed is None or not signed.supersedes:
        return ()
    return (
        Paragraph(
            f"本通知书更正并替代{signed.supersedes}，该通知书自本通知书成文之日起停止执行。"
            f"更正理由：{signed.reason}"
        ),
    )


def _told(one: Determination) -> tuple[Piece, ...]:
    line, told = one.line, one.explanation
    measure = words.MEASURES[one.measure][0]
    class_ = words.CLASSES.get(one.price_class)
    return (
        Paragraph(
            f"经测算，你单位生产线{line.name}（{line.pk}）{one.year}年用电应执行{measure}"
            f"{f'（{class_[0]}）' if class_ else ''}。现通知如下："
        ),
        Table(
            ("事项", "内容"),
            (
                ("加价标准", f"{format(one.rate.normalize(), 'f')}元/千瓦时"),
                ("执行期间", _days(one)),
                ("依据文件", _source(told["source"], told["clause"] or "")),
            ),
            (1, 3),
        ),
        Heading("计算"),
        Items(tuple(step["zh"].replace(f"{told['source']}，", "") for step in told["steps"])),
    )


def _source(source_id: str, clause: str) -> str:
    """The document by its number, title and clause; what nobody knows stands by its code."""
    source = NormBook.load().sources.get(source_id)
    if source is None:
        return f"{source_id}{clause}"
    number = f"（{source.number}）" if source.number else ""
    return f"《{source.title_zh.strip('《》')}》{number}{clause}"


def _days(one: Determination) -> str:
    ending = getattr(one, "ending", None)
    first, last = one.applies_from, one.applies_to
    if ending is None:
        return f"{saying.day(first)}至{saying.day(last)}"
    over = f"自{saying.day(ending.ended_on)}起终止（{ending.get_cause_display()}）"
    if ending.ended_on <= first:
        return over
    last = min(last, ending.ended_on - timedelta(days=1))
    return f"{saying.day(first)}至{saying.day(last)}；{over}"


def _end(signed: Signed | None, rights: tuple[Right, ...]) -> tuple[Piece, ...]:
    told = Paragraph(
        "加价电费由电网企业随电费收取。依据消失（产能退出、整改达标等）之日起不再加价。"
        "对本通知有异议的，可以向本机关提出。"
    )
    ways = tuple(Paragraph(right.says("本通知书")) for right in rights)
    by = (Paragraph(f"签发人：{signed.by}"),) if signed else ()
    return (Heading("告知"), told, *ways, *by)
