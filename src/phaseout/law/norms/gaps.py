"""Gaps: the spans of time for which our record has no row, and what would fill them.

Asked per industry, dimension and subject. The subject is, by dimension:

    energy        product and process        environment   medium and outlet source
    quality       product                    technology    kind of equipment
    safety        the industry as a whole

and in every dimension the industry as a whole (empty subject). A row without a figure is no gap:
the edition sets none, and that is shown as `no_figure`. No row means that a judgement answers
"undetermined" and never "passes". No clock: the last day asked is an argument or comes from data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from phaseout.law.industries import ALL_INDUSTRIES, INDUSTRIES
from phaseout.law.norms.book import NATIONAL, NormBook
from phaseout.law.norms.documents import family, is_amendment, successor
from phaseout.law.norms.methods import method_rows
from phaseout.law.norms.methods.energy import EnergyGap, EnergyName
from phaseout.law.norms.methods.quality import MandatoryClause
from phaseout.law.norms.records import (
    DatedRow,
    EmissionLimit,
    EnergyLimit,
    EquipmentEntry,
    HazardCriterion,
    ProductLimit,
    Row,
    Source,
)
from phaseout.law.norms.spans import Span, common, uncovered, union
from phaseout.law.norms.validity import Validity, of_row, of_source

SINCE = date(2010, 1, 1)
"""From when our record is meant to be whole (issue 2, section 2)."""

DIMENSION_TABLES: Mapping[str, str] = {
    "energy": "energy_limits",
    "environment": "emission_limits",
    "quality": "product_standards",
    "safety": "hazard_criteria",
    "technology": "equipment_catalogue",
}
"""The table of limits of each dimension, in the order of clauses (4) to (8)."""


class Kind(StrEnum):
    """What is missing in the span."""

    NO_ROW = "no_row"
    """no document of the subject has rows in our record"""
    NOT_IN_EDITION = "not_in_edition"
    """the edition then in force has rows, none of this name: left out, renamed, or not recorded"""
    NOT_MANDATORY = "not_mandatory"
    """only recommended or unsettled rows: none that could open a case by itself"""
    NO_FIGURE = "no_figure"
    """rows exist and say that the edition sets no figure; not a gap"""


@dataclass(frozen=True, slots=True)
class Missing:
    """A document that would fill a gap: we hold its name, not its rows. Dates as printed."""

    source_id: str
    number: str
    effective_from: str
    effective_to: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Gap:
    """One span without rows, both ends inside. Empty subject: the industry as a whole.

    `before` and `after` are the sources whose rows end and begin at the edges of the span.
    """

    dimension: str
    industry: str
    subject_zh: str
    subject_en: str
    first: date
    last: date
    kind: Kind
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    filled_by: tuple[Missing, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The gap as plain data; days stay dates."""
        data = asdict(self)
        return {"from": data.pop("first"), "to": data.pop("last"), **data}


@dataclass(slots=True)
class _Slot:
    """What is asked: rows by subject, with the spans in which they hold."""

    en: str = ""
    rows: list[tuple[Span, Row]] = field(default_factory=list)


def last_begin(book: NormBook) -> date:
    """The last day on which any row of the book begins to hold."""
    begins = [row.effective_from for row in book.rows() if isinstance(row, DatedRow)]
    return max(day for day in begins if day is not None)


def find_gaps(
    book: NormBook,
    *,
    since: date = SINCE,
    until: date | None = None,
    industry: str | None = None,
    dimension: str | None = None,
    division: str = NATIONAL,
) -> list[Gap]:
    """The gaps from `since` to `until` (both inside), ordered by dimension, industry, subject.

    Args:
        until: default: the last day on which any row begins.
        industry: one of the thirteen, or `all` for the norms of every industry; None: everything.
        dimension: a key of `DIMENSION_TABLES`; None: all five.
        division: whose local rows count beside the national ones.
    """
    within = (since, until or last_begin(book))
    documents = _Documents(book, within)
    found: list[Gap] = []
    for asked in [dimension] if dimension else DIMENSION_TABLES:
        for key, slot in _slots(book, asked, division, within).items():
            if industry is None or key[0] == industry:
                found += _gaps_of(asked, key, slot, within, documents)
    found = _without_repetition(found)
    order = {key: at for at, key in enumerate((*INDUSTRIES, ALL_INDUSTRIES))}
    dimensions = list(DIMENSION_TABLES)
    return sorted(
        found,
        key=lambda gap: (
            dimensions.index(gap.dimension), order.get(gap.industry, len(order)),
            gap.subject_zh, gap.first, gap.kind,
        ),
    )  # fmt: skip


def _without_repetition(gaps: list[Gap]) -> list[Gap]:
    """A process whose span is missing for the whole product is not told a second time."""
    told = {(gap.dimension, gap.industry, gap.subject_zh, gap.first, gap.last) for gap in gaps}

    def repeats(gap: Gap) -> bool:
        product = gap.subject_zh.split(" ")[0]
        return (
            gap.dimension == "energy"
            and product != gap.subject_zh
            and (gap.dimension, gap.industry, product, gap.first, gap.last) in told
        )

    return [gap for gap in gaps if not repeats(gap)]


Key = tuple[str, str]
"""Industry and subject in Chinese."""


def _slots(book: NormBook, dimension: str, division: str, within: Span) -> dict[Key, _Slot]:
    slots: dict[Key, _Slot] = defaultdict(_Slot)
    for industry in INDUSTRIES:
        slots[industry, ""] = _Slot()
    renamed = _renamed() if dimension == "energy" else {}
    for row in getattr(book, DIMENSION_TABLES[dimension]):
        if not _counts(book.jurisdiction(row.source_id), division):
            continue
        span = _span(of_row(row, book.sources.get(row.source_id)), within)
        for zh, en in _subjects(row, renamed):
            slot = slots[row.industry, zh]
            slot.en = slot.en or en
            if span:
                slot.rows.append((span, row))
    if dimension == "energy":
        for hole in _documented():
            if hole.product_zh:
                slots[hole.industry, renamed.get(hole.product_zh, hole.product_zh)].rows += ()
    return dict(slots)


def _counts(jurisdiction: str, division: str) -> bool:
    places = {NATIONAL, division, division[:2] + "0000", division[:4] + "00"}
    return jurisdiction in places


def _span(validity: Validity, within: Span) -> Span | None:
    first = max(validity.first or within[0], within[0])
    last = min(validity.last or within[1], within[1])
    return (first, last) if first <= last else None


def _subjects(row: Row, renamed: Mapping[str, str]) -> list[tuple[str, str]]:
    """The subjects a row speaks of: the industry, its product, its product and process."""
    whole = ("", "")
    match row:
        case EnergyLimit():
            product = renamed.get(row.product_zh, row.product_zh)
            subjects = [whole, (product, row.product_en)]
            if row.process_zh:
                subjects.append(
                    (f"{product} {row.process_zh}", f"{row.product_en}, {row.process_en}")
                )
            return subjects
        case EmissionLimit():
            medium = {"air": "废气", "water": "废水"}.get(row.medium, row.medium)
            return [whole, (f"{medium} {row.source_zh}", f"{row.medium}: {row.source_en}")]
        case ProductLimit():
            return [whole, (row.product_zh, row.product_en)]
        case EquipmentEntry():
            return [whole, (row.equipment_type_zh, row.equipment_type_en)]
        case HazardCriterion():
            return [whole]
    return []


def _gaps_of(
    dimension: str, key: Key, slot: _Slot, within: Span, documents: _Documents
) -> Iterator[Gap]:
    industry, subject = key

    def gap(span: Span, kind: Kind, filled_by: tuple[Missing, ...] = ()) -> Gap:
        before, after = _neighbours(span, slot.rows, within)
        return Gap(
            dimension, industry, subject, slot.en, *span, kind, before, after, filled_by,
        )  # fmt: skip

    chains = {documents.chain(row.source_id) for _, row in slot.rows}
    held = [span for span, _ in slot.rows]
    for hole in uncovered(held, within):
        # an edition that has rows of other names tells the gap from a plain hole, day by day
        covered = documents.rows_of(chains, dimension, industry) if subject else []
        for span in uncovered(covered, hole):
            yield gap(span, Kind.NO_ROW, documents.fill(dimension, key, span, chains))
        for span in common(covered, hole):
            filled_by = documents.fill(dimension, key, span, chains)
            yield gap(span, Kind.NOT_IN_EDITION, filled_by)
    yield from (gap(span, Kind.NO_FIGURE) for span in _without_figure(slot.rows, within))
    if dimension == "quality":
        binding = [span for part in slot.rows for span in _binding(*part)]
        for span in common(held, within):
            yield from (gap(part, Kind.NOT_MANDATORY) for part in uncovered(binding, span))


def _without_figure(rows: Iterable[tuple[Span, Row]], within: Span) -> Iterator[Span]:
    """Where there are rows and none of them sets a figure."""
    silent = [s for s, row in rows if getattr(row, "value", "") is None]
    set_ = [s for s, row in rows if getattr(row, "value", "") is not None]
    for span in common(silent, within):
        yield from uncovered(set_, span)


def _neighbours(
    span: Span, rows: Iterable[tuple[Span, Row]], within: Span
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sources of the rows that end last before the span and begin first after it."""
    rows = list(rows)
    ends = [last for (_, last), _ in rows if last < span[0]]
    begins = [first for (first, _), _ in rows if first > span[1]]
    before = {row.source_id for (_, last), row in rows if ends and last == max(ends)}
    after = {row.source_id for (first, _), row in rows if begins and first == min(begins)}
    return tuple(sorted(before)), tuple(sorted(after))


def _binding(span: Span, row: Row) -> Iterator[Span]:
    """The days within `span` on which a product row binds: a mandatory clause or an order."""
    standing = [s for s in _standings(row.source_id) if s.clause == row.clause]
    standing = standing or [s for s in _standings(row.source_id) if s.clause == "*"]
    if not standing:
        recommended = row.source_id.startswith("GBT-") or "推荐性" in row.clause
        yield from () if recommended else (span,)
        return
    said = {s: _span(of_row(s, None), span) for s in standing}
    yield from (part for s, part in said.items() if part and s.standing in ("mandatory", "order"))
    # before a standing begins, the number alone says what the document is worth
    if row.source_id.startswith("GB-"):
        yield from uncovered([part for part in said.values() if part], span)


def _standings(source_id: str) -> list[MandatoryClause]:
    rows = method_rows("mandatory_clauses")
    return [r for r in rows if isinstance(r, MandatoryClause) and r.source_id == source_id]


def _documented() -> list[EnergyGap]:
    return [row for row in method_rows("energy_gaps") if isinstance(row, EnergyGap)]


def _renamed() -> dict[str, str]:
    """Names of products that a later edition renamed, to the later name."""
    names = [row for row in method_rows("energy_names") if isinstance(row, EnergyName)]
    return {row.name_zh: row.same_as_zh for row in names if row.kind == "product"}


class _Documents:
    """The documents of the store, in chains of succession, with the spans of their rows."""

    def __init__(self, book: NormBook, within: Span) -> None:
        self._book = book
        self._within = within
        self._parent: dict[str, str] = {}
        for source in book.sources.values():
            follower = successor(source, book.sources)
            if follower:
                self._parent[self.chain(source.source_id)] = self.chain(follower.source_id)
        self._rows: dict[tuple[str, str, str], list[Span]] = defaultdict(list)
        self._with_rows: set[str] = set()
        for dimension, table in DIMENSION_TABLES.items():
            for row in getattr(book, table):
                self._with_rows.add(row.source_id)
                span = _span(of_row(row, book.sources.get(row.source_id)), within)
                if span:
                    self._rows[self.chain(row.source_id), dimension, row.industry].append(span)
        for key, spans in self._rows.items():
            self._rows[key] = union(spans)

    def chain(self, source_id: str) -> str:
        """What names all editions of a standard and the standards they were merged into."""
        return self._root(family(source_id))

    def rows_of(self, chains: Iterable[str], dimension: str, industry: str) -> list[Span]:
        """The spans in which the chains have rows of the industry, whatever their subject."""
        return [s for chain in chains for s in self._rows.get((chain, dimension, industry), ())]

    def fill(
        self, dimension: str, key: Key, span: Span, chains: Iterable[str]
    ) -> tuple[Missing, ...]:
        """Documents in force in the span whose rows we do not have: those that somebody has
        written down for the subject, else those of the same chains."""
        if dimension == "energy":
            written = self._written_down(key, span)
            if written:
                return written
        found = [
            source
            for source in self._book.sources.values()
            if source.source_id not in self._with_rows
            and not is_amendment(source)
            and self.chain(source.source_id) in chains
            and source.effective_from + source.effective_to
            and _span(of_source(source), span)
        ]
        return tuple(
            _missing(source, "其数值未收录", "its rows are not in our record") for source in found
        )

    def _written_down(self, key: Key, span: Span) -> tuple[Missing, ...]:
        industry, subject = key
        product = subject.split(" ")[0]
        renamed = _renamed()
        found = (
            _missing(self._book.sources[hole.source_id], hole.text_zh, hole.text_en)
            for hole in _documented()
            if hole.industry == industry
            and (not hole.product_zh or renamed.get(hole.product_zh, hole.product_zh) == product)
            and _span(of_row(hole, None), span)
        )
        return tuple(dict.fromkeys(found))

    def _root(self, name: str) -> str:
        while name in self._parent and self._parent[name] != name:
            name = self._parent[name]
        return name


def _missing(source: Source, zh: str, en: str) -> Missing:
    return Missing(
        source.source_id, source.number, source.effective_from, source.effective_to, zh, en
    )
