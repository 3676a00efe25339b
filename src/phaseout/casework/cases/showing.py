"""What the page of a case shows: where it stands, what comes next, its grounds then and now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from phaseout.accounts.organisations import office_name
from phaseout.casework.cases.diagram import passed
from phaseout.casework.cases.offices import duties, names
from phaseout.casework.models import Act, Case, Finding, Ground
from phaseout.casework.proceeding.standing import pinned
from phaseout.law.procedures import State
from phaseout.law.procedures.records import MAIN
from phaseout.law.refusals import Bilingual
from phaseout.pages.templatetags.phaseout import said


@dataclass(frozen=True, slots=True)
class GroundShown:
    """A ground as it stood when it was taken up, and what is found now."""

    ground: Ground
    then: Finding
    now: Finding | None
    changed: bool


def stages(now: State, acts: list[Act]) -> list[dict[str, Any]]:
    """The stages for the standing line: those passed, where the case stands, those the law allows
    next. The main track; a case that came back to a stage shows it once, with its last day."""
    reached = passed(now, acts)
    here = now.stage.id
    coming = [
        rule.to for rule in now.may if rule.track == MAIN and rule.moves and rule.block != "common"
    ]
    line = [*(stage for stage in reached if stage != here), here, *dict.fromkeys(coming)]
    return [
        {
            "label": said(now.procedure.stages[stage].name),
            "on": reached.get(stage),
            "state": "here" if stage == here else "behind" if stage in reached else "next",
        }
        for stage in dict.fromkeys(line)
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
    """The stage in words: the same in every version that knows it."""
    stage = pinned(case).stages.get(case.stage)
    return stage.name if stage is not None else (case.stage, case.stage)


def stage_words(case: Case) -> str:
    """The stage in the page's language."""
    return said(stage_pair(case))


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
