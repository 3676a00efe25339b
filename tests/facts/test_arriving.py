"""Files that are written appear whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from phaseout.facts.arriving import arriving
from phaseout.law.refusals import Refusal


def test_a_file_broken_off_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "f.csv"
    target.write_text("before")
    with pytest.raises(KeyboardInterrupt), arriving(target) as beside:
        beside.write_text("half")
        raise KeyboardInterrupt
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_is_done_takes_its_name_in_a_folder_made_for_it(tmp_path: Path) -> None:
    target = tmp_path / "new" / "f.csv"
    with arriving(target) as beside:
        beside.write_text("whole")
        assert not target.exists()
    assert target.read_text() == "whole"


def test_a_place_that_cannot_be_written_says_what_why_and_what_instead(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal) as refused, arriving(tmp_path / "file" / "f.csv"):
        pytest.fail("never begun")
    assert refused.value.code == "not_writable"
