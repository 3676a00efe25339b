"""Reads the tables of the procedures, once a process, into frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from phaseout.law.norms.book import read_csv
from phaseout.law.refusals import Bilingual, Refusal


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a case can stand; `ends` says that the case is over there."""

    key: str
    place: int
    ends: bool
    words: Bilingual


@dataclass(frozen=True, slots=True)
class ProcedureAct:
    """One act that the law provides: from a stage to a stage, by whom, on which clause.

    `who` holds `lead` (the leading functions of the clause), `cities`, `government`. `term` is a
    row of procedural_terms whose period the act starts, or empty. `done_here` is no where the act
    is not yet done in this system.
    """

    key: str
    from_stage: str
    to_stage: str
    who: tuple[str, ...]
    source_id: str
    clause: str
    term: str
    done_here: bool
    words: Bilingual


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of one procedure. Both ends of its validity are inside; None is open."""

    key: str
    version: str
    effective_from: date | None
    effective_to: date | None
    opinions_clause: int
    source_id: str
    words: Bilingual
    stages: tuple[Stage, ...]
    acts: tuple[ProcedureAct, ...]

    def holds_on(self, day: date) -> bool:
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )

    def stage(self, key: str) -> Stage:
        """The stage of that key.

        Raises:
            KeyError: this version has no such stage.
        """
        for stage in self.stages:
            if stage.key == key:
                return stage
        raise KeyError(key)

    def opening(self) -> ProcedureAct:
        """The act that begins a case."""
        return next(act for act in self.acts if not act.from_stage)

    def acts_from(self, stage: str) -> tuple[ProcedureAct, ...]:
        """The acts the law provides from a stage, in the order of the table."""
        return tuple(act for act in self.acts if act.from_stage == stage)


def procedure_on(key: str, day: date) -> Procedure:
    """The version of a procedure in force on `day`.

    Raises:
        Refusal: `procedure_not_on_record`.
    """
    for version in all_procedures():
        if version.key == key and version.holds_on(day):
            return version
    raise _not_on_record(key, str(day))


def procedure(key: str, version: str) -> Procedure:
    """A version by its name. Raises as `procedure_on`."""
    for known in all_procedures():
        if (known.key, known.version) == (key, version):
            return known
    raise _not_on_record(key, version)


@cache
def all_procedures() -> tuple[Procedure, ...]:
    """Every version of every procedure, in the order of the table."""
    stages, acts = _rows("stages.csv"), _rows("acts.csv")
    return tuple(
        Procedure(
            key=cells["procedure"],
            version=cells["version"],
            effective_from=_day(cells["effective_from"]),
            effective_to=_day(cells["effective_to"]),
            opinions_clause=int(cells["opinions_clause"]),
            source_id=cells["source_id"],
            words=(cells["zh"], cells["en"]),
            stages=tuple(_stage(row) for row in stages if _of(row) == _of(cells)),
            acts=tuple(_act(row) for row in acts if _of(row) == _of(cells)),
        )
        for cells in _rows("procedures.csv")
    )


def _rows(name: str) -> list[dict[str, str]]:
    return [cells for _, cells in read_csv(resources.files(__package__) / name)]


def _of(cells: Mapping[str, str]) -> tuple[str, str]:
    return cells["procedure"], cells["version"]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _stage(cells: Mapping[str, str]) -> Stage:
    return Stage(
        cells["stage"], int(cells["place"]), cells["ends"] == "yes", (cells["zh"], cells["en"])
    )


def _act(cells: Mapping[str, str]) -> ProcedureAct:
    return ProcedureAct(
        key=cells["act"],
        from_stage=cells["from_stage"],
        to_stage=cells["to_stage"],
        who=tuple(cells["who"].split(";")),
        source_id=cells["source_id"],
        clause=cells["clause"],
        term=cells["term"],
        done_here=cells["done_here"] == "yes",
        words=(cells["zh"], cells["en"]),
    )


def _not_on_record(key: str, which: str) -> Refusal:
    return Refusal(
        "procedure_not_on_record",
        what=(f"没有程序“{key}”（{which}）", f"there is no procedure {key!r} ({which})"),
        why=("程序表中没有这一版本。", "the table of procedures has no such version."),
        instead=("请补充程序表。", "Add the version to the table of procedures."),
    )
