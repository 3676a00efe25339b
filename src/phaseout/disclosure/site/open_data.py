"""开放数据: everything that is published, as CSV, JSON and Parquet, with what each column means.

    made(rows_of(kind), "csv")      the newest edition of one list
    made(all_rows(), "parquet")     the newest editions of all lists in one table
    dictionary()                    what each column means

One table, whatever list: a column that a list does not have is empty in its rows. The columns are
those that `law.lists.columns` marks public, and those of `tables` below, which say where a row is
from and whether it still stands.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from phaseout.disclosure.lists import published
from phaseout.disclosure.lists.models import Edition
from phaseout.disclosure.lists.published import Event, Row
from phaseout.facts.export_safety import safe_text
from phaseout.law.lists.columns import Column, all_columns, columns_of
from phaseout.law.lists.kinds import ListKind
from phaseout.law.refusals import Bilingual

FORMS: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
ENGLISH = "_en"
LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"

_ARROW = {
    "text": pa.string(),
    "date": pa.date32(),
    "number": pa.decimal128(38, 9),
    "count": pa.int64(),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """A column of the open data. `type`: text, date (YYYY-MM-DD), number (a decimal), count (a
    whole number). `lists`: the keys of the lists that have it."""

    key: str
    type: str
    words: Bilingual
    says: Bilingual
    lists: tuple[str, ...]


_BEFORE = (
    ("list", "text", ("名单", "list"), ("名单的代码，见本页上方的名单", "the key of the list")),
    ("edition", "count", ("期号", "edition"), ("该行所在版次的期号", "the number of its edition")),
    (
        "published_on", "date", ("公布日", "published on"),
        ("该版次公布的日期，北京日", "the day on which that edition was published, in Beijing"),
    ),
    ("place", "count", ("序号", "place"), ("在该版次中的序号", "its place in that edition")),
)  # fmt: skip
_AFTER = (
    (
        "ended_on", "date", ("移出或撤销日", "ended on"),
        ("公布后移出或撤销的日期；空：仍在名单上", "when it ended since; empty: it still stands"),
    ),
    (
        "ended", "text", ("如何结束", "how it ended"),
        ("left：移出，依据已不存在；cancelled：撤销，本不应列入",
         "left: the ground is over; cancelled: it should not have been there"),
    ),
)  # fmt: skip
_SAYS: Mapping[str, Bilingual] = {
    "uscc": ("统一社会信用代码（GB 32100），18位", "unified social credit code (GB 32100)"),
    "division_code": ("县级行政区划代码（GB/T 2260）", "county by GB/T 2260"),
    "industry": (
        "实施意见第（三）项所列行业的代码，如 cement 水泥",
        "one of the industries of clause (3) of the Opinions: cement",
    ),
    "capacity": ("十进制小数，单位见 capacity_unit", "a decimal, in the unit of capacity_unit"),
    "exit_form": (
        "退出方式的代码，如 dismantled 拆除、sealed 封存、closed 关闭",
        "dismantled, sealed, closed, …",
    ),
    "extended": ("yes 已延期，no 未延期", "yes or no"),
    "dimension": (
        "energy 能耗、environment 环保、quality 质量、safety 安全、technology 技术",
        "energy, environment, quality, safety, technology",
    ),
    "since": (
        "列入所依据的行为的日期；送达的，为送达日",
        "day of the act it rests on; of service, where it was served",
    ),
    "rectify_by": ("整改期限的最后一日，含当日", "the last day of the period, itself inside"),
}


def dictionary() -> tuple[Meaning, ...]:
    """Every column of the open data, in their order."""
    every = tuple(kind.key for kind in published.kinds())
    having = {kind: {column.key for column in columns_of(kind)} for kind in every}
    own = [
        Meaning(
            key,
            "text" if column.type == "words" else column.type,
            column.words,
            says,
            tuple(kind for kind in every if column.key in having[kind]),
        )
        for column in all_columns()
        if column.public
        for key, says in _keys(column)
    ]
    around = [tuple(Meaning(*row, every) for row in rows) for rows in (_BEFORE, _AFTER)]
    return (*around[0], *own, *around[1])


def _keys(column: Column) -> list[tuple[str, Bilingual]]:
    """The columns of the data that a column of a list becomes: words are two, one a language."""
    says = _SAYS.get(column.key, ("", ""))
    if column.type != "words":
        return [(column.key, says)]
    return [
        (column.key, ("中文", "in Chinese")),
        (f"{column.key}{ENGLISH}", ("英文", "in English")),
    ]


def rows_of(edition: Edition) -> list[dict[str, Any]]:
    """An edition as it stands today, by the columns of the dictionary: texts, dates, decimals."""
    return [_row(edition, row) for row in published.entries(edition)]


def all_rows() -> list[dict[str, Any]]:
    """The newest editions of all lists; of a list of years the newest of each year."""
    return [row for kind in published.kinds() for e in _newest(kind) for row in rows_of(e)]


def _newest(kind: ListKind) -> Iterable[Edition]:
    last: dict[int | None, Edition] = {}
    for edition in published.editions(kind.key):
        last.setdefault(edition.year, edition)
    return last.values()


def _row(edition: Edition, row: Row) -> dict[str, Any]:
    around = {
        "list": edition.list_kind,
        "edition": edition.number,
        "published_on": edition.published_on,
        "place": row.place,
        "ended_on": row.ended.on if row.ended else None,
        "ended": row.ended.event if row.ended else None,
    }
    return {
        meaning.key: around[meaning.key] if meaning.key in around else _typed(meaning, row.columns)
        for meaning in dictionary()
    }


def _typed(meaning: Meaning, columns: Mapping[str, Any]) -> Any:
    value = columns.get(meaning.key.removesuffix(ENGLISH))
    if isinstance(value, Mapping):
        value = value.get("en" if meaning.key.endswith(ENGLISH) else "zh")
    if value in (None, ""):
        return None
    if meaning.type == "date":
        return date.fromisoformat(value)
    return Decimal(str(value)) if meaning.type == "number" else str(value)


def event_rows(events: Iterable[Event]) -> list[dict[str, Any]]:
    """What happened to the lists, by the columns of `EVENT_COLUMNS`."""
    return [
        {
            "place": one.place,
            "event": str(one.event),
            "list": one.kind.key,
            "edition": one.edition,
            "on": one.on,
            "uscc": one.uscc or None,
            "name": one.name or None,
            "cause": one.cause[0] or None,
        }
        for one in events
    ]


EVENT_COLUMNS = tuple(
    Meaning(key, type_, words, says, ())
    for key, type_, words, says in (
        ("place", "count", ("位置", "place"), ("在公布记录中的位置，自0起", "in the log, from 0")),
        (
            "event", "text", ("事件", "event"),
            ("published 公布、entered 列入、left 移出、cancelled 撤销",
             "published, entered, left, cancelled"),
        ),
        ("list", "text", ("名单", "list"), ("名单的代码", "the key of the list")),
        ("edition", "count", ("期号", "edition"), ("所涉版次的期号", "the edition concerned")),
        ("on", "date", ("日期", "on"), ("北京日", "the day in Beijing")),
        ("uscc", "text", ("统一社会信用代码", "USCC"), ("公布事件为空", "empty of published")),
        ("name", "text", ("企业名称", "enterprise"), ("公布事件为空", "empty of published")),
        ("cause", "text", ("原因", "cause"), ("移出或撤销的原因", "why it ended, in Chinese")),
    )
)  # fmt: skip


def made(rows: Sequence[Mapping[str, Any]], form: str, columns: Sequence[Meaning]) -> bytes:
    """The rows as a file: CSV (UTF-8 with its mark, so that Excel reads it), JSON, or Parquet."""
    return {"csv": _csv, "json": _json, "parquet": _parquet}[form](rows, columns)


def _csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[Meaning]) -> bytes:
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.key for column in columns])
    for row in rows:
        writer.writerow([safe_text(_plain(row[column.key]) or "") for column in columns])
    return text.getvalue().encode("utf-8-sig")


def _json(rows: Sequence[Mapping[str, Any]], columns: Sequence[Meaning]) -> bytes:
    plain = [
        {c.key: row[c.key] if c.type == "count" else _plain(row[c.key]) for c in columns}
        for row in rows
    ]
    said = {"licence": LICENCE, "licence_url": LICENCE_URL, "rows": plain}
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _parquet(rows: Sequence[Mapping[str, Any]], columns: Sequence[Meaning]) -> bytes:
    fields = [
        pa.field(c.key, _ARROW[c.type], metadata={"zh": c.words[0], "en": c.words[1]})
        for c in columns
    ]
    schema = pa.schema(fields, metadata={"licence": LICENCE, "licence_url": LICENCE_URL})
    table = pa.Table.from_pylist([dict(row) for row in rows], schema=schema)
    out = BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def _plain(value: Any) -> str | None:
    """Days and decimals as text, without a loss."""
    if value is None:
        return None
    return format(value, "f") if isinstance(value, Decimal) else str(value)
