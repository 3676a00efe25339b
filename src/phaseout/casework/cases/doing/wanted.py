"""What the form of an act is made from: points to answer, what the case allows, proposals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from phaseout.casework.booking import equipment_known
from phaseout.casework.cases.doing.forms import Wanted
from phaseout.casework.gone import gone_before
from phaseout.casework.models import Act, Case
from phaseout.casework.proceeding.merging import OTHER, open_to_merge
from phaseout.law.procedures import ActRule, Procedure, State, newer
from phaseout.law.procedures.wording import length_said
from phaseout.pages.templatetags.phaseout import english, said


def wanted_of(now: State, rule: ActRule, acts: Sequence[Act], today: date) -> Wanted:
    """For an act of a case as it stands."""
    return Wanted(
        rule=rule,
        today=today,
        seen=len(acts),
        urgent=_asks_urgent(now.procedure, rule),
        points=points_to_answer(now.procedure, rule, acts),
        options=_options(now, rule, acts, today),
        helps=_helps(now.procedure, rule, acts),
        initial=_initial(now.procedure, rule, acts),
    )


def points_to_answer(procedure: Procedure, rule: ActRule, acts: Sequence[Act]) -> tuple[str, ...]:
    """The points that were stated and wait for the answer that this act gives."""
    if not rule.answers:
        return ()
    stated: dict[str, None] = {}
    for act in acts:
        done = procedure.acts.get(act.kind)
        if act.kind == rule.answers:
            stated |= dict.fromkeys(act.facts.get("points", ()))
        elif done is not None and (done.answers == rule.answers or done.reset):
            stated = {}
    return tuple(stated)


def _asks_urgent(procedure: Procedure, rule: ActRule) -> bool:
    """Whether the rule has a condition that an emergency sets aside."""
    return any(need.kind == "not_holiday" for need in rule.needs) or any(
        period.kind == "guard" and rule.kind in period.opens_by
        for period in procedure.periods.values()
    )


def _options(
    now: State, rule: ActRule, acts: Sequence[Act], today: date
) -> dict[str, list[tuple[str, str]]]:
    options: dict[str, list[tuple[str, str]]] = {}
    items = {bring.item for bring in rule.brings}
    if "licence" in items:
        open_tasks = [one for one in now.tasks if one.item and one.done_on is None]
        options["licence"] = [(one.item, one.item) for one in open_tasks]
    if OTHER in items and acts:
        there = open_to_merge(acts[-1].case).select_related("line")
        options[OTHER] = [(one.number, f"{one.number} {one.line.name}") for one in there]
    if "version" in items:
        options["version"] = [(version, version) for version in newer(now.procedure, today)]
    return options


def _helps(procedure: Procedure, rule: ActRule, acts: Sequence[Act]) -> dict[str, str]:
    helps: dict[str, str] = {}
    if any(bring.item == "ledger_entry" for bring in rule.brings):
        helps["ledger_entry"] = _("填“全部”、“一半”、“40%”，或者数量和单位，如“30万吨/年”。")
    if any(bring.item == "exited_equipment" for bring in rule.brings):
        told = [_("几台的用分号隔开；只退一部分的必须写明是哪些设备。")]
        for one in gone_before(acts[-1].case) if acts else ():
            told.append(
                _("台账第%(n)s笔已退出：%(pieces)s；同一台的请用同一名称。")
                % {"n": one.entry, "pieces": one.said}
            )
        helps["exited_equipment"] = " ".join(told)
    language = 1 if english() else 0
    for period in procedure.periods.values():
        if period.length_fact == f"months@{rule.kind}" or rule.kind in period.lengthened_by:
            length = length_said(period.length, language)
            helps["months"] = _("%(period)s：%(length)s。") % {
                "period": said(period.name), "length": length
            }  # fmt: skip
    return helps


def _initial(procedure: Procedure, rule: ActRule, acts: Sequence[Act]) -> dict[str, Any]:
    """What a notice tells, to start from: the facts and the basis of the opening, the rights. In
    Chinese whatever the page's language: it goes out as it stands."""
    items = {bring.item for bring in rule.brings}
    if "ledger_entry" in items:
        known = equipment_known(acts[-1].case) if acts else ""
        return {"ledger_entry": "全部", "exited_equipment": known}
    if "exit_case" in items and acts:
        exited = Case.objects.filter(line=acts[-1].case.line_id, procedure="exit", stage="exited")
        number = exited.order_by("-pk").values_list("number", flat=True).first()
        proposed = {"exited_equipment": equipment_known(acts[-1].case), "exit_case": number}
        return {item: value for item, value in proposed.items() if value}
    if not {"facts_found", "basis_told", "rights_told"} <= items or not acts:
        return {}
    reply = procedure.periods.get(f"{rule.prefix}.reply")
    length = length_said(reply.length, 0) if reply else ""
    hearing = "，并有权要求听证" if f"{rule.prefix}.hearing_request" in procedure.acts else ""
    return {
        "facts_found": acts[0].facts.get("finding", ""),
        "basis_told": "；".join(item["zh"] for item in acts[0].basis),
        "rights_told": f"自收到本告知书之日起{length}内，有权陈述、申辩{hearing}。",
    }
