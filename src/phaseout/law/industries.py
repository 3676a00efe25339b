"""The thirteen industries of the opinions, in the order of clause (3): key, Chinese, English.

Source: Ningxia implementing opinions of 2017 on using comprehensive standards, clause (3). The
keys are those of the column `industry` in the norm tables and in the facts.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import StringIO
from types import MappingProxyType

ALL_INDUSTRIES = "all"
"""What a norm row says that holds in every industry."""


@dataclass(frozen=True, slots=True)
class Industry:
    """One industry: the key used in code and tables, and its names as shown to people."""

    key: str
    zh: str
    en: str


INDUSTRIES: Mapping[str, Industry] = MappingProxyType(
    {
        industry.key: industry
        for industry in (
            Industry("steel", "钢铁", "steel"),
            Industry("coal", "煤炭", "coal"),
            Industry("cement", "水泥", "cement"),
            Industry("electrolytic_aluminium", "电解铝", "electrolytic aluminium"),
            Industry("fine_chemicals", "精细化工", "fine chemicals"),
            Industry("ferroalloy", "铁合金", "ferroalloy"),
            Industry("calcium_carbide", "电石", "calcium carbide"),
            Industry("silicon_carbide", "碳化硅", "silicon carbide"),
            Industry("coke", "焦炭", "coke"),
            Industry("lead_zinc", "铅锌冶炼", "lead and zinc smelting"),
            Industry("fertilizer", "化肥", "fertilizer"),
            Industry("pulp_paper", "造纸", "pulp and paper"),
            Industry("leather", "制革", "leather"),
        )
    }
)
"""The industries by key, in the order of clause (3)."""


@cache
def plain_products() -> tuple[tuple[str, str, str], ...]:
    """What the thirteen industries plainly make, whether or not a norm limits its energy: key of
    the industry, Chinese, English."""
    file = resources.files(__package__) / "plain_products.csv"
    _, *rows = csv.reader(StringIO(file.read_text(encoding="utf-8")))
    return tuple((industry, zh, en) for industry, zh, en in rows)


def industry_key(text: str) -> str | None:
    """The key of an industry written as key, in Chinese or in English; None where unknown.

    Capitals, blanks around it and the joint (blank, hyphen or underscore) do not matter. `all`
    and 全部 give `ALL_INDUSTRIES`.

    >>> industry_key(" Calcium carbide "), industry_key("电石"), industry_key("tea")
    ('calcium_carbide', 'calcium_carbide', None)
    """
    return _KEYS.get(_folded(text))


def _folded(text: str) -> str:
    return "_".join(text.casefold().replace("-", " ").replace("_", " ").split())


_KEYS = {
    _folded(name): industry.key
    for industry in INDUSTRIES.values()
    for name in (industry.key, industry.zh, industry.en)
} | {"all": ALL_INDUSTRIES, "全部": ALL_INDUSTRIES}
