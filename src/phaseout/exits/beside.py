"""What the page of a case says of the exit: where the equipment stands, and the way here."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from phaseout.accounts.scope import Scope
from phaseout.casework.cases.beside import Beside
from phaseout.casework.models import Case
from phaseout.exits.standing import standing_of
from phaseout.exits.subjects import STAGES

LABEL = ("退出实施", "Exits on site")


def way(case: Case, scope: Scope, today: date) -> Beside | None:
    """None for a case in which no line exits (yet)."""
    if case.stage not in STAGES.get(case.procedure, ()):
        return None
    exit_ = standing_of(case)
    zh, en = exit_.state.words
    if exit_.plan is None:
        says = (f"{zh}，尚无方案", f"{en}, no plan yet")
    else:
        done, asked = exit_.done_items, len(exit_.items)
        says = (f"{zh}，完成{done}项，共{asked}项", f"{en}, {done} of {asked} items complete")
    return Beside(LABEL, says, reverse("exit", args=[case.pk]))
