"""What pages show of an enterprise and of a line: facts by table, readings summed up, histories.

For the page of an enterprise, which belongs to casework:

    history_of_enterprise(enterprise, scope, user)     entries for `registry/_history.html`
    lines_of, equipment_of, permits_of                 for `_lines.html`, `_equipment.html`, …
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from phaseout.accounts.scope import Scope
from phaseout.facts.schema import tables
from phaseout.facts.tables import FACT_TABLES
from phaseout.law.refusals import Bilingual
from phaseout.registry.histories import Entry, history
from phaseout.registry.imports.reach import visible_to
from phaseout.registry.labels import cell_words, column_words, table_words
from phaseout.registry.models import (
    VERSIONS,
    Enterprise,
    EquipmentVersion,
    OutletVersion,
    PermittedVersion,
    PermitVersion,
    ProductionLine,
)

MOST_ROWS = 200
OF_A_LINE = ("energy", "energy_inputs", "outputs", "tests", "hazards")
_NOT_SHOWN = ("fact_id", "line_id", "uscc")


@dataclass(frozen=True, slots=True)
class FactTable:
    """One table of facts as a page shows it: heads, rows of cells in words."""

    name: str
    words: Bilingual
    heads: list[Bilingual]
    numbers: list[bool]
    rows: list[list[Bilingual]]
    more: bool

    @property
    def heads_with_kinds(self) -> list[tuple[Bilingual, bool]]:
        return list(zip(self.heads, self.numbers, strict=True))

    @property
    def rows_with_kinds(self) -> list[list[tuple[Bilingual, bool]]]:
        return [list(zip(row, self.numbers, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Series:
    """The readings of one outlet and pollutant, summed up."""

    outlet_id: str
    pollutant: Bilingual
    averaging: Bilingual
    readings: int
    first: datetime
    last: datetime


def lines_of(enterprise: Enterprise, scope: Scope) -> list[ProductionLine]:
    """The lines of an enterprise that the scope covers."""
    return list(
        ProductionLine.objects.filter(scope.lines(), enterprise=enterprise).order_by("pk")[
            :MOST_ROWS
        ]
    )


def equipment_of(line_ids: Collection[str]) -> Mapping[str, list[EquipmentVersion]]:
    """Line → the main equipment that stands, attribute by attribute."""
    found: dict[str, list[EquipmentVersion]] = defaultdict(list)
    standing = EquipmentVersion.objects.filter(line_id__in=line_ids, replaced_by=None)
    for piece in standing.order_by("line_id", "equipment_id", "attribute"):
        found[piece.line_id].append(piece)
    return found


def permits_of(enterprise: Enterprise, today: date) -> list[tuple[PermitVersion, bool]]:
    """The permits that stand, each with whether it has run out by `today`."""
    held = PermitVersion.objects.filter(uscc=enterprise.pk, replaced_by=None)
    return [
        (permit, permit.valid_to is not None and permit.valid_to < today)
        for permit in held.order_by("kind", "-valid_from", "number")
    ]


def facts_of_line(line: ProductionLine) -> list[FactTable]:
    """The facts of a line that stand, by table; the latest first, at most `MOST_ROWS` each."""
    shown = [_fact_table(table, {"line_id": line.pk}) for table in OF_A_LINE]
    return [table for table in shown if table.rows]


def outlets_of(line: ProductionLine) -> list[tuple[OutletVersion, list[PermittedVersion]]]:
    """The outlets of a line with their permitted concentrations."""
    outlets = list(
        OutletVersion.objects.filter(line_id=line.pk, replaced_by=None).order_by("outlet_id")
    )
    permitted: dict[str, list[PermittedVersion]] = defaultdict(list)
    for row in PermittedVersion.objects.filter(
        outlet_id__in=[outlet.outlet_id for outlet in outlets], replaced_by=None
    ).order_by("outlet_id", "pollutant_code"):
        permitted[row.outlet_id].append(row)
    return [(outlet, permitted[outlet.outlet_id]) for outlet in outlets]


def series_of(outlets: Collection[str]) -> list[Series]:
    """What is measured at these outlets, from when to when, how often."""
    if not outlets:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outlet_id, pollutant_code, averaging, count(*), min(time), max(time) "
            "FROM fact_monitoring WHERE replaced_by_id IS NULL AND outlet_id = ANY(%s) "
            "GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
            [list(outlets)],
        )
        return [
            Series(
                outlet,
                cell_words("monitoring", "pollutant_code", code),
                cell_words("monitoring", "averaging", kind),
                *(count, first, last),
            )
            for outlet, code, kind, count, first, last in cursor.fetchall()
        ]


def history_of_enterprise(enterprise: Enterprise, scope: Scope, user: Any) -> list[Entry]:
    """What changed of an enterprise, which lines and permits came and went."""
    seen = ProductionLine.objects.filter(scope.lines()).values("pk")
    return history(
        [
            ("enterprises", Q(uscc=enterprise.pk)),
            ("lines", Q(uscc=enterprise.pk, line_id__in=seen)),
            ("permits", Q(uscc=enterprise.pk)),
            ("allowances", Q(uscc=enterprise.pk)),
        ],
        visible=visible_to(scope, user),
    )


def history_of_line(line: ProductionLine, scope: Scope, user: Any) -> list[Entry]:
    """What changed of a line, its equipment and its outlets."""
    outlets = list(
        OutletVersion.objects.filter(line_id=line.pk).values_list("outlet_id", flat=True)
    )
    return history(
        [
            ("lines", Q(line_id=line.pk)),
            ("equipment", Q(line_id=line.pk)),
            ("outlets", Q(line_id=line.pk)),
            ("permitted", Q(outlet_id__in=set(outlets))),
        ],
        visible=visible_to(scope, user),
    )


def _fact_table(table: str, owner: Mapping[str, Any]) -> FactTable:
    names = [name for name in FACT_TABLES[table] if name not in _NOT_SHOWN]
    model: Any = VERSIONS[table]
    order = next((n for n in ("period_end", "sampled_on", "found_on") if n in names), "id")
    found = list(
        model.objects.filter(**owner, replaced_by=None).order_by(f"-{order}", "id")[: MOST_ROWS + 1]
    )
    words = column_words(table)
    # A column that nobody filled in says nothing.
    kept = [n for n in names if any(getattr(row, n) not in (None, "") for row in found)]
    return FactTable(
        table,
        table_words()[table],
        [words.get(name, (name, name)) for name in kept],
        [_is_number(table, name) for name in kept],
        [[cell_words(table, n, getattr(row, n)) for n in kept] for row in found[:MOST_ROWS]],
        len(found) > MOST_ROWS,
    )


def _is_number(table: str, name: str) -> bool:
    known = tables().get(table)
    kinds = {column.name: column.kind for column in known.columns} if known else {}
    return kinds.get(name) in ("number", "real", "whole")
