"""A folder of files: whole, or not there, whenever the program is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from phaseout.reporting import whole_folder
from phaseout.reporting.whole_folder import write_whole

KILLED = """
import os, signal, sys
from pathlib import Path
from phaseout.reporting import whole_folder
write, done = whole_folder._write, []
def dies(file, data):
    write(file, data)
    done.append(file)
    if len(done) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
whole_folder._write = dies
whole_folder.write_whole(Path(sys.argv[1]), {"a": b"1", "b": b"2", "c": b"3"})
"""


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_killed_in_the_middle_there_is_no_folder_and_the_next_run_tidies_up(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    killed = subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not folder.exists()
    assert len(names(tmp_path)) == 1, "what was being written lies beside, under a hidden name"
    write_whole(folder, {"a": b"1", "b": b"2"})
    assert (names(tmp_path), names(folder)) == (["report"], ["a", "b"])
    assert folder.stat().st_mode & 0o700 == 0o700


def test_a_folder_that_is_there_keeps_its_other_files_and_stands_if_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "report"
    write_whole(folder, {"a": b"1"})
    (folder / "mine.txt").write_text("x")
    write_whole(folder, {"a": b"2", "b": b"3"})
    assert names(folder) == ["a", "b", "mine.txt"]

    def full(file: Path, data: bytes) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(whole_folder, "_write", full)
    with pytest.raises(OSError, match="no space"):
        write_whole(folder, {"a": b"9"})
    assert (folder / "a").read_bytes() == b"2"
    assert names(tmp_path) == ["report"]
