"""The columns in which the ministry and the energy administration print such lists."""

from __future__ import annotations

from dataclasses import dataclass

from phaseout.law.norms.records import Confidence
from phaseout.law.norms.shipped import rows_of

ELIMINATED, COAL = "eliminated", "coal"


@dataclass(frozen=True, slots=True)
class NationalColumn:
    """A column of one of the forms (`eliminated`, `coal`), in its order."""

    form: str
    key: str
    zh: str
    en: str
    source_id: str
    clause: str
    confidence: Confidence
    note: str


def national_columns(form: str) -> tuple[NationalColumn, ...]:
    """The columns of a form (reporting_forms.md sections 1 and 4)."""
    return tuple(
        one for one in rows_of(__package__, "national", NationalColumn) if one.form == form
    )
