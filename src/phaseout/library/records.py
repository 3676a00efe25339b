"""Signatures and decisions as the law knows them: what a judgement of a day may rest on."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Exists, OuterRef, Q

from phaseout.law.judgement import authority
from phaseout.law.norms import confirmation as law
from phaseout.law.norms.spans import uncovered
from phaseout.library.models import Confirmation, Decision, Discrepancy


def confirmations_on(day: date) -> tuple[law.Confirmation, ...]:
    """Every confirmation made by `day`, in the order made; one query.

    A countersignature of a later day is left out of it. Left out whole: confirmations of rows of
    which somebody has said by `day` that the print says otherwise, and nobody has cleared that.
    """
    signed = (
        Confirmation.objects.filter(~Exists(doubts_on(day)), confirmed_on__lte=day)
        .select_related("confirmed_by", "countersignature__countersigned_by")
        .order_by("pk")
    )
    return tuple(_confirmation(one, day) for one in signed)


def doubts_on(day: date) -> Any:
    """Discrepancies that stand at the end of `day` over the row of the outer query."""
    return Discrepancy.objects.filter(
        Q(clearance=None) | Q(clearance__cleared_on__gt=day),
        row_id=OuterRef("row_id"),
        row_digest=OuterRef("row_digest"),
        noted_on__lte=day,
    )


def decisions_on(day: date) -> tuple[authority.Decision, ...]:
    """Every decision made by `day` as far as no later one replaced it, in the order made.

    Two decisions meet when they settle the same thing; the later one holds for the days of facts
    that it covers, the earlier one keeps the others.
    """
    made = Decision.objects.filter(decided_on__lte=day).order_by("decided_on", "pk")
    return tuple(_standing([_decision(one) for one in made]))


def write_confirmations(path: Path, confirmations: Iterable[law.Confirmation]) -> None:
    """A file that `phaseout judge --confirmations` takes."""
    _write(path, law.COLUMNS, (asdict(one) for one in confirmations))


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
