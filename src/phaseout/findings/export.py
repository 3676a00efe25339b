"""Findings as files: CSV, Parquet, JSON lines, with the columns of the specification."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from phaseout.facts.arriving import arriving
from phaseout.facts.export_safety import safe_text
from phaseout.law.judgement.explanation import Explanation
from phaseout.law.refusals import Refusal

FINDING_COLUMNS = (
    "finding_id",
    "dimension",
    "uscc",
    "line_id",
    "subject",
    "source_id",
    "clause",
    "indicator",
    "period_start",
    "period_end",
    "value",
    "comparator",
    "limit",
    "unit",
    "ratio",
    "verdict",
    "provisional",
    "reason",
    "explanation_zh",
    "explanation_en",
)

Explained = Iterable[tuple[Mapping[str, Any], Explanation]]
BATCH = 10_000


def write_findings(
    path: Path,
    explained: Explained,
    *,
    total: int,
    progress: Callable[[str, int, int], None],
) -> int:
    """Write to `path`; the file appears whole or not at all. Returns the number of findings.

    Raises:
        Refusal: `unknown_format`: the ending is none of .csv, .parquet, .jsonl; `not_writable`.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise _unknown_format(path)
    with arriving(path) as beside, _no_search_for_cycles():
        return writer(beside, _counted(_rows(explained), total, progress))


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """An explanation is a tree: reference counts free it, and looking for cycles in hundreds of
    thousands of them would take a third of the time of writing."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def finding(row: Mapping[str, Any], explanation: Explanation) -> dict[str, Any]:
    """A judged row as the finding that goes out: names and order of `FINDING_COLUMNS`."""
    limit = row["limit_value"]
    return {
        "finding_id": row["finding_id"],
        "dimension": row["dimension"],
        "uscc": row["uscc"],
        "line_id": row["line_id"],
        "subject": row["subject"],
        "source_id": row["source_id"],
        "clause": row["clause"],
        "indicator": row["indicator"],
        "period_start": row["period_start"],
        "period_end": row["period_end"],
        "value": plain(row["value"]),
        "comparator": row["comparator"],
        "limit": row["limit_text"] if limit is None else plain(limit),
        "unit": row["unit"],
        "ratio": plain(row["ratio"]),
        "verdict": row["verdict"],
        "provisional": row["provisional"],
        "reason": ";".join(row["reasons"] or ()),
        "explanation_zh": explanation.zh,
        "explanation_en": explanation.en,
    }


def plain(number: Decimal | None) -> str | None:
    """A decimal without trailing zeros and without an exponent: 112, 0.85, -4.2."""
    if number is None:
        return None
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def _rows(explained: Explained) -> Iterator[dict[str, Any]]:
    for row, explanation in explained:
        yield finding(row, explanation)


def _counted(
    rows: Iterator[dict[str, Any]], total: int, progress: Callable[[str, int, int], None]
) -> Iterator[dict[str, Any]]:
    done = 0
    for done, row in enumerate(rows, start=1):
        yield row
        if done % BATCH == 0:
            progress("write", done, total)
    progress("write", done, total)


def _write_csv(path: Path, rows: Iterator[dict[str, Any]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        # This mark lets spreadsheet programs in Chinese offices see that it is UTF-8.
        file.write("\ufeff" + ",".join(FINDING_COLUMNS) + "\n")
        for row in rows:
            # `csv.writer` looks at every character of a paragraph: a quarter of the whole time.
            file.write(",".join(map(_cell, row.values())) + "\n")
            count += 1
    return count


def _cell(value: Any) -> str:
    """A value as it stands in a line of CSV."""
    if isinstance(value, str):
        # A number may begin with a minus; only text can be taken for a formula.
        safe = safe_text(value)
        return _quoted(value if safe is value or _is_number(value) else safe)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value.isoformat())  # a date


def _quoted(text: str) -> str:
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdigit()


def _write_jsonl(path: Path, rows: Iterator[dict[str, Any]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False, default=str))
            file.write("\n")
            count += 1
    return count


_NUMBERS = {"value": pa.decimal128(18, 6), "ratio": pa.decimal128(18, 4)}
_PARQUET_TYPES = {
    **_NUMBERS,
    "period_start": pa.date32(),
    "period_end": pa.date32(),
    "provisional": pa.bool_(),
}
# `limit` stays text: some limits are no single number (400;1200).
_PARQUET = pa.schema([(name, _PARQUET_TYPES.get(name, pa.string())) for name in FINDING_COLUMNS])


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _write_parquet(path: Path, rows: Iterator[dict[str, Any]]) -> int:
    count = 0
    with pq.ParquetWriter(path, _PARQUET, compression="zstd") as writer:
        while batch := list(islice(rows, BATCH)):
            for row in batch:
                row.update({name: _decimal(row[name]) for name in _NUMBERS})
            writer.write_table(pa.Table.from_pylist(batch, schema=_PARQUET))
            count += len(batch)
    return count


_WRITERS: Mapping[str, Callable[[Path, Iterator[dict[str, Any]]], int]] = {
    ".csv": _write_csv,
    ".parquet": _write_parquet,
    ".jsonl": _write_jsonl,
}


def _unknown_format(path: Path) -> Refusal:
    return Refusal(
        "unknown_format",
        what=(f"不能写出{path.name}", f"{path.name} cannot be written"),
        why=(
            f"不支持“{path.suffix or '无'}”这一文件类型。",
            f"the ending {path.suffix or '(none)'} names no format we write.",
        ),
        instead=("请使用 .csv、.parquet 或 .jsonl。", "Use .csv, .parquet or .jsonl."),
    )
