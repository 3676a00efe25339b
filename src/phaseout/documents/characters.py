"""Which characters may stand in a document: none that hides, none that cannot be printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from phaseout.documents.records import OfficialDocument
from phaseout.law.refusals import Refusal

_PLAIN = str.maketrans({"\r": "\n", "\t": " ", "\u00a0": " ", "\u2028": "\n", "\u2029": "\n"})
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def tidy(text: str) -> str:
    """The text with its line ends and spaces in one spelling, none at its ends."""
    return text.replace("\r\n", "\n").translate(_PLAIN).strip()


def check_visible(document: OfficialDocument) -> None:
    """Refuse characters that nobody sees and that change what a reader reads.

    Marks of writing direction can show a number backwards; a zero-width character makes two names
    look the same. They come with copied text and belong in no record.

    Raises:
        Refusal: `document.character_hidden`, with the code and the text it stands in.
    """
    for place, text in document.texts():
        check_text(place, text)


def surely_visible(json: str) -> bool:
    """Whether a JSON text, in which only what must be is escaped, holds no hidden character: told
    at a glance. Where it is not, the texts have to be looked at one by one.

    >>> surely_visible('{"title": "第一行\\\\n第二行"}'), surely_visible('"\\\\u0007"')
    (True, False)
    """
    return json.isprintable() and json.count("\\") == json.count("\\n")


def check_text(place: str, text: str) -> None:
    """The same of one text that is still to become part of a record.

    Args:
        place: what the text is, as the refusal names it.
        text: tidied.

    Raises:
        Refusal: `document.character_hidden`.
    """
    if text.isprintable():  # none is hidden then, nor is there a line end
        return
    for at, sign in enumerate(text):
        if sign != "\n" and unicodedata.category(sign) in _HIDDEN:
            raise _hidden(place, text, at)


def _hidden(place: str, text: str, at: int) -> Refusal:
    code = f"U+{ord(text[at]):04X}"
    name = unicodedata.name(text[at], "unnamed")
    around = "".join(sign for sign in text[max(0, at - 10) : at + 10] if sign.isprintable())
    return Refusal(
        "document.character_hidden",
        what=(
            f"{place}中含有看不见的字符 {code}",
            f"The text holds an invisible character: {code} ({name})",
        ),
        why=(
            f"它位于“{around}”之中，会使所见与所载不一致。",
            f"it stands in “{around}” and would make what is read differ from what is written.",
        ),
        instead=("请在原始资料中删去该字符。", "Remove it where the text comes from."),
    )


def missing(document: OfficialDocument, have: Collection[int]) -> set[str]:
    """The characters of the document that are not in `have` (code points)."""
    said = {sign for _, text in document.texts() for sign in text if sign != "\n"}
    return {sign for sign in said if ord(sign) not in have}


def no_glyph(signs: set[str]) -> Refusal:
    """Refusal: no typeface at hand can print these characters."""
    listed = "、".join(f"“{sign}”（U+{ord(sign):04X}）" for sign in sorted(signs))
    english = ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in sorted(signs))
    return Refusal(
        "document.character_missing",
        what=(f"不能印出字符{listed}", f"Cannot print {english}"),
        why=(
            "随附字体和本机已安装的字体都没有该字符。",
            "neither the shipped typefaces nor the installed ones have it.",
        ),
        instead=(
            "请安装含有该字符的字体（例如 fonts-noto-cjk），或改用通用字符。",
            "Install a typeface that has it (fonts-noto-cjk, for example), or write it otherwise.",
        ),
    )
