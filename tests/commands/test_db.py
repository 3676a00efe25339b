"""`phaseout db`: what an operator types, in the order of a life."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest
from click.testing import CliRunner, Result

from leftovers import remove_home
from phaseout.cli import main
from phaseout.database import embedded


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    place = Path(f"/tmp/pht-{os.getpid()}-c")
    monkeypatch.setenv("PHASEOUT_HOME", str(place))
    monkeypatch.delenv("PHASEOUT_SECRET_KEY")
    yield place
    remove_home(place)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["db", *arguments])


def told(*arguments: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run(*arguments, "--json").stdout)
    return answer


def test_the_life_of_an_embedded_database(home: Path, tmp_path: Path) -> None:
    assert run("status").exit_code == 1
    assert told("status")["running"] is False
    assert not home.exists()

    assert told("start")["started"] is True
    assert told("start")["started"] is False
    key = (home / "secret_key").read_text()
    assert len(key) > 60
    assert (home / "secret_key").stat().st_mode & 0o077 == 0
    state = told("status")
    assert state["running"] is True
    assert state["version"].startswith("18")

    file = tmp_path / "one.backup"
    assert run("backup", str(file)).exit_code == 0
    again = run("backup", str(file))
    assert again.exit_code == 1
    assert "[backup_file_exists]" in again.stderr
    assert "从不覆盖" in again.stderr
    with embedded.address(home).connect() as connection:
        connection.execute("CREATE TABLE later ()")
    restored = told("restore", str(file))
    assert told("status")["kept"] == [restored["kept_as"]]
    with embedded.address(home).connect() as connection:
        assert connection.execute("SELECT to_regclass('later')").fetchone() == (None,)

    assert told("stop") == {"stopped": True}
    assert told("stop") == {"stopped": False}
    assert (home / "secret_key").read_text() == key
    refused = run("backup", str(tmp_path / "two.backup"), "--json")
    assert refused.exit_code == 1
    assert json.loads(refused.stdout)["refused"] == "database_not_reached"


def test_a_database_of_ones_own_is_neither_started_nor_stopped(
    home: Path, monkeypatch: pytest.MonkeyPatch, embedded_home: Path
) -> None:
    host = embedded.address(embedded_home).words["host"]
    monkeypatch.setenv("DATABASE_URL", f"postgresql:///postgres?host={host}&user=postgres")
    for command in ("start", "stop"):
        refused = run(command)
        assert refused.exit_code == 1
        assert "[database_is_not_embedded]" in refused.stderr
    state = told("status")
    assert state["running"] is True
    assert "folder" not in state
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:secret@127.0.0.1:9/none")
    answer = run("status")
    assert answer.exit_code == 1
    assert "secret" not in answer.output
    assert "Connection refused" in answer.output


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        (
            psycopg.errors.DiskFull("no extent\nHINT: free"),
            "database_failed",
            "no extent HINT: free.",
        ),
        (
            duckdb.IOException("Could not write: No space left on device"),
            "file_not_usable",
            "space",
        ),
    ],
)
def test_a_database_or_a_disk_that_fails_in_the_middle_is_said_in_words(
    home: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception, code: str, words: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("phaseout.database.backup.write", fails)
    refused = run("backup", str(home / "one.backup"), "--json")
    assert refused.exit_code == 1
    told = json.loads(refused.stdout)
    assert told["refused"] == code
    assert words in told["why"]["en"]
