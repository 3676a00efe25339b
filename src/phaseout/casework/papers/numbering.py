"""Numbers of documents: mark of the office, word of the kind, year, serial: 宁经信改〔2018〕3号."""

from __future__ import annotations

from datetime import date

from phaseout.casework.cases.numbering import mark_of
from phaseout.casework.cases.registers import next_serial
from phaseout.casework.papers.kinds import Kind


def take_number(kind: Kind, office: str, on: date) -> tuple[int | None, str]:
    """The next serial of the office's register of this kind and year, and the number it gives.

    What the enterprise hands in has none: its word is empty. Inside the act's transaction: the
    register's row stays locked, so there is neither gap nor double.

    Raises:
        Refusal: `office_mark_not_on_record`.
    """
    if not kind.word:
        return None, ""
    mark = mark_of(office, on)
    serial = next_serial(office, kind.series, on.year)
    return serial, f"{mark}{kind.word}〔{on.year}〕{serial}号"
