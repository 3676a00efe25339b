"""Folders and servers of test runs that were killed before they could clean up."""

from __future__ import annotations

import shutil
from pathlib import Path

import psutil

import site_settings
from phaseout.database import embedded


def remove_home(home: Path) -> None:
    """Stop what runs in `home`, then remove it."""
    if home.exists():
        embedded.stop(home)
        shutil.rmtree(home, ignore_errors=True)


def remove_leftovers() -> None:
    """Those whose process is gone; a folder of a run that still goes on is left alone."""
    for home in Path(site_settings.RUNS).glob(f"{site_settings.PREFIX}*-*"):
        number = home.name.removeprefix(site_settings.PREFIX).split("-")[0]
        if number.isdigit() and not psutil.pid_exists(int(number)):
            remove_home(home)
