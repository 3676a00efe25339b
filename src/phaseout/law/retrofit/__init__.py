"""(十一) A retrofit as a plan: which limits of the same norm a line would meet, and what it saves.

for one in targets("energy_limits/GB32050-2015/3", date(2018, 3, 15)):
    one.met_by(Decimal("70"))                    # limit: True, advanced: False
saving(Decimal("74"), Decimal("70"), Decimal("100000"))   # 400000 of what the unit counts
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from phaseout.law.norms import NormBook
from phaseout.law.norms.records import EmissionLimit, EnergyLimit, Row
from phaseout.law.norms.wording import WORDS
from phaseout.law.refusals import Bilingual

_REACHES: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<=": operator.le,
    "<": operator.lt,
    ">=": operator.ge,
    ">": operator.gt,
}


@dataclass(frozen=True, slots=True)
class Target:
    """A limit of the norm that a retrofit may aim at. `value` in `unit`; the bound as `comparator`
    says. `binding`: the limit that the finding was judged by; the others are stricter or for new
    installations, and bind nobody who is not new."""

    row_id: str
    source_id: str
    clause: str
    words: Bilingual
    comparator: str
    value: Decimal
    unit: str
    binding: bool

    def met_by(self, value: Decimal) -> bool:
        """Whether a value in the unit of the limit meets it; at the limit as the norm says."""
        return _REACHES[self.comparator](value, self.value)

    def missing(self, value: Decimal) -> Decimal:
        """By how much a value misses the limit, in its unit; zero where it meets it."""
        return Decimal(0) if self.met_by(value) else abs(value - self.value)

    def share_missing(self, value: Decimal) -> Decimal | None:
        """The same as a share of the value, in percent to one decimal; None of a value of zero."""
        if not value:
            return None
        return (self.missing(value) / abs(value) * 100).quantize(Decimal("0.1"))


def targets(row_id: str, on: date) -> tuple[Target, ...]:
    """The limits of the same norm for the same thing that hold on a day, the one judged by first.

    Of an energy limit these are its grades (limit, access, advanced …); of an emission limit the
    limit itself. Empty: the row is no number that one can aim at.
    """
    try:
        judged = NormBook.load().row(row_id)
    except KeyError:
        return ()
    if isinstance(judged, EnergyLimit):
        alike = [row for row in NormBook.load().energy_limits if _same(row, judged)]
        rows: list[EnergyLimit] = [judged, *(r for r in alike if r.holds_on(on) and r != judged)]
        return tuple(
            _target(row, row.comparator, row.value, row.unit, judged, (row.applies_to, row.grade))
            for row in rows
            if row.value is not None and row.comparator in _REACHES
        )
    if isinstance(judged, EmissionLimit) and judged.value is not None:
        if judged.comparator not in _REACHES:
            return ()
        kind = (judged.limit_kind,)
        return (_target(judged, judged.comparator, judged.value, judged.unit, judged, kind),)
    return ()


def saving(before: Decimal, after: Decimal, output: Decimal) -> Decimal:
    """What is saved in the time of the output: (before - after) × output, in what the unit counts
    (kgce of kgce/t). Negative: more is used than before."""
    return (before - after) * output


def counted_in(unit: str) -> tuple[str, str] | None:
    """What a specific unit counts and per what: `kgce/t` → (`kgce`, `t`); None of another unit."""
    above, slash, below = unit.partition("/")
    return (above, below) if slash and above and below else None


def _same(one: EnergyLimit, other: EnergyLimit) -> bool:
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("source_id", "industry", "product_zh", "process_zh", "indicator_zh", "unit")
    )


def _target(
    row: Row,
    comparator: str,
    value: Decimal,
    unit: str,
    judged: Row,
    named: tuple[str, ...],
) -> Target:
    said = [WORDS.get(name, (name, name)) for name in named if name != "all"]
    return Target(
        row_id=row.row_id,
        source_id=row.source_id,
        clause=row.clause,
        words=(" ".join(w[0] for w in said), " ".join(w[1] for w in said)),
        comparator=comparator,
        value=value,
        unit=unit,
        binding=row is judged,
    )
