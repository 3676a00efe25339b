"""Progress on stderr: each long step by a name that people know, in their language."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from phaseout.cli import main
from phaseout.facts.schema import tables


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("zh", ["读取企业 …", "读取能耗 …", "判定 …", "数据提示"]),
        ("en", ["read enterprises …", "judge …", "notices on the data"]),
    ],
)
def test_each_step_is_named_and_notices_are_counted_in_the_language_asked_for(
    small_province: Path, lang: str, lines: list[str]
) -> None:
    asked = ["judge", str(small_province), "--on", "2018-03-15", "--bad-rows", "leave-out"]
    said = CliRunner().invoke(main, [*asked, "--lang", lang])
    assert said.exit_code == 0
    *steps, notices = lines
    assert set(steps) <= set(said.stderr.splitlines())
    assert notices in said.stderr
    for table in tables():
        assert f"facts.{table}" not in said.stderr


def test_making_a_province_tells_its_progress_on_stderr(tmp_path: Path) -> None:
    said = CliRunner().invoke(
        main, ["province", "--enterprises", "2", "--months", "1", "--out", str(tmp_path / "p")]
    )
    assert said.exit_code == 0
    assert "生成示范数据 …" in said.stderr
    assert "生成示范数据" not in said.stdout
