"""The ways of clause (15) as a table, what each asks for, and the five years of continued use."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files

from phaseout.law.periods import Certificate
from phaseout.law.periods.terms import find_term
from phaseout.law.refusals import Bilingual, Refusal

_WHAT: Bilingual = ("不能这样处置该地块", "the parcel cannot be disposed of so")


class Right(StrEnum):
    """The type of right to use the land."""

    ALLOCATED = "allocated"
    GRANTED = "granted"
    LEASED = "leased"


RIGHTS: Mapping[Right, Bilingual] = {
    Right.ALLOCATED: ("划拨", "allocated"),
    Right.GRANTED: ("出让", "granted"),
    Right.LEASED: ("租赁", "leased"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way of disposal; `rights` are those it is open to, `needs` what must be shown."""

    way: str
    rights: frozenset[str]
    needs: frozenset[str]
    words: Bilingual
    source_id: str
    clause: str
    confidence: str

    @property
    def continues(self) -> bool:
        """Whether the old use may go on for the years of the clause."""
        return "encouraged" in self.needs


@cache
def ways() -> Mapping[str, Way]:
    """All ways, by their names, in the order of the clause."""
    table = files("phaseout.law.land") / "ways.csv"
    with table.open(encoding="utf-8") as stream:
        return {row["way"]: _way(row) for row in csv.DictReader(stream)}


def _way(row: Mapping[str, str]) -> Way:
    return Way(
        way=row["way"],
        rights=frozenset(row["rights"].split(";")),
        needs=frozenset(filter(None, row["needs"].split(";"))),
        words=(row["zh"], row["en"]),
        source_id=row["source_id"],
        clause=row["clause"],
        confidence=row["confidence"],
    )


def way_of(name: str) -> Way:
    """A way by its name.

    Raises:
        KeyError: there is none of the name.
    """
    return ways()[name]


def against(
    way: str,
    right: str,
    *,
    on: date,
    exited_on: date | None,
    planning: bool,
    encouraged: bool,
) -> Refusal | None:
    """Why land of that right cannot be disposed of in that way on a day; None: it can.

    Args:
        exited_on: the day on which the capacity on the land left; None: it has not.
        planning: the town planning authority has said that the new use conforms.
        encouraged: the new trade is producer services or another that the state encourages.
    """
    asked = way_of(way)
    if exited_on is None or exited_on > on:
        return _not_exited()
    if right not in asked.rights:
        return _not_for(asked, right)
    if "planning" in asked.needs and not planning:
        return _not_planned()
    if "encouraged" in asked.needs and not encouraged:
        return _not_encouraged()
    return None


def continued_use(filed_on: date) -> Certificate:
    """The years in which the old use may go on. The clause does not say from which day; ours: the
    day on which the project of conversion was filed."""
    return find_term("SEED-2017", "十五").period_from(filed_on)


def assignable(income: Decimal, assigned: Decimal) -> Decimal:
    """What of the income from land taken back (CNY) can still be given to settle employees."""
    return income - assigned


def _not_exited() -> Refusal:
    return Refusal(
        "land.not-exited",
        what=_WHAT,
        why=(
            "该地块上的产能尚未确认退出；实施意见第（十五）项只适用于产能退出后的土地。",
            "the capacity on it is not confirmed to have left; clause (15) of the Opinions is for"
            " land after the exit.",
        ),
        instead=("请在确认退出后办理。", "Come back when the exit is confirmed."),
    )


def _not_for(asked: Way, right: str) -> Refusal:
    has = RIGHTS[Right(right)]
    return Refusal(
        "land.no-rule-for-right",
        what=_WHAT,
        why=(
            f"实施意见第（十五）项的“{asked.words[0]}”只针对划拨用地，该地块为{has[0]}用地。",
            f"in clause (15) “{asked.words[1]}” is for allocated land; this one is {has[1]}.",
        ),
        instead=(
            "请按有关土地法律法规处置后，以“依其他土地法律法规处置”登记。",
            "Dispose of it by the land law that governs it, and enter that.",
        ),
    )


def _not_planned() -> Refusal:
    return Refusal(
        "land.planning-not-shown",
        what=_WHAT,
        why=(
            "实施意见第（十五）项要求符合城乡规划，尚未填写规划部门的意见。",
            "clause (15) asks that it conform to town planning; that is not shown.",
        ),
        instead=("请取得规划部门意见并写明文号。", "Get the planning authority's word; name it."),
    )


def _not_encouraged() -> Refusal:
    return Refusal(
        "land.trade-not-encouraged",
        what=_WHAT,
        why=(
            "只有转产为生产性服务业等国家鼓励发展行业，才可按原用途和权利类型继续使用（第（十五）项）。",
            "only producer services and other encouraged trades may go on in the old use"
            " (clause (15)).",
        ),
        instead=("请改选“转产发展第三产业”。", "Choose “turned to the tertiary sector”."),
    )
