"""`phaseout lists`: what anybody types to see editions, and to verify a proof without the site."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from typing import Any

import pytest
from click.testing import CliRunner

from phaseout.casework.audit.keys import private_key, public_pem
from phaseout.cli import main
from phaseout.commands import list_proofs, lists

YINCHUAN = "91640100MA00000001"


@pytest.fixture
def ask(office: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    for commands in (lists, list_proofs):
        monkeypatch.setattr(commands, "of_the_site", nullcontext)
    monkeypatch.setenv("PHASEOUT_HOME", str(office.home))

    def asked(*arguments: str, code: int = 0) -> Any:
        answer = CliRunner().invoke(main, ["lists", *arguments])
        assert answer.exit_code == code, answer.output
        return answer.stdout

    return asked


def test_an_edition_is_proved_by_a_file_and_verified_without_the_site(
    office, ask, tmp_path
) -> None:
    assert "尚未公布" in ask("editions")
    journey = office.ordered()
    _, on = office.edition(journey.day)
    journey.day = on
    journey.do("withdraw_case")
    office.edition(on)
    found = json.loads(ask("editions", "yellow-energy", "--json"))["editions"]
    assert [one["number"] for one in found] == [2, 1]
    assert ask("diff", "yellow-energy", "1", "2").startswith(f"- {YINCHUAN}")

    file, key = tmp_path / "proof.json", tmp_path / "office.pem"
    key.write_bytes(public_pem(private_key(office.home).public_key()))
    ask("prove", "yellow-energy", "--enterprise", YINCHUAN, "--out", str(file))
    assert _alone("verify", str(file), "--key", str(key)).returncode == 0
    file.write_text(file.read_text().replace('\\"edition\\":1', '\\"edition\\":3', 1))
    wrong = _alone("verify", str(file), "--key", str(key))
    assert (wrong.returncode, "[not-included]" in wrong.stderr) == (1, True)

    first = json.loads(ask("head"))["size"]
    grown = tmp_path / "grown.json"
    grown.write_text(ask("head", "--since", str(first)))
    assert "没有改动" in ask("verify", str(grown))
    ask("head", "--since", "999", code=1)
    ask("prove", "yellow-energy", "--edition", "9", code=1)
    ask("prove", "yellow-energy", code=2)
    ask("diff", "green", "1", "2", code=1)
    grown.write_text("no json")
    ask("verify", str(grown), code=1)


def test_all_published_editions_verify_offline_and_one_that_was_tampered_with_is_named(
    office, ask, tmp_path
) -> None:
    proofs = tmp_path / "proofs"
    ask("prove", "--all", str(proofs), code=1)
    assert not proofs.exists(), "nothing published, nothing written"
    journey = office.ordered()
    _, on = office.edition(journey.day)
    office.ordered("L2", "91640100MA00000002")
    office.edition(on)
    ask("prove", "--all", str(proofs))
    key = str(proofs / "office.pem")
    whole = _alone("verify", str(proofs), "--key", key)
    assert (whole.returncode, "2份属实，0份不实" in whole.stdout) == (0, True), whole.stderr

    file = proofs / "yellow-energy-2.proof.json"
    file.write_text(file.read_text().replace("云岭水泥", "另一水泥", 1))
    (proofs / "yellow-energy-3.proof.json").write_text("no json")
    told = json.loads(ask("verify", str(proofs), "--key", key, "--json", code=1))
    assert {one["file"]: [w["code"] for w in one["wrong"]] for one in told["files"]} == {
        "yellow-energy-1.proof.json": [],
        "yellow-energy-2.proof.json": ["edition"],
        "yellow-energy-3.proof.json": ["not-json"],
    }
    ask("verify", str(tmp_path / "nothing"), code=2)


def _alone(*arguments: str) -> Any:
    """In a process of its own, with no database that could be asked."""
    nowhere = {"PATH": os.environ["PATH"], "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    return subprocess.run(
        [sys.executable, "-m", "phaseout.cli", "lists", *arguments],
        capture_output=True, text=True, env=nowhere, check=False,
    )  # fmt: skip
