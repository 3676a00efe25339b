"""Whether a case may be opened from these findings, and what would follow. Reads only.

The page that asks, the API and the act all come through `examine`: what is shown before is what is
done after.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.casework.cases import refusing
from phaseout.casework.cases.basis import basis, consequences
from phaseout.casework.cases.offices import Acting, Duties, acting, duties, names
from phaseout.casework.cases.unsettled import what_is_unsettled
from phaseout.casework.models import DIMENSIONS, Case, Finding
from phaseout.casework.models.finding import VersionQuerySet
from phaseout.law.judgement.dimensions import Effect, Verdict
from phaseout.law.norms.methods.composition import Consequence
from phaseout.law.procedures import Procedure, procedure
from phaseout.registry.models import ProductionLine

MOST = 200
"""Findings that one case can be opened from; more is a mistake of a program."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A case that may lawfully be opened, before it is."""

    findings: tuple[Finding, ...]
    line: ProductionLine
    dimension: str
    procedure: Procedure
    duties: Duties
    acting: Acting
    attached: tuple[Consequence, ...]

    @property
    def basis(self) -> list[dict[str, Any]]:
        return basis(self.procedure, self.attached, self.findings)


def examine(
    finding_ids: Collection[str],
    *,
    scope: Scope,
    today: date,
    line_id: str = "",
    seen: Collection[int] = (),
    lock: bool = False,
) -> Opening:
    """The case that these findings may open today, for this person.

    Args:
        finding_ids: ids of findings, whichever version stands today.
        line_id: the line, where the findings concern the whole enterprise.
        seen: versions (primary keys) that the person read; empty: whatever stands.
        lock: hold line and findings until the transaction ends.

    Raises:
        Refusal: the first reason against it, in the order of `_examined`.
    """
    wanted = list(dict.fromkeys(finding_ids))
    if not wanted:
        raise refusing.no_finding_named()
    if len(wanted) > MOST:
        raise refusing.too_many_findings(MOST)
    visible = Finding.objects.filter(scope.findings(), finding_id__in=wanted)
    if lock:
        _lock_line(visible, today, line_id)
    found = _standing(visible, wanted, today, lock)
    if seen and {f.pk for f in found} != set(seen):
        raise refusing.findings_changed([f.finding_id for f in found if f.pk not in seen])
    return _examined(found, line_id, scope, today)


def _examined(found: tuple[Finding, ...], line_id: str, scope: Scope, today: date) -> Opening:
    _of_one_line(found)
    dimension = _dimension(found)
    _fit_to_open(found, today)
    line = _line(found, line_id)
    held = duties(dimension, line.industry, line.division_code)
    who = _who(scope, held, dimension, line, today)
    open_case = Case.objects.filter(
        line=line, dimension=dimension, procedure=dimension, closed_on=None
    ).first()
    if open_case is not None:
        raise refusing.already_open(open_case.number, open_case.pk)
    attached = consequences(found, today)
    if not attached:
        raise refusing.no_basis(today)
    return Opening(found, line, dimension, procedure(dimension, on=today), held, who, attached)


def _lock_line(visible: VersionQuerySet[Finding], today: date, line_id: str) -> None:
    """Who comes second waits here, then sees the case of who came first."""
    lines = set(
        visible.standing_on(today).filter(line__isnull=False).values_list("line_id", flat=True)
    ) or {line_id}
    list(
        ProductionLine.objects.select_for_update(no_key=True)
        .filter(pk__in=lines)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _standing(
    visible: VersionQuerySet[Finding], wanted: Sequence[str], today: date, lock: bool
) -> tuple[Finding, ...]:
    rows = visible.standing_on(today).select_related("enterprise", "line__enterprise", "reasoning")
    if lock:
        rows = rows.select_for_update(of=("self",), no_key=True)
    by_id = {finding.finding_id: finding for finding in rows.order_by("pk")}
    missing = [i for i in wanted if i not in by_id]
    if missing:
        known = set(visible.filter(finding_id__in=missing).values_list("finding_id", flat=True))
        ended = [i for i in missing if i in known]
        raise (
            refusing.findings_unknown([i for i in missing if i not in known])
            if len(ended) < len(missing)
            else refusing.findings_ended(ended, today)
        )
    return tuple(by_id[i] for i in wanted)


def _of_one_line(found: Sequence[Finding]) -> None:
    """One enterprise, and of its lines one at most; what concerns all of it goes with any."""
    enterprises = {finding.enterprise_id for finding in found}
    if len(enterprises) > 1 or len({f.line_id for f in found} - {None}) > 1:
        raise refusing.several_lines()


def _line(found: Sequence[Finding], line_id: str) -> ProductionLine:
    lines = {finding.line_id: finding.line for finding in found if finding.line is not None}
    if lines:
        ((_, line),) = lines.items()
        if line_id and line_id != line.pk:
            raise refusing.line_does_not_fit()
        return line
    if not line_id:
        raise refusing.line_not_chosen()
    chosen = (
        ProductionLine.objects.select_related("enterprise")
        .filter(pk=line_id, enterprise=found[0].enterprise_id)
        .first()
    )
    if chosen is None:
        raise refusing.line_does_not_fit()
    return chosen


def _dimension(found: Sequence[Finding]) -> str:
    dimensions = list(dict.fromkeys(finding.dimension for finding in found))
    if len(dimensions) > 1:
        words = [str(DIMENSIONS[d]) for d in dimensions]  # type: ignore[index]
        raise refusing.several_dimensions(("、".join(words), ", ".join(dimensions)))
    return dimensions[0]


def _fit_to_open(found: Sequence[Finding], today: date) -> None:
    met = [f.finding_id for f in found if f.verdict != Verdict.NONCOMPLIANT]
    if met:
        raise refusing.not_noncompliant(met)
    milder = [f.finding_id for f in found if f.effect != Effect.OPENS]
    if milder:
        raise refusing.only_warns(milder)
    tentative = [f for f in found if f.provisional]
    if tentative:
        raise refusing.provisional(what_is_unsettled(tentative, today))


def _who(scope: Scope, held: Duties, dimension: str, line: ProductionLine, today: date) -> Acting:
    if not scope.may(Power.OPEN_CASE):
        raise refusing.no_power()
    if not scope.may(Power.OPEN_CASE, division=line.division_code, dimension=dimension):
        raise refusing.outside_reach(DIMENSIONS[dimension], dimension)  # type: ignore[index]
    who = acting(scope, held, dimension, line.division_code, today)
    if who is None:
        raise refusing.does_not_lead(
            held.clause, names(held.lead, today), names((held.city,), today)
        )
    return who
