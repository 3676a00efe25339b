"""What several rooms test with: one small province and one judgement of it, made once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from phaseout.findings import Judgement, judge
from phaseout.province.making import Wish, make

ON = date(2018, 3, 15)


@pytest.fixture(scope="session")
def small_province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A messy province of 26 enterprises; judge it with bad rows left out."""
    folder = tmp_path_factory.mktemp("province") / "facts"
    make(Wish(seed=7, enterprises=26, on=ON, months=1), folder)
    return folder


@pytest.fixture(scope="session")
def small_judgement(small_province: Path) -> Iterator[Judgement]:
    with judge(small_province, on=ON, bad_rows="leave_out") as judgement:
        yield judgement
