"""The unified social credit code (GB 32100-2015): 18 signs, the last of which checks the others."""

from __future__ import annotations

from functools import lru_cache
from operator import mul

from phaseout.law.refusals import Bilingual

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The signs of a code, each worth its place."""
DUMMY = "0" * 17 + "X"
"""What the records of 2018 carry for a sole trader without a code."""
_PLACES = {sign: place for place, sign in enumerate(SIGNS)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


@lru_cache(maxsize=32_768)
def uscc_mistake(code: str) -> Bilingual | None:
    """What is wrong with a compact unified social credit code; None when it is right.

    A fictional firm needs a right check character too.
    """
    if len(code) != 18:
        return f"现有{len(code)}位", f"it has {len(code)}"
    wanted = check_sign(code)
    if wanted and code[17] == wanted:
        return None
    if not wanted:
        return (
            "前8位为数字，其余不含字母I、O、S、V、Z",
            "8 digits first, then digits and capitals without I, O, S, V, Z",
        )
    return f"校验位应为{wanted}", f"the check character should be {wanted}"


def check_sign(code: str) -> str:
    """The check sign that the first 17 ask for; empty where one of these cannot stand.

    >>> check_sign("98640000XG0000001")
    '4'
    """
    if not (code.isascii() and code[:8].isdigit()):
        return ""
    try:
        total = sum(map(mul, map(_PLACES.__getitem__, code[:17]), _WEIGHTS))
    except KeyError:
        return ""
    return SIGNS[-total % 31]
