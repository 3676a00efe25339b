"""The names of the norm store, however they are written: Chinese, English, other widths, blanks.

A name found gives the Chinese name of the norm tables (an attribute of equipment its English
key). A name not found is no mistake, since the store is not the world: it is kept and told.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from phaseout.facts.schema import folded
from phaseout.law.industries import plain_products
from phaseout.law.norms.book import NormBook, read_csv
from phaseout.law.norms.methods import method_rows
from phaseout.law.norms.pollutants import hj212_pollutants

REALLY_NEAR = 0.75
"""How alike two names must be before one is suggested: 水泥孰料 is near 水泥熟料,
碳化硅 is not near 碳化钙."""

SHORTEST_PART = 2
"""So long must a name be to stand for a longer one that ends in it: 高炉 for 炼铁高炉."""

BOOKS_KEPT = 4
_MADE: dict[int, tuple[NormBook, dict[str, dict[str, list[str]]]]] = {}
"""By the identity of a book, which is kept beside so that the identity stays its own."""

SUGGESTIONS_TRIED = 2_000
"""Beyond so many unknown names no nearest name is looked for: something else is wrong then."""

_NORM_NAMES: Mapping[str, Sequence[tuple[str, str]]] = {
    "product": (("energy_limits", "product"), ("product_standards", "product")),
    "tested_product": (("product_standards", "product"), ("energy_limits", "product")),
    "process": (("energy_limits", "process"),),
    "indicator": (("energy_limits", "indicator"),),
    "energy": (("energy_factors", "energy"),),
    "source": (("emission_limits", "source"),),
    "equipment_type": (("equipment_catalogue", "equipment_type"),),
    "characteristic": (("product_standards", "characteristic"),),
}
"""List of names → the norm tables and columns (`…_zh`, `…_en`) it comes from."""

_OTHER_NAMES: Mapping[str, Sequence[tuple[str, str]]] = {
    "product": (("product_names", "name"), ("energy_gaps", "product_zh")),
    "tested_product": (("product_names", "name"),),
    "characteristic": (("characteristic_names", "name"),),
    "process": (("energy_names", "name_zh"),),
    "indicator": (("energy_names", "name_zh"),),
    "equipment_type": (("equipment_kinds", "equipment_type_zh"),),
}
"""Further names that the judgement itself reads: known here, and kept as they are."""


@dataclass(slots=True)
class Names:
    """One list of names: folded spelling → the names it stands for, in the order of the store."""

    known: dict[str, list[str]] = field(default_factory=dict)
    tried: int = 0

    def add(self, canonical: str, *spellings: str) -> None:
        for spelling in (canonical, *spellings):
            names = self.known.setdefault(folded(spelling), []) if spelling else []
            if canonical not in names:
                names.append(canonical)

    def find(self, written: str) -> list[str]:
        """The names that `written` may stand for; empty where none. A Chinese name is itself."""
        found = self.known.get(folded(written), [])
        return [written] if written in found else list(found)

    def nearest(self, written: str, many: int = 1) -> list[str]:
        """The most similar known names, the nearest first; empty where none is really near."""
        self.tried += 1
        if self.tried > SUGGESTIONS_TRIED:
            return []
        asked = folded(written)
        near = difflib.get_close_matches(asked, self.known, n=many, cutoff=REALLY_NEAR)
        if not near and len(asked) >= SHORTEST_PART:
            near = sorted((name for name in self.known if name.endswith(asked)), key=len)[:many]
        return list(dict.fromkeys(self.known[name][0] for name in near))


class Vocabulary:
    """All lists of names of one norm book."""

    def __init__(self, book: NormBook) -> None:
        self.book = book
        self._lists: dict[str, Names] = {}
        self._pollutant_units: dict[str, set[str]] = {}
        for row in book.emission_limits:
            bearer = row.pollutant_code or row.pollutant_zh
            self._pollutant_units.setdefault(bearer, set()).add(row.unit)

    def names(self, listed: str) -> Names:
        """The list of that name, read once."""
        if listed not in self._lists:
            self._lists[listed] = Names(_known(self.book, listed))
        return self._lists[listed]

    def pollutant_units(self, code: str) -> set[str]:
        """The units in which the norms limit the pollutant; empty where none does."""
        return self._pollutant_units.get(code, set())


def _known(book: NormBook, listed: str) -> dict[str, list[str]]:
    """The list of that name, made once a book: a worker reads one file after the other."""
    made = _MADE.setdefault(id(book), (book, {}))[1]
    if listed not in made:
        made[listed] = _MAKERS.get(listed, _norm_names)(book, listed).known
    while len(_MADE) > BOOKS_KEPT:
        del _MADE[next(iter(_MADE))]
    return made[listed]


def _norm_names(book: NormBook, listed: str) -> Names:
    names = Names()
    for table, column in _NORM_NAMES[listed]:
        for row in getattr(book, table):
            if zh := getattr(row, f"{column}_zh"):
                names.add(zh, getattr(row, f"{column}_en"))
    for table, column in _OTHER_NAMES.get(listed, ()):
        for row in _method_rows(table):
            name = str(getattr(row, column))
            if name and not names.find(name):
                names.add(name)
    if listed == "product":
        for _, zh, en in plain_products():
            if not names.find(zh):
                names.add(zh, en)
    return names


def _attributes(book: NormBook, listed: str) -> Names:
    names = Names()
    for row in book.equipment_catalogue:
        names.add(row.attribute_en, row.attribute_zh)
    for key in _method_rows("equipment_keys"):
        names.add(key.key, key.zh, key.en)  # type: ignore[attr-defined]
    return names


def _criteria(book: NormBook, listed: str) -> Names:
    names = Names()
    for row in book.hazard_criteria:
        source = book.sources.get(row.source_id)
        names.add(
            f"{row.source_id} {row.clause}", f"{source.number} {row.clause}" if source else ""
        )
    return names


def _standards(book: NormBook, listed: str) -> Names:
    names = Names()
    used = {row.source_id for row in book.emission_limits}
    for source_id, source in sorted(book.sources.items(), key=lambda item: item[0] not in used):
        names.add(source_id, source.number, source.title_zh)
    return names


def _pollutants(book: NormBook, listed: str) -> Names:
    """Pollutant codes; a pollutant without a code in HJ 212 goes by its Chinese name."""
    names = Names()
    for row in book.emission_limits:
        if row.pollutant_code:
            names.add(row.pollutant_code)
        else:
            names.add(row.pollutant_zh, row.pollutant_en)
    for cells in hj212_pollutants():
        names.add(cells["code_2017"])
    _add_unique_names(names, book)
    return names


def _add_unique_names(names: Names, book: NormBook) -> None:
    """A pollutant's name stands for its code where only one code bears it."""
    bearers: dict[str, set[str]] = {}
    for row in book.emission_limits:
        for name in (row.pollutant_zh, row.pollutant_en):
            bearers.setdefault(folded(name), set()).add(row.pollutant_code)
    for cells in hj212_pollutants():
        bearers.setdefault(folded(cells["name_zh"]), set()).add(cells["code_2017"])
    for name, codes in bearers.items():
        if name and len(codes) == 1 and (code := next(iter(codes))):
            names.add(code, name)


def _method_rows(table: str) -> Iterable[object]:
    try:
        return method_rows(table)
    except KeyError:
        return ()


@cache
def condition_keys() -> Mapping[str, tuple[str, str]]:
    """Folded label or key of a condition → (key, unit). The same key may serve many tables."""
    found: dict[str, tuple[str, str]] = {}
    file = resources.files("phaseout.law.norms") / "readings" / "keys.csv"
    if file.is_file():
        for _, cells in read_csv(file):
            for written in (cells["key"], cells["zh"], cells["en"]):
                found.setdefault(folded(written), (cells["key"], cells["unit"]))
    return found


_MAKERS = {
    "attribute": _attributes,
    "criterion": _criteria,
    "standard": _standards,
    "pollutant": _pollutants,
}
