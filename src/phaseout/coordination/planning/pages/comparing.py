"""What a draft changed: against the edition it amends, or against another draft of the year."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phaseout.accounts.requests import officials, scope_of_request, today_of
from phaseout.coordination.offices import name_of
from phaseout.coordination.planning.differences import Change, differences
from phaseout.coordination.planning.models import Edition, WorkPlan
from phaseout.coordination.planning.pages.drafts import plan_or_404
from phaseout.coordination.planning.seeing import plans_seen
from phaseout.coordination.planning.showing import AIM_WORDS, industry_words
from phaseout.coordination.returns.rows import form_unit
from phaseout.law.planning import words_of
from phaseout.law.refusals import Bilingual
from phaseout.pages.templatetags.phaseout import said
from phaseout.registry.capacity.asking import product_said
from phaseout.registry.capacity.saying import shown

KINDS: dict[str, Bilingual] = {
    "came": ("新增", "added"), "went": ("取消", "removed"), "changed": ("调整", "changed"),
}  # fmt: skip


@require_safe
@officials
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    found, scope = plan_or_404(request, pk), scope_of_request(request)
    others = list(
        WorkPlan.objects.filter(plans_seen(scope), year=found.year)
        .exclude(pk=pk)
        .distinct()
        .select_related("edition")
        .order_by("number")
    )
    other = _other(found, others, request.GET.get("with", ""))
    told = differences(other, found) if other else None
    left_out = found.lines.filter(included=False).exclude(reason="")
    reasons = dict(left_out.values_list("line_id", "reason"))
    context = {
        "plan": found,
        "others": others,
        "other": other,
        "goals": [_goal(one) for one in told.goals] if told else [],
        "lines": [_line(one, request, reasons) for one in told.lines] if told else [],
        "measures": [_measure(one) for one in told.measures] if told else [],
    }
    return render(request, "planning/changes.html", context)


def _other(found: WorkPlan, others: list[WorkPlan], asked: str) -> WorkPlan | None:
    """The draft asked for; else the edition amended; else the draft this one follows."""
    known = {str(one.pk): one for one in others}
    if asked in known:
        return known[asked]
    amended = Edition.objects.filter(year=found.year, number=found.turn - 1).first()
    for pk in (amended.plan_id if amended else None, found.based_on_id):
        if str(pk) in known:
            return known[str(pk)]
    return None


def _goal(change: Change) -> dict[str, Any]:
    row = change.now or change.before
    return {
        "kind": KINDS[change.kind],
        "aim": AIM_WORDS[row.aim],
        "industry": industry_words(row.industry),
        "before": _goal_words(change.before),
        "now": _goal_words(change.now),
    }


def _goal_words(goal: Any) -> str:
    if goal is None:
        return "—"
    lines = said((f"{goal.lines}条生产线", f"{goal.lines} lines"))
    amounts = [
        f"{product_said(one.product)} {shown(one.amount, one.unit).normalize():f} "
        f"{said(form_unit(one.unit))}"
        for one in goal.amounts.all()
    ]
    milestones = said(("，", ", ")).join(f"{one.by} {one.lines}" for one in goal.milestones.all())
    whole = said(("；", "; ")).join([lines, *amounts])
    return whole + (said((f"（{milestones}）", f" ({milestones})")) if milestones else "")


def _line(change: Change, request: HttpRequest, reasons: dict[str, str]) -> dict[str, Any]:
    """`reasons`: why lines are left out now; of the others the row says it."""
    row = change.now or change.before
    today = today_of(request)
    sides = {}
    for name, one in (("before", change.before), ("now", change.now)):
        sides[name] = (
            "—"
            if one is None
            else f"{said(AIM_WORDS[one.aim])} · {one.due} · {said(name_of(one.office, today))}"
        )
    reason = row.reason if change.now is not None else reasons.get(row.line_id, "")
    return {"kind": KINDS[change.kind], "row": row, "reason": reason, **sides}


def _text(measure: Any) -> str:
    if measure is None:
        return "—"
    return said(words_of(measure.clause, measure.subject, measure.text))


def _measure(change: Change) -> dict[str, Any]:
    row = change.now or change.before
    return {
        "kind": KINDS[change.kind],
        "row": row,
        "industry": industry_words(row.industry) if row.industry else None,
        "before": _text(change.before),
        "now": _text(change.now),
    }
