"""The candidate lists of a draw, frozen, with who was left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.conf import settings

from phaseout.accounts.models import Post, held_on
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import grant_of, prefix_of
from phaseout.casework.cases.offices import office_of
from phaseout.casework.models import Checkpoint
from phaseout.inspections.drawing import seed_of
from phaseout.inspections.models import Draw, Plan, PlanLine, Recusal
from phaseout.inspections.pressure import working_lines
from phaseout.inspections.standing import approval_of
from phaseout.inspections.subjects import duty_of
from phaseout.law.inspecting import people
from phaseout.law.opinions import CITIES
from phaseout.registry.models import ProductionLine


def beacon_of(plan: Plan, today: date) -> dict[str, str]:
    """What was published before the draw and nobody could choose: the last checkpoint of all acts
    made after the approval and before the day, else the random number of the approval."""
    approval = approval_of(plan)
    assert approval is not None, "only what is in force is drawn from"
    sealed = (
        Checkpoint.objects.filter(day__gte=approval.done_on, day__lt=today).order_by("-day").first()
    )
    if sealed is not None:
        return {"kind": "checkpoint", "day": sealed.day.isoformat(), "value": sealed.root}
    return {
        "kind": "approval",
        "day": approval.done_on.isoformat(),
        "value": approval.content["nonce"],
    }


def sheet_for(
    line: PlanLine, wanted: int, earlier: Sequence[Draw], beacon: dict[str, str], today: date
) -> dict[str, Any]:
    """All that the draw depends on, as it is stored."""
    plan = line.plan
    place = f"{line.industry}/{len(earlier) + 1}"
    firms, firms_out = _firms(line, earlier)
    inspectors, inspectors_out = _inspectors(plan, today)
    return {
        "commitment": {
            "plan": plan.digest,
            "day": today.isoformat(),
            "beacon": beacon["value"],
            "beacon_kind": beacon["kind"],
            "beacon_day": beacon["day"],
            "place": place,
        },
        "seed": seed_of(plan.digest, today.isoformat(), beacon["value"], place),
        "wanted": wanted,
        "together": people("officers", today).least,
        "firms": firms,
        "firms_left_out": firms_out,
        "inspectors": inspectors,
        "inspectors_left_out": inspectors_out,
    }


def _firms(line: PlanLine, earlier: Iterable[Draw]) -> tuple[list[Any], list[Any]]:
    drawn = {one["uscc"] for draw in earlier for one in draw.drawn}
    prefix = prefix_of(line.plan.division_code)
    there = ProductionLine.objects.filter(
        division_code__startswith=prefix, industry=line.industry, enterprise__merged_into=None
    )
    working = dict(
        there.filter(working_lines(prefix))
        .order_by("-pk")  # the first line of a firm says where it is visited
        .values_list("enterprise_id", "division_code")
    )
    firms, left_out = [], []
    for uscc in sorted(set(there.order_by().values_list("enterprise_id", flat=True))):
        if uscc in drawn:
            left_out.append(
                {"uscc": uscc, "zh": "本计划已抽中", "en": "drawn before under this plan"}
            )
        elif uscc not in working:
            left_out.append(
                {"uscc": uscc, "zh": "生产线均已关停", "en": "all its lines are closed"}
            )
        else:
            code = working[uscc]
            firms.append(
                {
                    "uscc": uscc,
                    "city": f"{code[:4]}00",
                    "industry": line.industry,
                    "division_code": code,
                }
            )
    return firms, left_out


def _inspectors(plan: Plan, today: date) -> tuple[list[Any], list[Any]]:
    prefix = prefix_of(plan.division_code)
    duty = duty_of(plan.dimension)
    posts = (
        Post.objects.filter(
            held_on(today),
            role=Role.INSPECTOR,
            function__in=[*duty.lead, CITIES],
        )
        .select_related("user")
        .order_by("user__username", "pk")
    )
    conflicts: dict[int, list[str]] = {}
    for who, uscc in Recusal.objects.order_by("uscc").values_list("inspector_id", "uscc"):
        conflicts.setdefault(who, []).append(uscc)
    found: dict[str, dict[str, Any]] = {}
    left_out = []
    for post in posts:
        grant = grant_of(post)
        if not (grant.prefix.startswith(prefix) or prefix.startswith(grant.prefix)):
            continue
        user = post.user
        if not user.is_active or (user.demo and not settings.DEMO):
            left_out.append({"name": user.username, "zh": "账号停用", "en": "account is blocked"})
            continue
        own = office_of(grant) == plan.office
        kept = found.get(user.username)
        if kept is None or (own and not kept["own"]):
            found[user.username] = {
                "name": user.username,
                "prefix": grant.prefix,
                "own": own,
                "conflicts": conflicts.get(user.pk, []),
            }
    return list(found.values()), left_out
