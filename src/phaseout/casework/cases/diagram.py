"""Where a case stands on the picture of its procedure, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of
from phaseout.casework.cases.listing import cases_within
from phaseout.casework.models import Act
from phaseout.casework.proceeding.standing import acts_of, standing_of
from phaseout.law.procedures import State, draw
from phaseout.law.procedures.order import ordered_rows
from phaseout.law.procedures.records import MAIN, StageKind
from phaseout.law.refusals import Bilingual
from phaseout.pages.templatetags.phaseout import english


@dataclass(frozen=True, slots=True)
class Place:
    """A stage of the main line in words: `state` is behind, here, or beyond."""

    name: Bilingual
    state: str
    on: date | None


def passed(now: State, acts: Sequence[Act]) -> dict[str, date]:
    """The stages of the main line that the case has reached, with the day it last did; a case that
    begins anew has passed none."""
    reached: dict[str, date] = {}
    for act in acts:
        rule = now.procedure.acts.get(act.kind)
        if rule is None or rule.track != MAIN or not rule.moves:
            continue
        if rule.reset:
            reached.clear()
        reached.pop(rule.to, None)
        reached[rule.to] = act.done_on
    return reached


def in_words(now: State, acts: Sequence[Act]) -> list[Place]:
    """Every stage of the main line in the order of the picture."""
    reached, here = passed(now, acts), now.stage.id
    found = []
    for row in ordered_rows(now.procedure):
        if row.kind is StageKind.START:
            continue
        state = "here" if row.stage == here else "behind" if row.stage in reached else "beyond"
        found.append(Place(now.procedure.stages[row.stage].name, state, reached.get(row.stage)))
    return found


def side_stages(now: State) -> list[Bilingual]:
    """Where the other tracks stand, those that have left their start."""
    starts = now.procedure.tracks
    return [
        stage.name
        for track, stage in now.stages.items()
        if track != MAIN and stage.id != starts[track]
    ]


@require_safe
@requires(Power.READ)
def case_diagram(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture as SVG, with the stages behind and the present one marked."""
    case = get_object_or_404(cases_within(scope_of_request(request)), pk=pk)
    acts = acts_of(case)
    now = standing_of(case, acts, on=today_of(request))
    here = now.stage.id
    behind = [stage for stage in passed(now, acts) if stage != here]
    picture = draw(now.procedure, "en" if english() else "zh", at=here, passed=behind)
    answer = HttpResponse(picture, content_type="image/svg+xml")
    answer["Cache-Control"] = "private, no-cache"
    return answer
