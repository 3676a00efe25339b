"""The norm book: all tables of the store, read once, typed, in a fixed order."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from io import StringIO
from typing import Any, TypeVar

from phaseout.law.norms import records
from phaseout.law.norms.records import Row, Source, parse

NATIONAL = "000000"
"""The division code of a norm that holds in the whole country."""

TABLES: Mapping[str, type[Row]] = {
    "energy_limits": records.EnergyLimit,
    "energy_factors": records.EnergyFactor,
    "emission_limits": records.EmissionLimit,
    "equipment_catalogue": records.EquipmentEntry,
    "hazard_criteria": records.HazardCriterion,
    "product_standards": records.ProductLimit,
    "price_rules": records.PriceRule,
    "procedural_terms": records.ProceduralTerm,
    "credit_fields": records.CreditField,
}

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class NormBook:
    """Every norm row we hold. Immutable: `with_rows` gives another book.

    `sources` maps a source id to the document; where two received tables describe the same
    document, the more fully described one is kept here and both stay in the store.
    `jurisdictions` maps the sources that hold only in one province to its division code; every
    other source holds in the whole country.
    """

    energy_limits: tuple[records.EnergyLimit, ...]
    energy_factors: tuple[records.EnergyFactor, ...]
    emission_limits: tuple[records.EmissionLimit, ...]
    equipment_catalogue: tuple[records.EquipmentEntry, ...]
    hazard_criteria: tuple[records.HazardCriterion, ...]
    product_standards: tuple[records.ProductLimit, ...]
    price_rules: tuple[records.PriceRule, ...]
    procedural_terms: tuple[records.ProceduralTerm, ...]
    credit_fields: tuple[records.CreditField, ...]
    sources: Mapping[str, Source]
    jurisdictions: Mapping[str, str]

    @classmethod
    def load(cls) -> NormBook:
        """The book as shipped. Reads the store once a process.

        Raises:
            ValueError: a table does not fit its record; names file, line and column.
        """
        return _shipped()

    def source(self, source_id: str) -> Source:
        """The document behind `source_id`.

        Raises:
            KeyError: the store has no such source.
        """
        return self.sources[source_id]

    def jurisdiction(self, source_id: str) -> str:
        """Division code of the area in which the source holds; `NATIONAL` for the country."""
        return self.jurisdictions.get(source_id, NATIONAL)

    def rows(self) -> Iterator[Row]:
        """Every row of every table, table by table."""
        for table in TABLES:
            yield from getattr(self, table)

    def row(self, row_id: str) -> Row:
        """The row of that id.

        Raises:
            KeyError: no such row.
        """
        table = row_id.split("/", 1)[0]
        for row in getattr(self, table, ()):
            if row.row_id == row_id:
                return row  # type: ignore[no-any-return]
        raise KeyError(row_id)

    def with_rows(
        self,
        *rows: Row,
        sources: tuple[Source, ...] = (),
        jurisdictions: Mapping[str, str] | None = None,
    ) -> NormBook:
        """A book with further rows, for example a local limit entered by an authority."""
        added: dict[str, Any] = {}
        for table, kind in TABLES.items():
            extra = tuple(row for row in rows if type(row) is kind)
            if extra:
                added[table] = getattr(self, table) + extra
        added["sources"] = {**self.sources, **{s.source_id: s for s in sources}}
        added["jurisdictions"] = {**self.jurisdictions, **(jurisdictions or {})}
        return replace(self, **added)


@cache
def _shipped() -> NormBook:
    root = resources.files(__package__) / "tables"
    tables = {table: _table(root / table, kind) for table, kind in TABLES.items()}
    return NormBook(
        **tables,  # type: ignore[arg-type]
        sources=_sources(root / "sources", root / "source_titles.csv"),
        jurisdictions={
            cells["source_id"]: cells["division_code"]
            for _, cells in read_csv(root / "jurisdictions.csv")
        },
    )


def _table(folder: Traversable, kind: type[R]) -> tuple[R, ...]:
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return tuple(
        _parse_at(file, line, kind, cells) for file in files for line, cells in read_csv(file)
    )


def _sources(folder: Traversable, titles: Traversable) -> dict[str, Source]:
    """The documents; an English title received as "the same, …" is said in full, as `titles` has
    it: the received cells stay as they came."""
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    found = fullest(
        _parse_at(file, line, Source, cells) for file in files for line, cells in read_csv(file)
    )
    for _, cells in read_csv(titles):
        known = found[cells["source_id"]]
        found[known.source_id] = replace(known, title_en=cells["title_en"])
    return found


def fullest(descriptions: Iterable[Source]) -> dict[str, Source]:
    """One description a document, by its id: the first of those that say most."""
    described: dict[str, Source] = {}
    for source in descriptions:
        known = described.get(source.source_id)
        if known is None or _fullness(source) > _fullness(known):
            described[source.source_id] = source
    return described


def _fullness(source: Source) -> int:
    return sum(1 for text in (source.number, source.effective_from, source.effective_to) if text)


S = TypeVar("S")


def _parse_at(file: Traversable, line: int, kind: type[S], cells: Mapping[str, str]) -> S:
    try:
        return parse(kind, cells)
    except ValueError as problem:
        raise ValueError(f"{file.name} line {line}: {problem}") from None


def read_csv(file: Traversable) -> Iterator[tuple[int, dict[str, str]]]:
    """Lines of a store table with their number (the head is line 1)."""
    yield from enumerate(csv.DictReader(StringIO(file.read_text(encoding="utf-8"))), start=2)
