"""Who may not be dismissed: art. 42 against arts 40 and 41."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from phaseout.law.judgement.explanation import Explanation, Step
from phaseout.law.norms.methods.settlement import ProtectedGroup
from phaseout.law.settlement.figures import grounds, groups, number, step, unsure
from phaseout.law.settlement.refused import ground_unknown
from phaseout.law.settlement.retirement import near_retirement
from phaseout.law.settlement.service import Span, length


@dataclass(frozen=True, slots=True)
class Protection:
    """The groups somebody belongs to, and whether they bar the end on this ground."""

    groups: tuple[str, ...]
    barred: bool
    explanation: Explanation
    provisional: bool


def protection(
    ground: str,
    stated: Collection[str],
    *,
    here: Span,
    born_on: date | None,
    people: str,
    on: date,
) -> Protection:
    """Whether art. 42 bars a dismissal. That close to retirement is computed, not stated.

    Args:
        stated: groups that the employer states, keys of `figures.groups`; others are dropped.
        here: service with this employer, in a row.
        born_on, people: birth and group of people, for the legal age; None: cannot be computed.

    Raises:
        Refusal: `settlement.ground-unknown`, and as `retirement`.

    Source: Labour Contract Law art. 42. It does not stop an end by art. 44 (our reading: art. 45
    lengthens only contracts whose term expires).
    """
    known, rule = groups(on), grounds(on).get(ground)
    if rule is None:
        raise ground_unknown(ground, sorted(grounds(on)))
    found = [group for group in known if group in stated]
    years = int(number("long_service", on))
    if (
        born_on is not None
        and "near_retirement" not in found
        and length([here]).years >= years
        and near_retirement(born_on, people, on=on)
    ):
        found.append("near_retirement")
    barred = bool(found) and rule.bars_protected == "yes"
    root = step("verdict", _says(rule.ended_by, found, barred), rule, *_steps(known, found))
    return Protection(tuple(found), barred, Explanation(root), unsure(*(known[g] for g in found)))


def _steps(known: Mapping[str, ProtectedGroup], found: list[str]) -> list[Step]:
    return [step("condition", (known[g].zh, known[g].en), known[g]) for g in found]


def _says(ended_by: str, found: list[str], barred: bool) -> tuple[str, str]:
    if not found:
        return "不属于第四十二条保护的情形", "not protected by art. 42"
    if barred:
        return (
            f"属于第四十二条保护的情形，不得依{ended_by}解除",
            "protected by art. 42: may not be dismissed on this ground",
        )
    return (
        f"属于第四十二条保护的情形，但不影响依{ended_by}终止",
        "protected by art. 42, which does not stop an end on this ground",
    )
