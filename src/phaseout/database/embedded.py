"""The embedded PostgreSQL of an installation: start, stop, state.

It listens on a socket in its own data folder, which only its OS user (and root) can open.
"""

from __future__ import annotations

import fcntl
import os
import re
import shlex
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from phaseout.database.address import Address
from phaseout.database.configuration import INCLUDED, OWN_FILE, configuration, memory_here
from phaseout.database.folders import data_folder, prepare
from phaseout.database.programs import MAJOR, OsUser, Programs, os_user, programs_for
from phaseout.law.refusals import Refusal

DATABASE = "phaseout"
PATIENCE = 300.0
"""Seconds that a server may take to come up (after a crash it first reads its log again) or to go
(it first writes down what it holds)."""

WAITING = ("-w", "-t", f"{PATIENCE:.0f}")
STILL_THERE = ("pre-existing shared memory block", "lock file")
"""What a server says while the remains of a killed one are still going away."""


@dataclass(frozen=True, slots=True)
class Status:
    """The embedded server as it is now."""

    running: bool
    folder: Path
    pid: int | None = None
    log: Path | None = None


def address(home: Path) -> Address:
    """Where the database of the installation in `home` is."""
    return Address({"host": str(data_folder(home)), "user": "postgres", "dbname": DATABASE})


def start(home: Path, *, durable: bool = True) -> bool:
    """See that the server of `home` runs and holds the database; whether it was started just now.

    Raises:
        Refusal: `database_did_not_start`, `database_of_another_version`, and those of `folders`.
    """
    home = home.absolute()
    data = prepare(home, os_user())
    programs = programs_for(home)
    with _one_at_a_time(home):
        if _answers(home):
            _see_database(home)
            return False
        ran = _postmaster(data) is not None  # slow to answer, on a machine that is busy
        if not (data / "PG_VERSION").exists():
            _initialise(home, data, programs, durable=durable)
        _check_version(data)
        _write_configuration(data, programs.user, durable=durable)
        _launch(home, data, programs)
        _see_database(home)
        return not ran


def stop(home: Path) -> bool:
    """Stop the server of `home`; whether it ran. Open transactions are rolled back."""
    home = home.absolute()
    data = data_folder(home)
    if not (data / "postmaster.pid").exists():
        return False
    with _one_at_a_time(home):
        if _postmaster(data) is None:
            return False
        code, said = programs_for(home).run(
            *("pg_ctl", "stop", "-m", "fast", *WAITING, "-D", str(data)), seconds=PATIENCE + 30
        )
    if code != 0:
        raise _did_not("stop", "停止", said.strip())
    return True


def status(home: Path) -> Status:
    """Whether the server of `home` runs. Changes nothing."""
    data = data_folder(home.absolute())
    found = _postmaster(data)
    log = max((data / "log").glob("*.log"), key=lambda file: file.stat().st_mtime, default=None)
    return Status(found is not None, data, found.pid if found else None, log)


def was_stopped(home: Path) -> bool:
    """Whether the server that does not run was stopped in order, and has not just gone."""
    home = home.absolute()
    code, said = programs_for(home).run("pg_controldata", "-D", str(data_folder(home)))
    return code != 0 or re.search(r"cluster state: +shut down$", said, re.MULTILINE) is not None


@contextmanager
def _one_at_a_time(home: Path) -> Iterator[None]:
    """Two commands at once: the second waits, then finds a server that runs."""
    handle = os.open(home / ".starting", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _initialise(home: Path, data: Path, programs: Programs, *, durable: bool) -> None:
    """Make the data folder beside its place, then move it there: never half of one."""
    for left in home.glob(".pg-arriving-*"):
        shutil.rmtree(left)
    arriving = Path(tempfile.mkdtemp(dir=home, prefix=".pg-arriving-"))
    if programs.user is not None:
        os.chown(arriving, programs.user.uid, programs.user.gid)
    code, said = programs.run(
        "initdb",
        *("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"),
        # Order by code point, the same on every machine: an index on a code also serves prefixes.
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *([] if durable else ["--no-sync"]),
        f"--pgdata={arriving}",
        seconds=PATIENCE,
    )
    if code != 0:
        shutil.rmtree(arriving, ignore_errors=True)
        raise _did_not("start", "启动", _last_words(said))
    with (arriving / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(INCLUDED)
    if data.exists():
        data.rmdir()  # an empty folder; anything in it is not ours to remove
    arriving.rename(data)


def _check_version(data: Path) -> None:
    there = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    if there != str(MAJOR):
        raise Refusal(
            "database_of_another_version",
            what=("不能启动内置数据库", "the embedded database cannot start"),
            why=(
                f"{data} 中的数据属于 PostgreSQL {there}，本程序带的是 {MAJOR}。",
                f"the data in {data} is of PostgreSQL {there}, and we bring {MAJOR}.",
            ),
            instead=(
                "请用原版本程序执行 phaseout db backup，再用本版本执行 phaseout db restore。",
                "Back up with the program that made it (phaseout db backup), restore with this.",
            ),
        )


def _write_configuration(data: Path, user: OsUser | None, *, durable: bool) -> None:
    place = data / OWN_FILE
    beside = place.with_suffix(".arriving")
    beside.write_text(configuration(memory_here(), durable=durable), encoding="utf-8")
    beside.chmod(0o600)
    if user is not None:
        os.chown(beside, user.uid, user.gid)
    beside.replace(place)


def _launch(home: Path, data: Path, programs: Programs) -> None:
    """Start the server and wait until it answers; again while a killed one is still going away."""
    until = time.monotonic() + PATIENCE
    said = ""
    while time.monotonic() < until:
        if _postmaster(data) is None:
            _drop_foreign_pid(data)
            code, said = _pg_ctl_start(data, programs)
            if code != 0 and not any(sign in said for sign in STILL_THERE):
                raise _did_not("start", "启动", _last_words(said))
        if _answers(home):
            return
        time.sleep(0.2)
    raise _did_not("start", "启动", _last_words(said) or f"no answer within {PATIENCE:.0f} s")


def _pg_ctl_start(data: Path, programs: Programs) -> tuple[int, str]:
    log = data / "start.log"
    log.unlink(missing_ok=True)
    # Where it listens is not left to any file: on this socket, and nowhere on the network.
    where = f"-c listen_addresses='' -c unix_socket_directories={shlex.quote(str(data))}"
    code, said = programs.run(
        *("pg_ctl", "start", *WAITING, "-o", where, "-l", str(log), "-D", str(data)),
        seconds=PATIENCE + 30,
    )
    return code, log.read_text(encoding="utf-8", errors="replace") if log.exists() else said


def _postmaster(data: Path) -> psutil.Process | None:
    """The server's process, if the one named in its pid file is a server of this folder."""
    try:
        pid = int((data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
        process = psutil.Process(pid)
        mine = process.name() == "postgres" and str(data) in process.cmdline()
        return process if mine and process.status() != psutil.STATUS_ZOMBIE else None
    except (OSError, ValueError, psutil.Error):
        return None


def _drop_foreign_pid(data: Path) -> None:
    """After a crash another program may have got the old server's number, for example in a
    container that started anew: PostgreSQL would take it for a living server."""
    place = data / "postmaster.pid"
    try:
        process = psutil.Process(int(place.read_text(encoding="utf-8").split("\n", 1)[0]))
        if process.name() != "postgres":
            place.unlink()
    except (OSError, ValueError, psutil.Error):
        return  # no file, or nobody has the number: PostgreSQL itself clears that up


def _answers(home: Path) -> bool:
    try:
        address(home).named("postgres").connect(connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _see_database(home: Path) -> None:
    with address(home).named("postgres").connect() as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if there.fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _last_words(said: str) -> str:
    """The line that names the fault: after it initdb and pg_ctl go on about what they clear up."""
    lines = said.strip().splitlines()
    signs = ("FATAL", "PANIC", "ERROR", "error:", "could not")
    faults = [line for sign in signs for line in lines if sign in line]
    return (faults or lines[-1:] or [""])[0].rstrip(".")


def _did_not(what: str, what_zh: str, why: str) -> Refusal:
    return Refusal(
        f"database_did_not_{what}",
        what=(f"内置数据库未能{what_zh}", f"the embedded database did not {what}"),
        why=(f"PostgreSQL 称：{why}。", f"PostgreSQL says: {why}."),
        instead=(
            "请按所述原因处理（如磁盘空间、权限）后重试，日志见 phaseout db status；数据未作改动。",
            "Mend the cause (room on the disk, rights) and try again; `phaseout db status` names"
            " the log. The data has not been changed.",
        ),
    )
