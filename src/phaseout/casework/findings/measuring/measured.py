"""What a chart of measurements is made of, and which findings have one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from phaseout.casework.models import Finding
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class Measured:
    """One chart (for `casework/measurements.js`) and the table beside it.

    chart: kind, unit, names, and the points, limits and spans that the script draws.
    notes: sentences that say what is shown and what was left out.
    heads, rows: the table; the first column is a day or a period, numbers are decimals or None.
    """

    chart: dict[str, Any]
    notes: Sequence[Bilingual]
    heads: Sequence[Bilingual]
    rows: Sequence[Sequence[Any]]
    whole: bool = False
    """The whole series rather than the period of the finding."""
    can_widen: bool = False
    """There is a whole series beyond the period."""
    numbers: frozenset[int] = field(default_factory=frozenset)
    """Which columns are numbers."""


def measured_behind(finding: Finding, *, whole: bool = False) -> Measured | None:
    """The measurements behind a finding; None where nothing was measured (a permit, a hazard, a
    listed piece of equipment)."""
    from phaseout.casework.findings.measuring import periods, readings

    if is_of_an_outlet(finding):
        return readings.of_outlet(finding, whole=whole)
    if is_of_periods(finding):
        return periods.of_sisters(finding)
    return None


def is_of_an_outlet(finding: Finding) -> bool:
    """Whether readings of one outlet and pollutant stand behind it (`outlet pollutant`)."""
    return (
        finding.judged_by == Dimension.ENVIRONMENT
        and finding.line_id is not None
        and finding.period_start is not None
        and " " in finding.subject
    )


def is_of_periods(finding: Finding) -> bool:
    """Whether it is one of several like it, a period or a sample each."""
    return finding.judged_by in (Dimension.ENERGY, Dimension.QUALITY, Dimension.ENVIRONMENT) and (
        finding.value is not None and finding.period_end is not None
    )


def has_measurements(finding: Finding) -> bool:
    return is_of_an_outlet(finding) or is_of_periods(finding)
