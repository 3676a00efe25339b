"""Which main equipment somebody has named: by its number in the register where that is told, else
by the words; what the register lacks is written by hand.

    registered(line_id)       number → words, of the main equipment that is registered of a line
    pieces_in(said, known)    who is who → the words, of what somebody has named
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from phaseout.registry.labels import cell_words
from phaseout.registry.showing import equipment_of

_BETWEEN = re.compile(r"[;\n]")
_LOOSELY_BETWEEN = re.compile(r"[;\n、,]")


def registered(line_id: str) -> dict[str, str]:
    """Number in the register → type in words, in the order of the numbers."""
    return {
        piece.equipment_id: cell_words("equipment", "type", piece.type)[0]
        for piece in equipment_of([line_id]).get(line_id, [])
    }


def words_of(number: str, kind: str) -> str:
    """How a registered piece is written."""
    return f"{kind}（{number}）"


def pieces_in(said: str, known: Mapping[str, str]) -> dict[str, str]:
    """The pieces apart: the number in the register of those that name it, or that are called as one
    registered piece alone is; of others the words, whatever their width, case and blanks.

    >>> known = {"L1-E1": "电石炉", "L1-E2": "白板纸、箱板纸生产线"}
    >>> pieces_in("白板纸、箱板纸生产线（L1-E2）；北炉 (l1-e1)", known)
    {'l1-e2': '白板纸、箱板纸生产线（L1-E2）', 'l1-e1': '北炉(l1-e1)'}
    >>> pieces_in("电石炉；1号炉、 2 号炉", known)
    {'l1-e1': '电石炉', '1号炉': '1号炉', '2号炉': '2号炉'}

    Args:
        known: `registered` of the line.
    """
    text, found = _plain(said), {}
    for number, kind in known.items():
        own = _plain(words_of(number, kind))
        if own in text:  # first, since the words of a type may hold what sets pieces apart
            text = text.replace(own, ";")
            found[number.casefold()] = words_of(number, kind)
    called = [_plain(kind) for kind in known.values()]
    one = {_plain(kind): n for n, kind in known.items() if called.count(_plain(kind)) == 1}
    for part in _BETWEEN.split(text):
        if part in one:
            found.setdefault(one[part].casefold(), part)
            continue
        for piece in filter(None, _LOOSELY_BETWEEN.split(part)):
            found.setdefault(_number_in(piece, known) or one.get(piece, piece).casefold(), piece)
    return found


def _number_in(piece: str, known: Mapping[str, str]) -> str | None:
    """The number of the register that stands in the words, whole."""
    for number in known:
        if re.search(rf"(?<![\w-]){re.escape(_plain(number))}(?![\w-])", piece, re.ASCII):
            return number.casefold()
    return None


def _plain(said: str) -> str:
    """Without blanks but for line breaks, one width, one case."""
    text = unicodedata.normalize("NFKC", said).casefold()
    return re.sub(r"[^\S\n]+", "", text)
