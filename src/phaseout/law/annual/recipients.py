"""To whom the report of the region goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phaseout.law.norms.records import Confidence
from phaseout.law.norms.shipped import rows_of
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class Recipient:
    """A national body that the clause names, under one of its names; `role` is `to` or `copy`.
    Both ends of a name are inside, None is open."""

    body: str
    role: str
    zh: str
    en: str
    held_from: date | None
    held_to: date | None
    source_id: str
    clause: str
    confidence: Confidence
    note: str

    @property
    def words(self) -> Bilingual:
        return self.zh, self.en

    def holds_on(self, day: date) -> bool:
        return (self.held_from is None or self.held_from <= day) and (
            self.held_to is None or day <= self.held_to
        )


def recipients(on: date, role: str | None = None) -> tuple[Recipient, ...]:
    """The bodies in the order of the clause, by the names of that day. Two of them that have become
    one body are told once.

    Args:
        role: `to` (two bodies) or `copy` (fourteen by the clause); None: all.
    """
    found: dict[str, Recipient] = {}
    for row in rows_of(__package__, "recipients", Recipient):
        if row.holds_on(on) and role in (None, row.role):
            found.setdefault(row.zh, row)
    return tuple(found.values())
