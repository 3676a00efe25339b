"""One kWh carries one surcharge: differential, then tiered, then punitive; the rest is reported.

No document found adds two of them on the same kWh; the order is ours (price_method section 2).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from phaseout.law.prices.asking import Measure
from phaseout.law.prices.outcomes import Answer, Outcome

ORDER = {measure: place for place, measure in enumerate(Measure)}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a kWh carries: `chosen` (None: nothing), `conflicts` that would also charge it, and
    `unsettled` of a stronger measure that may yet come before the chosen one."""

    chosen: Answer | None
    conflicts: tuple[Answer, ...]
    unsettled: tuple[Answer, ...]


_UNSETTLED = frozenset(
    {Outcome.EDGE_UNKNOWN, Outcome.UNDETERMINED, Outcome.DIVIDED, Outcome.NO_RATE}
)


def choose(answers: Iterable[Answer]) -> Choice:
    """Choose among the electricity answers for one line."""
    ordered = sorted(answers, key=lambda one: ORDER[one.question.measure])
    charging = [one for one in ordered if one.outcome is Outcome.RATE]
    chosen = next(iter(charging), None)
    before = ORDER[chosen.question.measure] if chosen else len(ORDER)
    unsettled = [
        one for one in ordered if one.outcome in _UNSETTLED and ORDER[one.question.measure] < before
    ]
    return Choice(chosen, tuple(charging[1:]), tuple(unsettled))
