"""How the names of a block become names of the procedure that embeds it.

`closure` embeds the due process: its act `notice` becomes `closure.notice`, its act `decide` the
decision itself (`order_closure`), its track `remedy` becomes `closure.remedy`. A block without a
prefix keeps its names. `@entry`, `@done` … stand for cells of the embedding.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from phaseout.law.procedures.records import MAIN
from phaseout.law.procedures.rows import ActRow, EmbeddingRow, PeriodRow, StageRow, rows, split
from phaseout.law.refusals import Bilingual

HOST_TRACK = "@"
DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Owner:
    """A procedure's own rows (embedding None), or those of a block it embeds."""

    name: str
    procedure: str
    embedding: EmbeddingRow | None

    @property
    def prefix(self) -> str:
        return self.embedding.prefix if self.embedding else ""

    @property
    def track(self) -> str:
        return self.embedding.track if self.embedding else MAIN

    @property
    def title(self) -> Bilingual:
        return (self.embedding.zh, self.embedding.en) if self.embedding else ("", "")

    @property
    def options(self) -> tuple[str, ...]:
        return split(self.embedding.options) if self.embedding else ()

    @property
    def closes(self) -> bool:
        return self.embedding is not None and self.embedding.closes == "yes"

    def has(self, only: str) -> bool:
        """Whether a row with this `only` belongs here."""
        return not only or only in self.options

    def act(self, name: str) -> str:
        if name not in _local("act", self.name) or not self.prefix:
            return name
        assert self.embedding is not None
        if name == DECIDE:
            return self.embedding.decision
        return f"{self.prefix}.{name}"

    def period(self, name: str) -> str:
        local = name in _local("period", self.name) and self.prefix
        return f"{self.prefix}.{name}" if local else name

    def stage(self, name: str) -> str:
        local = name in _local("stage", self.name) and self.prefix
        return f"{self.prefix}.{name}" if local else name

    def track_of(self, name: str) -> str:
        if name in (HOST_TRACK, ""):
            return self.track
        local = name in _local("track", self.name) and self.prefix
        return f"{self.prefix}.{name}" if local else name

    def filled(self, cell: str) -> str:
        """The cell with `@name` parts replaced by the embedding's cells."""
        return ";".join(part for raw in split(cell) for part in split(self._value(raw)))

    def _value(self, part: str) -> str:
        option, _, rest = part.partition("?")
        if rest:  # `hearing?hearing_called` belongs to blocks with a hearing only
            return self._value(rest) if option in self.options else ""
        if not part.startswith("@"):
            return part
        if self.embedding is None:
            raise ValueError(f"{self.procedure}: {part} outside a block")
        name = part[1:]
        if name == "decider":
            return self.embedding.decided_by
        if name == "decider_level":
            return self.embedding.decided_level
        if name == "after_notice":
            return "legal_review" if "review" in self.options else "approve_by_head"
        if name == "reset":
            return "all" if self.track == MAIN else "prefix"
        return str(getattr(self.embedding, name))

    def several(self, cell: str, kind: str = "act") -> tuple[str, ...]:
        """A list of acts, periods or stages in a cell, by their names in the procedure."""
        named = {"act": self.act, "period": self.period, "stage": self.stage}[kind]
        return tuple(named(part) for part in split(self.filled(cell)))


def owners(procedure: str) -> tuple[Owner, ...]:
    """The procedure's own rows first, then its blocks in the order of the table."""
    blocks = (
        Owner(row.block, procedure, row)
        for row in rows(EmbeddingRow, "embeddings")
        if row.procedure == procedure
    )
    return (Owner(procedure, procedure, None), *blocks)


@cache
def _local(kind: str, owner: str) -> frozenset[str]:
    """The names a block defines itself: only these take its prefix."""
    if kind == "act":
        return frozenset(row.act for row in rows(ActRow, "acts") if row.owner == owner)
    if kind == "period":
        return frozenset(row.period for row in rows(PeriodRow, "periods") if row.owner == owner)
    mine = [row for row in rows(StageRow, "stages") if row.owner == owner]
    if kind == "stage":
        return frozenset(row.stage for row in mine)
    return frozenset(row.track for row in mine if row.track != HOST_TRACK)
