"""Circulars, notices and minutes as official documents, from the acts alone: the same bytes for the
same measure, whoever asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings

from phaseout.accounts.organisations import in_full
from phaseout.coordination.offices import name_of
from phaseout.coordination.supervision.frozen import thawed
from phaseout.coordination.supervision.models import Measure, Record, Signed
from phaseout.coordination.supervision.targets import target_name
from phaseout.documents import (
    Heading,
    Imprint,
    Items,
    Layout,
    Office,
    OfficialDocument,
    Paragraph,
    Piece,
    Table,
    render,
    saying,
)
from phaseout.law.supervision import Share, figure, figures, measure_kind

BASIS = "《关于利用综合标准依法依规推动落后产能退出的实施意见》第（二十）项"
OURS = "所列比例以督办机关自定的管理阈值比较，不是法定标准。"


def measure_pdf(measure: Measure) -> bytes:
    """The measure. Until it is signed each page bears the mark of a draft.

    Raises:
        Refusal: `document.character_missing`, no typeface at hand can print a character.
    """
    return render(document_of(measure))


def record_pdf(record: Record) -> bytes:
    """The minutes of a summons, or the record of an inspection. Raises as `measure_pdf`."""
    return render(record_of(record))


def number_of(signed: Signed) -> str:
    """The number of a measure in force."""
    return f"督〔{signed.year}〕{signed.number}号"


def document_of(measure: Measure) -> OfficialDocument:
    """The measure as data for the layout."""
    content = measure.act.content
    return drafted(
        content,
        office=measure.office,
        day=measure.act.done_on,
        signed=Signed.objects.filter(measure=measure).first(),
    )


def drafted(
    content: Mapping[str, Any], *, office: str, day: date, signed: Signed | None = None
) -> OfficialDocument:
    """The document of what an act says, or would say (a preview)."""
    kind, target = measure_kind(content["kind"]), target_name(content["target"], day)[0]
    dated = signed.signed_on if signed else day
    return OfficialDocument(
        form="general",
        layout=Layout.LETTER,
        title=kind.title_zh.format(target=target),
        imprint=Imprint(
            office=Office(in_full(name_of(office, dated)[0])),
            number=number_of(signed) if signed else "",
            dated=dated,
            signed=signed is not None,
            demo=settings.DEMO,
        ),
        addressee="各市人民政府，自治区有关部门" if kind.kind == "circular" else target,
        body=tuple(_body(content, target, day)),
    )


def _body(content: Mapping[str, Any], target: str, day: date) -> list[Piece]:
    kind = measure_kind(content["kind"])
    pieces: list[Piece] = [
        Paragraph(f"根据{BASIS}，对{target}采取“{kind.zh}”措施。"),
        *_lines(content["text"]),
        Heading(f"截至{saying.day(day)}的指标"),
        _figures(content["figures"], content["region"]),
        Paragraph(OURS),
    ]
    if content["because"]:
        pieces += [Heading("超过的管理阈值"), Items(tuple(map(_reason, content["because"])))]
    if content["on"]:
        on = saying.day(date.fromisoformat(content["on"]))
        told = f"时间：{on}；地点：{content['place']}；人员：{content['persons']}。"
        pieces += [Heading(f"{kind.zh}安排"), Paragraph(told)]
    if content["demands"]:
        pieces += [Heading("要求"), _demands(content["demands"])]
        pieces.append(Paragraph("请在期限内逐项答复；期限的次日起未答复的记为逾期。"))
    return pieces


def _lines(text: str) -> list[Piece]:
    return [Paragraph(line) for line in text.splitlines() if line.strip()]


def _figures(own: Mapping[str, Any], region: Mapping[str, Any]) -> Table:
    mine, all_ = thawed(own), thawed(region)
    rows = [
        (one.zh, _count(mine[one.key]), _percent(one.key, mine[one.key]),
         _percent(one.key, all_.get(one.key, Share())))
        for one in figures()
        if one.key in mine
    ]  # fmt: skip
    return Table(("指标", "数", "比例", "全区比例"), tuple(rows), (5, 4, 3, 3))


def _count(share: Share) -> str:
    if share.part is None:
        return "未知"
    return str(share.part) if share.of is None else f"{share.part}（共{share.of}）"


def _percent(key: str, share: Share) -> str:
    one = figure(key)
    percent = share.percent_of_at_least(one.least)
    if percent is not None:
        return f"{percent}%"
    return "数量过少，不比较" if one.is_share and share.is_too_few(one.least) else "—"


def _reason(one: Mapping[str, Any]) -> str:
    told = figure(one["figure"])
    return f"{told.zh}：{one['part']}／{one['of']}，超过{one['over']}%。"


def _demands(demands: Sequence[Mapping[str, Any]]) -> Table:
    rows = tuple(
        (str(place), one["text"], saying.day(date.fromisoformat(one["due"])))
        for place, one in enumerate(demands, 1)
    )
    return Table(("序号", "要求", "期限"), rows, (1, 9, 3))


def record_of(record: Record) -> OfficialDocument:
    """What took place as data for the layout."""
    measure, said = record.measure, record.act.content
    kind, target = measure_kind(measure.kind), target_name(measure.target, record.held_on)[0]
    demanded = said["demands"]
    asked: list[Piece] = [_demands(demanded)] if demanded else [Paragraph("没有提出要求。")]
    return OfficialDocument(
        form="general",
        layout=Layout.LETTER,
        title=f"对{target}的{kind.zh}{'纪要' if measure.kind == 'summons' else '情况记录'}",
        imprint=Imprint(
            office=Office(in_full(name_of(measure.office, record.act.done_on)[0])),
            number=number_of(measure.signed),
            dated=record.act.done_on,
            signed=True,
            demo=settings.DEMO,
        ),
        addressee=target,
        body=(
            Paragraph(
                f"{saying.day(record.held_on)}，在{measure.place}进行{kind.zh}。"
                f"参加人员：{record.present}。"
            ),
            Heading("情况"),
            *_lines(record.summary),
            Heading("要求"),
            *asked,
            *_attached(said.get("files", ())),
        ),
    )


def _attached(files: Sequence[Mapping[str, str]]) -> list[Piece]:
    """What the record carries, by name; the digests are in the act."""
    return [Heading("附件"), Items(tuple(one["name"] for one in files))] if files else []
