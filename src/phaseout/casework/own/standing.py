"""Where a case of an enterprise stands as far as the enterprise has been told.

Notices, decisions and records move a case when they are made; the enterprise learns of it when they
reach it. What only an office knows (reviewed, discussed, submitted for approval) is never told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from phaseout.casework.models import Act, Case, IssuedPaper
from phaseout.casework.papers.seeing import told_to_the_enterprise
from phaseout.casework.proceeding.holders import ENTERPRISE, OUTSIDE
from phaseout.casework.proceeding.standing import current
from phaseout.law.procedures import Stage
from phaseout.law.procedures.records import MAIN


def stages_told(cases: Iterable[Case]) -> Mapping[int, Stage]:
    """By case: the stage of the main line after the last act that the enterprise did or was told
    of; of a closed case its end. Two queries, however many cases."""
    known = {case.pk: case for case in cases}
    acts: dict[int, list[Act]] = {pk: [] for pk in known}
    rows = Act.objects.filter(case__in=known).defer("record", "basis", "reason", "detail")
    for act in rows.order_by("case_id", "place"):
        acts[act.case_id].append(act)
    papers = IssuedPaper.objects.filter(told_to_the_enterprise(), case__in=known)
    told = set(papers.values_list("act_id", flat=True))
    return {pk: _stage(case, acts[pk], told) for pk, case in known.items()}


def _stage(case: Case, acts: Sequence[Act], told: set[int]) -> Stage:
    procedure = current(case, acts)
    if case.closed_on is not None:
        return procedure.stages[case.stage]
    reached = procedure.acts[acts[0].kind].to  # that there is a case the enterprise sees anyway
    for act in acts:
        rule = procedure.acts[act.kind]
        knows = act.pk in told or act.function == ENTERPRISE or rule.by in OUTSIDE
        if knows and rule.moves and rule.track == MAIN:
            reached = rule.to
    return procedure.stages[reached]
