"""Where this installation keeps its state, and its secret key."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def state_home() -> Path:
    """The folder of the installation: PHASEOUT_HOME, or the system's place for state.

    Root keeps it outside any home folder: the embedded server runs as its own OS user and opens
    every folder above its data.
    """
    named = os.environ.get("PHASEOUT_HOME")
    if named:
        return Path(named)
    mode = os.environ.get("PHASEOUT_MODE", "production")
    if os.geteuid() == 0:
        return Path("/var/lib/phaseout") / mode
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "phaseout" / mode


def read_secret_key(home: Path, *, demo: bool) -> str:
    """PHASEOUT_SECRET_KEY, or the key this installation made for itself on its first start."""
    named = os.environ.get("PHASEOUT_SECRET_KEY")
    if named:
        return named
    place = home / "secret_key"
    if not place.exists():
        home.mkdir(parents=True, exist_ok=True, mode=0o755)
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return place.read_text()
