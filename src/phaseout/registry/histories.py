"""Who changed what, when, by which import: read off the versions, oldest to newest.

A history is a list of `Entry`, newest first, as `pages/_table_of_history.html` shows it. What a
version says otherwise than the one before it of the same key is its change; a version that ended
without a successor was taken off the list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from phaseout.pages.templatetags.phaseout import said
from phaseout.registry.imports.matching import content
from phaseout.registry.labels import cell_words, column_words, table_words
from phaseout.registry.models import VERSIONS, Import
from phaseout.registry.models.versions import KEYS

LONGEST = 500
"""So many versions of a table are read, the latest; a longer history is exported, not shown."""

_NAMED_BY = {
    "equipment": ("equipment_id", "attribute"),
    "permits": ("kind", "number"),
    "permitted": ("outlet_id", "pollutant_code"),
    "allowances": ("pollutant_code", "year", "kind"),
    "outlets": ("outlet_id",),
    "lines": ("line_id",),
}
"""What tells one row from another in the words of a history."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: from which day it holds, until when, what changed, who brought it."""

    order: int
    start: date
    end: date | None
    by: str
    source: str
    source_url: str
    changes: list[tuple[str, str, str]] = field(default_factory=list)


def history(conditions: Collection[tuple[str, Q]], *, visible: Q) -> list[Entry]:
    """The changes of the versions that meet the conditions, (table, condition) each; newest first.

    `visible` is the condition on the imports that the reader may open: they become links.
    """
    found: list[tuple[str, list[Any]]] = []
    for table, condition in conditions:
        model: Any = VERSIONS[table]
        rows = model.objects.filter(condition).select_related("taken_by__by", "replaced_by__by")
        found.append((table, list(rows.order_by("-id")[:LONGEST])[::-1]))
    numbers = {
        number
        for _table, versions in found
        for version in versions
        for number in (version.taken_by_id, version.replaced_by_id)
    }
    opened = Import.objects.filter(visible, pk__in=numbers - {None})
    links = set(opened.values_list("pk", flat=True))
    entries = [
        entry
        for table, versions in found
        for entry in _entries(table, versions, links, named=len(conditions) > 1)
    ]
    return sorted(entries, key=lambda entry: (entry.start, entry.order), reverse=True)


def _entries(
    table: str, versions: Iterable[Any], visible: Collection[int], *, named: bool
) -> list[Entry]:
    by_key: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for version in versions:
        by_key[tuple(getattr(version, name) for name in KEYS[table])].append(version)
    entries = []
    for chain in by_key.values():
        for before, version in zip([None, *chain], [*chain, None], strict=True):
            follows = before and version and before.replaced_by_id == version.taken_by_id
            if before is not None and before.replaced_by_id is not None and not follows:
                gone = [(_name(table, before, named=named), _whole(table, before), "")]
                entries.append(
                    _entry(before, before.replaced_by, before.replaced_on, gone, visible)
                )
            if version is not None:
                changes = _changes(table, before if follows else None, version, named=named)
                if changes or not follows:
                    day = version.known_on
                    entries.append(_entry(version, version.taken_by, day, changes, visible))
    return entries


def _entry(
    version: Any,
    brought: Import,
    start: date,
    changes: list[tuple[str, str, str]],
    visible: Collection[int],
) -> Entry:
    end = version.replaced_on if start == version.known_on else None
    return Entry(
        order=brought.pk,
        start=start,
        end=end,
        by=str(brought.by),
        source=f"{_kind(brought)} {brought.pk}",
        source_url=reverse("import", args=[brought.pk]) if brought.pk in visible else "",
        changes=changes,
    )


def _kind(brought: Import) -> str:
    kinds = {
        Import.Kind.FILES: _("导入"),
        Import.Kind.MERGE: _("合并企业"),
        Import.Kind.PARTING: _("撤销合并"),
        Import.Kind.TRANSFER: _("转让生产线"),
    }
    return kinds[Import.Kind(brought.kind)]


def _changes(table: str, before: Any, version: Any, *, named: bool) -> list[tuple[str, str, str]]:
    """(label, before, after) of every cell that differs; a first version of a list is one line."""
    if before is None:
        if not named:
            return []
        return [(_name(table, version, named=named), "", _whole(table, version))]
    prefix = f"{_name(table, version, named=True)} " if _NAMED_BY.get(table) and named else ""
    changes = []
    for column in content(table):
        old, new = getattr(before, column), getattr(version, column)
        if old != new:
            label = said(column_words(table).get(column, (column, column)))
            changes.append(
                (f"{prefix}{label}", _cell(table, column, old), _cell(table, column, new))
            )
    return changes


def _name(table: str, version: Any, *, named: bool) -> str:
    parts = [_cell(table, name, getattr(version, name)) for name in _NAMED_BY.get(table, ())]
    return " ".join([said(table_words()[table]), *filter(None, parts)]) if named else ""


def _whole(table: str, version: Any) -> str:
    """A row in one line: its cells that are no key and not empty."""
    shown = [_cell(table, name, getattr(version, name)) for name in _said_of(table)]
    return " ".join(filter(None, shown)) or "✓"


def _said_of(table: str) -> Sequence[str]:
    return {
        "equipment": ("type", "value", "unit", "status"),
        "permits": ("valid_from", "valid_to"),
        "permitted": ("value", "unit"),
        "allowances": ("tonnes",),
        "outlets": ("source", "standard"),
        "lines": ("name",),
        "enterprises": ("name",),
    }.get(table, ())


def _cell(table: str, column: str, value: Any) -> str:
    return said(cell_words(table, column, value))
