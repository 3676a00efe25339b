"""What a sanction may rest on, and the national list it must stand on since 国办发〔2020〕49号.

    bases_on(day)               what is on record and in force
    examine(…)                  raises the Refusal where a sanction would stand on nothing

A law, a regulation or a central policy carries a sanction. Documents of a province or of ministries
say who does what; alone they carry none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol, TypeVar

from phaseout.law.norms import Confidence
from phaseout.law.refusals import Bilingual, Refusal
from phaseout.law.sanctions.areas import area, areas
from phaseout.law.sanctions.tables import listed, table

CARRIES = frozenset({"law", "regulation", "central_policy"})
KINDS: dict[str, Bilingual] = {
    "law": ("法律", "law"),
    "regulation": ("法规", "regulation"),
    "central_policy": ("党中央、国务院政策文件", "central policy"),
    "local_document": ("地方文件", "local document"),
    "ministry_document": ("部门文件", "document of ministries"),
}
_WHAT: Bilingual = ("不能作出联合惩戒", "the sanction cannot be made")


class _Dated(Protocol):
    @property
    def effective_from(self) -> date: ...
    @property
    def effective_to(self) -> date | None: ...


D = TypeVar("D", bound=_Dated)


@dataclass(frozen=True, slots=True)
class Basis:
    """A clause that a sanction rests on; from its first day to its last, both inside."""

    basis: str
    source_id: str
    number: str
    title_zh: str
    title_en: str
    clause: str
    kind: str
    areas: str
    effective_from: date
    effective_to: date | None
    says_zh: str
    says_en: str
    confidence: Confidence
    note: str

    @property
    def carries(self) -> bool:
        return self.kind in CARRIES

    @property
    def cited(self) -> Bilingual:
        number = f"（{self.number}）" if self.number else ""
        place = f"第{self.clause}条" if self.clause.isdigit() else f"第（{self.clause}）项"
        return (
            f"《{self.title_zh}》{number}{place}",
            f"{self.title_en} {self.number} {self.clause}".replace("  ", " "),
        )

    def reaches(self, code: str) -> bool:
        return code in listed(self.areas)


@dataclass(frozen=True, slots=True)
class ListEdition:
    """An edition of the national list of sanctions, and the days on which it holds."""

    edition: str
    number: str
    title_zh: str
    title_en: str
    effective_from: date
    effective_to: date | None
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class _Item:
    edition: str
    area: str
    item_zh: str
    item_en: str
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class _Required:
    source_id: str
    number: str
    effective_from: date
    effective_to: date | None
    confidence: Confidence
    note: str


def _holding(rows: Sequence[D], day: date) -> tuple[D, ...]:
    return tuple(
        row
        for row in rows
        if row.effective_from <= day and (row.effective_to is None or day <= row.effective_to)
    )


def bases_on(day: date) -> tuple[Basis, ...]:
    """The bases on record that hold on the day."""
    return _holding(table("bases", Basis), day)


def list_required(day: date) -> bool:
    """Whether a sanction must stand on an edition of the national list that day."""
    return bool(_holding(table("list_required", _Required), day))


def edition_on(day: date) -> ListEdition | None:
    """The edition of the national list in force; None: none is on record."""
    found = _holding(table("list_editions", ListEdition), day)
    return found[-1] if found else None


def item_of(edition: str, code: str) -> Bilingual | None:
    """The item of an edition that an area rests on; None: our record of it has none."""
    for row in table("list_items", _Item):
        if (row.edition, row.area) == (edition, code):
            return row.item_zh, row.item_en
    return None


@cache
def carried_areas(day: date) -> tuple[str, ...]:
    """The areas in which a sanction can be made that day: a basis carries them, and where the list
    is required it has them."""
    edition = edition_on(day) if list_required(day) else None
    if list_required(day) and edition is None:
        return ()
    carrying = [basis for basis in bases_on(day) if basis.carries]
    return tuple(
        one.code
        for one in areas()
        if any(basis.reaches(one.code) for basis in carrying)
        and (edition is None or item_of(edition.edition, one.code) is not None)
    )


def examine(chosen: Collection[str], codes: Collection[str], day: date) -> tuple[Basis, ...]:
    """The bases of a sanction in these areas, made on that day, in the order of the record.

    Raises:
        Refusal: `sanction.no-basis`, `sanction.basis-too-low`, `sanction.area-without-basis`,
            `sanction.no-list-edition`, `sanction.not-on-list`, `sanction.no-area`.
    """
    if not codes:
        raise _no_area()
    found = tuple(basis for basis in bases_on(day) if basis.basis in chosen)
    if not found or len(found) < len(set(chosen)):
        raise _no_basis(day)
    carrying = [basis for basis in found if basis.carries]
    if not carrying:
        raise _too_low(found)
    bare = [code for code in codes if not any(b.reaches(code) for b in carrying)]
    if bare:
        raise _without_basis(bare)
    if list_required(day):
        _on_the_list(codes, day)
    return found


def _on_the_list(codes: Collection[str], day: date) -> None:
    edition = edition_on(day)
    if edition is None:
        raise Refusal(
            "sanction.no-list-edition",
            what=_WHAT,
            why=(
                f"国办发〔2020〕49号要求惩戒措施列入全国失信惩戒措施基础清单，未记录{day}施行的版本。",
                "since 国办发〔2020〕49号 a sanction must stand on the national list; no edition "
                f"in force on {day} is on record.",
            ),
            instead=(
                "请先将该日施行的清单版本及其出处补入 law/sanctions/tables/list_editions.csv。",
                "Add the edition of that day with its source to list_editions.csv first.",
            ),
        )
    off = [code for code in codes if item_of(edition.edition, code) is None]
    if off:
        zh, en = _names(off)
        raise Refusal(
            "sanction.not-on-list",
            what=_WHAT,
            why=(
                f"所记录的《{edition.title_zh}》中没有对应“{zh}”的条目。",
                f"our record of {edition.title_en} has no item for {en}.",
            ),
            instead=(
                "请去掉这些方面；清单正式文本确有该条目的，先补入 list_items.csv 并注明出处。",
                "Leave these areas out; if the printed list has the item, add it with its source.",
            ),
        )


def _names(codes: Collection[str]) -> Bilingual:
    words = [area(code).words for code in codes]
    return "、".join(zh for zh, _ in words), ", ".join(en for _, en in words)


def _no_area() -> Refusal:
    return Refusal(
        "sanction.no-area",
        what=_WHAT,
        why=("没有选择惩戒方面。", "no area was chosen."),
        instead=("请至少选择一个方面。", "Choose one at least."),
    )


def _no_basis(day: date) -> Refusal:
    return Refusal(
        "sanction.no-basis",
        what=_WHAT,
        why=(
            f"没有选择依据，或所选依据在{day}不施行：惩戒须有法律、法规或党中央、国务院政策文件依据。",
            f"no basis was chosen, or one is not in force on {day}: a sanction needs a law, a "
            "regulation or a central policy.",
        ),
        instead=("请选择该日施行的依据。", "Choose one that is in force on that day."),
    )


def _too_low(found: Collection[Basis]) -> Refusal:
    zh = "、".join(basis.cited[0] for basis in found)
    en = ", ".join(basis.cited[1] for basis in found)
    return Refusal(
        "sanction.basis-too-low",
        what=_WHAT,
        why=(
            f"{zh}不是法律、法规或党中央、国务院政策文件，不能单独作为惩戒依据。",
            f"{en} is no law, regulation or central policy and carries no sanction alone.",
        ),
        instead=(
            "请同时选择法律、法规或党中央、国务院政策文件。",
            "Choose a law, a regulation or a central policy with it.",
        ),
    )


def _without_basis(bare: Collection[str]) -> Refusal:
    zh, en = _names(bare)
    return Refusal(
        "sanction.area-without-basis",
        what=_WHAT,
        why=(
            f"所选依据没有规定“{zh}”方面的惩戒。",
            f"what was chosen says nothing of sanctions in {en}.",
        ),
        instead=(
            "请去掉这些方面，或补充有此规定的依据。",
            "Leave these areas out, or choose a basis that names them.",
        ),
    )
