"""What comes next in a case: acts, and the rights of the enterprise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phaseout.accounts.scope import Scope
from phaseout.casework.models import Case, Proposal
from phaseout.casework.proceeding.choosing import Choice, choices
from phaseout.law.procedures import State
from phaseout.law.procedures.state import Right
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class Step:
    """An act that comes next; `waits` where it has been prepared and waits for its signature."""

    choice: Choice
    waits: Proposal | None

    @property
    def prepares(self) -> bool:
        """Whether the person prepares it for another's signature."""
        return self.choice.signs and self.choice.rule.role != "leader"


@dataclass(frozen=True, slots=True)
class Next:
    """The acts from where a case stands.

    mine, others: what carries the case on; besides: of mine, what may be done at any stage
    (suspend, transfer …); near: what is not lawful yet, each with its reason.
    """

    mine: tuple[Step, ...]
    besides: tuple[Step, ...]
    others: tuple[Step, ...]
    near: tuple[Step, ...]


def next_steps(case: Case, now: State, scope: Scope, today: date) -> Next:
    """What can be done next: the person's own, those of others, and why not what seems near."""
    waiting = {
        proposal.kind: proposal for proposal in case.proposals.filter(state=Proposal.State.WAITING)
    }
    steps = [Step(one, waiting.get(one.rule.kind)) for one in choices(case, now, scope, today)]
    allowed = [step for step in steps if step.choice.refusal is None]
    return Next(
        mine=tuple(s for s in allowed if s.choice.yours and not _any_stage(s)),
        besides=tuple(s for s in allowed if s.choice.yours and _any_stage(s)),
        others=tuple(s for s in allowed if not s.choice.yours and (s.waits or not _any_stage(s))),
        near=tuple(s for s in steps if s.choice.refusal is not None),
    )


def _any_stage(step: Step) -> bool:
    return step.choice.rule.block == "common"


@dataclass(frozen=True, slots=True)
class RightShown:
    """A right of the enterprise that it can use now, with the acts that use it."""

    right: Right
    place: int
    acts: tuple[Bilingual, ...]


def rights_shown(now: State) -> list[RightShown]:
    """The rights of the enterprise that it can use now, and until when."""
    return [
        RightShown(
            right,
            right.deadline.opened_by + 1,
            tuple(now.procedure.acts[kind].name for kind in right.acts),
        )
        for right in now.rights
    ]
