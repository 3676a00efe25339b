"""Folders and servers of test runs that were killed before they could clean up."""

from __future__ import annotations

import shutil
import signal
from contextlib import suppress
from pathlib import Path

import psutil

import site_settings
from phaseout.database import embedded
from serving import has_ended, until


def remove_home(home: Path) -> None:
    """End what runs in `home`, then remove it. Its server need not write down what it holds."""
    if home.exists():
        for process in psutil.process_iter():
            if _is_of_site(process, home):
                _end(process.pid, signal.SIGKILL)
        if (pid := embedded.status(home).pid) is not None:
            _end(pid, signal.SIGQUIT)
        shutil.rmtree(home, ignore_errors=True)


def _end(pid: int, how: signal.Signals) -> None:
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        process.send_signal(how)
        until(lambda: has_ended(process))


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
            with suppress(OSError, psutil.NoSuchProcess):  # another run may be removing it too
                remove_home(home)
