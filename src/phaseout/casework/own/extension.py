"""The rules of an extension, told before it is applied for: until when, how long, how often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phaseout.law.procedures import State
from phaseout.law.procedures.counting import longest_extension
from phaseout.law.procedures.deadlines import Deadline

APPLY = "apply_extension"


@dataclass(frozen=True, slots=True)
class ExtensionRules:
    """`until`: the last day to apply; `early_by`: the day by which the rule asks for it; `longest`:
    months at most. It is granted once."""

    of: Deadline
    until: date | None
    early_by: Deadline | None
    longest: int | None


def extension_rules(now: State) -> ExtensionRules | None:
    """The rules, while an application can be made: none while one waits or once one was decided."""
    if not any(one.rule.kind == APPLY and one.allowed for one in now.choices):
        return None
    for one in reversed(now.deadlines):
        period = now.procedure.periods.get(one.period)
        if period is None or period.length is None or "grant_extension" not in period.lengthened_by:
            continue
        if not one.open:
            return None
        longest = longest_extension(period.length)
        early = [d for d in now.deadlines if d.period == "apply_by" and d.due is not None]
        return ExtensionRules(one, one.due, early[-1] if early else None, longest)
    return None
