"""A workbook of 100,000 rows into the registry, beside reading it with the same library.

    read      python-calamine reads every sheet into Python lists, as the import does, and no more
    import    received, checked and taken: read, judged cell by cell, compared with what is
              registered, written as versions into PostgreSQL, present state and all

The workbook holds all tables of a made province: half its rows are readings. Every contender runs
in a process of its own, in turn, that has looked at a small workbook before, as a worker has; the
better of its runs counts. CPU seconds are those of the process and of its backend in the database
server; on a machine that others use too they say more than the seconds of the clock.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

ON = date(2018, 3, 15)
ROWS = 100_000
RUNS = 3
SMALL = "small.xlsx"
ENTERPRISES_A_ROW = 1 / 40
"""So that about half of the rows are no readings."""


def run(size: float = 1.0) -> None:
    """Print seconds of clock and CPU and their ratio at `size` of the full workbook."""
    rows = max(1_000, int(ROWS * size))
    with tempfile.TemporaryDirectory(prefix="phaseout-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # under root the server runs as a user of its own
        book = folder / "workbook.xlsx"
        written = _make(folder / "whole", book, rows, seed=1)
        _make(folder / "small", book.with_name(SMALL), 1_000, seed=2)
        print(f"{written:,} rows, {book.stat().st_size / 1e6:,.1f} MB")
        results: dict[str, list[tuple[float, float]]] = {who: [] for who in CONTENDERS}
        for _ in range(RUNS):
            for who, timings in results.items():
                timings.append(_in_process(who, book))
    best = {who: (min(w for w, _ in t), min(c for _, c in t)) for who, t in results.items()}
    for who, (wall, cpu) in best.items():
        print(f"{who:<8} {wall:8.2f} s   {cpu:8.2f} s of CPU")
    ratios = [best["import"][at] / best["read"][at] for at in (0, 1)]
    print(f"import / read = {ratios[0]:.2f} by the clock, {ratios[1]:.2f} in CPU")


def smoke() -> None:
    """Both contenders once on the small workbook, in this process."""
    with tempfile.TemporaryDirectory(prefix="phaseout-bench-") as name:
        book = Path(name) / "workbook.xlsx"
        _make(Path(name) / "whole", book, 1_000, seed=1)
        book.with_name(SMALL).write_bytes(book.read_bytes())
        for contender in CONTENDERS.values():
            for work in contender(book):
                work()


def _make(folder: Path, book: Path, rows: int, seed: int) -> int:
    """Write the workbook; returns how many rows it holds."""
    from openpyxl import Workbook

    from phaseout.province.making import Wish, make

    enterprises = max(20, int(rows * ENTERPRISES_A_ROW))
    make(Wish(seed=seed, enterprises=enterprises, on=ON, messy=False, months=1), folder / "facts")
    sheets = Workbook(write_only=True)
    left = rows
    # Readings come last and fill what is left.
    for file in sorted((folder / "facts").glob("*.csv"), key=lambda f: f.stem == "monitoring"):
        sheet = sheets.create_sheet(file.stem)
        with file.open(encoding="utf-8", newline="") as text:
            lines = csv.reader(text)
            sheet.append(next(lines))
            for line in lines:
                if not left:
                    break
                sheet.append([_cell(text) for text in line])
                left -= 1
    sheets.save(book)
    return rows - left


def _cell(text: str) -> Any:
    """As a spreadsheet holds it: numbers as numbers, the rest as text."""
    try:
        return float(text) if text and not text.isdigit() else text or None
    except ValueError:
        return text


def _in_process(who: str, book: Path) -> tuple[float, float]:
    this = [sys.executable, "-m", "benchmarks.importing", who, str(book)]
    answer = subprocess.run(this, check=True, capture_output=True, text=True)
    wall, cpu = answer.stdout.split()[-2:]
    return float(wall), float(cpu)


def _read(book: Path) -> Iterator[Callable[[], None]]:
    import python_calamine

    def work(book: Path = book) -> None:
        sheets = python_calamine.CalamineWorkbook.from_path(str(book))
        for name in sheets.sheet_names:
            sheets.get_sheet_by_name(name).to_python(skip_empty_area=False)

    work(book.with_name(SMALL))
    yield work


def _import(book: Path) -> Iterator[Callable[[], None]]:
    from benchmarks.ledger import officer
    from benchmarks.site import fresh_site

    with fresh_site(durable=True):
        by = officer()
        from phaseout.law.norms import NormBook
        from phaseout.registry.imports import take_folder

        norms = NormBook.load()  # a server has them loaded

        _look_at(book.with_name(SMALL), by)

        def work() -> None:
            take_folder(book, by=by, today=ON, book=norms)

        yield work


def _look_at(book: Path, by: Any) -> None:
    """Check a workbook and give it up: the second import of a worker is the usual one."""
    from phaseout.registry.imports import Arriving, abandon, check, receive

    brought = receive([Arriving(book.name, [book.read_bytes()])], by=by, today=ON, check=False)
    check(brought.pk)
    abandon(brought.pk, by=by, today=ON)


def _backend_cpu() -> float:
    """CPU seconds of the backend of this process's connection; 0 where there is none."""
    if "django" not in sys.modules:
        return 0.0
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        ((pid,),) = cursor.fetchall()
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


CONTENDERS: dict[str, Callable[[Path], Iterator[Callable[[], None]]]] = {
    "read": _read,
    "import": _import,
}


def _main() -> None:
    who, book = sys.argv[1], Path(sys.argv[2])
    for work in CONTENDERS[who](book):
        wall, cpu, beside = time.perf_counter(), time.process_time(), _backend_cpu()
        work()
        spent = time.process_time() - cpu + _backend_cpu() - beside
        print(f"{time.perf_counter() - wall:.3f} {spent:.3f}")


if __name__ == "__main__":
    _main()
