"""One demonstration for all tests of this folder: loaded once, after a first try was killed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from leftovers import remove_home
from phaseout.database import embedded
from serving import ended, held_up, kill, phaseout, rows, run, script, until, waits

ENTERPRISES = "--enterprises=13"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The first of them waits until the demonstration has been made, twice."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.timeout(1800))


@dataclass(frozen=True)
class Demonstration:
    """Its installation, its folder, and what was there when the first try was killed."""

    home: Path
    out: Path
    killed_with: dict[str, int]
    said: str

    def load(self) -> str:
        return run(self.home, "demo", f"--out={self.out}", "--no-serve", ENTERPRISES)

    def counts(self) -> dict[str, int]:
        return counts(self.home)


def counts(home: Path) -> dict[str, int]:
    """Rows of the tables that a demonstration fills."""
    tables = ("accounts_user", "library_confirmation", "registry_import", "registry_enterprise")
    tables += ("casework_finding", "casework_reasoning", "evidence_evidencefile")
    return {table: rows(home, f"SELECT count(*) FROM {table}")[0][0] for table in tables}


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    home, out = Path(f"/tmp/pht-{os.getpid()}-d"), tmp_path_factory.mktemp("demo")
    try:
        embedded.start(home, durable=False)
        killed_with = _kill_while_importing(home, out)
        said = run(home, "demo", f"--out={out}", "--no-serve", ENTERPRISES)
        yield Demonstration(home, out, killed_with, said)
    finally:
        remove_home(home)


def _kill_while_importing(home: Path, out: Path) -> dict[str, int]:
    """Killed where most facts are written but not all: held up there by a lock on one table."""
    script(home, "from django.core.management import call_command\ncall_command('migrate', '-v0')")
    with held_up(home, "fact_permits"):
        process = phaseout(home, "demo", f"--out={out}", "--no-serve", ENTERPRISES)
        until(lambda: waits(home, "fact_permits") or ended(process))
        kill(process)
    return counts(home)
