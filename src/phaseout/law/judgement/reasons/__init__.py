"""Reason codes: what is missing, what makes a finding provisional, what limits its effect.

`<dimension>.csv` beside this file (code, zh, en), with `common.csv` for those that several share.
A code never changes once released.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from phaseout.law.norms.book import read_csv


@cache
def reasons() -> Mapping[str, tuple[str, str]]:
    """Code → (Chinese, English).

    Raises:
        ValueError: two files give one code different words.
    """
    found: dict[str, tuple[str, str]] = {}
    files = [f for f in resources.files(__package__).iterdir() if f.name.endswith(".csv")]
    for file in sorted(files, key=lambda file: file.name):
        for _, cells in read_csv(file):
            words = (cells["zh"], cells["en"])
            if found.setdefault(cells["code"], words) != words:
                raise ValueError(f"{file.name}: reason {cells['code']!r} has two wordings")
    return found
