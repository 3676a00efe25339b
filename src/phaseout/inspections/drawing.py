"""双随机: the random choice of firms and inspectors. Pure: the same sheet gives the same draw.

    sheet = Sheet(seed, firms, inspectors, wanted, together)
    draw(sheet)                     the firms drawn, in order, each with its inspectors
    seed_of(plan, day, beacon)      SHA-256 over what was public before the draw

Firms. Strata (city and industry) are put in the order of SHA-256 over seed and stratum, the firms
of each in the order of SHA-256 over seed and firm; the row is then walked in equal steps from a
start that the seed gives. So every firm has the same chance, and a stratum gets its share, up to
one. Inspectors. For each firm in turn: first one of the department, then others, each time the one
with the fewest firms so far, of equals the first by SHA-256 over seed, firm and inspector; nobody
who declared a conflict of interest with that firm.

The identifiers are hashed as they are written in the sheet; nothing else of it counts. Whoever has
the sheet can do it again without this program.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from phaseout.evidence.digests import digest_of

ALGORITHM = "phaseout/draw/1"


@dataclass(frozen=True, slots=True)
class Firm:
    """A candidate: its USCC, the stratum it belongs to."""

    uscc: str
    city: str
    industry: str
    division_code: str


@dataclass(frozen=True, slots=True)
class Inspector:
    """A candidate: a name in the system, the territory as a prefix of division codes, whether of
    the planning department itself, and the firms with which there is a conflict of interest."""

    name: str
    prefix: str
    own: bool = True
    conflicts: frozenset[str] = frozenset()

    def may_visit(self, firm: Firm) -> bool:
        return firm.division_code.startswith(self.prefix) and firm.uscc not in self.conflicts


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a draw depends on."""

    seed: str
    firms: tuple[Firm, ...]
    inspectors: tuple[Inspector, ...]
    wanted: int
    together: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A firm that was drawn, and who visits it."""

    uscc: str
    inspectors: tuple[str, ...]


class TooFew(Exception):
    """There are too few candidates; `uscc` names the firm that lacks inspectors, if one does."""

    def __init__(self, there: int, wanted: int, uscc: str = "") -> None:
        super().__init__(f"{there} of {wanted} {uscc}")
        self.there, self.wanted, self.uscc = there, wanted, uscc


def draw(sheet: Sheet) -> tuple[Drawn, ...]:
    """The draw.

    Raises:
        TooFew: fewer firms than wanted, or a firm that was drawn has too few inspectors.
    """
    load: dict[str, int] = defaultdict(int)
    drawn = []
    for firm in firms_drawn(sheet.seed, sheet.firms, sheet.wanted):
        chosen = _inspectors_for(firm, sheet, load)
        for one in chosen:
            load[one] += 1
        drawn.append(Drawn(firm.uscc, chosen))
    return tuple(drawn)


def firms_drawn(seed: str, firms: Iterable[Firm], wanted: int) -> tuple[Firm, ...]:
    """`wanted` of the firms, every one with the same chance, strata by their shares."""
    row = in_a_row(seed, firms)
    there = len(row)
    if there < wanted:
        raise TooFew(there, wanted)
    if not wanted:
        return ()
    start = int(mark(seed, "start"), 16) % there
    return tuple(firm for at, firm in enumerate(row) if (at * wanted + start) % there < wanted)


def in_a_row(seed: str, firms: Iterable[Firm]) -> list[Firm]:
    """The firms, stratum by stratum, in the order the seed gives."""
    strata: dict[tuple[str, str], list[Firm]] = defaultdict(list)
    for firm in firms:
        strata[firm.city, firm.industry].append(firm)
    order = sorted(strata, key=lambda s: (mark(seed, "stratum", *s), s))
    return [
        firm
        for stratum in order
        for firm in sorted(strata[stratum], key=lambda f: (mark(seed, "firm", f.uscc), f.uscc))
    ]


def _inspectors_for(firm: Firm, sheet: Sheet, load: Mapping[str, int]) -> tuple[str, ...]:
    def turn(one: Inspector) -> tuple[int, str, str]:
        return load.get(one.name, 0), mark(sheet.seed, "visit", firm.uscc, one.name), one.name

    able = sorted((one for one in sheet.inspectors if one.may_visit(firm)), key=turn)
    own = next((one for one in able if one.own), None)
    if own is None or len(able) < sheet.together:
        raise TooFew(len(able), sheet.together, firm.uscc)
    others = [one.name for one in able if one is not own]
    return (own.name, *others[: sheet.together - 1])


def mark(seed: str, *parts: str) -> str:
    """SHA-256 over the seed and the parts, a line each, as hex."""
    return hashlib.sha256("\n".join((seed, *parts)).encode()).hexdigest()


def seed_of(plan: str, day: str, beacon: str, place: str) -> str:
    """The seed: digest of the approved plan, the day, what was published before it, and which
    line of the plan and which draw from it this is."""
    return mark(ALGORITHM, plan, day, beacon, place)


# A sheet and a draw as plain data, with digests


def sheet_from(data: Mapping[str, Any]) -> Sheet:
    """The sheet as it was stored (`candidates` of a draw); reads only what counts."""
    return Sheet(
        seed=data["seed"],
        firms=tuple(
            Firm(f["uscc"], f["city"], f["industry"], f["division_code"]) for f in data["firms"]
        ),
        inspectors=tuple(
            Inspector(i["name"], i["prefix"], i["own"], frozenset(i["conflicts"]))
            for i in data["inspectors"]
        ),
        wanted=data["wanted"],
        together=data["together"],
    )


def as_data(drawn: Sequence[Drawn]) -> list[dict[str, Any]]:
    return [{"uscc": one.uscc, "inspectors": list(one.inspectors)} for one in drawn]


def check(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What does not agree in a draw that was stored or downloaded, in both languages; nothing
    where all of it does."""
    wrong = []
    sheet = data["sheet"]
    if data["algorithm"] != ALGORITHM:
        return [(f"抽取办法{data['algorithm']}未知", f"unknown algorithm {data['algorithm']}")]
    if digest_of(sheet) != data["digest"]:
        wrong.append(("候选名单与其摘要不符", "the candidate lists do not match their digest"))
    given = sheet["commitment"]
    seed = seed_of(given["plan"], given["day"], given["beacon"], given["place"])
    if seed != sheet["seed"]:
        wrong.append(("种子与公开的承诺不符", "the seed does not follow from the commitment"))
    try:
        again = as_data(draw(sheet_from(sheet)))
    except TooFew:
        again = []
    if again != data["drawn"]:
        wrong.append(("重新抽取的结果不同", "drawing again gives another result"))
    return wrong
