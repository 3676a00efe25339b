"""Checks that a question has one answer: no row twice in an edition, no two editions at once.

What one *question* is, by table (the words `existing` and `limit` of the older scheme of energy
limits ask the same as `existing` and `grade3` of the newer one):

    energy_limits        industry, product, process, indicator, unit, plant, grade
    emission_limits      medium, industry, outlet source, pollutant, averaging, limit kind,
                         comparator, unit
    product_standards    industry, product, characteristic, comparator
    equipment_catalogue  class, industry, equipment, attribute, comparator, threshold, exceptions
    energy_factors       energy, unit, basis
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any, cast

from phaseout.law.norms.checks.issue import Issue, error, warning
from phaseout.law.norms.checks.store import Store
from phaseout.law.norms.documents import family
from phaseout.law.norms.records import (
    EmissionLimit,
    EnergyFactor,
    EnergyLimit,
    EquipmentEntry,
    ProductLimit,
    Row,
)
from phaseout.law.norms.validity import of_row

RANKS: Mapping[str, int] = {
    "advanced": 1, "grade1": 1, "access": 2, "grade2": 2, "limit": 3, "grade3": 3,
}  # fmt: skip
"""The grades of both schemes in one order, the strictest first."""

Question = tuple[Any, ...]


def question(row: Row) -> Question | None:
    """What the row answers, without edition and condition; None for tables without such keys."""
    match row:
        case EnergyLimit():
            return (
                row.industry, row.product_zh, row.process_zh, row.indicator_zh, row.unit,
                row.applies_to, RANKS.get(row.grade, row.grade),
            )  # fmt: skip
        case EmissionLimit():
            return (
                row.medium, row.industry, row.source_zh, row.pollutant_zh, row.averaging,
                row.limit_kind, row.comparator, row.unit,
            )  # fmt: skip
        case ProductLimit():
            return (row.industry, row.product_zh, row.characteristic_zh, row.comparator)
        case EquipmentEntry():
            return (
                row.class_, row.industry, row.equipment_type_zh, row.attribute_en,
                row.comparator, row.threshold, row.exceptions_zh,
            )  # fmt: skip
        case EnergyFactor():
            return (row.energy_zh, row.unit, row.basis)
    return None


def check_editions(store: Store) -> Iterator[Issue]:
    """One question, one row: within an edition, and among the editions of one standard.

    Within an edition rows may differ in their condition (which the facts decide). Two editions of
    a standard must not answer the same question on the same day, whatever their conditions. A GB
    and its GB/T twin, and national and local standards, may.
    """
    yield from _shared(store, _within_edition, _twice)
    yield from _shared(store, _among_editions, _both_in_force)


def _within_edition(row: Row, asked: Question) -> Question:
    return (row.source_id, getattr(row, "condition", ""), asked)


def _among_editions(row: Row, asked: Question) -> Question:
    return (family(row.source_id), asked)


def _shared(
    store: Store,
    key: Callable[[Row, Question], Question],
    tell: Callable[[Row, Row], Issue | None],
) -> Iterator[Issue]:
    groups: dict[Question, list[Row]] = defaultdict(list)
    for table, row in store.rows():
        asked = question(row)
        if asked is not None:
            groups[table, key(row, asked)].append(row)
    for rows in groups.values():
        for at, one in enumerate(rows):
            for other in rows[at + 1 :]:
                source = store.book.sources.get
                days = of_row(one, source(one.source_id))
                if days.shares_a_day(of_row(other, source(other.source_id))):
                    found = tell(one, other)
                    if found:
                        yield found


def _twice(one: Row, other: Row) -> Issue:
    return error(
        "question_twice",
        one.row_id,
        other.row_id,
        zh=f"同一文件中{one.row_id}与{other.row_id}对同一事项作出规定，且同时有效。",
        en=f"{one.row_id} and {other.row_id} answer the same question in one edition "
        "on the same days.",
    )


def _both_in_force(one: Row, other: Row) -> Issue | None:
    if one.source_id == other.source_id:
        return None
    return error(
        "editions_overlap",
        one.row_id,
        other.row_id,
        zh=f"{one.row_id}与{other.row_id}是同一标准的两个版本，对同一事项同时有效。",
        en=f"{one.row_id} and {other.row_id} are of two editions of one standard and answer "
        "the same question on the same days.",
    )


def check_grades(store: Store) -> Iterator[Issue]:
    """A stricter grade is not laxer: advanced ≤ access ≤ limit, grade 1 ≤ grade 2 ≤ grade 3."""
    groups: dict[Question, dict[int, EnergyLimit]] = defaultdict(dict)
    for row in store.book.energy_limits:
        asked = cast(Question, question(row))[:-2]
        groups[row.source_id, row.condition, row.effective_from, asked].setdefault(
            RANKS.get(row.grade, 0), row
        )
    for grades in groups.values():
        ranked = [grades[rank] for rank in sorted(grades) if grades[rank].value is not None]
        for strict, lax in pairwise(ranked):
            if strict.value is not None and lax.value is not None and strict.value > lax.value:
                yield error(
                    "grades_disordered",
                    strict.row_id,
                    lax.row_id,
                    zh=f"{strict.row_id}（{strict.grade}，{strict.value}）比"
                    f"{lax.row_id}（{lax.grade}，{lax.value}）宽松。",
                    en=f"{strict.row_id} ({strict.grade}, {strict.value}) is laxer than "
                    f"{lax.row_id} ({lax.grade}, {lax.value}).",
                )


def check_special(store: Store) -> Iterator[Issue]:
    """A special limit is not laxer than the limit for new plants of the same edition."""
    groups: dict[Question, dict[str, list[EmissionLimit]]] = defaultdict(lambda: defaultdict(list))
    for row in store.book.emission_limits:
        if row.limit_kind in ("new", "special") and row.value is not None:
            way = "indirect" if "discharge=indirect" in row.condition else ""
            key = (
                family(row.source_id), row.medium, row.industry, row.source_zh, row.pollutant_zh,
                row.averaging, row.comparator, row.unit, way,
            )  # fmt: skip
            groups[key][row.limit_kind].append(row)
    for kinds in groups.values():
        ordinary = [row.value for row in kinds["new"] if row.value is not None]
        for row in kinds["special"]:
            worst = max(ordinary, default=None)
            if row.comparator == "<=" and worst is not None and row.value and row.value > worst:
                yield warning(
                    "special_is_laxer",
                    row.row_id,
                    zh=f"特别排放限值{row.row_id}（{row.value}）宽于新建企业限值（{worst}）。",
                    en=f"the special limit {row.row_id} ({row.value}) is laxer than that for new "
                    f"plants ({worst}).",
                )
