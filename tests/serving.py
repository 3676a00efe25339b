"""A site as its operator has it: real processes, real server, real worker; for a few tests only."""

from __future__ import annotations

import contextlib
import inspect
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import IO, Any, TypeVar

import psutil
import psycopg

from phaseout.database import embedded

PATIENCE = 300.0
"""Seconds that something may take on a machine that is busy with everything else."""

Found = TypeVar("Found")


def phaseout(
    home: Path, *arguments: str, out: int | IO[str] = subprocess.PIPE
) -> subprocess.Popen[str]:
    """`phaseout …` in demo mode for the installation in `home`, as a process of its own session."""
    return subprocess.Popen(
        [sys.executable, "-m", "phaseout.cli", *arguments],
        env=_environment(home),
        stdout=out,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def run(home: Path, *arguments: str) -> str:
    """Run a command to its end; it must succeed. What it said."""
    said, _ = (process := phaseout(home, *arguments)).communicate(timeout=PATIENCE * 3)
    assert process.returncode == 0, said
    return said


def until(holds: Callable[[], Found], seconds: float = PATIENCE) -> Found:
    """Wait until it holds (is true); what it then is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.05)
    raise AssertionError(f"does not hold after {seconds:.0f} s: {inspect.getsource(holds)}")


def ended(process: subprocess.Popen[str]) -> bool:
    """False: it runs. One that was to run on fails the test, with what it said."""
    assert process.poll() is None, process.communicate()[0]
    return False


def kill(process: subprocess.Popen[str]) -> None:
    """SIGKILL to it and to all it started: the machine lost its power, but for the database."""
    family = [psutil.Process(process.pid)]
    family += family[0].children(recursive=True)
    for member in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            member.send_signal(signal.SIGKILL)
    process.communicate()


@dataclass
class Site:
    """`phaseout serve` over an installation whose database already runs. What it says goes into a
    file: a pipe that nobody reads is full after some time, and then the site stands still."""

    home: Path
    port: int = field(default_factory=lambda: free_port())
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        serve = ("serve", f"--port={self.port}", "--workers=1")
        with self.said.open("a") as out:
            self.process = phaseout(self.home, *serve, out=out)
        until(self.is_ready)

    @property
    def said(self) -> Path:
        return self.home / "said.txt"

    def is_ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.said.read_text()
        return self.get("/readyz")[0] == 200

    def stop(self) -> tuple[int, str]:
        """SIGTERM, and wait for the end: exit code and all that was said."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(timeout=PATIENCE), self.said.read_text()

    def kill(self) -> None:
        assert self.process is not None
        if self.process.poll() is None:
            kill(self.process)

    def get(self, path: str) -> tuple[int, str, Message]:
        """Status (0: no answer), text and headers."""
        try:
            address = f"http://127.0.0.1:{self.port}{path}"
            with urllib.request.urlopen(address, timeout=PATIENCE) as got:
                return got.status, got.read().decode(), got.headers
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode(), refused.headers
        except OSError:
            return 0, "", Message()

    def child(self, name: str) -> psutil.Process | None:
        """The process of this name (`site_process`, `worker_process`), if it runs."""
        assert self.process is not None
        for process in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.Error):  # it may just be going
                if any(name in part for part in process.cmdline()):
                    return process
        return None


def connect(home: Path) -> psycopg.Connection:
    return embedded.address(home).connect()


def rows(home: Path, query: str) -> Sequence[tuple[Any, ...]]:
    with connect(home) as connection:
        return connection.execute(query.encode()).fetchall()


@contextlib.contextmanager
def held_up(home: Path, table: str, mode: str = "SHARE") -> Iterator[None]:
    """Whoever writes to the table waits meanwhile (with ACCESS EXCLUSIVE: whoever reads it too)."""
    with connect(home) as connection, connection.transaction():
        connection.execute(f"LOCK TABLE {table} IN {mode} MODE".encode())
        yield


def waits(home: Path, table: str, who: str = "phaseout%") -> bool:
    """Somebody of that name waits for this table, which is locked."""
    waiting = (
        "SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted"
        f" AND relation = '{table}'::regclass AND application_name LIKE '{who}'"
    )
    return bool(rows(home, waiting))


def script(home: Path, code: str) -> str:
    """Run Python in the site's own settings, as `manage.py shell` would; what it printed."""
    process = _python(home, f"import django; django.setup()\n{code}")
    said, complaints = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, complaints
    return str(said)


def hear(process: subprocess.Popen[str], words: str) -> None:
    """Read what it says, line by line, until the words come (it may say other things before)."""
    assert process.stdout is not None
    said = []
    too_late = threading.Timer(PATIENCE, process.kill)
    too_late.start()
    try:
        for line in process.stdout:
            if words in line:
                return
            said.append(line)
    finally:
        too_late.cancel()
    raise AssertionError(f"never said {words!r}, but:\n{''.join(said)}")


def script_process(home: Path, serving: str) -> subprocess.Popen[str]:
    """One of the processes of a site, alone: `from phaseout.web.serving.…`."""
    return _python(home, f"from phaseout.web.serving.{serving}", stderr=subprocess.STDOUT)


def _python(home: Path, code: str, stderr: int = subprocess.PIPE) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env={**_environment(home), "DJANGO_SETTINGS_MODULE": "phaseout.web.settings"},
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
    )


def _environment(home: Path) -> dict[str, str]:
    kept = ("PATH", "HOME", "LANG", "PYTHONPATH")
    inherited = {name: os.environ[name] for name in kept if name in os.environ}
    return {**inherited, "PHASEOUT_HOME": str(home), "PHASEOUT_MODE": "demo"}


def has_ended(process: psutil.Process) -> bool:
    """Gone, or nothing of it is left but its number, which nobody asked for."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def free_port() -> int:
    """A port nobody has, below those that the system gives to whoever asks for any: while the site
    is away for a moment no other test, nor a browser, comes to have it."""
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as trial, contextlib.suppress(OSError):
            trial.bind(("127.0.0.1", port))
            return port
    raise AssertionError("none of a hundred ports is free")
