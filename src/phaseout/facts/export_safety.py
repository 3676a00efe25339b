"""Text on its way out to a spreadsheet: nothing in it may become a formula.

A spreadsheet takes a cell for a formula by its first character. In CSV an apostrophe in front
keeps it text; in a workbook the cell is written as a string, whatever it begins with.
"""

from __future__ import annotations

from typing import Any

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LOOKED_AT = frozenset((*_STARTS_A_FORMULA, " ", "\u3000"))
# Control characters that XML 1.0, and so a workbook, cannot hold.
_NOT_IN_A_WORKBOOK = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))


def safe_text(text: str) -> str:
    """The text as it may stand in a CSV cell: `'` in front where it would start a formula.

    >>> safe_text("=cmd|' /C calc'!A0"), safe_text("水泥")
    ("'=cmd|' /C calc'!A0", '水泥')
    """
    if text[:1] not in _LOOKED_AT:
        return text
    bare = text.strip(" \u3000")
    # A sign alone computes nothing: `-` is how the norm tables write "no unit".
    runs = bare.startswith(_STARTS_A_FORMULA) and bare not in ("-", "+")
    return "'" + text if runs or text.startswith(_STARTS_A_FORMULA[4:7]) else text


def put_text(cell: Any, text: str) -> None:
    """Write `text` into an openpyxl cell as a string, whatever it begins with."""
    cell.value = text.translate(_NOT_IN_A_WORKBOOK)[:32_767]
    cell.data_type = "s"
