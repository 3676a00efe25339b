"""Where the processes of a site lay their counts for /metrics side by side."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

MEMORY = Path("/dev/shm")
PREFIX = ".counts-"


@contextmanager
def folder_of_counts(home: Path) -> Iterator[Path]:
    """A folder for as long as the block lasts: in memory, where the system has such a place.

    The counts are written through mapped memory, and on a full disk that is not an error but the
    end of the process (SIGBUS): a site could not even be read any more. No count need outlive a
    restart. Where there is no such place they lie in `home`.
    """
    root = MEMORY if MEMORY.is_dir() and os.access(MEMORY, os.W_OK | os.X_OK) else home
    prefix = f"{PREFIX}phaseout-"
    _clear(root, prefix)
    with tempfile.TemporaryDirectory(dir=root, prefix=f"{prefix}{os.getpid()}-") as folder:
        yield Path(folder)


def _clear(root: Path, prefix: str) -> None:
    """What a site that was killed has left; the folder of one that runs is not touched."""
    for left in root.glob(f"{prefix}*"):
        number = left.name.removeprefix(prefix).split("-", 1)[0]
        if number.isdigit() and not psutil.pid_exists(int(number)):
            shutil.rmtree(left, ignore_errors=True)
