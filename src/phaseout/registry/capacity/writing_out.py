"""The balance as a file: CSV or XLSX, the same numbers as on the page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from phaseout.pages.handing_out import table_file
from phaseout.pages.templatetags.phaseout import english
from phaseout.registry.capacity.asking import CapacityFilter
from phaseout.registry.capacity.showing import Table


def written_out(table: Table, form: CapacityFilter, ending: str) -> HttpResponse:
    """The table as a file to keep."""
    day = f"-{form.as_of.isoformat()}" if form.as_of else ""
    name = f"{'capacity' if english() else '产能台账'}{day}"
    return table_file(_rows(table), ending, name=name, title=_("产能台账"))


def _rows(table: Table) -> list[list[Any]]:
    first = [table.group] if table.group else []
    rows: list[list[Any]] = [[*first, _("产品"), _("单位"), *table.heads]]
    for row in table.rows:
        group = [row.group] if table.group else []
        rows.append([*group, row.product, row.unit, *(cell.amount for cell in row.cells)])
    return rows
