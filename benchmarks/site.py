"""A site of its own for a benchmark: an embedded PostgreSQL, migrated, gone afterwards."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def fresh_site(*, durable: bool = False) -> Iterator[Path]:
    """The site's folder while the block runs; Django is set up, quiet below errors.

    Args:
        durable: whether a commit waits for the disk, as in production.
    """
    with tempfile.TemporaryDirectory(prefix="phb-", dir="/tmp") as folder:
        home = Path(folder)
        home.chmod(0o755)  # the server runs as its own OS user
        os.environ.update(PHASEOUT_MODE="demo", PHASEOUT_HOME=folder)
        os.environ["DJANGO_SETTINGS_MODULE"] = "phaseout.web.settings"
        from phaseout.database import embedded

        embedded.start(home, durable=durable)
        try:
            _migrate()
            yield home
        finally:
            embedded.stop(home)


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


def _migrate() -> None:
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
