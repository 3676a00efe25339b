"""An import in words: how far it is, what it would do, examples, what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from phaseout.facts.schema import tables
from phaseout.facts.sources import WORKBOOKS
from phaseout.law.refusals import Bilingual
from phaseout.pages import keyset
from phaseout.registry.imports.unpacking import ending_of
from phaseout.registry.labels import cell_words, column_words, table_words
from phaseout.registry.models import Import

STATES: Mapping[Import.State, Bilingual] = {
    Import.State.RECEIVED: ("已收到", "received"),
    Import.State.CHECKED: ("已核对，待入库", "checked, to be taken"),
    Import.State.TAKEN: ("已入库", "taken"),
    Import.State.REFUSED: ("已退回", "refused"),
    Import.State.ABANDONED: ("已放弃", "given up"),
}
KINDS: Mapping[Import.Kind, Bilingual] = {
    Import.Kind.FILES: ("导入文件", "files"),
    Import.Kind.MERGE: ("合并企业", "merging of two enterprises"),
    Import.Kind.PARTING: ("撤销合并", "undoing of a merging"),
    Import.Kind.TRANSFER: ("转让生产线", "sale of a line"),
}
STAGES: Mapping[str, str | Promise] = {
    "waiting": _("排队等待核对"),
    "unpacking": _("打开文件"),
    "reading": _("逐格核对"),
    "staging": _("准备与登记库比较"),
    "comparing": _("与登记库比较"),
    "queued": _("排队等待入库"),
    "writing": _("正在入库"),
}
COUNTS = ("read", "new", "changed", "unchanged", "refused", "dropped")
PROBLEMS_A_PAGE = 50


def row(brought: Import) -> dict[str, Any]:
    """An import in the list: its files, its state, what it did or would do."""
    return {
        "import": brought,
        "kind": KINDS[Import.Kind(brought.kind)],
        "state": STATES[Import.State(brought.state)],
        "files": [file.evidence.name for file in brought.files.all()],
        "totals": totals(brought),
        "working": working(brought),
    }


def totals(brought: Import) -> dict[str, int]:
    """The counts of all tables together."""
    return {name: sum(count[name] for count in brought.counts.values()) for name in COUNTS}


def working(brought: Import) -> bool:
    """Whether a job works on the import, or soon will."""
    return brought.state == Import.State.RECEIVED or brought.taking_asked is not None


def preview(brought: Import, cursor: str) -> dict[str, Any]:
    """All that the page of an import shows."""
    files = list(brought.files.select_related("evidence"))
    book = len(files) == 1 and ending_of(files[0].evidence.name) in WORKBOOKS
    return {
        "import": brought,
        "kind": KINDS[Import.Kind(brought.kind)],
        "state": STATES[Import.State(brought.state)],
        "files": files,
        "working": working(brought),
        "stage": STAGES.get(brought.stage, ""),
        "totals": totals(brought),
        "counts": [(table_words()[table], count) for table, count in _in_order(brought.counts)],
        "absent": [_absent(table, found) for table, found in _in_order(brought.absent)],
        "samples": [_samples(table, found) for table, found in _in_order(brought.samples) if found],
        "said": _said(brought.refusal),
        "problems": keyset.page(
            brought.problems.all(), ("position",), cursor, size=PROBLEMS_A_PAGE
        ),
        "markable": book and ending_of(files[0].evidence.name) in (".xlsx", ".xlsm"),
        "table_words": {**table_words(), "": ("", "")},
    }


def tables_to_fill() -> list[dict[str, Any]]:
    """The tables one may bring, with their columns, for the page of the upload."""
    return [
        {
            "words": table_words()[name],
            "file": f"{name}.csv",
            "needed": [(c.zh, c.en) for c in table.columns if c.required],
            "others": [(c.zh, c.en) for c in table.columns if not c.required],
        }
        for name, table in tables().items()
    ]


def _in_order(by_table: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(table, by_table[table]) for table in tables() if table in by_table]


def _absent(table: str, found: Mapping[str, Any]) -> dict[str, Any]:
    """Columns that the file does not have, in words, and how many rows keep something in them."""
    words = column_words(table)
    columns = [words.get(name, (name, name)) for name in found["columns"]]
    return {"words": table_words()[table], "columns": columns, "rows": found["rows"]}


def _samples(table: str, found: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "words": table_words()[table],
        "changed": [_sample(table, each) for each in found.get("changed", ())],
        "new": [_sample(table, each) for each in found.get("new", ())],
    }


def _sample(table: str, found: Mapping[str, Any]) -> dict[str, Any]:
    """An example, its key and its cells in the order of the table: JSON keeps no order."""
    words, order = column_words(table), [column.name for column in tables()[table].columns]
    key = [(name, found["key"][name]) for name in order if found["key"].get(name)]
    cells = sorted(found["cells"].items(), key=lambda item: _place(order, item[0]))
    return {
        "key": [_cell(table, name, value) for name, value in key],
        "cells": [
            (words.get(name, (name, name)), _cell(table, name, old), _cell(table, name, new))
            for name, (old, new) in cells
        ],
    }


def _place(order: list[str], name: str) -> int:
    return order.index(name) if name in order else len(order)


def _cell(table: str, column: str, value: str | None) -> Bilingual:
    """A cell of an example: kept as the database wrote it, decimals with all their zeros."""
    known = tables()[table]
    kind = next((c.kind for c in known.columns if c.name == column), "text")
    if value and kind == "number" and "." in value:
        value = value.rstrip("0").rstrip(".")
    if value in ("true", "false"):
        return cell_words(table, column, value == "true")
    return cell_words(table, column, value)


def _said(refusal: Any) -> dict[str, Any] | None:
    """A refusal that a job wrote down, as `pages/_refusal.html` reads it."""
    if refusal is None:
        return None
    parts = {
        name: (refusal[name]["zh"], refusal[name]["en"]) for name in ("what", "why", "instead")
    }
    return {"code": refusal["refused"], **parts}
