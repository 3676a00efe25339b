"""What comes next in a case: acts, and the rights of the enterprise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phaseout.accounts.scope import Scope
from phaseout.casework.models import Case, Proposal
from phaseout.casework.proceeding.choosing import Choice, choices
from phaseout.law.procedures import State
from phaseout.law.procedures.records import MAIN
from phaseout.law.procedures.state import Right
from phaseout.law.refusals import Bilingual

_ASIDE = frozenset({"remedy", "stay", "enforcement"})
"""Tracks beside the case: its acts wait for what the enterprise, a court or time brings."""

_NOT_BEGUN = frozenset({"act.not-on-file", "act.other-stage", "act.period-not-begun"})


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

    mine, others: what carries the case on; awaited: what will, once a period that runs is over;
    aside: of mine, what is done only on an occasion (a court ruled, the facts changed, the
    decision is to be enforced); besides: of mine, what may be done at any stage (suspend,
    transfer …); near: what else is not lawful yet, each with its reason.
    """

    mine: tuple[Step, ...]
    awaited: tuple[Step, ...]
    aside: tuple[Step, ...]
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
    yours = [step for step in allowed if step.choice.yours and not _any_stage(step)]
    near = [step for step in steps if step.choice.refusal is not None]
    return Next(
        mine=tuple(sorted((s for s in yours if s.waits or not _on_occasion(s)), key=_beside)),
        awaited=tuple(s for s in near if _awaited(s)),
        aside=tuple(s for s in yours if not s.waits and _on_occasion(s)),
        besides=tuple(s for s in allowed if s.choice.yours and _any_stage(s)),
        others=tuple(s for s in allowed if not s.choice.yours and (s.waits or not _any_stage(s))),
        near=tuple(s for s in near if not _awaited(s) and not _far(s)),
    )


def _any_stage(step: Step) -> bool:
    return step.choice.rule.block == "common"


def _beside(step: Step) -> bool:
    """What carries the main track on comes first."""
    return step.choice.rule.track != MAIN


def _on_occasion(step: Step) -> bool:
    return step.choice.rule.track.rpartition(".")[2] in _ASIDE or step.choice.rule.mark == "void"


def _awaited(step: Step) -> bool:
    """An act of an office that carries the case on as soon as a period is over."""
    refusal, rule = step.choice.refusal, step.choice.rule
    return (
        refusal is not None
        and refusal.code == "act.period-running"
        and rule.by != "enterprise"
        and not _on_occasion(step)
    )


def _far(step: Step) -> bool:
    """An act on an occasion that cannot come before acts which are far off themselves."""
    refusal = step.choice.refusal
    return _on_occasion(step) and refusal is not None and refusal.code in _NOT_BEGUN


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
