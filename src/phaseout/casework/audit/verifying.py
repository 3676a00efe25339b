"""Recompute every chain and every checkpoint; say what is wrong, the first thing first.

Pure: links and checkpoints are arguments, from the database or from a bundle.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from phaseout.casework.audit.keys import holds, key_id
from phaseout.casework.audit.links import FIRST, Link, Seal, root, signed_text
from phaseout.law.refusals import Bilingual

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong: which act or checkpoint, and how. `code` never changes."""

    code: str
    where: str
    words: Bilingual


@dataclass(slots=True)
class Report:
    """How many acts, cases and checkpoints were gone through, and what is wrong with them."""

    acts: int = 0
    cases: int = 0
    checkpoints: int = 0
    uncovered: int = 0
    wrong: list[Wrong] = field(default_factory=list)
    more: int = 0

    @property
    def sound(self) -> bool:
        return not self.wrong

    def add(self, wrong: Wrong) -> None:
        if len(self.wrong) < MOST_SHOWN:
            self.wrong.append(wrong)
        else:
            self.more += 1


def verify(
    links: Iterable[Link],
    seals: Sequence[Seal],
    keys: Collection[Ed25519PublicKey],
    report: Report | None = None,
) -> Report:
    """Go through all of it.

    Args:
        links: every act, case by case in the order of places.
        seals: every checkpoint, oldest first.
        keys: the public keys of the office: the one in use, and those before it.
        report: one begun elsewhere, to go on with.
    """
    report = report or Report()
    ids, digests = array("q"), []
    for number, digest in _chains(links, report):
        ids.append(number)
        digests.append(digest)
    in_order = sorted(range(len(ids)), key=ids.__getitem__)
    _seals(seals, [ids[i] for i in in_order], [digests[i] for i in in_order], keys, report)
    return report


def _chains(links: Iterable[Link], report: Report) -> Iterator[tuple[int, str]]:
    """Every chain, link by link; gives id and digest of each act on."""
    sha256 = hashlib.sha256
    case, before, place, count = "", FIRST, 0, 0
    for link in links:
        if link[1] != case:
            case, before, place = link[1], FIRST, 0
            report.cases += 1
        count += 1
        place += 1
        made = sha256((link[3] + link[5]).encode()).hexdigest()
        if made != link[4] or link[3] != before or link[2] != place or not _its_own(link):
            _tell(link, before, place, made, report)
            place = link[2]
        before = link[4]
        yield link[0], link[4]
    report.acts = count


def _its_own(link: Link) -> bool:
    """Whether the record is of this place of this case: as its sorted names write it."""
    return f'"place":{link[2]},"reason":' in link[5] and f'"case":"{link[1]}","detail":' in link[5]


def _tell(link: Link, before: str, place: int, made: str, report: Report) -> None:
    where = f"{link.case} #{link.place}"
    if link.place != place:
        report.add(
            Wrong(
                "act_missing",
                f"{link.case} #{place}",
                (f"第{place}个行为不见了", f"act {place} is gone"),
            )
        )
    elif made != link.digest or not _its_own(link):
        report.add(Wrong("act_altered", where, ("记录与摘要不符", "record and digest differ")))
    elif link.previous != before:
        report.add(
            Wrong(
                "act_does_not_follow",
                where,
                ("与前一行为的摘要不相接", "it does not follow from the act before"),
            )
        )


def _seals(
    seals: Sequence[Seal],
    ids: Sequence[int],
    digests: Sequence[str],
    keys: Collection[Ed25519PublicKey],
    report: Report,
) -> None:
    known = {key_id(key): key for key in keys}
    before, taken = FIRST, 0
    for seal in seals:
        report.checkpoints += 1
        until = taken
        while until < len(ids) and ids[until] <= seal.last_act:
            until += 1
        made = root(before, digests[taken:until])
        key = known.get(seal.key)
        if key is None:
            _seal_wrong("key_unknown", seal, ("没有该密钥", "its key is not at hand"), report)
        elif not holds(key, seal.signature, signed_text(seal)):
            _seal_wrong("signature_wrong", seal, ("签名不成立", "its signature fails"), report)
        if seal.previous != before or made != seal.root or until != seal.acts:
            told = (
                f"检查点载明{seal.acts}个行为，现有{until}个，总摘要不符",
                f"it covers {seal.acts} acts, {until} are there, and its root differs",
            )
            _seal_wrong("checkpoint_differs", seal, told, report)
        before, taken = seal.root, until
    report.uncovered = len(ids) - taken


def _seal_wrong(code: str, seal: Seal, words: Bilingual, report: Report) -> None:
    report.add(Wrong(code, f"{seal.day}", words))
