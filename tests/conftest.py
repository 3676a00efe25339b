"""What several rooms test with: one small province and one judgement of it, made once."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

import site_settings
from phaseout.findings import Judgement, judge
from phaseout.province.making import Wish, make

_PATIENT = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile("look", deadline=None, suppress_health_check=_PATIENT)
settings.register_profile(
    "suite", deadline=None, suppress_health_check=_PATIENT, derandomize=True, database=None
)
settings.load_profile("suite")
# The same examples in every run, however busy the machine: what passed here passes there. To look
# for new ones: `pytest --hypothesis-profile=look`.

gc.set_threshold(200_000, 20, 100)
# Rows and pages are made and dropped by the thousand: looking for cycles took a tenth of the time.

ON = date(2018, 3, 15)
TOGETHER = ("demo", "browser", "casework/judged")
"""Folders whose tests share something dear: a loaded demonstration, a browser and its site, a
judged province."""


DEAR = (
    *TOGETHER,
    "test_benchmarks.py",
    "web/test_every_address.py",
    "commands/test_judge.py",
    "web/api/test_schema.py",
    "library/test_pages.py",
    "province/test_making.py",
    "web/api/test_odd_values.py",
    "registry/test_loading.py",
    "coordination/dashboards/test_figures.py",
    "findings/test_judgement.py",
    "web/test_settings.py",
)
"""What takes longest, from a quarter of a minute on. It is begun first: begun last, it would run
alone while the other workers have nothing left."""


NO_JOBS_LEFT = [
    f"DELETE FROM procrastinate_{table}" for table in ("events", "periodic_defers", "jobs")
]
"""The queue's tables are not Django's, so emptying the database leaves them: a job that a test
with real transactions deferred would wait for the tests after it."""


class WholeFiles(LoadScopeScheduling):
    """A file, or one of the folders above, goes to one worker whole: what its tests share is made
    once. (xdist's own `loadgroup` writes the group into `_nodeid`, which pytest 9.2 reads no more.)
    """

    def _split_scope(self, nodeid: str) -> str:
        return whole(nodeid)


def whole(nodeid: str) -> str:
    """The folder or file that goes to one worker with this test."""
    file = nodeid.partition("::")[0].removeprefix("tests/")
    return next((folder for folder in TOGETHER if file.startswith(f"{folder}/")), file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> WholeFiles:
    """For the suite on several workers (`-n 3`)."""
    config.option.loadscopereorder = False  # the workers' order, below
    return WholeFiles(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In a worker: what takes longest first, then what has most tests."""
    if not hasattr(config, "workerinput"):
        return
    tests = Counter(whole(item.nodeid) for item in items)
    dear = {name: place for place, name in enumerate(DEAR)}

    def place(item: pytest.Item) -> tuple[int, int, str]:
        name = whole(item.nodeid)
        return dear.get(name, len(dear)), -tests[name], name

    items.sort(key=place)


@pytest.fixture(scope="session")
def embedded_home() -> Iterator[Path]:
    """The installation under the tests; its server starts for the first test that asks."""
    from leftovers import remove_home, remove_leftovers
    from phaseout.database import embedded

    remove_leftovers()
    home = Path(site_settings.HOME)
    embedded.start(home, durable=False)
    yield home
    remove_home(home)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(embedded_home: Path) -> None:
    """Before pytest-django makes its database: the server it is made on."""


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The database goes with its server."""
    return True


@pytest.fixture(autouse=True)
def no_request_goes_on_after_its_test() -> Iterator[None]:
    """An answer sent in parts and never read to its end leaves its request open, and with it the
    site's role to whatever comes next."""
    yield
    from phaseout.accounts import rows

    if rows.is_serving():
        rows.end()


@pytest.fixture(scope="session", autouse=True)
def nothing_waits_for_the_disk() -> Iterator[None]:
    """Thousands of small files are kept, and thrown away with the run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def append_only_tables_can_be_emptied_between_tests() -> None:
    """Triggers refuse to empty them; what cleans up after a test with threads goes around that. It
    deletes from the tables that hold rows: emptying every table and index anew, as Django would,
    takes longer than most of these tests."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    def flush(self: Any, style: Any, tables: Any, **_: Any) -> list[str]:
        filled = [self.quote_name(table) for table in _filled(self.connection, tables)]
        deleting = [f"DELETE FROM {table}" for table in filled]
        return ["SET LOCAL session_replication_role = replica", *deleting, *NO_JOBS_LEFT]

    DatabaseOperations.sql_flush = flush


def _filled(connection: Any, tables: Any) -> list[str]:
    """Those of the tables that hold rows, by one query."""
    if not tables:
        return []
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT FROM {connection.ops.quote_name(table)})"
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [table for (table,) in cursor.fetchall()]


@pytest.fixture
def run_jobs(db: None) -> Callable[[], list[str]]:
    """Call it to run the deferred jobs until none is left; it gives the names of those it ran."""
    from running_jobs import run_deferred_jobs

    return run_deferred_jobs


@pytest.fixture(scope="session")
def small_province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A messy province of 26 enterprises; judge it with bad rows left out."""
    folder = tmp_path_factory.mktemp("province") / "facts"
    make(Wish(seed=7, enterprises=26, on=ON, months=1), folder)
    return folder


@pytest.fixture(scope="session")
def small_judgement(small_province: Path) -> Iterator[Judgement]:
    with judge(small_province, on=ON, bad_rows="leave_out") as judgement:
        yield judgement
