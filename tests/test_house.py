"""The house itself: arrows between rooms, no clock in the law, a repository that stands alone."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAW = ROOT / "src" / "phaseout" / "law"
CLOCKS = {"today", "now", "utcnow", "time", "monotonic", "localtime", "gmtime"}
TEXTS = {".py", ".md", ".toml", ".csv", ".sql", ".html", ".css", ".js", ".lock", ".txt", ""}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\0")
    if listed == [""]:  # an unpacked archive has no git folder: look at what is there
        return [p for p in ROOT.rglob("*") if p.is_file() and ".venv" not in p.parts]
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def test_the_arrows_between_the_rooms_run_one_way() -> None:
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("file", sorted(LAW.rglob("*.py")), ids=lambda f: str(f.relative_to(LAW)))
def test_the_law_reads_no_clock(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    called = [
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    assert not CLOCKS & set(called), file


def test_every_dependency_gives_its_reason_where_it_is_declared() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text[text.index("dependencies = [") : text.index("[project.optional-dependencies]")]
    declared = [line for line in block.splitlines() if line.strip().startswith('"')]
    assert declared
    assert all("#" in line for line in declared)


@pytest.mark.parametrize(
    "lock", sorted((ROOT / "requirements").glob("*.lock")), ids=lambda f: f.name
)
def test_locks_carry_hashes_and_no_addresses(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert "://" not in text
    pinned = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line)]
    assert all("==" in line for line in pinned)


def test_nothing_reads_what_lies_beside_the_repository() -> None:
    beside = "/".join(("..", "shared"))  # written apart, so that this file does not name it
    rooted = "/".join(("", "work", ""))
    for file in tracked():
        if file.suffix not in TEXTS or "vendor" in file.parts:
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        assert beside not in text, file
        assert rooted not in text, file


def test_the_two_commands_of_the_readme_are_targets_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name in ("README.md", "README.zh.md"):
        readme = (ROOT / name).read_text(encoding="utf-8")
        for target in ("demo", "test"):
            assert f"make {target}" in readme
            assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_every_command_of_the_readme_exists() -> None:
    from phaseout.cli import COMMANDS

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`phaseout ([a-z]+)", readme))
    assert named == set(COMMANDS)


def test_package_data_reach_an_installed_package() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert build["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["src/phaseout"]
    for needed in ("law/norms/tables", "regions/ningxia", "real", "reporting/vendor"):
        assert any((ROOT / "src" / "phaseout" / needed).iterdir())
