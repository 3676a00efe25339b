"""The balance and the entries behind a number as files: CSV or XLSX, as on the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaseout.pages.handing_out import table_file
from phaseout.pages.templatetags.phaseout import english, said
from phaseout.registry.capacity.asking import CapacityFilter
from phaseout.registry.capacity.showing import Shown, Table


def written_out(table: Table, form: CapacityFilter, ending: str) -> HttpResponse:
    """The table as a file to keep."""
    day = f"-{form.as_of.isoformat()}" if form.as_of else ""
    name = f"{'capacity' if english() else '产能台账'}{day}"
    return table_file(_rows(table), ending, name=name, title=_("产能台账"))


def entries_written_out(rows: Iterable[Shown], ending: str) -> HttpResponse:
    """Entries as a file to keep, a posting a row, with the main equipment where they name it."""
    heads = [
        pgettext("台账", "记录"), _("生效日"), _("入账日"), pgettext("一家", "企业"),
        _("统一社会信用代码"), _("生产线编号"),
        _("生产线"), _("产品"), _("事由"), _("状态"), _("数量"), _("单位"), _("主体设备"),
        pgettext("台账", "依据"),
    ]  # fmt: skip
    name = "capacity-entries" if english() else "产能记录"
    made = [heads, *map(_entry_row, rows)]
    return table_file(made, ending, name=name, title=_("产能记录"))


def _entry_row(row: Shown) -> list[Any]:
    posting, entry = row.posting, row.entry
    return [
        entry.pk, posting.effective_on, posting.known_on, posting.enterprise.name,
        posting.enterprise_id, posting.line_id, posting.line.name, row.product, said(row.kind),
        said(row.account), row.amount, row.unit, entry.equipment,
        said(row.ground.words) if row.ground else "",
    ]  # fmt: skip


def _rows(table: Table) -> list[list[Any]]:
    first = [table.group] if table.group else []
    rows: list[list[Any]] = [[*first, _("产品"), _("单位"), *table.heads]]
    for row in table.rows:
        group = [row.group] if table.group else []
        rows.append([*group, row.product, row.unit, *(cell.amount for cell in row.cells)])
    return rows
