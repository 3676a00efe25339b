"""A whole province in all five dimensions, from CSV to findings, beside DuckDB reading the CSV.

The peer is the least anybody could do with these files: DuckDB reads every CSV of the folder
completely, with its own type detection, and counts the cells of every column. Both read the same
files: the raw series in `real/`, from which the province was made, are no facts and not read.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ON = date(2018, 3, 15)
FULL = 10_000


def run(size: float = 1.0) -> None:
    enterprises = max(20, int(FULL * size))
    with tempfile.TemporaryDirectory(prefix="phaseout-bench-") as folder:
        facts = Path(folder) / "facts"
        started = time.perf_counter()
        _province(facts, enterprises)
        print(f"made {enterprises:,} enterprises in {time.perf_counter() - started:.1f} s")
        total = sum(file.stat().st_size for file in facts.glob("*.csv"))
        print(f"facts: {total / 1e6:,.0f} MB of CSV")
        # Twice in turn, the better of each counts: the first reader also fills the file cache.
        timings: dict[str, list[tuple[float, float]]] = {"read": [], "judge": []}
        for _ in range(2):
            for contender in timings:
                timings[contender].append(_timed(contender, facts, Path(folder)))
    best = {name: min(results) for name, results in timings.items()}
    for name, (seconds, megabytes) in best.items():
        print(f"{name:<6} {seconds:8.2f} s   peak {megabytes:7,.0f} MB")
    print(f"judge / read = {best['judge'][0] / best['read'][0]:.2f}")


def smoke() -> None:
    """Both contenders on a province of a month, in this process."""
    from phaseout.province.making import Wish, make

    with tempfile.TemporaryDirectory(prefix="phaseout-bench-") as folder:
        facts = Path(folder) / "facts"
        make(Wish(seed=1, enterprises=20, on=ON, messy=False, readings="csv", months=1), facts)
        _read(facts, Path(folder))
        _judge(facts, Path(folder))


def _province(facts: Path, enterprises: int) -> None:
    from phaseout.province.making import Wish, make

    make(Wish(seed=1, enterprises=enterprises, on=ON, messy=False, readings="csv"), facts)


def _timed(contender: str, facts: Path, folder: Path) -> tuple[float, float]:
    """Seconds inside the work and peak memory of a process of its own, start-up not counted."""
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.province", contender, str(facts), str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, megabytes = answer.stdout.split()[-2:]
    return float(seconds), float(megabytes)


def _read(facts: Path, folder: Path) -> None:
    import duckdb

    connection = duckdb.connect()
    for file in sorted(facts.glob("*.csv")):
        connection.execute(f"SELECT count(*), count(COLUMNS(*)) FROM read_csv('{file}')").fetchall()


def _judge(facts: Path, folder: Path) -> None:
    from phaseout.findings import judge

    with judge(facts, on=ON) as judgement:
        judgement.write(folder / "findings.csv")


def _main() -> None:
    contender, facts, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    work = {"read": _read, "judge": _judge}[contender]
    started = time.perf_counter()
    work(facts, folder)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seconds:.3f} {peak:.1f}")


if __name__ == "__main__":
    _main()
