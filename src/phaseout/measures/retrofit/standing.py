"""How a project stands from its acts, what it expects to save, and what it has come to."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from phaseout.casework.models import Finding
from phaseout.law.refusals import Bilingual
from phaseout.law.retrofit import Target, counted_in, saving, targets
from phaseout.measures.retrofit.models import Project, RetrofitAct

Kind = RetrofitAct.Kind

STATES: dict[str, Bilingual] = {
    "proposed": ("拟定", "proposed"),
    "started": ("在建", "under way"),
    "completed": ("已竣工", "completed"),
    "dropped": ("已终止", "dropped"),
}
NEXT: dict[str, tuple[str, ...]] = {
    "proposed": (Kind.START, Kind.DROP),
    "started": (Kind.COMPLETE, Kind.DROP),
    "completed": (),
    "dropped": (),
}
"""What may be done on a project in a state; admitting it is apart from how it goes on."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`state` is one of `STATES`; `day` None: not done."""

    state: str
    admitted: RetrofitAct | None
    started_on: date | None
    completed_on: date | None

    def late(self, project: Project, on: date) -> bool:
        """Whether it should be completed by the day, and is not."""
        return self.state in ("proposed", "started") and project.ends < on


def standing(acts: Sequence[RetrofitAct]) -> Standing:
    """The standing after the acts of a project."""
    done = {act.kind: act for act in acts}
    days = {kind: done[kind].done_on if kind in done else None for kind in Kind}
    state = "proposed"
    for kind, name in (
        (Kind.START, "started"),
        (Kind.COMPLETE, "completed"),
        (Kind.DROP, "dropped"),
    ):
        state = name if kind in done else state
    return Standing(state, done.get(Kind.ADMIT), days[Kind.START], days[Kind.COMPLETE])


def would_meet(project: Project, on: date) -> list[tuple[Target, bool]]:
    """Each limit of the norm that holds on the day, and whether the expected value meets it."""
    found = targets(project.finding.norm_row or "", on)
    return [(one, one.met_by(project.expected)) for one in found]


def expected_saving(project: Project) -> tuple[Decimal, str] | None:
    """What the project expects to save a year, with its unit; None: its unit counts no use per
    output (a concentration), or the output is not given."""
    return _saved(project, project.expected)


@dataclass(frozen=True, slots=True)
class Achieved:
    """The first whole period after completion that was measured and judged."""

    finding: Finding
    value: Decimal
    saved: tuple[Decimal, str] | None
    as_expected: bool


def achieved(project: Project, completed_on: date | None) -> Achieved | None:
    """What the line has come to; None: no period that began after completion is judged yet."""
    if completed_on is None:
        return None
    found = (
        Finding.objects.standing()
        .filter(
            line=project.line_id,
            enterprise=project.enterprise_id,
            dimension=project.dimension,
            indicator=project.finding.indicator,
            unit=project.unit,
            value__isnull=False,
            period_start__gte=completed_on,
        )
        .order_by("-period_end", "-id")
        .first()
    )
    if found is None or found.value is None:
        return None
    reaches = operator.le if project.expected <= project.before else operator.ge
    as_expected = reaches(found.value, project.expected)
    return Achieved(found, found.value, _saved(project, found.value), as_expected)


def _saved(project: Project, after: Decimal) -> tuple[Decimal, str] | None:
    counted = counted_in(project.unit)
    if project.output is None or counted is None:
        return None
    return saving(project.before, after, project.output), counted[0]
