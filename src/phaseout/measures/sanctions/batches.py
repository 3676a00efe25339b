"""Which records wait to be sent, and a batch as the two files in which it goes."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from io import BytesIO
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from openpyxl import Workbook

from phaseout.law.sanctions.fields import Edition, fields_of
from phaseout.measures.sanctions.models import BatchRow, CreditRecord, RowOutcome

Outcome = RowOutcome.Outcome


def waiting() -> QuerySet[CreditRecord]:
    """Latest versions that may be sent: not accepted in any version, not on their way, and not
    refused as they stand. A row that the receiver left unread waits again.

    The case is not joined: row security shows the lead of clause (17) only those of its own
    dimensions, and a record of any other would never be sent."""
    later = CreditRecord.objects.filter(replaces=OuterRef("pk"))
    accepted = RowOutcome.objects.filter(root=OuterRef("first"), outcome=Outcome.ACCEPTED)
    refused = RowOutcome.objects.filter(row__credit_record=OuterRef("pk"), outcome=Outcome.REFUSED)
    return (
        CreditRecord.objects.annotate(first=Coalesce(F("root"), F("pk")))
        .filter(~Exists(later), ~Exists(accepted), ~Exists(refused), ~Exists(_on_their_way()))
        .select_related("enterprise")
        .order_by("pk")
    )


def waiting_of(roots: Collection[int] | QuerySet[Any]) -> list[int]:
    """Of these roots, the ids of the versions that wait."""
    found: QuerySet[Any] = waiting()
    return list(found.filter(first__in=roots).values_list("pk", flat=True))


def _on_their_way() -> QuerySet[BatchRow]:
    return BatchRow.objects.annotate(
        first=Coalesce(F("credit_record__root"), F("credit_record"))
    ).filter(outcome=None, first=OuterRef("first"))


def as_json(form: Edition, number: str, records: Sequence[CreditRecord]) -> bytes:
    """The batch for machines: its number and form, and every row at its place."""
    told = {
        "schema": "phaseout.credit-batch/1",
        "batch": number,
        "record": form.record,
        "edition": form.source_id,
        "fields": [field.field_code for field in fields_of(form)],
        "rows": [
            {"place": place, **_ordered(form, record.values)}
            for place, record in enumerate(records, 1)
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def as_sheet(form: Edition, records: Sequence[CreditRecord]) -> bytes:
    """The batch as a workbook: names of the fields, their codes, then one row a record. All cells
    are text: a code must not become a number, nor a text a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(form.record)
    fields = fields_of(form)
    sheet.append([field.name_zh for field in fields])
    sheet.append([field.field_code for field in fields])
    for record in records:
        sheet.append([_cell(sheet, record.values.get(f.field_code, "")) for f in fields])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.number_format = "@"
    return cell


def _ordered(form: Edition, values: dict[str, str]) -> dict[str, str]:
    return {f.field_code: values[f.field_code] for f in fields_of(form) if f.field_code in values}
