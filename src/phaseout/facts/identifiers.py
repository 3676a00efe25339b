"""Codes that carry their own check: enterprises (GB 32100) and divisions (GB/T 2260)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

from stdnum import numdb

from phaseout.law.norms.book import read_csv
from phaseout.law.uscc import uscc_mistake

__all__ = ["compact", "division_mistake", "uscc_mistake"]


@lru_cache(maxsize=32_768)  # the same codes stand in four tables
def compact(written: str) -> str:
    """A code without blanks, hyphens and widths, in capitals."""
    if written.isascii() and written.isalnum():
        return written.upper()
    plain = unicodedata.normalize("NFKC", written).upper()
    return re.sub(r"[\s\-‐–—·]", "", plain)


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
