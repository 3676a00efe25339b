"""Documents of this room as PDF, in the official layout, from what stands: the same bytes for the
same state.

    made(exit, kind, on)    for an act of the case: the list of equipment, the acceptance form
    cover(exit, on, files)  the first page of the proof of exit
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings

from phaseout.accounts.organisations import in_full, office_name
from phaseout.casework.proceeding.standing import pinned
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
from phaseout.exits.models import ExitAct
from phaseout.exits.standing import ExitStanding
from phaseout.law.dismantling import FORMS, KINDS, PARTIES
from phaseout.law.dismantling.missing import AGREES
from phaseout.registry.capacity.saying import amount_said

TITLES: Mapping[str, str] = {
    "begin_removal": "主体设备清单和退出方案",
    "record_sealed": "封存核验表",
    "acceptance_passed": "联合验收表",
    "verify_stopped": "整体停业验收表",
}
OPINIONS = {AGREES: "同意"}


def made(exit_: ExitStanding, kind: str, on: date) -> tuple[str, bytes]:
    """File name and PDF of the document that an act of the case carries."""
    body = [_subject(exit_), *_plan(exit_)]
    if kind != "begin_removal":
        body += [*_seals(exit_), *_evidence(exit_), *_parties(exit_)]
    title = TITLES[kind]
    return f"{title}.pdf", render(_document(exit_, title, on, body))


def cover(exit_: ExitStanding, on: date, files: Sequence[tuple[str, str]]) -> bytes:
    """The cover: what exited, how it stands, what is in the archive.

    Args:
        files: name in the archive and SHA-256 of each.
    """
    body = [
        _subject(exit_),
        Paragraph(f"设备状态：{exit_.state.words[0]}。"),
        *_steps(exit_),
        *_plan(exit_),
        *_seals(exit_),
        *_parties(exit_),
        Heading("卷内文件"),
        Table(
            ("文件", "SHA-256"),
            tuple((name, _in_two(digest)) for name, digest in files),
            (1, 1),
        ),
    ]
    document = _document(exit_, "产能退出证明材料", on, body)
    made_by = Paragraph(f"{document.imprint.office.name}　{saying.day(on)}")
    return render(replace(document, body=(*document.body, made_by)))


def _document(exit_: ExitStanding, title: str, on: date, body: Sequence[Piece]) -> OfficialDocument:
    case = exit_.case
    return OfficialDocument(
        form="general",
        layout=Layout.SHEET,
        title=title,
        imprint=Imprint(
            office=Office(in_full(office_name(case.office, case.division_code, on)[0])),
            dated=on,
            signed=True,
            demo=settings.DEMO,
            case=case.number,
        ),
        addressee="",
        body=tuple(body),
    )


def _subject(exit_: ExitStanding) -> Piece:
    case = exit_.case
    product = f"，产品{case.line.product}" if case.line.product else ""
    if case.line.capacity is not None and case.line.capacity_unit:
        product += f"，登记产能{amount_said(case.line.capacity, case.line.capacity_unit)[0]}"
    return Paragraph(
        f"{case.enterprise.name}（统一社会信用代码：{case.enterprise_id}），"
        f"生产线：{case.line.name}（{case.line_id}）{product}。"
    )


def _plan(exit_: ExitStanding) -> list[Piece]:
    plan = exit_.plan
    if plan is None:
        return []
    names = {one["id"]: one["name"] for one in plan["equipment"]}
    listed = tuple(
        f"{one['name']}（{KINDS[one['kind']].zh}，编号{one['id']}）" for one in plan["equipment"]
    )
    parts = tuple(
        (
            names.get(item["equipment"], "生产线"),
            item["zh"],
            (item["left_out"] and f"不适用：{item['left_out']}") or _span(item),
            item["responsible"] or "—",
            "验收通报所见" if item["seen"] else "本系统建议",
        )
        for item in plan["items"]
        if item["about"] == "part"
    )
    found: list[Piece] = [
        Heading(f"方案（第{plan['version']}版）"),
        Paragraph(f"方式：{FORMS[plan['form']].zh}。"),
        Items(listed),
    ]
    if parts:
        found.append(
            Table(("设备", "应拆除部位", "起止", "责任人", "依据"), parts, (3, 4, 4, 2, 2))
        )
    if plan["destination"]:
        found.append(Paragraph(f"拆除设备去向：{plan['destination']}。"))
    return found


def _in_two(digest: str) -> str:
    """A digest that a line may break in the middle: whole, it runs over the edge of its cell."""
    half = len(digest) // 2
    return f"{digest[:half]} {digest[half:]}"


def _span(item: Mapping[str, Any]) -> str:
    return f"{item['begins']}至{item['ends']}" if item["begins"] else "—"


def _seals(exit_: ExitStanding) -> list[Piece]:
    found = [
        (
            record.content["fields"]["number"],
            record.content["fields"]["where"],
            record.done_on.isoformat(),
        )
        for record in exit_.records
        if record.record == "seal"
    ]
    if not found:
        return []
    return [Heading("封条"), Table(("编号", "部位", "日期"), tuple(found))]


def _evidence(exit_: ExitStanding) -> list[Piece]:
    rows = []
    for key, item in exit_.items.items():
        seen = exit_.seen.get(key)
        files = sum(seen.slots.values()) if seen else 0
        if item["left_out"]:
            shown = f"不适用：{item['left_out']}"
        elif any(act in exit_.on_file for act in item["acts"]):
            shown = "见案件行为"
        else:
            shown = "完成" if exit_.complete(key) else "未完成"
        rows.append((item["zh"], shown, str(files)))
    return [
        Heading("核查情况"),
        Table(("项目", "结果", "照片和文件（份）"), tuple(rows), (5, 2, 2)),
    ]


def _parties(exit_: ExitStanding) -> list[Piece]:
    signed = exit_.signatures
    rows = [
        (
            PARTIES[party].zh,
            act.content["organisation"],
            OPINIONS.get(act.content["opinion"], f"不同意：{act.content['reason']}"),
            f"{act.content['name']}（{act.content['role']}）",
            _in_two(act.content["signature"][:16]),
        )
        for party, act in signed.items()
    ]
    sheet = exit_.sheet
    if not rows or sheet is None:
        return []
    return [
        Heading("联合验收意见"),
        Paragraph(
            f"所签内容的摘要（SHA-256）：{_in_two(sheet.digest)}。签名为屏幕手写，图像随卷。"
        ),
        Table(("参加方", "单位", "意见", "签署人", "签名摘要"), tuple(rows), (2, 3, 2, 3, 2)),
    ]


def _steps(exit_: ExitStanding) -> list[Piece]:
    procedure = pinned(exit_.case)
    told = tuple(
        f"{saying.day(act.done_on)}{procedure.acts[act.kind].name[0]}（{act.organisation_zh}，"
        f"第{act.place}项，摘要{act.digest[:12]}）"
        for act in exit_.acts
        if act.kind in procedure.acts and procedure.acts[act.kind].prefix == ""
    )
    visits = tuple(
        f"{saying.day(act.done_on)}回访（{act.organisation_zh}）"
        for act in exit_.own
        if act.kind == ExitAct.Kind.RECORD and act.record == "visit"
    )
    return [Heading("经过"), Items((*told, *visits))] if told or visits else []
