"""What the environment says of this installation: its folder, its key, its database.

Reading it changes nothing on the disk; `keep_secret_key` is called by the commands that start.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

from phaseout.database import Address
from phaseout.database.embedded import address
from phaseout.database.reach import AS_SITE, ROLE, cleared
from phaseout.law.refusals import Bilingual, Refusal

SECRET_FILE = "secret_key"
YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
SERVES_PAGES = "PHASEOUT_SERVES_PAGES"
"""Set by `web.wsgi`: this process answers requests and does nothing else."""


def state_home() -> Path:
    """The folder of the installation: PHASEOUT_HOME, or the system's place for state.

    Root keeps it outside any home folder, which is closed to the OS user of the embedded server.
    """
    named = os.environ.get("PHASEOUT_HOME")
    if named:
        return Path(named).absolute()
    mode = os.environ.get("PHASEOUT_MODE", "production")
    if os.geteuid() == 0:
        return Path("/var/lib/phaseout") / mode
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "phaseout" / mode


def secret_key(home: Path) -> str:
    """PHASEOUT_SECRET_KEY, or the key this installation keeps for itself.

    Where there is neither, a key that dies with the process: enough for `makemigrations` and the
    like; the check `phaseout.E101` lets no site start with it.
    """
    return os.environ.get("PHASEOUT_SECRET_KEY") or _kept(home) or secrets.token_urlsafe(64)


def secret_key_is_kept(home: Path) -> bool:
    """Whether the key will be the same after a restart and in every process."""
    return bool(os.environ.get("PHASEOUT_SECRET_KEY") or _kept(home))


def keep_secret_key(home: Path) -> None:
    """See that the installation has a key; one that is there is never replaced."""
    if secret_key_is_kept(home):
        return
    handle, arriving = tempfile.mkstemp(dir=home, prefix=".arriving-")  # mode 0600
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        os.link(arriving, home / SECRET_FILE)  # whole, and only if nobody else was quicker
    except FileExistsError:
        pass
    finally:
        Path(arriving).unlink()


def _kept(home: Path) -> str:
    try:
        return (home / SECRET_FILE).read_text(encoding="ascii").strip()
    except OSError:
        return ""


def whole_number(name: str, *, default: int) -> int:
    """The variable `name` as a whole number, zero or more; `default` where it is not set or empty.

    Raises:
        Refusal: `setting_unreadable`.
    """
    given = os.environ.get(name, "").strip()
    if not given:
        return default
    if given.isascii() and given.isdigit():
        return int(given)
    raise _unreadable(
        name, given, ("应为非负整数，例如", "a whole number is expected, such as"), default
    )


def yes_or_no(name: str, *, default: bool) -> bool:
    """The variable `name` as 1 or 0. A slip of the pen must not switch encryption off.

    Raises:
        Refusal: `setting_unreadable`.
    """
    given = os.environ.get(name, "").strip().lower()
    if not given:
        return default
    if given in YES or given in NO:
        return given in YES
    raise _unreadable(name, given, ("应为1或0，例如", "1 or 0 is expected, such as"), int(default))


def _unreadable(name: str, given: str, expected: Bilingual, example: int) -> Refusal:
    return Refusal(
        "setting_unreadable",
        what=(f"不能使用设置 {name}", f"the setting {name} cannot be used"),
        why=(f"其值为“{given}”。", f"it is {given!r}."),
        instead=(
            f"{expected[0]} {name}={example}；见 docs/operators/settings.md。",
            f"{expected[1].capitalize()} {name}={example}; see docs/operators/settings.md.",
        ),
    )


def database_is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def database_address(home: Path) -> Address:
    """DATABASE_URL, or the embedded server of the installation.

    Raises:
        Refusal: `database_address_unreadable`.
    """
    url = os.environ.get("DATABASE_URL")
    return Address.of_url(url) if url else address(home)


def django_database(where: Address, *, threads: int, serves_pages: bool = False) -> dict[str, Any]:
    """The address in Django's words, with a pool that has a connection for every thread.

    Connections that serve pages act as a role that sees only the rows it is given to see; all
    others see everything (docs/decisions/0030-row-security.md).
    """
    pool: dict[str, Any] = {"min_size": 1, "max_size": threads + 2, "timeout": 5}
    pool["reset"] = cleared(ROLE if serves_pages else "none")
    words = dict(where.words)
    if serves_pages:
        words["options"] = f"{words.get('options', '')} {AS_SITE}".strip()
    named = {key: words.pop(key.lower(), "") for key in ("USER", "PASSWORD", "HOST", "PORT")}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": words.pop("dbname"),
        **named,
        "OPTIONS": {
            "application_name": "phaseout site" if serves_pages else "phaseout",
            "connect_timeout": "5",
            # Of statements with values beside them (casework.rows); Django itself sends none such.
            "prepare_threshold": 5,
            **words,
            # A request that finds the database gone is told so after seconds, not minutes.
            "pool": pool,
        },
        "CONN_HEALTH_CHECKS": True,
    }


def identity_provider() -> list[dict[str, Any]]:
    """The government's provider of identities in allauth's words; none where none is named."""
    server = os.environ.get("PHASEOUT_OIDC_SERVER", "")
    if not server:
        return []
    return [
        {
            "provider_id": "government",
            "name": os.environ.get("PHASEOUT_OIDC_NAME", "统一身份认证"),
            "client_id": os.environ.get("PHASEOUT_OIDC_CLIENT", ""),
            "secret": os.environ.get("PHASEOUT_OIDC_SECRET", ""),
            "settings": {
                "server_url": server,
                "uid_field": os.environ.get("PHASEOUT_OIDC_SUBJECT", "sub"),
                "oauth_pkce_enabled": True,
            },
        }
    ]
