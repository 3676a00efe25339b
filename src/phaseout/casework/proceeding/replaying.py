"""The acts of a case gone through again: what is kept of it must be what they make of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from phaseout.casework.models import Case
from phaseout.casework.proceeding.deriving import (
    OF_DEADLINES,
    OF_TASKS,
    SAME_DEADLINE,
    SAME_TASK,
    Derived,
    bring_up,
    derive,
)
from phaseout.casework.proceeding.standing import standing_of
from phaseout.casework.rows import Changes
from phaseout.law.refusals import Bilingual

AT_ONCE = 500
IRREGULAR = "act_irregular"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing of a case that is kept otherwise than its acts say. `code` never changes."""

    code: str
    case: str
    what: str
    kept: str
    derived: str

    @property
    def words(self) -> Bilingual:
        return (
            f"{self.what}：保存为{self.kept}，由各行为推出{self.derived}",
            f"{self.what}: kept {self.kept}, the acts say {self.derived}",
        )


def replay(cases: QuerySet[Case]) -> Iterator[tuple[Case, list[Difference]]]:
    """Every case with what differs, in the order of ids; a fixed number of queries for 500."""
    whole = cases.select_related("enterprise").prefetch_related("acts", "deadlines", "tasks")
    for case in whole.order_by("pk").iterator(chunk_size=AT_ONCE):
        yield case, differences(case)


def differences(case: Case) -> list[Difference]:
    """What is kept of the case otherwise than its acts make it; acts that should not be there."""
    acts = sorted(case.acts.all(), key=lambda act: act.place)
    derived = derive(case, acts)
    return [
        *_irregular(case, acts),
        *_standing(case, derived),
        *_rows(
            case, "deadline", case.deadlines.all(), derived.deadlines, SAME_DEADLINE, OF_DEADLINES
        ),
        *_rows(case, "task", case.tasks.all(), derived.tasks, SAME_TASK, OF_TASKS),
    ]


@transaction.atomic(durable=True)
def mend(case_id: int) -> list[Difference]:
    """Write what the acts make of the case over what is kept of it, and tell what was mended.

    Needed after the first version of a procedure was corrected, or a row was changed by hand. Acts
    stay as they are: one that should not be there is not told here.
    """
    case = Case.objects.select_for_update(no_key=True).get(pk=case_id)
    acts = list(case.acts.order_by("place"))
    kept = Derived(case.stage, case.closed_on, tuple(case.deadlines.all()), tuple(case.tasks.all()))
    found = [one for one in differences(case) if one.code != IRREGULAR]
    changes = Changes()
    bring_up(case, kept, derive(case, acts), changes)
    changes.write()
    return found


def _irregular(case: Case, acts: list[Any]) -> Iterator[Difference]:
    """Acts that the procedure did not allow when they were done."""
    for one in standing_of(case, acts, on=acts[-1].done_on).irregular:
        act = acts[one.index]
        yield Difference(IRREGULAR, case.number, f"#{act.place} {act.kind}", "—", one.refusal.code)


def _standing(case: Case, derived: Derived) -> Iterator[Difference]:
    if case.stage != derived.stage:
        yield Difference("stage_differs", case.number, "stage", case.stage, derived.stage)
    if case.closed_on != derived.closed_on:
        kept, said = str(case.closed_on), str(derived.closed_on)
        yield Difference("closing_differs", case.number, "closed_on", kept, said)


def _rows(
    case: Case,
    code: str,
    kept: Iterable[Model],
    derived: Iterable[Model],
    same: tuple[str, ...],
    of: tuple[str, ...],
) -> Iterator[Difference]:
    there = {_values(row, same): row for row in kept}
    for row in derived:
        key = _values(row, same)
        what, known = f"{code} {' '.join(map(str, key))}", there.pop(key, None)
        if known is None:
            yield Difference(f"{code}_not_kept", case.number, what, "—", _said(row, of))
        elif _values(known, of) != _values(row, of):
            yield Difference(f"{code}_differs", case.number, what, _said(known, of), _said(row, of))
    for key, row in there.items():
        what = f"{code} {' '.join(map(str, key))}"
        yield Difference(f"{code}_not_derived", case.number, what, _said(row, of), "—")


def _values(row: Model, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _said(row: Model, names: tuple[str, ...]) -> str:
    return ", ".join(f"{name}={getattr(row, name)}" for name in names)
