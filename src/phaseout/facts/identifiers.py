"""Codes that carry their own check: enterprises (GB 32100) and divisions (GB/T 2260)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

from stdnum import numdb

from phaseout.facts.problems import Details
from phaseout.law.norms.book import read_csv


@lru_cache(maxsize=32_768)  # the same codes stand in four tables
def compact(written: str) -> str:
    """A code without blanks, hyphens and widths, in capitals."""
    plain = unicodedata.normalize("NFKC", written).upper()
    return re.sub(r"[\s\-‐–—·]", "", plain)


_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015: the signs of a code, each worth its place."""
_PLACES = {sign: place for place, sign in enumerate(_SIGNS)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


@lru_cache(maxsize=32_768)
def uscc_mistake(code: str) -> Details | None:
    """What is wrong with a compact unified social credit code; None when it is right.

    A fictional firm needs a right check character too.
    """
    if len(code) != 18:
        return f"现有{len(code)}位", f"it has {len(code)}"
    wanted = _wanted(code)
    if wanted and code[17] == wanted:
        return None
    return _check_character(wanted)


def _wanted(code: str) -> str:
    """The check character that the 17 before it ask for; empty where one of these cannot stand."""
    if not (code.isascii() and code[:8].isdigit()):
        return ""
    try:
        total = sum(_PLACES[sign] * weight for sign, weight in zip(code, _WEIGHTS, strict=False))
    except KeyError:
        return ""
    return _SIGNS[-total % 31]


def _check_character(wanted: str) -> Details:
    if not wanted:
        return (
            "前8位为数字，其余不含字母I、O、S、V、Z",
            "8 digits first, then digits and capitals without I, O, S, V, Z",
        )
    return f"校验位应为{wanted}", f"the check character should be {wanted}"


def division_mistake(code: str) -> str:
    """'' when the six digits are a division; 'unknown' when they are none; 'province' when only
    its province is known to us.

    Divisions of a shipped region are checked against that region's table, all others against the
    list of GB/T 2260 that comes with python-stdnum.
    """
    if not re.fullmatch(r"\d{6}", code):
        return "unknown"
    shipped = _shipped()
    if code in shipped:
        return ""
    if code[:2] in {known[:2] for known in shipped}:
        return "unknown"
    named = [bool(names) for _, names in numdb.get("cn/loc").info(code)]
    if not named or not named[0]:
        return "unknown"
    return "" if code.endswith("0000") or (len(named) > 1 and named[1]) else "province"


@cache
def _shipped() -> frozenset[str]:
    """The divisions of every region pack, and the provinces they lie in."""
    found: set[str] = set()
    for region in resources.files("phaseout.regions").iterdir():
        table = region / "divisions.csv"
        if region.is_dir() and table.is_file():
            for _, cells in read_csv(table):
                found |= {cells["adcode"], cells["parent_adcode"]}
    return frozenset(found)
