"""Signatures and decisions as the law knows them: what a judgement of a day may rest on."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from phaseout.law.judgement import authority
from phaseout.law.norms import confirmation as law
from phaseout.law.norms.spans import uncovered
from phaseout.library.models import Confirmation, Decision, Discrepancy
from phaseout.library.standing import cleared, doubts, signatures


def confirmations_on(day: date) -> tuple[law.Confirmation, ...]:
    """Every confirmation made by `day`, in the order made; two queries.

    A countersignature of a later day is left out of it. With them come the words of those who found
    by `day` that the print says otherwise (`differs`), as far as nobody has cleared that by `day`.
    """
    signed = [_confirmation(one, day) for one in signatures(day)]
    doubted = [_doubt(one) for one in doubts(day) if not cleared(one, day)]
    return (*signed, *doubted)


def decisions_on(day: date) -> tuple[authority.Decision, ...]:
    """Every decision made by `day` as far as no later one replaced it, in the order made.

    Two decisions meet when they settle the same thing; the later one holds for the days of facts
    that it covers, the earlier one keeps the others.
    """
    made = Decision.objects.filter(decided_on__lte=day).order_by("decided_on", "pk")
    return tuple(_standing([_decision(one) for one in made]))


def write_confirmations(path: Path, confirmations: Iterable[law.Confirmation]) -> None:
    """A file that `phaseout judge --confirmations` takes."""
    columns = (*law.COLUMNS, *law.OPTIONAL)
    lines = ({**asdict(one), "differs": "yes" if one.differs else ""} for one in confirmations)
    _write(path, columns, lines)


def write_decisions(path: Path, decisions: Iterable[authority.Decision]) -> None:
    """A file that `phaseout judge --decisions` takes."""
    _write(path, authority.COLUMNS, (asdict(one) for one in decisions))


def _confirmation(one: Confirmation, day: date) -> law.Confirmation:
    first = law.Confirmation(
        one.row_id,
        one.row_digest,
        one.document,
        one.page,
        str(one.confirmed_by),
        one.confirmed_on,
        note=one.note,
    )
    second = getattr(one, "countersignature", None)
    if second is None or second.countersigned_on > day:
        return first
    return replace(
        first,
        countersigned_by=str(second.countersigned_by),
        countersigned_on=second.countersigned_on,
    )


def _doubt(one: Discrepancy) -> law.Confirmation:
    return law.Confirmation(
        one.row_id,
        one.row_digest,
        one.document,
        one.page,
        str(one.noted_by),
        one.noted_on,
        note=one.says,
        differs=True,
    )


def _decision(one: Decision) -> authority.Decision:
    return authority.Decision(
        one.kind,
        one.subject,
        one.key,
        one.value,
        one.valid_from,
        one.valid_to,
        one.document,
        one.decided_on,
        one.decided_by_name,
        one.note,
    )


def _standing(made: Sequence[authority.Decision]) -> Iterator[authority.Decision]:
    """What is left of each decision once the later ones on the same thing have taken their days."""
    later: dict[tuple[str, ...], list[tuple[date, date]]] = {}
    found: list[authority.Decision] = []
    for one in reversed(made):
        taken = later.setdefault(_thing(one), [])
        span = (one.valid_from or date.min, one.valid_to or date.max)
        found += [
            replace(
                one,
                valid_from=None if first == date.min else first,
                valid_to=None if last == date.max else last,
            )
            for first, last in uncovered(taken, span)
        ]
        taken.append(span)
    return reversed(found)


def _thing(one: authority.Decision) -> tuple[str, ...]:
    # several sources of special limits may hold in one area side by side
    return (one.kind, one.subject, one.key, one.value if one.kind == "area" else "")


def _write(path: Path, columns: Sequence[str], lines: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, columns, lineterminator="\n")
        writer.writeheader()
        for cells in lines:
            writer.writerow({name: "" if cells[name] is None else cells[name] for name in columns})
