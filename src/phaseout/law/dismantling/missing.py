"""What still lacks before an act of the case may be done."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from phaseout.law.dismantling.rows import PARTIES
from phaseout.law.dismantling.sheets import ACTS

AGREES, REFUSES = "agree", "refuse"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was recorded at an item: ticked as done, files by slot, number of records."""

    done: bool = False
    slots: Mapping[str, int] = field(default_factory=dict)
    records: int = 0


NOTHING = Seen()


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that lacks, in words; `item` is "" for a signature."""

    code: str
    item: str
    zh: str
    en: str


def complete(item: Mapping[str, Any], seen: Seen, on_file: Collection[str]) -> bool:
    """Whether nothing lacks at an item: the plan left it out, an act of the case shows the same,
    or it is recorded (and ticked) with every file that is asked."""
    if item["left_out"] or any(act in on_file for act in item["acts"]):
        return True
    if not item["record"]:
        return False
    filled = all(seen.slots.get(slot["slot"], 0) >= slot["at_least"] for slot in item["slots"])
    return filled and (seen.done if item["record"] == "tick" else seen.records > 0)


def missing(
    sheet: Mapping[str, Any],
    seen: Mapping[str, Seen],
    for_act: str,
    *,
    on_file: Collection[str] = (),
    opinions: Mapping[str, str] | None = None,
) -> tuple[Missing, ...]:
    """What lacks before the act, in the order of the sheet; nothing for an act without gates.

    Args:
        seen: by item.
        on_file: kinds of acts of the case that count (`standing.since_reset`).
        opinions: party → `agree` or `refuse` on the sheet that is open for acceptance; None: no
            sheet is open.
    """
    gate = ACTS.get(for_act)
    if gate is None:
        return ()
    gates = gate.gates.split(";")
    found = [
        lack
        for item in sheet["items"]
        if item["gate"] in gates and not complete(item, seen.get(item["id"], NOTHING), on_file)
        for lack in _lacks(sheet, item, seen.get(item["id"], NOTHING))
    ]
    if gate.signed == "yes":
        found += _unsigned(opinions)
    return tuple(found)


def _lacks(sheet: Mapping[str, Any], item: Mapping[str, Any], seen: Seen) -> list[Missing]:
    owner = next((e["name"] for e in sheet["equipment"] if e["id"] == item["equipment"]), "")
    zh = f"{owner}：{item['zh']}" if owner else item["zh"]
    en = f"{owner}: {item['en']}" if owner else item["en"]
    if not item["record"]:
        return [Missing("act", item["id"], f"{zh}：案件中尚未办理", f"{en}: not done in the case")]
    found = [
        Missing(
            "file",
            item["id"],
            f"{zh}：缺{slot['zh']}（需要{slot['at_least']}份，现有{there}份）",
            f"{en}: {slot['en']} is missing ({slot['at_least']} wanted, {there} there)",
        )
        for slot in item["slots"]
        if (there := seen.slots.get(slot["slot"], 0)) < slot["at_least"]
    ]
    if item["record"] == "tick" and not seen.done:
        found.append(Missing("tick", item["id"], f"{zh}：尚未勾选完成", f"{en}: not ticked"))
    elif not found and not seen.records:
        found.append(Missing("record", item["id"], f"{zh}：尚未记录", f"{en}: not recorded"))
    return found


def _unsigned(opinions: Mapping[str, str] | None) -> list[Missing]:
    if opinions is None:
        return [Missing("sheet", "", "尚未提请联合验收", "joint acceptance was not asked for")]
    found = []
    for party, row in PARTIES.items():
        opinion = opinions.get(party)
        if opinion == REFUSES:
            found.append(Missing("refused", "", f"{row.zh}不同意", f"{row.en}: refuses"))
        elif opinion != AGREES:
            found.append(Missing("signature", "", f"{row.zh}尚未签署", f"{row.en}: not signed"))
    return found
