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
        for process in psutil.process_iter():
            if _is_of_site(process, home):
                process.kill()
        embedded.stop(home)
        shutil.rmtree(home, ignore_errors=True)


def _is_of_site(process: psutil.Process, home: Path) -> bool:
    """Whether it is `phaseout …` or a part of a site, of this installation."""
    try:
        command = " ".join(process.cmdline())
        ours = "phaseout.cli" in command or "phaseout.web.serving" in command
        return ours and process.environ().get("PHASEOUT_HOME", "") == str(home)
    except (psutil.Error, OSError):
        return False


def remove_leftovers() -> None:
    """Those whose process is gone; a folder of a run that still goes on is left alone."""
    for home in Path(site_settings.RUNS).glob(f"{site_settings.PREFIX}*-*"):
        number = home.name.removeprefix(site_settings.PREFIX).split("-")[0]
        if number.isdigit() and not psutil.pid_exists(int(number)):
            remove_home(home)
