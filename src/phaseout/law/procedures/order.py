"""In which order the stages of a procedure stand below each other."""

from __future__ import annotations

from dataclasses import dataclass

from phaseout.law.procedures.records import MAIN, Procedure, StageKind


@dataclass(frozen=True, slots=True)
class Row:
    """A stage with the prefix of the block it stands in, if any."""

    stage: str
    kind: StageKind
    ends_as: str
    block: str


def ordered_rows(one: Procedure) -> tuple[Row, ...]:
    """The main track in the order of the way through: a block's stages together, the ends where
    they are reached. Stages that only the emergency acts reach are left out."""
    groups = {stage.id: _group(one, stage.id) for stage in one.stages_of(MAIN)}
    ways = _ways(one, groups)
    order = _reverse_postorder(groups[one.tracks[MAIN]], ways)
    members: dict[str, list[str]] = {}
    for stage, group in groups.items():
        members.setdefault(group, []).append(stage)
    rows = []
    for group in order:
        for stage in members[group]:
            block = group.removeprefix("block:") if group.startswith("block:") else ""
            rows.append(Row(stage, one.stages[stage].kind, one.stages[stage].ends_as, block))
    return tuple(rows)


def _group(one: Procedure, stage: str) -> str:
    for block in one.blocks:
        if block.track == MAIN and stage.startswith(f"{block.prefix}."):
            return f"block:{block.prefix}"
    return stage


def _ways(one: Procedure, groups: dict[str, str]) -> dict[str, list[str]]:
    ways: dict[str, list[str]] = {}
    for rule in one.acts_of(MAIN):
        if rule.block == "common" or rule.reset or rule.answers or not rule.moves:
            continue  # acts that dispose of another (an objection upheld) lead sideways
        for stage in rule.from_stages:
            if one.stages[stage].kind is StageKind.END:
                continue  # a case that begins again does not change the order
            before, after = groups[stage], groups[rule.to]
            if before != after and after not in ways.setdefault(before, []):
                ways[before].append(after)
    return ways


def _reverse_postorder(start: str, ways: dict[str, list[str]]) -> list[str]:
    seen: set[str] = set()
    done: list[str] = []

    def visit(node: str) -> None:
        seen.add(node)
        for after in reversed(ways.get(node, [])):
            if after not in seen:
                visit(after)
        done.append(node)

    visit(start)
    return done[::-1]
