"""The forms that a document has of its own: from the file of the case to their fields.

Each function gives the form's key and its values; None where the form does not fit the act, and the
general form takes its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from phaseout.accounts.organisations import in_full
from phaseout.casework.papers.dossier import Dossier, file_names
from phaseout.documents import BasisCited, Named, Officer, saying
from phaseout.law.procedures.counting import longest_extension, whole_length
from phaseout.law.procedures.records import Period

Values = Mapping[str, Any]
Filled = tuple[str, Values]

WAYS = {
    "in_person": "直接送达",
    "left": "留置送达",
    "post": "邮寄送达",
    "electronic": "电子送达",
    "public_notice": "公告送达",
}
DUTIES = (
    "在退出期限内停止生产，拆除或者封存主体设备，不得转移使用；",
    "依法妥善安置职工，结清工资和社会保险费；",
    "妥善处置固体废物和危险废物，防止污染环境。",
)


def values_for(dossier: Dossier, document: str, *, demo: bool) -> Filled | None:
    """The form of a document and its values; None: it has none of its own."""
    filler = _FILLERS.get(document)
    return filler(dossier, demo) if filler is not None else None


def _bases(dossier: Dossier, kind: str, demo: bool) -> tuple[BasisCited, ...]:
    return dossier.fitting(dossier.procedure.acts[kind].bases, only_seen=not demo)


def _notice(dossier: Dossier, demo: bool) -> Filled | None:
    block = next((b for b in dossier.procedure.blocks if b.prefix == dossier.rule.prefix), None)
    if block is None:
        return None
    decision = dossier.procedure.acts[block.decision]
    values = {
        "party": dossier.party,
        "cause": dossier.cause,
        "facts": dossier.told,
        "evidence": dossier.evidence,
        "violated": dossier.violated,
        "basis": _bases(dossier, block.decision, demo),
        "basis_told": (f"告知的依据：{dossier.act.facts['basis_told']}",),
        "proposed": (f"拟对你单位{dossier.line}作出“{decision.name[0]}”的决定。",),
        "rights_told": (str(dossier.act.facts["rights_told"]),),
    }
    if "hearing" in block.options:
        return "hearing_rights_notice", values
    return ("penalty_notice" if block.closes else "facts_notice"), values


def _order(dossier: Dossier, demo: bool) -> Filled | None:
    period = dossier.procedure.periods.get("rectification")
    if period is None or period.length is None:
        return None
    return "order_rectification", {
        "party": dossier.party,
        "line": dossier.line,
        "facts": dossier.told,
        "evidence": dossier.evidence,
        "heard": dossier.heard,
        "violated": dossier.violated,
        "basis": _bases(dossier, dossier.act.kind, demo),
        "months": dossier.act.facts.get("months") or whole_length(period.length),
        "requirements": (
            f"对{dossier.line}进行整改，使上述事实所涉指标达到所列标准的要求；",
            "在整改期限内报告整改完成，并附完整统计期的实测报告。",
        ),
        "government": in_full(dossier.office("government")),
        **_extension(dossier, period),
    }


def _extension(dossier: Dossier, period: Period) -> dict[str, Any]:
    longest = longest_extension(period.length) if period.length is not None else None
    return {"extension_months": longest} if longest and period.lengthened_by else {}


def _extension_decision(dossier: Dossier, demo: bool) -> Filled | None:
    applied = dossier.last("apply_extension")
    order = dossier.named(dossier.last("order_rectification"))
    before = _rectification(dossier, after=False)
    if applied is None or order is None or before is None:
        return None
    granted = dossier.act.kind == "grant_extension"
    considered = str(dossier.act.facts.get("reason") or dossier.act.reason)
    values: dict[str, Any] = {
        "party": dossier.party,
        "order": order,
        "applied_on": applied.done_on,
        "asked_months": applied.facts["months"],
        "grounds": (str(applied.facts["reason"]),),
        "considered": (considered or "经审查，申请在期限届满前提出，理由成立，附有证明材料。",),
        "basis": _bases(dossier, dossier.act.kind, demo),
        "granted": granted,
        "old_end": before.due,
        "government": in_full(dossier.office("government")),
    }
    if granted:
        after = _rectification(dossier, after=True)
        values["months"] = dossier.act.facts["months"]
        values["new_end"] = after.certificate if after is not None else None
    return "extension_decision", values


def _rectification(dossier: Dossier, *, after: bool) -> Any:
    state = dossier.now if after else dossier.before
    found = [one for one in state.deadlines if one.period == "rectification"]
    return found[-1] if found and found[-1].certificate is not None else None


def _closure(dossier: Dossier, demo: bool) -> Filled | None:
    approved = dossier.of_block("approve")
    approval = dossier.named(approved)
    if approved is None or approval is None:
        return None
    asked = str(dossier.act.facts.get("closure_form", ""))
    own = approved.office == dossier.act.office  # who approves decides: it is reported to itself
    told = dossier.of_block("serve_notice") if own else None
    return "closure_decision", {
        "party": dossier.party,
        "measure": asked if asked in ("停业", "关闭") else "停业、关闭",
        "cause": dossier.cause,
        "facts": dossier.told,
        "evidence": dossier.evidence,
        "heard": dossier.heard,
        "violated": dossier.violated,
        "basis": _bases(dossier, dossier.act.kind, demo),
        "approved_by": in_full(approved.organisation_zh),
        "investigated_by": dossier.issuer(told) if told is not None else "",
        "asked": "报请本机关批准" if told and told.office != approved.office else "经本机关批准",
        "approval": approval,
        "scope": (f"{dossier.line}及其主体设备。",),
        "exit_by": date.fromisoformat(str(dossier.act.facts["exit_by"])),
        "duties": DUTIES,
    }


def _filing(dossier: Dossier, demo: bool) -> Filled | None:
    act = dossier.act
    signed = f"同意立案。签发：{act.signed_by}，{saying.day(act.done_on)}" if act.signed_by else ""
    return "filing_form", {
        "party": dossier.party,
        "cause": dossier.cause,
        "source": "综合标准判定",
        "found_on": dossier.acts[0].done_on,
        "facts": dossier.grounds,
        "basis": _bases(dossier, act.kind, demo),
        "officers": (Officer(str(act.by)),),
        "officers_opinion": act.reason or "事实清楚，属于本机关管辖，建议立案。",
        "head_opinion": signed,
    }


def _receipt(dossier: Dossier, demo: bool) -> Filled | None:
    act = dossier.act
    served: Named | None = dossier.named(dossier.last(dossier.rule.service_of))
    if served is None or act.served_on is None:
        return None
    return "proof_of_service", {
        "party": dossier.party,
        "served": served,
        "way": WAYS[act.facts["service_way"]],
        "place": dossier.party.address or dossier.party.name,
        "served_on": act.served_on,
        "proof": "、".join(file_names(act.facts["service_proof"], dossier.names)),
        "officers": (Officer(str(act.by)),),
        "remarks": act.reason,
    }


_FILLERS: Mapping[str, Callable[[Dossier, bool], Filled | None]] = {
    "notice": _notice,
    "rectification_order": _order,
    "extension_decision": _extension_decision,
    "closure_decision": _closure,
    "filing_form": _filing,
    "receipt": _receipt,
}
