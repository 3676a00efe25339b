"""Major hazards found on inspection, and permits: held, expired, missing."""

from __future__ import annotations

from datetime import date, timedelta

from phaseout.province.chance import Chance
from phaseout.province.menu import PermitKind, permit_kinds
from phaseout.province.menu.norms import Menu
from phaseout.province.shapes import Enterprise, Line, Rows
from phaseout.province.writing_numbers import as_officials_write, iso

HAZARDOUS = 0.07
MISSING, EXPIRED, WITHOUT_END = 0.06, 0.05, 0.03


def write_hazards(line: Line, rows: Rows, menu: Menu, chance: Chance, on: date) -> None:
    """Hazards of the last hundred days before `on`, by a criterion in force on the day found."""
    if not chance.happens(HAZARDOUS):
        return
    for at in range(1, 1 + chance.weighted((1, 2), (0.8, 0.2))):
        found = on - timedelta(days=chance.whole(5, 100))
        criteria = menu.hazards(line.kind.industry, found)
        if not criteria:
            continue
        criterion = chance.pick(criteria)
        note = "执法检查发现（虚构）" if chance.happens(0.6) else ""
        place = f"{criterion.source_id} {criterion.clause}"
        rows.add("hazards", f"{line.line_id}-H{at}", line.line_id, place, iso(found), note)


def write_permits(firm: Enterprise, rows: Rows, chance: Chance, on: date) -> None:
    """The permits an enterprise of its industry holds."""
    for kind in permit_kinds(firm.industry):
        fate = chance.share()
        if fate < MISSING:
            continue
        ends = on + timedelta(days=chance.whole(20, 365 * kind.years - 30))
        if fate < MISSING + EXPIRED:
            ends = on - timedelta(days=chance.whole(1, 300))
        elif fate < MISSING + EXPIRED + WITHOUT_END:
            rows.add("permits", *_permit(firm, kind, ends, chance, open_end=True))
            continue
        rows.add("permits", *_permit(firm, kind, ends, chance, open_end=False))


def _permit(
    firm: Enterprise, kind: PermitKind, ends: date, chance: Chance, *, open_end: bool
) -> tuple[str, ...]:
    # Permits run to the day before the anniversary of their first day.
    first = date(ends.year - kind.years, ends.month, min(ends.day, 28)) + timedelta(days=1)
    number = f"虚构{kind.kind[:2]}字〔{first.year}〕{firm.number + 1:06d}号"
    last = "" if open_end else as_officials_write(ends, chance)
    return firm.uscc, kind.kind, number, iso(first), last
