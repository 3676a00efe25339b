"""The records of settlement on a day, and how a step cites them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar, cast

from phaseout.law.judgement.explanation import Step
from phaseout.law.norms import Confidence
from phaseout.law.norms.methods import method_rows
from phaseout.law.norms.methods.settlement import (
    OldRule,
    ProtectedGroup,
    RetirementAge,
    SettlementFigure,
    SettlementGround,
    SettlementWay,
    UnemploymentSpan,
)
from phaseout.law.norms.records import DatedRow
from phaseout.law.refusals import Bilingual
from phaseout.law.settlement.refused import not_on_record

R = TypeVar("R", bound=DatedRow)


def _on(table: str, kind: type[R], day: date) -> list[R]:
    rows = cast(tuple[R, ...], method_rows(table))
    return [row for row in rows if row.holds_on(day)]


@lru_cache(maxsize=1024)
def figure(key: str, on: date) -> SettlementFigure:
    """The record of that key on a day.

    Raises:
        Refusal: `settlement.not-on-record`.
    """
    for row in _on("settlement_figures", SettlementFigure, on):
        if row.key == key:
            return row
    raise not_on_record(key, on)


def number(key: str, on: date) -> Decimal:
    """Its value. Raises as `figure`; also where the record has no value."""
    row = figure(key, on)
    if row.value is None:
        raise not_on_record(key, on)
    return row.value


@lru_cache(maxsize=256)
def grounds(on: date) -> Mapping[str, SettlementGround]:
    """The grounds on which a contract may end on a day, by key."""
    rows = _on("settlement_grounds", SettlementGround, on)
    return MappingProxyType({row.ground: row for row in rows})


def old_rules(ground: str, on: date) -> list[OldRule]:
    """What the rules of a day before 2008 gave for an end on this ground; several where the ground
    of today was more than one then, none where no rule is on record."""
    return [r for r in _on("settlement_old_rules", OldRule, on) if r.ground == ground]


def groups(on: date) -> Mapping[str, ProtectedGroup]:
    """The protected groups of art. 42, by key."""
    return {row.group: row for row in _on("protected_groups", ProtectedGroup, on)}


def ways(on: date) -> Mapping[str, SettlementWay]:
    """The ways of settling an employee, by key."""
    return {row.way: row for row in _on("settlement_ways", SettlementWay, on)}


def ages(on: date) -> Mapping[str, RetirementAge]:
    """The legal ages in force on a day, by group of people."""
    return {row.group: row for row in _on("retirement_ages", RetirementAge, on)}


def unemployment_spans(on: date) -> list[UnemploymentSpan]:
    """For how long the benefit is paid after how many years of contributions."""
    return _on("unemployment_spans", UnemploymentSpan, on)


def step(kind: str, says: Bilingual, row: DatedRow | None = None, *because: Step) -> Step:
    """A step of reasoning that cites a record."""
    return Step(kind, says[0], says[1], row.row_id if row else "", because)


def unsure(*rows: DatedRow) -> bool:
    """Whether any of the records is only recalled: what rests on it is provisional."""
    return any(row.confidence is not Confidence.VERIFIED for row in rows)
