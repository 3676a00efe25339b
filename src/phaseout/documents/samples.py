"""Fictional documents, one of each form, marked as having no legal effect.

The firm, the persons and the numbers are invented. Periods are counted by `law.periods`, so the
days are real answers to invented dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from phaseout.documents.filling import fill
from phaseout.documents.records import (
    Imprint,
    Layout,
    Named,
    Office,
    Officer,
    OfficialDocument,
    Party,
)
from phaseout.documents.rights import BasisCited, Right, RightKind
from phaseout.documents.templates import form, forms
from phaseout.law.periods import Certificate, Unit, count_period, find_term

OFFICE = Office(
    name="宁夏回族自治区经济和信息化委员会",
    address="银川市示例路1号",
    contact="示例科室",
    phone="0951-0000000",
)
PARTY = Party(
    name="宁夏示例水泥有限公司",
    uscc="91640100MA00000000",
    address="银川市示例工业园区2号",
    person="张示例",
)
GOVERNMENT = "宁夏回族自治区人民政府"
COURT = "银川市示例区人民法院"
MADE_ON = date(2018, 3, 15)
SERVED_ON = date(2018, 3, 16)
OFFICERS = (Officer("李示例", "示例-001"), Officer("王示例", "示例-002"))

ECL = "中华人民共和国节约能源法"
LIMIT = BasisCited("水泥单位产品能源消耗限额", "第4.1条", "GB 16780—2012")
CLAUSE_4 = BasisCited("关于利用综合标准依法依规推动落后产能退出的实施意见", "第（四）项")

_FACTS = (
    "2017年度你单位1号水泥熟料生产线可比熟料综合能耗为128 kgce/t，超过限定值112 kgce/t，超出"
    "16 kgce/t。上述数值由你单位报送的能源利用状况报告和现场核查记录相互印证。",
)
_EVIDENCE = (
    "2017年度能源利用状况报告；",
    "2018年2月26日现场检查记录，经你单位现场负责人签字确认；",
    "1号生产线能源计量台账复印件。",
)
_HEARD = (
    "本机关于2018年3月1日向你单位送达《事实、依据和权利告知书》（宁经信告〔2018〕3号）。你单位在规定"
    "期限内提出陈述意见，认为熟料质量波动影响能耗。经复核，限额标准的计算方法未将该因素列为修正项，本机关"
    "对该意见不予采纳，并已书面说明理由。",
)


def sample(key: str, *, signed: bool = True) -> OfficialDocument:
    """The fictional document of a form; with `signed=False` a draft without number.

    Raises:
        Refusal: `document.form_unknown`.
    """
    shape = form(key)
    values, rights = _SAMPLES[key]()
    number, made_on = _IMPRINTS.get(key, ("", MADE_ON))
    numbered = signed and shape.layout is Layout.LETTER
    imprint = Imprint(
        office=OFFICE,
        number=number if numbered else "",
        dated=made_on if signed else None,
        signed=signed,
        demo=True,
        case="宁经信能立〔2018〕1号",
        copies=("银川市人民政府", "宁夏回族自治区发展和改革委员会"),
        printed=made_on if signed else None,
    )
    return fill(key, imprint, values, rights)


def sampled() -> tuple[str, ...]:
    """The forms there is a sample of: all of them, which a test keeps so."""
    return tuple(one.key for one in forms() if one.key in _SAMPLES)


def _counted(source_id: str, clause: str, name: str | None = None) -> Certificate:
    return find_term(source_id, clause, name).period_from(SERVED_ON, edition_on=SERVED_ON)


def _remedies(*, served: bool = False) -> tuple[Right, ...]:
    """Reconsideration and suit: with their last days where the day of service is known."""
    reconsideration = _counted("ARL-2017", "9")
    suit = _counted("ALL-2017", "46", "提起行政诉讼")
    rights = (
        Right.counted(RightKind.RECONSIDERATION, GOVERNMENT, reconsideration),
        Right.counted(RightKind.SUIT, COURT, suit),
    )
    return rights if served else tuple(_uncounted(right) for right in rights)


def _uncounted(right: Right) -> Right:
    return Right(right.kind, right.before, right.length, right.unit, right.basis)


def _hearing_rights() -> tuple[Right, ...]:
    hearing = _counted("APL-1996", "42", "要求听证")
    basis = BasisCited("中华人民共和国行政处罚法", "第四十二条", "2017修正")
    heard = BasisCited("中华人民共和国行政处罚法", "第三十二条", "2017修正")
    return (
        Right(RightKind.STATEMENT, "本机关", hearing.length, hearing.unit, heard),
        Right(RightKind.HEARING, "本机关", hearing.length, hearing.unit, basis),
    )


Sample = tuple[Mapping[str, Any], tuple[Right, ...]]


def _order_rectification() -> Sample:
    values = {
        "party": PARTY,
        "line": "1号水泥熟料生产线",
        "facts": _FACTS,
        "evidence": _EVIDENCE,
        "heard": _HEARD,
        "violated": (LIMIT,),
        "basis": (BasisCited(ECL, "第十六条第二款", "2016修正"), CLAUSE_4),
        "months": 6,
        "rectify_by": count_period(SERVED_ON, Unit.MONTH, 6),
        "requirements": (
            "对1号水泥熟料生产线实施节能改造，使可比熟料综合能耗不高于112 kgce/t；",
            "自收到本通知书之日起每月5日前报送上月能源计量数据；",
            "改造完成后，以一个完整统计期的实测数据证明达标。",
        ),
        "extension_months": 3,
        "apply_ahead": "整改期限届满15日前",
        "government": GOVERNMENT,
    }
    return values, _remedies(served=True)


def _notice() -> Sample:
    values = {
        "party": PARTY,
        "cause": "1号水泥熟料生产线单位产品能耗超过限额",
        "facts": _FACTS,
        "evidence": _EVIDENCE,
        "violated": (LIMIT,),
        "basis": (BasisCited(ECL, "第十六条第二款", "2016修正"), CLAUSE_4),
        "proposed": ("责令你单位自收到通知书之日起6个月内对1号水泥熟料生产线完成整改。",),
    }
    hearing = _hearing_rights()
    return values, hearing[:1]


def _hearing_rights_notice() -> Sample:
    values, _ = _notice()
    proposed = ("责令你单位关闭1号水泥熟料生产线。",)
    basis = (BasisCited(ECL, "第七十二条", "2016修正"), CLAUSE_4)
    return {**values, "proposed": proposed, "basis": basis}, _hearing_rights()


def _closure_decision() -> Sample:
    values = {
        "party": PARTY,
        "measure": "关闭",
        "cause": "1号水泥熟料生产线单位产品能耗超过限额且逾期未整改",
        "facts": (
            *_FACTS,
            "本机关于2018年3月16日向你单位送达《责令限期整改通知书》（宁经信改〔2018〕3号），整改期限至"
            "2018年9月17日届满。2018年9月20日复查，可比熟料综合能耗为126 kgce/t，仍未达标。",
        ),
        "evidence": (*_EVIDENCE[:2], "2018年9月20日复查记录；", "送达回证。"),
        "heard": (
            "本机关于2018年9月28日向你单位送达《行政处罚听证告知书》（宁经信听告〔2018〕1号）。你单位在"
            "规定期限内未提出陈述、申辩，也未要求听证。",
        ),
        "violated": (LIMIT,),
        "basis": (BasisCited(ECL, "第七十二条", "2016修正"), CLAUSE_4),
        "approved_by": GOVERNMENT,
        "approval": Named("关于责令关闭示例生产线的批复", "宁政函〔2018〕99号", date(2018, 10, 22)),
        "scope": ("1号水泥熟料生产线（设计产能每日2500吨）及其主体设备。",),
        "exit_by": date(2018, 12, 31),
        "duties": (
            "停止生产，配合断水、断电，拆除动力装置，封存或者拆除主体设备；",
            "依法妥善安置职工，结清工资和社会保险费；",
            "妥善处置固体废物和危险废物，防止污染环境。",
        ),
    }
    return values, _remedies()


def _extension_decision() -> Sample:
    values = {
        "party": PARTY,
        "order": Named("责令限期整改通知书", "宁经信改〔2018〕3号", MADE_ON),
        "applied_on": date(2018, 8, 20),
        "asked_months": 3,
        "grounds": ("余热发电改造的主机设备交货推迟至2018年10月，附采购合同和供货方的书面说明。",),
        "considered": (
            "经审查，申请在期限届满前提出，理由属实，证明材料齐全，改造工程已完成60%。",
        ),
        "basis": (CLAUSE_4,),
        "granted": True,
        "months": 3,
        "old_end": date(2018, 9, 17),
        "new_end": count_period(SERVED_ON, Unit.MONTH, 6, extension=3),
        "government": GOVERNMENT,
    }
    return values, _remedies()


def _filing_form() -> Sample:
    values = {
        "party": PARTY,
        "cause": "1号水泥熟料生产线单位产品能耗超过限额",
        "source": "综合标准判定",
        "found_on": date(2018, 2, 26),
        "phone": "0951-0000001",
        "facts": _FACTS,
        "basis": (BasisCited(ECL, "第十二条", "2016修正"), CLAUSE_4),
        "officers": OFFICERS,
        "officers_opinion": "事实清楚，属于本机关管辖，建议立案。",
    }
    return values, ()


def _proof_of_service() -> Sample:
    values = {
        "party": PARTY,
        "served": Named("责令限期整改通知书", "宁经信改〔2018〕3号", MADE_ON),
        "way": "直接送达",
        "place": PARTY.address,
        "served_on": datetime(2018, 3, 16, 10, 30),  # noqa: DTZ001 (Beijing time, as on paper)
        "receiver": "张示例",
        "relation": "法定代表人",
        "officers": OFFICERS,
    }
    return values, _remedies(served=True)


_IMPRINTS = {
    "facts_notice": ("宁经信告〔2018〕3号", date(2018, 3, 1)),
    "penalty_notice": ("宁经信罚告〔2018〕1号", date(2018, 3, 1)),
    "order_rectification": ("宁经信改〔2018〕3号", MADE_ON),
    "extension_decision": ("宁经信延〔2018〕1号", date(2018, 8, 30)),
    "hearing_rights_notice": ("宁经信听告〔2018〕1号", date(2018, 9, 28)),
    "closure_decision": ("宁经信关〔2018〕1号", date(2018, 10, 25)),
    "filing_form": ("", date(2018, 2, 27)),
    "proof_of_service": ("", SERVED_ON),
}
"""Number and day of each sample, in the order in which such a case would go."""

_SAMPLES = {
    "closure_decision": _closure_decision,
    "extension_decision": _extension_decision,
    "facts_notice": _notice,
    "filing_form": _filing_form,
    "hearing_rights_notice": _hearing_rights_notice,
    "order_rectification": _order_rectification,
    "penalty_notice": _notice,
    "proof_of_service": _proof_of_service,
}
