"""What demo people write into the acts: plausible, fictional, marked where it could be taken for
the real thing."""

from __future__ import annotations

from collections.abc import Mapping

from phaseout.casework.models import Case
from phaseout.law.procedures import ActRule

_TEXTS: Mapping[str, str] = {
    "facts_found": "经现场检查和查阅报表，{line}的实测情况与立案时的结论一致（演示）。",
    "basis_told": "实施意见及有关法律，详见立案登记所列条款。",
    "rights_told": "自收到本告知书之日起3日内，有权陈述、申辩；依法可以要求听证的，有权要求听证。",
    "validity_statement": "自动监测数据经有效性审核，标记为有效，可以用于执法（演示）。",
    "catalogue_clause": "产业结构调整指导目录淘汰类，条款见立案登记所列结论。",
    "criterion": "重大生产安全事故隐患判定标准，条款见立案登记所列结论。",
    "grounds_of_date": "隐患整改所需的设备采购和施工时间（演示）。",
    "seal_numbers": "演示封条 0001—0008",
    "commitment_text": "本企业承诺不再恢复{line}的生产，不转移、不变卖已封存的主体设备（演示）。",
    "address": "http://example.invalid/notices/demo",
    "exit_form": "拆除主体设备（演示）",
    "meter_reading": "断电时表底数 000123.4 kWh（演示）",
}
_REASONS: Mapping[str, str] = {
    "apply_extension": "余热回收改造的主机设备交货推迟至6月，附采购合同（演示）。",
    "close_met": "复查达标，整改完成，予以结案（演示）。",
    "set_dismantling_date": "主体设备体积大，需制定吊装方案并组织招标（演示）。",
}


def text_for(item: str, rule: ActRule, case: Case) -> str:
    """A text for an item of an act."""
    if item == "reason":
        return _REASONS.get(rule.kind, "经查属实，依法办理（演示）。")
    return _TEXTS.get(item, "经查属实（演示）。").format(line=case.line.name)
