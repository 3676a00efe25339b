"""The columns of the city report and of the summary of the region."""

from __future__ import annotations

from dataclasses import dataclass

from phaseout.law.norms.records import Confidence
from phaseout.law.norms.shipped import rows_of
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column. `required`: yes, no, or the way of exit that wants it; `width` is its share of the
    line on paper, 0 for a column of the exchange only; `also` are other spellings of its head."""

    key: str
    zh: str
    en: str
    required: str
    width: int
    also: str
    source_id: str
    clause: str
    confidence: Confidence

    @property
    def words(self) -> Bilingual:
        return self.zh, self.en

    @property
    def on_paper(self) -> bool:
        return self.width > 0


@dataclass(frozen=True, slots=True)
class _FormUnit:
    unit: str
    zh: str
    source_id: str
    clause: str
    confidence: Confidence


def form_units() -> dict[str, str]:
    """Unit of the ledger → how the form writes the unit in which it is shown: t/a → 万吨/年
    (reporting_forms.md section 1, a year)."""
    return {one.unit: one.zh for one in rows_of(__package__, "units", _FormUnit)}


def columns(*, on_paper: bool = False) -> tuple[FormColumn, ...]:
    """Every column in order; `on_paper`: those that the form has, without those of the exchange
    (number of the line, reason of a correction)."""
    found = rows_of(__package__, "columns", FormColumn)
    return tuple(one for one in found if one.on_paper) if on_paper else found
