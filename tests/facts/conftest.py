"""A facts folder that is right in every cell, to be spoilt one cell at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from phaseout.facts import FactsRefused, Intake, take
from phaseout.law.norms import NormBook

USCC, OTHER_USCC = "91640100MA0000011Q", "91640100000000001L"

RIGHT: Mapping[str, str] = {
    "enterprises": f"""uscc,name,division_code,industry,employees,address
{USCC},虚构水泥有限公司,640104,cement,120,虚构路1号
""",
    "lines": f"""line_id,uscc,name,industry,product,capacity,capacity_unit,commissioned_on
L1,{USCC},一号线,水泥,水泥,60,万t/a,2009-06-30
""",
    "energy": """line_id,product,indicator,period_start,period_end,value,unit,conditions
L1,水泥,可比水泥综合能耗,2017-01-01,2017-12-31,95.5,kgce/t,altitude=1200
""",
    "outputs": """line_id,product,period_start,period_end,quantity,unit
L1,水泥,2017-01-01,2017-12-31,55,万吨
""",
    "outlets": """outlet_id,line_id,medium,source,permitted_concentrations,conditions
O1,L1,air,水泥窑及窑尾余热利用系统,a21026=100 mg/m3;a34013=20 mg/m3,
""",
    "monitoring": """outlet_id,pollutant_code,time,averaging,value,unit,flag,o2
O1,a21026,2017-06-30 08:00:00,hour,35.5,mg/m3,N,9.1
""",
}


@pytest.fixture(scope="session")
def book() -> NormBook:
    return NormBook.load()


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


class Folder:
    """A folder of facts and the connection to take them into."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection, book: NormBook) -> None:
        self.path, self.connection, self.book = path, connection, book
        path.mkdir(exist_ok=True)

    def right(self, *tables: str) -> Folder:
        for table in tables or RIGHT:
            self.write(f"{table}.csv", RIGHT[table])
        return self

    def write(self, name: str, text: str | bytes) -> Folder:
        data = text if isinstance(text, bytes) else text.encode()
        (self.path / name).write_bytes(data)
        return self

    def add(self, table: str, *rows: Mapping[str, str]) -> Folder:
        """Append rows to a right table; cells not given are those of its first row."""
        file = self.path / f"{table}.csv"
        cells = list(csv.DictReader(io.StringIO(RIGHT[table])))
        columns = list(cells[0])
        columns += [c for row in rows for c in row if c not in columns]
        out = io.StringIO()
        writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows([*cells, *({**cells[0], **row} for row in rows)])
        file.write_text(out.getvalue(), encoding="utf-8")
        return self

    def take(self, **options: Any) -> Intake:
        return take(self.path, self.connection, self.book, **options)

    def refused(self) -> Intake:
        with pytest.raises(FactsRefused) as caught:
            self.take()
        return caught.value.intake

    def problems(self) -> list[tuple[str, int, str, str, str]]:
        """(file, row, column, value, code) of every refusal."""
        return [(p.file, p.row, p.column, p.value, p.code) for p in self.refused().refused]

    def rows(self, query: str) -> Sequence[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()


@pytest.fixture
def folder(tmp_path: Path, connection: duckdb.DuckDBPyConnection, book: NormBook) -> Folder:
    return Folder(tmp_path / "facts", connection, book)


@pytest.fixture
def another_folder(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, book: NormBook
) -> Callable[[str], Folder]:
    return lambda name: Folder(tmp_path / name, connection, book)
