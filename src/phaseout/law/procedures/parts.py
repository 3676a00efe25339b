"""The parts of a procedure from the rows of one owner: stages, acts, periods, tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from phaseout.law.procedures.embedding import DECIDE, Owner
from phaseout.law.procedures.records import (
    ActRule,
    Basis,
    Bring,
    Length,
    Need,
    Period,
    Stage,
    StageKind,
    TaskRule,
)
from phaseout.law.procedures.rows import (
    ActRow,
    BasisRow,
    PeriodRow,
    PeriodTermRow,
    StageRow,
    TaskRow,
    citation,
    items,
    rows,
    split,
)
from phaseout.law.refusals import Bilingual

_PERIOD_NEEDS = ("running", "lapsed", "past", "within", "over")


def stages_of(owner: Owner) -> Iterator[Stage]:
    """The stages of an owner, in the order of the table."""
    for row in rows(StageRow, "stages"):
        if row.owner == owner.name and owner.has(row.only):
            yield Stage(
                id=owner.stage(row.stage),
                track=owner.track_of(row.track),
                kind=StageKind(row.kind),
                ends_as=row.ends_as,
                name=_titled(owner, (row.zh, row.en)),
            )


def _titled(owner: Owner, name: Bilingual) -> Bilingual:
    """The name with the block's own title before it: 关停·已告知."""
    zh, en = owner.title
    return (f"{zh}·{name[0]}", f"{en}: {name[1]}") if zh else name


def acts_of(owner: Owner, stages: Mapping[str, Stage], day: date) -> Iterator[ActRule]:
    """The acts of an owner, with the bases in force on the day."""
    for row in rows(ActRow, "acts"):
        if row.owner == owner.name and owner.has(row.only):
            yield _act(owner, row, stages, day)


def _act(owner: Owner, row: ActRow, stages: Mapping[str, Stage], day: date) -> ActRule:
    kind = owner.act(row.act)
    track = owner.track_of(row.track)
    return ActRule(
        kind=kind,
        name=_act_name(owner, row),
        block=owner.name if owner.embedding else "",
        prefix=owner.prefix,
        track=track,
        from_stages=_from(owner, row.from_, track, stages),
        to=owner.stage(owner.filled(row.to)),
        by=owner.filled(row.by),
        level=owner.filled(row.level),
        role=row.role,
        signs=row.signs,
        needs=tuple(_needs(owner, row.needs)),
        brings=tuple(_brings(owner.filled(row.brings))),
        document=owner.filled(row.document),
        service_of=owner.act(row.service_of) if row.service_of else "",
        answers=owner.act(row.answers) if row.answers else "",
        even_paused=row.when_paused == "yes",
        reset=owner.filled(row.reset),
        mark=row.mark,
        bases=bases(owner, row.act, kind, day),
    )


def _act_name(owner: Owner, row: ActRow) -> Bilingual:
    if row.act == DECIDE and owner.embedding is not None:
        return (owner.embedding.decision_zh, owner.embedding.decision_en)
    return _titled(owner, (row.zh, row.en))


def _from(owner: Owner, cell: str, track: str, stages: Mapping[str, Stage]) -> tuple[str, ...]:
    """`*` running stages of the track, `end` its ends, `any` both and the start of a side track;
    `closure.*` among others: every stage of that block."""
    here = [stage for stage in stages.values() if stage.track == track]
    if cell == "*":
        return tuple(s.id for s in here if s.kind is StageKind.RUN)
    if cell == "end":
        return tuple(s.id for s in here if s.kind is StageKind.END)
    if cell == "any":
        return tuple(s.id for s in here if s.id != "unopened")
    found: list[str] = []
    for stage in owner.several(cell, "stage"):
        if stage.endswith(".*"):
            found += [s.id for s in here if s.id.startswith(stage[:-1])]
        else:
            found.append(stage)
    return tuple(found)


def _needs(owner: Owner, cell: str) -> Iterator[Need]:
    for token in split(owner.filled(cell)):
        yield _need(owner, token)


def _need(owner: Owner, token: str) -> Need:
    kind, _, argument = token.partition(":")
    if kind == "at":
        track, _, wanted = argument.partition("=")
        at = tuple(owner.stage(stage) for stage in split(wanted, "|"))
        return Need(kind, at, owner.track_of(track))
    if kind == "on_or_after":
        act, _, fact = argument.rpartition(".")
        return Need(kind, (owner.act(act),), fact)
    named = owner.period if kind in _PERIOD_NEEDS else owner.act
    return Need(kind, tuple(named(part) for part in split(argument, "|")))


def _brings(cell: str) -> Iterator[Bring]:
    for part in split(cell):
        name = part.rstrip("?")
        item = items()[name]
        yield Bring(name, item.type, (item.zh, item.en), optional=part.endswith("?"))


def bases(owner: Owner, local: str, kind: str, day: date) -> tuple[Basis, ...]:
    """The rows closest to the act: those of its full name in the procedure, those the block has
    for this procedure, those the block has for all."""
    held = _bases_on(day)
    for asked in (
        (owner.procedure, "*", kind),
        (owner.name, owner.procedure, local),
        (owner.name, "*", local),
    ):
        if asked in held:
            return tuple(held[asked])
    return ()


@cache
def _bases_on(day: date) -> dict[tuple[str, str, str], list[Basis]]:
    """The bases that hold on a day, in the order of the table, by owner, procedure and act."""
    held: dict[tuple[str, str, str], list[Basis]] = defaultdict(list)
    for row in rows(BasisRow, "bases"):
        if row.holds_on(day):
            basis = Basis(citation(row.source_id, row.clause, row.confidence), row.note)
            for act in split(row.acts):
                held[row.owner, row.procedure, act].append(basis)
    return dict(held)


def periods_of(owner: Owner, day: date) -> Iterator[Period]:
    """The periods of an owner, as long as they are on the day."""
    for row in rows(PeriodRow, "periods"):
        if row.owner == owner.name and owner.has(row.only):
            yield Period(
                id=owner.period(row.period),
                name=_titled(owner, (row.zh, row.en)),
                kind=row.kind,
                whose=row.whose,
                opens_by=owner.several(row.opens_by),
                start=_start(owner, row.from_),
                ends_by=owner.several(row.ends_by),
                reopened_by=owner.several(row.reopened_by),
                lengthened_by=owner.several(row.lengthened_by),
                length_fact=row.length_fact,
                then=owner.several(row.then),
                lapse=(row.lapse_zh, row.lapse_en),
                length=_length(owner, row.period, day),
            )


def _start(owner: Owner, cell: str) -> str:
    kind, colon, argument = cell.partition(":")
    if kind in ("end", "with", "ends"):
        return f"{kind}:{';'.join(owner.period(part) for part in split(argument))}"
    return f"{kind}{colon}{argument}"


def _length(owner: Owner, period: str, day: date) -> Length | None:
    """The closest row that holds on the day; None where there is none (a problem for `check`)."""
    here = [
        row
        for row in rows(PeriodTermRow, "period_terms")
        if row.owner == owner.name and row.period == period and row.holds_on(day)
    ]
    for scope in (f"{owner.procedure}:{owner.prefix}", owner.procedure, "*"):
        for row in here:
            if row.procedure == scope:
                return _length_of(owner, row)
    return None


def _length_of(owner: Owner, row: PeriodTermRow) -> Length:
    source_id, clause = row.source_id, row.clause
    if row.term:
        source_id = row.term.rpartition("/")[0]
    pairs = (part.partition(">") for part in split(row.pauses))
    return Length(
        term=f"procedural_terms/{row.term}" if row.term else "",
        unit=row.unit,
        length=int(row.length) if row.length else None,
        basis=Basis(citation(source_id, clause, row.confidence), row.note),
        pauses=tuple((owner.act(begin), owner.act(end)) for begin, _, end in pairs),
    )


def tasks_of(owner: Owner) -> Iterator[TaskRule]:
    """The tasks of an owner."""
    for row in rows(TaskRow, "tasks"):
        if row.owner == owner.name:
            yield TaskRule(
                id=row.task,
                name=(row.zh, row.en),
                arises_by=owner.several(row.arises_by),
                for_=row.for_,
                each=row.each,
                done_by=owner.several(row.done_by),
                basis=Basis(citation(row.source_id, row.clause, row.confidence)),
            )
