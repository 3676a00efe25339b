"""`make bench`, or `python -m benchmarks [--size 0.02] [monitoring province …]`."""

from __future__ import annotations

import argparse
from importlib import import_module

BENCHMARKS = {
    "monitoring": "52.6 million hourly readings to findings with counts",
    "inbox": "the inbox over a million findings, beside a bare Django list page",
    "province": "a demo province of 10,000 enterprises, from CSV to findings",
    "acts": "an act beside a bare insert, a million chained acts beside hashing them",
    "cases": "a million open cases: the nightly sweep and the workbench",
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
    for name in options.names or BENCHMARKS:
        print(f"== {name}: {BENCHMARKS[name]} (size {options.size:g})")
        import_module(f"benchmarks.{name}").run(size=options.size)
        print()


if __name__ == "__main__":
    main()
