"""Settings: read without a trace on the disk; what is unsafe is refused with what to do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from phaseout.law.refusals import Refusal
from phaseout.web.checks import safe_to_serve
from phaseout.web.environment import (
    django_database,
    keep_secret_key,
    secret_key,
    state_home,
    whole_number,
    yes_or_no,
)

ROOT = Path(__file__).parents[2]
GOOD_KEY = "kR3-vTq8_xWz1LmN5bYc7JhG2fDs9PoA4uEiQ6tHr0MnBvCxZlKjSdFgWyUeRtYu"


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env={**kept, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_passes_djangos_own_check_for_deployment(tmp_path: Path) -> None:
    checked = manage(
        "check",
        "--deploy",
        "--fail-level=WARNING",
        PHASEOUT_HOME=str(tmp_path / "home"),
        PHASEOUT_SECRET_KEY=GOOD_KEY,
        PHASEOUT_HOSTS="exit.example.gov.cn",
        PHASEOUT_ORIGINS="https://exit.example.gov.cn",
    )
    assert checked.returncode == 0, checked.stderr
    assert list(tmp_path.iterdir()) == []


def test_production_without_a_key_is_refused_and_makes_none(tmp_path: Path) -> None:
    checked = manage("check", PHASEOUT_HOME=str(tmp_path / "home"))
    assert checked.returncode == 1
    assert "phaseout.E101" in checked.stderr
    assert "phaseout db start" in checked.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", ["many", "-1", "1.5", "٣"])
def test_a_number_that_is_none_is_refused_by_name(given: str, monkeypatch: Any) -> None:
    monkeypatch.setenv("PHASEOUT_THREADS", given)
    with pytest.raises(Refusal, match="PHASEOUT_THREADS"):
        whole_number("PHASEOUT_THREADS", default=4)


@pytest.mark.parametrize(
    ("given", "taken"), [("", True), ("0", False), ("Off", False), ("1", True), ("yess", None)]
)
def test_encryption_is_not_switched_off_by_a_slip(
    given: str, taken: bool | None, monkeypatch: Any
) -> None:
    monkeypatch.setenv("PHASEOUT_TLS", given)
    if taken is None:
        with pytest.raises(Refusal, match="PHASEOUT_TLS=1"):
            yes_or_no("PHASEOUT_TLS", default=True)
    else:
        assert yes_or_no("PHASEOUT_TLS", default=True) is taken


UNSAFE: list[tuple[str, dict[str, Any]]] = [
    ("phaseout.E100", {"MODE": "prod"}),
    ("phaseout.E101", {"SECRET_KEY_IS_KEPT": False}),
    ("phaseout.E102", {"SECRET_KEY": "secret"}),
    ("phaseout.E102", {"SECRET_KEY": "ab" * 40}),
    ("phaseout.E103", {"ALLOWED_HOSTS": ["*"]}),
    ("phaseout.E111", {"SECOND_FACTOR_ROLES": ["leader", "administrators"]}),
    ("phaseout.E103", {"ALLOWED_HOSTS": []}),
    ("phaseout.E104", {"DEBUG": True}),
    ("phaseout.E105", {"EVIDENCE_ROOT": Path("/dev/null/evidence")}),
    ("phaseout.E106", {"CSRF_TRUSTED_ORIGINS": ["http://exit.example.gov.cn"]}),
    ("phaseout.W107", {"SECURE_SSL_REDIRECT": False}),
]


@pytest.fixture
def production(settings: Settings, tmp_path: Path) -> Settings:
    settings.DEMO = False
    settings.MODE = "production"
    settings.SECRET_KEY = GOOD_KEY
    settings.SECRET_KEY_IS_KEPT = True
    settings.ALLOWED_HOSTS = ["exit.example.gov.cn"]
    settings.EVIDENCE_ROOT = tmp_path
    settings.SECURE_SSL_REDIRECT = True
    settings.DEBUG = False
    return settings


def test_a_safe_production_has_nothing_to_complain_of(production: Settings) -> None:
    assert safe_to_serve(None) == []


@pytest.mark.parametrize(("found", "changes"), UNSAFE)
def test_what_is_unsafe_is_named_and_says_what_to_do(
    production: Settings, found: str, changes: dict[str, Any]
) -> None:
    for name, value in changes.items():
        setattr(production, name, value)
    messages = safe_to_serve(None)
    assert [message.id for message in messages] == [found]
    assert messages[0].hint


def test_a_demonstration_may_be_careless(production: Settings) -> None:
    production.DEMO, production.MODE = True, "demo"
    production.SECRET_KEY, production.ALLOWED_HOSTS = "short", ["*"]
    assert safe_to_serve(None) == []


def test_a_key_is_made_once_and_read_by_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PHASEOUT_SECRET_KEY", raising=False)
    assert secret_key(tmp_path) != secret_key(tmp_path)  # none is kept yet
    keep_secret_key(tmp_path)
    key = secret_key(tmp_path)
    keep_secret_key(tmp_path)
    assert secret_key(tmp_path) == key
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_the_state_of_root_is_outside_any_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PHASEOUT_HOME")
    monkeypatch.setenv("PHASEOUT_MODE", "demo")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert state_home() == Path("/var/lib/phaseout/demo")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setenv("XDG_STATE_HOME", "/home/officer/.local/state")
    assert state_home() == Path("/home/officer/.local/state/phaseout/demo")


def test_every_word_of_an_address_reaches_django() -> None:
    from phaseout.database import Address

    url = "postgresql://office:se%40cret@db.example:5433/exit?sslmode=verify-full"
    made = django_database(Address.of_url(url), threads=4)
    assert (made["NAME"], made["USER"], made["PASSWORD"]) == ("exit", "office", "se@cret")
    assert (made["HOST"], made["PORT"]) == ("db.example", "5433")
    assert made["OPTIONS"]["sslmode"] == "verify-full"
    assert made["OPTIONS"]["pool"]["max_size"] > 4


def test_every_variable_is_explained_to_the_operator() -> None:
    explained = (ROOT / "docs" / "operators" / "settings.md").read_text(encoding="utf-8")
    sources = (ROOT / "src" / "phaseout").rglob("*.py")
    text = " ".join(source.read_text(encoding="utf-8") for source in sources)
    internal = {"PHASEOUT_PARENT", "PHASEOUT_SERVES_PAGES"}
    for variable in set(re.findall(r"PHASEOUT_[A-Z_]+[A-Z]", text)) - internal:
        assert f"`{variable}`" in explained, variable
