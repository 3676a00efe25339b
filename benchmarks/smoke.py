"""`python -m benchmarks.smoke`: each benchmark once in small, on one site: whether it still runs.

A benchmark that takes seconds or processes of its own at any size has a `smoke()`; of the others
it is `run(size=0)`. What they print is not read.
"""

from __future__ import annotations

import sys
import time
import traceback
from importlib import import_module

from benchmarks import inbox
from benchmarks.__main__ import BENCHMARKS
from benchmarks.site import one_site_for_all

LAST = {"acts"}
"""It gives the models of this process tables of its own."""


def main() -> None:
    """Exit code 1 and the names where one fails."""
    failed = []
    inbox.ROUNDS, inbox.WARMING = 1, 0
    with one_site_for_all():
        for name in sorted(BENCHMARKS, key=lambda name: name in LAST):
            began = time.process_time()
            try:
                module = import_module(f"benchmarks.{name}")
                module.smoke() if hasattr(module, "smoke") else module.run(size=0)
            except (Exception, SystemExit):
                traceback.print_exc(file=sys.stdout)
                failed.append(name)
            print(f"== {name}: {time.process_time() - began:.1f} s of CPU", flush=True)
    if failed:
        raise SystemExit(f"broken: {', '.join(failed)}")


if __name__ == "__main__":
    main()
