"""What every act of this room does alike."""

from __future__ import annotations

from uuid import UUID

from phaseout.accounts.models import User
from phaseout.casework.acts import once
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.coordination.planning.models import PlanAct
from phaseout.law.opinions import Opinions

__all__ = ["again_after_a_deadlock", "done_before", "hold_year", "leading"]

CLAUSE = 19


def leading() -> tuple[str, ...]:
    """The offices that lead the plan: clause (19)."""
    return Opinions.of().lead(CLAUSE)


def hold_year(year: int) -> None:
    """Who acts on the plan of a year at once comes second and sees what the first has done."""
    once.hold_all("planning", f"plan:{year}")


def done_before(key: UUID, kind: str, by: User, plan_id: int | None = None) -> PlanAct | None:
    """The act that was done under this key before: `once.done_before`."""
    return once.done_before(PlanAct, key, kind, by, plan_id=plan_id)
