"""`make bench`, or `python -m benchmarks [--size 0.02] [monitoring province …]`."""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib import import_module

BENCHMARKS = {
    "monitoring": "52.6 million hourly readings to findings with counts",
    "inbox": "the inbox over a million findings, beside a bare Django list page",
    "province": "a demo province of 10,000 enterprises, from CSV to findings",
    "acts": "an act beside a bare insert, a million chained acts beside hashing them",
    "cases": "a million open cases: the nightly sweep and the workbench",
    "dashboards": "the dashboards over a million open cases, beside the bare SQL",
    "supervision": "the figures of supervision and the spread of like cases, beside the bare SQL",
    "readings": "a year of quarter-hours of 100 meters taken, beside COPY",
    "restart": "the watch over cut lines on a real load: recall, false alarms a line-year",
    "ledger": "the balance of a million entries of the capacity ledger, beside the bare sum",
    "annual": "the annual report over a million entries of the ledger, beside the bare SQL",
    "measures_sanctions": "sanctions on 100,000 overdue lines, beside reading the same facts",
    "measures_prices": "prices for 100,000 lines in one run, beside reading the same facts",
    "lists": "a published list of 50,000 firms, beside reading the same cases; its log and proofs",
    "public": "the public list page under load, beside a static file of the same bytes",
    "importing": "a workbook of 100,000 rows into the registry, beside reading it",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"any of {', '.join(BENCHMARKS)}; all by default")
    parser.add_argument(
        "--size", type=float, default=1.0, help="share of the full size, for a quick look"
    )
    options = parser.parse_args()
    if unknown := set(options.names) - set(BENCHMARKS):
        parser.error(f"unknown benchmark: {', '.join(sorted(unknown))}")
    names = options.names or list(BENCHMARKS)
    if len(names) == 1:
        _run(names[0], options.size)
        return
    for name in names:  # each in a process of its own: settings, pools and memory begin anew
        this = [sys.executable, "-m", "benchmarks", "--size", str(options.size), name]
        subprocess.run(this, check=True)


def _run(name: str, size: float) -> None:
    print(f"== {name}: {BENCHMARKS[name]} (size {size:g})", flush=True)
    import_module(f"benchmarks.{name}").run(size=size)
    print()


if __name__ == "__main__":
    main()
