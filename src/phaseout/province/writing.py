"""Writers of a facts folder: CSV files, one workbook, and monitoring as CSV or Parquet."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Protocol

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as parquet
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from phaseout.law.refusals import Refusal
from phaseout.province.shapes import TABLES, Rows

MONITORING = "monitoring"
FLAT_TABLES = tuple(table for table in TABLES if table != MONITORING)
SHEET_ROWS = 1_048_576
"""Rows that a sheet of a workbook can hold."""

READING = pa.schema(
    [
        ("outlet_id", pa.string()),
        ("pollutant_code", pa.string()),
        ("time", pa.timestamp("us")),
        ("averaging", pa.string()),
        ("value", pa.float64()),
        ("unit", pa.string()),
        ("flag", pa.string()),
        ("o2", pa.float64()),
        ("flow", pa.float64()),
        ("manual", pa.bool_()),
    ]
)


class Writer(Protocol):
    """Takes rows as they are made. `counts` is the number of rows by table, heads not counted;
    `takes_text_readings` says whether a reading that is no reading can be written."""

    counts: dict[str, int]
    takes_text_readings: bool

    def rows(self, rows: Rows) -> None: ...

    def readings(self, batch: pa.RecordBatch) -> None: ...

    def close(self) -> None: ...


class FolderWriter:
    """A folder of CSV files; the readings in `monitoring.csv` or `monitoring.parquet`."""

    def __init__(self, folder: Path, *, parquet_readings: bool) -> None:
        self.counts = dict.fromkeys(TABLES, 0)
        self._files: dict[str, IO[str]] = {}
        self._csv: dict[str, Any] = {}
        for table in FLAT_TABLES:
            text = (folder / f"{table}.csv").open("w", encoding="utf-8", newline="")
            self._files[table] = text
            self._csv[table] = csv.writer(text, lineterminator="\n")
            self._csv[table].writerow(TABLES[table])
        self.takes_text_readings = not parquet_readings
        self._readings = _ParquetReadings(folder) if parquet_readings else _CsvReadings(folder)

    def rows(self, rows: Rows) -> None:
        for table, made in rows.by_table.items():
            if table == MONITORING:
                self._readings.write_text(made)
            elif made:
                self._csv[table].writerows(made)
            self.counts[table] += len(made)

    def readings(self, batch: pa.RecordBatch) -> None:
        self.counts[MONITORING] += batch.num_rows
        self._readings.write(batch)

    def close(self) -> None:
        for file in self._files.values():
            file.close()
        self._readings.close()


class _CsvReadings:
    def __init__(self, folder: Path) -> None:
        self._file = (folder / f"{MONITORING}.csv").open("wb")
        self._file.write((",".join(TABLES[MONITORING]) + "\n").encode())
        self._options = arrow_csv.WriteOptions(include_header=False, quoting_style="none")

    def write(self, batch: pa.RecordBatch) -> None:
        # Times without a fraction of a second, as loggers write them.
        at = batch.schema.get_field_index("time")
        columns = batch.columns
        columns[at] = columns[at].cast(pa.timestamp("s"))
        whole = pa.RecordBatch.from_arrays(columns, names=batch.schema.names)
        arrow_csv.write_csv(whole, self._file, self._options)

    def write_text(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Rows as they are, be they readings or not."""
        for row in rows:
            self._file.write((",".join(row) + "\n").encode())

    def close(self) -> None:
        self._file.close()


class _ParquetReadings:
    """Row groups follow the batches: sorted by outlet, pollutant, hour."""

    def __init__(self, folder: Path) -> None:
        path = folder / f"{MONITORING}.parquet"
        self._writer = parquet.ParquetWriter(path, READING, compression="zstd")

    def write(self, batch: pa.RecordBatch) -> None:
        self._writer.write_batch(batch.cast(READING))

    def write_text(self, rows: Sequence[tuple[str, ...]]) -> None:
        if rows:
            raise TypeError("a Parquet file takes readings only")

    def close(self) -> None:
        self._writer.close()


class WorkbookWriter:
    """One workbook with a sheet for every table.

    Raises:
        Refusal: `too_many_rows_for_a_sheet`.
    """

    def __init__(self, folder: Path) -> None:
        self.counts = dict.fromkeys(TABLES, 0)
        self.takes_text_readings = True
        self._path = folder / "facts.xlsx"
        self._book = Workbook(write_only=True)
        self._sheets = {table: self._book.create_sheet(table) for table in TABLES}
        for table, sheet in self._sheets.items():
            sheet.append(TABLES[table])

    def rows(self, rows: Rows) -> None:
        for table, made in rows.by_table.items():
            self._append(table, made)

    def readings(self, batch: pa.RecordBatch) -> None:
        self._append(MONITORING, [tuple(row.values()) for row in batch.to_pylist()])

    def close(self) -> None:
        self._book.save(self._path)
        _without_times(self._path)

    def _append(self, table: str, made: Sequence[tuple[Any, ...]]) -> None:
        self.counts[table] += len(made)
        if self.counts[table] >= SHEET_ROWS:
            raise _too_many(table)
        for row in made:
            cells = zip(TABLES[table], row, strict=True)
            typed = [_typed(column, cell) for column, cell in cells]
            self._sheets[table].append([self._as_text(table, cell) for cell in typed])

    def _as_text(self, table: str, cell: Any) -> Any:
        """What begins as a formula, kept as the text it is."""
        if not (isinstance(cell, str) and cell.startswith("=")):
            return cell
        kept = WriteOnlyCell(self._sheets[table], value=cell)
        kept.data_type = "s"
        return kept


NUMBERS = frozenset(
    {"employees", "capacity", "value", "quantity", "kgce_per_unit", "year", "tonnes", "uncertainty"}
)
"""Columns whose cells a spreadsheet holds as numbers."""


def _typed(column: str, cell: Any) -> Any:
    """The cell as a spreadsheet would hold it; what is no number stays text."""
    if cell == "":
        return None
    if column not in NUMBERS or not isinstance(cell, str):
        return cell
    try:
        return float(cell) if "." in cell else int(cell)
    except ValueError:
        return cell


def _too_many(table: str) -> Refusal:
    return Refusal(
        "too_many_rows_for_a_sheet",
        what=(f"不能写入工作表{table}", f"the sheet {table} cannot be written"),
        why=(f"工作表最多{SHEET_ROWS}行。", f"a sheet holds {SHEET_ROWS} rows."),
        instead=("请改用 --format csv 或减少企业数。", "Use --format csv or fewer enterprises."),
    )


_EPOCH = (1980, 1, 1, 0, 0, 0)


def _without_times(path: Path) -> None:
    """Write the workbook anew without the time it was made, so that equal facts are equal bytes."""
    parts = _parts(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)


def _parts(path: Path) -> Mapping[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name != "docProps/core.xml"]
        found = {name: archive.read(name) for name in names}
    found["docProps/core.xml"] = _CORE.encode()
    return found


_CORE = (
    '<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>phaseout province</dc:creator>'
    "</cp:coreProperties>"
)
