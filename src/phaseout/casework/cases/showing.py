"""What the page of a case shows: where it stands, what comes next, its grounds then and now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from phaseout.accounts.organisations import office_name
from phaseout.casework.cases.basis import months_of, opinions_words
from phaseout.casework.cases.offices import duties, names
from phaseout.casework.cases.outline.reading import Procedure, ProcedureAct, procedure
from phaseout.casework.models import Act, Case, Finding, Ground
from phaseout.law.refusals import Bilingual
from phaseout.pages.templatetags.phaseout import said


@dataclass(frozen=True, slots=True)
class GroundShown:
    """A ground as it stood when it was taken up, and what is found now."""

    ground: Ground
    then: Finding
    now: Finding | None
    changed: bool


@dataclass(frozen=True, slots=True)
class NextAct:
    """One act the law goes on to: its words, who does it, its clause, its period in months."""

    words: Bilingual
    who: Bilingual
    clause: str
    cited: Bilingual
    months: int | None
    done_here: bool


def stages(case: Case, acts: list[Act]) -> list[dict[str, Any]]:
    """The stages for the standing line, as the acts make them."""
    table = procedure(case.procedure, case.procedure_version)
    reached = {_leads_to(table, act): act.done_on for act in acts}
    here = table.stage(case.stage)
    coming = {act.to_stage for act in table.acts_from(here.key)} - {here.key}
    return [
        {
            "label": said(stage.words),
            "on": reached.get(stage.key),
            "state": _state(stage.key, here.key, reached, coming),
        }
        for stage in table.stages
    ]


def next_acts(case: Case, today: date) -> list[NextAct]:
    """What the law goes on to from where the case stands; none for a closed case."""
    if case.closed_on is not None:
        return []
    table = procedure(case.procedure, case.procedure_version)
    held = duties(case.dimension, case.line.industry, case.division_code)
    who = {
        "lead": names((case.lead_function,), today),
        "cities": names((held.city,), today),
        "government": ("有批准权的人民政府", "the government with the power of approval"),
    }
    return [
        NextAct(
            words=act.words,
            who=_joined(act, who),
            clause=act.clause,
            cited=opinions_words(table.opinions_clause),
            months=months_of(act.term),
            done_here=act.done_here,
        )
        for act in table.acts_from(case.stage)
    ]


def grounds(case: Case, today: date) -> list[GroundShown]:
    """The grounds in the order taken up; three queries, however many there are."""
    taken = list(
        case.grounds.select_related("finding__reasoning", "finding__line", "act").order_by("pk")
    )
    standing = {
        finding.finding_id: finding
        for finding in Finding.objects.standing_on(today).filter(
            finding_id__in=[ground.finding.finding_id for ground in taken]
        )
    }
    shown = []
    for ground in taken:
        now = standing.get(ground.finding.finding_id)
        shown.append(
            GroundShown(ground, ground.finding, now, now is None or now.pk != ground.finding_id)
        )
    return shown


def stage_pair(case: Case) -> Bilingual:
    """The stage in words."""
    return procedure(case.procedure, case.procedure_version).stage(case.stage).words


def stage_words(case: Case) -> str:
    """The stage in the page's language."""
    return said(stage_pair(case))


def act_words(case: Case, act: Act) -> str:
    """What the act is called, in the page's language."""
    for known in procedure(case.procedure, case.procedure_version).acts:
        if known.key == act.kind:
            return said(known.words)
    return act.kind


def who_leads(case: Case) -> dict[str, Bilingual]:
    """Lead, others that lead, who cooperates, who handles: under the names of the opening day."""
    held = duties(case.dimension, case.line.industry, case.division_code)
    on = case.opened_on
    others = tuple(f for f in held.lead if f != case.lead_function)
    return {
        "lead": names((case.lead_function,), on),
        "others": names(others, on),
        "cooperating": names(tuple(f for f in held.cooperating if f != case.office), on),
        "handles": office_name(case.office, case.division_code, on),
    }


def _joined(act: ProcedureAct, who: dict[str, Bilingual]) -> Bilingual:
    pairs = [who[key] for key in act.who]
    return "、".join(zh for zh, _ in pairs), " or ".join(en for _, en in pairs)


def _leads_to(table: Procedure, act: Act) -> str:
    for known in table.acts:
        if known.key == act.kind:
            return known.to_stage
    return ""


def _state(key: str, here: str, reached: dict[str, date], coming: set[str]) -> str:
    if key == here:
        return "here"
    if key in reached:
        return "behind"
    return "next" if key in coming else "beyond"
