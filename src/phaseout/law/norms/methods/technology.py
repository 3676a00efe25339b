"""How the catalogue is read: names of one kind of equipment, what a wording covers, where it holds.

The catalogue's wordings differ between sources for the same equipment, and carry conditions in
the name itself (“炼铁高炉（1200立方米及以上能耗不达标）”). These tables say what we read there; a
finding that rests on them and not on the wording itself is provisional (`matched_by_kind`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from phaseout.law.norms.records import DatedRow, Row


@dataclass(frozen=True, slots=True)
class EquipmentKind(Row):
    """One name of a kind of equipment. Names of one `kind` are the same thing in other words."""

    equipment_type_zh: str
    equipment_type_en: str
    kind: str


@dataclass(frozen=True, slots=True)
class EquipmentScope(Row):
    """What a catalogue wording covers: all lines of a wording must hold.

    `named` is yes where the wording itself says so: who registers equipment under that name
    has stated it. `ask` is the reason given when the fact is missing; empty: a missing fact
    means that the wording does not cover the equipment.
    """

    equipment_type_zh: str
    key: str
    operator: str
    number: Decimal
    named: str
    ask: str


@dataclass(frozen=True, slots=True)
class EquipmentArea(Row):
    """A division inside or outside of which a wording holds. `division` is a prefix of the code."""

    equipment_type_zh: str
    division: str
    side: str


@dataclass(frozen=True, slots=True)
class NewBuilding(Row):
    """A wording that concerns only lines built while the edition is in force."""

    equipment_type_zh: str


@dataclass(frozen=True, slots=True)
class EquipmentKey(Row):
    """An attribute of equipment that scopes and exceptions ask for, with the unit they use."""

    key: str
    unit: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class CatalogueIndustry(Row):
    """A line of `industry` also reads the catalogue items of the industry `reads`."""

    industry: str
    reads: str


@dataclass(frozen=True, slots=True)
class DitiaogangEntry(DatedRow):
    """A wording that means ditiaogang: dismantled outright, sealing is no option."""

    equipment_type_zh: str


@dataclass(frozen=True, slots=True)
class CatalogueEdition(DatedRow):
    """An edition of the national catalogue (产业结构调整指导目录): a source id and its days."""

    catalogue: str


@dataclass(frozen=True, slots=True)
class NonBindingSource(Row):
    """A document that stands in the catalogue tables and binds nobody: its hits are hints."""

    document: str


TABLES: Mapping[str, type[Row]] = {
    "equipment_kinds": EquipmentKind,
    "equipment_scopes": EquipmentScope,
    "equipment_areas": EquipmentArea,
    "equipment_new_building": NewBuilding,
    "equipment_keys": EquipmentKey,
    "catalogue_industries": CatalogueIndustry,
    "catalogue_editions": CatalogueEdition,
    "ditiaogang_entries": DitiaogangEntry,
    "non_binding_sources": NonBindingSource,
}
