"""A site of its own for a benchmark: an embedded PostgreSQL, migrated, gone afterwards."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FEW = 60
_kept: list[Path] = []
"""The folder of the site that several benchmarks share one after another (`one_site_for_all`)."""


def at_least(least: int, full: int, size: float) -> int:
    """How many of `full` at this size: `least` where fewer would measure nothing. At size 0, which
    asks only whether a benchmark still runs, a few."""
    return max(least, int(full * size)) if size else FEW


@contextmanager
def fresh_site(*, durable: bool = False) -> Iterator[Path]:
    """The site's folder while the block runs; Django is set up, quiet below errors.

    Args:
        durable: whether a commit waits for the disk, as in production.
    """
    if _kept:
        _as_migrated(_kept[0])
        yield _kept[0]
        return
    with _running(durable) as home:
        _migrate()
        yield home


@contextmanager
def one_site_for_all() -> Iterator[None]:
    """Inside, every `fresh_site` is the same site with its database made anew from a copy: whether
    the benchmarks still run is asked at a fraction of the cost."""
    # Named as the tests name theirs: what a killed run leaves, the next one removes.
    with _running(durable=False, prefix=f"pht-{os.getpid()}-") as home:
        _migrate()
        _close()
        with _beside(home) as connection:
            connection.execute("CREATE DATABASE pristine TEMPLATE phaseout")
        _kept.append(home)
        try:
            yield
        finally:
            _kept.clear()
            _close()


@contextmanager
def plain_files(**settings: Any) -> Iterator[None]:
    """Static files under their own names, as nothing was collected; further settings besides."""
    from django.test import override_settings

    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(STORAGES=storages, **settings):
        yield


@contextmanager
def _running(durable: bool, prefix: str = "phb-") -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=prefix, dir="/tmp") as folder:
        home = Path(folder)
        home.chmod(0o755)  # the server runs as its own OS user
        os.environ.update(PHASEOUT_MODE="demo", PHASEOUT_HOME=folder)
        os.environ["DJANGO_SETTINGS_MODULE"] = "phaseout.web.settings"
        from phaseout.database import embedded

        embedded.start(home, durable=durable)
        try:
            yield home
        finally:
            embedded.stop(home)


def _migrate() -> None:
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _as_migrated(home: Path) -> None:
    _close()
    with _beside(home) as connection:
        connection.execute("DROP DATABASE phaseout WITH (FORCE)")
        connection.execute("CREATE DATABASE phaseout TEMPLATE pristine")


def _close() -> None:
    from django.db import connection

    connection.close()
    connection.close_pool()


def _beside(home: Path) -> Any:
    """A connection to another database of the same server."""
    from phaseout.database import embedded

    return embedded.address(home).named("postgres").connect()
