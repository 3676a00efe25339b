"""The record of a visit as PDF, in the official layout, from the record alone: the same bytes for
the same record and signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

from phaseout.accounts.organisations import in_full, office_name, place_words
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
from phaseout.inspections.checklist import items_of
from phaseout.inspections.models import AssignedInspector, Assignment, Record
from phaseout.inspections.permits import SEEN
from phaseout.inspections.standing import is_complete, signers_of, team_of
from phaseout.inspections.subjects import words_of
from phaseout.law.norms.wording import unit_name

TITLE = "现场检查记录"


def record_pdf(record: Record) -> bytes:
    """The record. Until every inspector has signed each page bears the mark of a draft.

    Raises:
        Refusal: `document.character_missing`, no typeface at hand can print a character.
    """
    return render(document_of(record))


def document_of(record: Record) -> OfficialDocument:
    """The record as data for the layout."""
    visit, day = record.assignment, record.visited_on
    team = list(team_of(visit))
    return OfficialDocument(
        form="general",
        layout=Layout.SHEET,
        title=TITLE,
        imprint=Imprint(
            office=Office(in_full(office_name(visit.office, visit.division_code, day)[0])),
            dated=day,
            signed=is_complete(record, [one.inspector_id for one in team]),
            demo=settings.DEMO,
        ),
        addressee="",
        body=tuple(_body(record, visit, team)),
    )


def _body(record: Record, visit: Assignment, team: Sequence[AssignedInspector]) -> list[Piece]:
    firm = visit.enterprise
    place = f"{place_words(visit.division_code)[0]}{firm.address or ''}"
    people = "、".join(str(one.inspector) for one in team)
    return [
        Paragraph(f"被检查单位：{firm.name}（统一社会信用代码：{firm.pk}）。地点：{place}。"),
        Paragraph(
            f"检查事项：{words_of(visit.dimension)[0]}。检查日期：{saying.day(record.visited_on)}。"
            f"检查人员：{people}。"
        ),
        Paragraph(
            f"检查表按{visit.checklist['on']}有效的标准生成，摘要{visit.digest[:16]}；"
            f"本记录摘要{record.digest[:16]}。"
        ),
        *_permits(record, visit.checklist),
        *_answers(record, visit.checklist),
        Heading("企业陈述"),
        Paragraph(record.statement or "企业未作陈述。"),
        *_files(record),
        *_signatures(record, team),
    ]


def _permits(record: Record, checklist: Mapping[str, Any]) -> list[Piece]:
    rows = []
    for one in checklist["permits"]:
        answer = record.permits.get(one["permit"])
        if answer is not None:
            number = answer.get("number") or one.get("number") or "—"
            seen = SEEN[answer["value"]][0]
            rows.append((one["zh"], seen, number, answer.get("note") or "—"))
    if not rows:
        return []
    head = ("许可证", "核查情况", "证号", "说明")
    return [Heading("许可证核查"), Table(head, tuple(rows), (3, 3, 3, 3))]


def _answers(record: Record, checklist: Mapping[str, Any]) -> list[Piece]:
    rows = [
        (line["name"], item["zh"], _result(item, record.answers[item["id"]]), _norms(item))
        for line, item in items_of(dict(checklist))
        if item["id"] in record.answers
    ]
    if not rows:
        return [Heading("检查结果"), Paragraph("没有逐项检查的结果。")]
    head = ("生产线", "项目", "结果", "依据")
    return [Heading("检查结果"), Table(head, tuple(rows), (2, 4, 3, 3))]


def _result(item: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    if item["kind"] == "found":
        said = "是" if answer["value"] == "yes" else "否"
    else:
        said = f"{answer['value']} {unit_name(item['unit'], 'zh')}".strip()
        if answer.get("from"):
            said += f"（{answer['from']}至{answer['to']}）"
    return f"{said}；{answer['note']}" if answer.get("note") else said


def _norms(item: Mapping[str, Any]) -> str:
    cited = [f"{one['zh']}" for one in item.get("norms", ())[:3]]
    return "；".join(cited) or "—"


def _files(record: Record) -> list[Piece]:
    if not record.files:
        return []
    listed = tuple(f"{one['name']}（SHA-256 {one['digest'][:16]}）" for one in record.files)
    return [Heading("附件"), Items(listed)]


def _signatures(record: Record, team: Sequence[AssignedInspector]) -> list[Piece]:
    signed = signers_of(record)
    rows = [
        (str(one.inspector), "已签署" if one.inspector_id in signed else "未签署", "检查人员")
        for one in team
    ]
    if record.refused_to_sign:
        witnesses = "、".join(record.witnesses)
        rows.append(("企业代表", f"拒签：{record.refused_to_sign}", f"见证人：{witnesses}"))
    else:
        rows.append((record.representative, "已签字", f"企业代表 {record.position}".strip()))
    return [Heading("签署"), Table(("姓名", "签署", "身份"), tuple(rows), (3, 4, 4))]
