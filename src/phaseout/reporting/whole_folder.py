"""A folder of files that is there whole or not at all, whenever the program is killed."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files, by name, into a folder.

    A folder that is not there comes into being with all of them. In one that is there each file is
    replaced whole, once all are written beside it. What a killed run has left beside the folder is
    taken away by the next.

    Raises:
        OSError: the disk, or the place, does not allow it; the folder is as it was.
    """
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{folder.name}.arriving-"
    _tidy(folder.parent, prefix)
    arriving = Path(tempfile.mkdtemp(dir=folder.parent, prefix=prefix))
    held = os.open(arriving, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)  # goes with the process, however it ends
        for name, data in files.items():
            _write(arriving / name, data)
        if folder.exists():
            for name in files:
                (arriving / name).replace(folder / name)
        else:
            arriving.chmod(0o777 & ~_umask())
            arriving.rename(folder)
    finally:
        os.close(held)
        shutil.rmtree(arriving, ignore_errors=True)


def _write(file: Path, data: bytes) -> None:
    with file.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _tidy(parent: Path, prefix: str) -> None:
    """Take away what nobody is writing any more."""
    for left in parent.glob(f"{prefix}*"):
        held = os.open(left, os.O_RDONLY)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue
        finally:
            os.close(held)
        shutil.rmtree(left, ignore_errors=True)


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now
