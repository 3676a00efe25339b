"""`phaseout facts export`: all tables or none; tests/demo judges what it wrote."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from phaseout.commands.facts import _whole_or_not_at_all


def test_an_export_that_finds_the_disk_full_leaves_no_folder_with_some_of_the_tables(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(OSError, match="full"), _whole_or_not_at_all(folder) as arriving:
        (arriving / "enterprises.csv").write_text("uscc\n")
        raise OSError(errno.ENOSPC, "full")
    assert [*tmp_path.rglob("*")] == [folder]
    with _whole_or_not_at_all(folder) as arriving:
        (arriving / "enterprises.csv").write_text("uscc\n")
    assert [*tmp_path.rglob("*")] == [folder, folder / "enterprises.csv"]
