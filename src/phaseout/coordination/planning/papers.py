"""The plan as an official document, from the act alone: the same bytes for the same draft and
adoption, whoever asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings

from phaseout.accounts.organisations import REGION_CODE, divisions, in_full
from phaseout.coordination.offices import GOVERNMENT, cities, name_of
from phaseout.coordination.planning.models import Edition, WorkPlan
from phaseout.coordination.planning.showing import AIM_WORDS, industry_words
from phaseout.coordination.returns.rows import form_unit
from phaseout.documents import (
    Annex,
    Heading,
    Imprint,
    Layout,
    Office,
    OfficialDocument,
    Paragraph,
    Piece,
    Table,
    render,
    saying,
)
from phaseout.findings.export import plain
from phaseout.law.opinions import Opinions, numeral
from phaseout.registry.capacity.saying import shown
from phaseout.registry.labels import cell_words

BASIS = "《关于利用综合标准依法依规推动落后产能退出的实施意见》第（十九）项"


def plan_pdf(plan: WorkPlan) -> bytes:
    """The plan with its list of lines. Until it is adopted each page bears the mark of a draft.

    Raises:
        Refusal: `document.character_missing`, no typeface at hand can print a character.
    """
    return render(document_of(plan))


def document_of(plan: WorkPlan) -> OfficialDocument:
    """The plan as data for the layout."""
    edition = Edition.objects.filter(plan=plan).select_related("act").first()
    day = edition.adopted_on if edition else plan.act.done_on
    office = GOVERNMENT if edition else plan.office
    return OfficialDocument(
        form="general",
        layout=Layout.LETTER,
        title=f"{plan.year}年全区落后产能退出工作方案" + _turn(edition),
        imprint=Imprint(
            office=Office(in_full(name_of(office, day)[0])),
            number=edition.document if edition else "",
            dated=day,
            signed=edition is not None,
            demo=settings.DEMO,
        ),
        addressee="各市人民政府，自治区有关部门",
        body=tuple(_body(plan.act.content, day)),
        annexes=(Annex(f"{plan.year}年列入方案的生产线名单", tuple(_list(plan, day))),),
    )


def _turn(edition: Edition | None) -> str:
    return f"（第{edition.number}版）" if edition and edition.number > 1 else ""


def _body(content: Mapping[str, Any], day: date) -> list[Piece]:
    measured = date.fromisoformat(content["measured_on"])
    return [
        Paragraph(f"根据{BASIS}，以{saying.day(measured)}的认定结论和在办案件为依据，制订本方案。"),
        Heading("年度目标"),
        Table(
            ("目标", "行业", "企业", "生产线", "产能", "责任部门"),
            tuple(_goal(one, day) for one in content["goals"]),
            (2, 3, 2, 2, 5, 5),
        ),
        Heading("时间节点"),
        Table(
            ("目标", "行业", "时间节点（累计完成生产线）"),
            tuple(
                (
                    AIM_WORDS[one["aim"]][0],
                    industry_words(one["industry"])[0],
                    "；".join(
                        f"{saying.day(date.fromisoformat(by))}前{n}条"
                        for by, n in one["milestones"]
                    ),
                )
                for one in content["goals"]
            ),
            (2, 3, 10),
        ),
        Heading("工作措施和责任部门"),
        *[Paragraph(_measure(one, day)) for one in content["measures"]],
    ]


def _goal(one: Mapping[str, Any], day: date) -> tuple[str, ...]:
    amounts = [
        f"{_product(product)}{_amount(figure, unit)}" for product, unit, figure in one["amounts"]
    ]
    if one["untold"]:
        amounts.append(f"{one['untold']}条未填报产能")
    return (
        AIM_WORDS[one["aim"]][0],
        industry_words(one["industry"])[0],
        str(one["enterprises"]),
        str(one["lines"]),
        "；".join(amounts) or "—",
        "、".join(name_of(office, day)[0] for office in one["offices"]),
    )


def _measure(one: Mapping[str, Any], day: date) -> str:
    opinions = Opinions.of()
    who = f"（{numeral(one['clause'])}）{opinions.clause(one['clause']).title_zh}"
    industry = f"〔{industry_words(one['industry'])[0]}〕" if one["industry"] else ""
    lead = "、".join(name_of(office, day)[0] for office in one["lead"])
    helps = "、".join(name_of(office, day)[0] for office in one["cooperating"])
    due = f"时限：{saying.day(date.fromisoformat(one['due']))}。" if one["due"] else ""
    return (
        f"{who}{industry}：{one['text']}涉及企业{one['enterprises']}家、生产线{one['lines']}条。"
        f"{due}（牵头：{lead}" + (f"；配合：{helps}）" if helps else "）")
    )


def _list(plan: WorkPlan, day: date) -> list[Piece]:
    planned = [one for one in plan.act.content["lines"] if one["included"]]
    rows = tuple(
        (
            str(at),
            _city(one["division_code"]),
            one["firm"],
            one["line_name"],
            "未填报"
            if one["amount"] is None
            else f"{_product(one['product'])}{_amount(one['amount'], one['unit'])}",
            AIM_WORDS[one["aim"]][0],
            one["due"],
            name_of(one["office"], day)[0],
        )
        for at, one in enumerate(planned, 1)
    )
    head = ("序号", "市", "企业", "生产线", "产能", "目标", "时限", "责任部门")
    return [Table(head, rows, (2, 3, 5, 4, 4, 3, 4, 5))] if rows else [Paragraph("无。")]


def _amount(figure: str, unit: str) -> str:
    return f"{plain(shown(Decimal(figure), unit))}{form_unit(unit)[0]}"


def _product(product: str) -> str:
    return cell_words("lines", "product", product)[0] if product else ""


def _city(division_code: str) -> str:
    code = f"{division_code[:4]}00"
    known = f"city_{code}" in cities()
    return divisions()[code if known else REGION_CODE][0]
