"""The document as data: who issues it, to whom, what it says, and what stands around the text."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from phaseout.documents.pieces import Piece
from phaseout.documents.rights import Right


class Layout(StrEnum):
    """LETTER has the red head of GB/T 9704; SHEET is a form to be filled, without it."""

    LETTER = "letter"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Office:
    """The organisation that issues the document, under its name of that day.

    `contact`, `phone` and `address` are printed under the text: whom the enterprise can ask.
    """

    name: str
    address: str = ""
    contact: str = ""
    phone: str = ""

    @property
    def says(self) -> str:
        """Whom the enterprise can ask."""
        parts = (("联系人", self.contact), ("联系电话", self.phone), ("地址", self.address))
        return "；".join(f"{name}：{value}" for name, value in parts if value)


@dataclass(frozen=True, slots=True)
class Party:
    """The enterprise (or person) a document is about, as registered on that day."""

    name: str
    uscc: str = ""
    address: str = ""
    person: str = ""
    person_is: str = "法定代表人"

    @property
    def says(self) -> str:
        """All that is known of it, the name aside."""
        parts = (
            ("统一社会信用代码", self.uscc),
            ("住所", self.address),
            (self.person_is, self.person),
        )
        return "；".join(f"{name}：{value}" for name, value in parts if value)


@dataclass(frozen=True, slots=True)
class Officer:
    """An official who acts, with the number of the enforcement card."""

    name: str
    card: str = ""

    @property
    def says(self) -> str:
        return f"{self.name}（执法证号：{self.card}）" if self.card else self.name


@dataclass(frozen=True, slots=True)
class Named:
    """A document that this one names: the order extended, the approval, the document served."""

    title: str
    number: str
    dated: date | None = None

    @property
    def says(self) -> str:
        return f"《{self.title}》（{self.number}）" if self.number else f"《{self.title}》"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every document bears whatever its form.

    `number` and `dated` may be missing while it is a draft. `signed` says that the one who must
    sign has signed; without it every page bears a watermark. `demo` marks every page as being of
    no legal effect. `copies` are the organisations that get a copy (抄送).
    """

    office: Office
    number: str = ""
    dated: date | None = None
    signed: bool = False
    demo: bool = False
    copies: tuple[str, ...] = ()
    case: str = ""
    printed: date | None = None


@dataclass(frozen=True, slots=True)
class Annex:
    """What follows the signature on pages of its own; `wide`: on pages that lie on their side, for
    tables of many columns."""

    title: str
    body: tuple[Piece, ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """A filled document, ready to be typeset. `rights` are also part of the body's text."""

    form: str
    layout: Layout
    title: str
    imprint: Imprint
    addressee: str
    body: tuple[Piece, ...]
    rights: tuple[Right, ...] = ()
    annexes: tuple[Annex, ...] = ()
    language: str = "zh"

    def __post_init__(self) -> None:
        """A browser sends the lines of a text with `\\r\\n` between them: here a line has one end,
        since the other character is one that nobody sees."""
        if any("\r" in text for _, text in self.texts()):
            for name in ("title", "addressee", "body", "annexes"):
                object.__setattr__(self, name, _one_line_end(getattr(self, name)))

    def texts(self) -> list[tuple[str, str]]:
        """Every text the document prints, with the name of the place it stands in."""
        found: list[tuple[str, str]] = [("标题", self.title), ("主送", self.addressee)]
        _collect("机关", self.imprint, found)
        for piece in self.body:
            _collect("正文", piece, found)
        for annex in self.annexes:
            _collect("附件", annex, found)
        return found


def _collect(place: str, value: object, found: list[tuple[str, str]]) -> None:
    """Walk records and tuples of plain data down to their texts."""
    if isinstance(value, str):
        found.append((place, value))
    elif isinstance(value, tuple):
        for one in value:
            _collect(place, one, found)
    else:
        kind: Any = type(value)
        for name in _names(kind):
            _collect(place, getattr(value, name), found)


def _one_line_end(value: Any) -> Any:
    """The same plain data with its line ends in one spelling."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, tuple):
        return tuple(_one_line_end(one) for one in value)
    kind: Any = type(value)
    names = _names(kind)
    if not names:
        return value
    return replace(value, **{name: _one_line_end(getattr(value, name)) for name in names})


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a record; none of anything else."""
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else ()
