"""Keeps the two processes of a site running, and ends them together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import structlog

from phaseout.law.refusals import Refusal
from phaseout.web.environment import SERVES_PAGES, database_is_embedded
from phaseout.web.serving.counting import folder_of_counts
from phaseout.web.serving.database_kept import DatabaseKept
from phaseout.web.serving.parent import GRACE, VARIABLE

LONG_ENOUGH = 30.0
"""Seconds after which a process that dies has worked: the next start is at once again."""

LONGEST_PAUSE = 30.0
FIRST_TRIES = 4
"""So often may the site die before it ever answered; then its start is given up."""

logger = structlog.get_logger("phaseout.serve")


@dataclass
class Part:
    """One of the processes, and how often it died in a row."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    pipe: int
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    failures: int = 0
    start_at: float = field(default=0.0)

    def start(self) -> None:
        # A session of its own: Ctrl-C in the terminal reaches us alone, and we end both in order.
        self.process = subprocess.Popen(
            self.command,
            env=dict(self.environment),
            pass_fds=(self.pipe,),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.began = time.monotonic()

    def see(self, now: float) -> None:
        """Notice that it died, and start it again when its pause is over."""
        if self.process is not None and (code := self.process.poll()) is not None:
            self.failures = 1 if now - self.began > LONG_ENOUGH else self.failures + 1
            pause = 0.0 if self.failures == 1 else min(2.0 ** (self.failures - 1), LONGEST_PAUSE)
            self.start_at, self.process = now + pause, None
            logger.error("process_died", name=self.name, exit_code=code, again_in_s=pause)
        if self.process is None and now >= self.start_at:
            self.start()


class _Told:
    """What signals have told us: to stop, and (a Ctrl-C while stopping) not to wait."""

    def __init__(self) -> None:
        self.stop, self.at_once = threading.Event(), threading.Event()

    def hear(self, number: int, frame: FrameType | None) -> None:
        if self.stop.is_set() and number == signal.SIGINT:
            self.at_once.set()
        self.stop.set()


def serve(
    host: str, port: int, workers: int, *, home: Path, on_ready: Callable[[str], None]
) -> None:
    """Serve until SIGTERM or SIGINT; `on_ready` gets the address once the site answers.

    Raises:
        Refusal: `port_in_use`, `port_not_allowed`, `host_unusable`, `site_keeps_failing`.
    """
    check_port(host, port)
    told = _Told()
    before = {s: signal.signal(s, told.hear) for s in (signal.SIGTERM, signal.SIGINT)}
    ours, theirs = os.pipe()
    try:
        with folder_of_counts(home) as counts:
            parts = _parts(host, port, workers, pipe=ours, counts=str(counts))
            database = DatabaseKept(home) if database_is_embedded() else None
            try:
                _watch(parts, database, told, address_of(host, port), on_ready)
            finally:
                _stop(parts, told)
                if database is not None:
                    database.wait()
    finally:
        os.close(theirs)
        os.close(ours)
        for number, handler in before.items():
            signal.signal(number, handler)


def address_of(host: str, port: int) -> str:
    """The address a person here types."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def check_port(host: str, port: int) -> None:
    """Whether we can have the port; asked before anything else is done.

    Raises:
        Refusal: `port_in_use`, `port_not_allowed`, `host_unusable`.
    """
    try:
        family, kind, *_, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(where)
            trial.listen()
    except PermissionError:
        raise _port_not_allowed(port) from None
    except socket.gaierror as problem:
        raise _host_unusable(host, problem.strerror or "") from None
    except OSError as problem:
        if problem.errno in (98, 48):  # EADDRINUSE on Linux and on macOS
            raise _port_in_use(port) from None
        raise _host_unusable(host, problem.strerror or "") from None


def _parts(host: str, port: int, workers: int, *, pipe: int, counts: str) -> list[Part]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "phaseout.web.settings",
        "PROMETHEUS_MULTIPROC_DIR": counts,
        VARIABLE: str(pipe),
    }
    site = f"site_process import main; main({host!r}, {port}, {workers})"
    work = "worker_process import main; main()"
    return [
        Part(name, [sys.executable, "-c", f"from phaseout.web.serving.{does}"], has, pipe)
        for name, does, has in (
            ("site", site, {**environment, SERVES_PAGES: "1"}),
            ("worker", work, environment),
        )
    ]


def _watch(
    parts: list[Part],
    database: DatabaseKept | None,
    told: _Told,
    address: str,
    on_ready: Callable[[str], None],
) -> None:
    ready = False
    while not told.stop.wait(0.2):
        now = time.monotonic()
        if database is not None:
            database.see(now)
        for part in parts:
            part.see(now)
        if not ready and parts[0].failures >= FIRST_TRIES:
            raise _keeps_failing()
        if not ready and _answers(address):
            ready = True
            on_ready(address)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _stop(parts: list[Part], told: _Told) -> None:
    """Ask both to end: requests and jobs in hand are finished, for as long as the grace lasts."""
    running = [part.process for part in parts if part.process is not None]
    for process in running:
        process.terminate()
    until = time.monotonic() + GRACE
    while any(process.poll() is None for process in running):
        if time.monotonic() > until or told.at_once.wait(0.05):
            logger.warning("killed", words="not finished in time; jobs will be taken up again")
            for process in running:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
            break
    for process in running:
        process.wait()


def _port_in_use(port: int) -> Refusal:
    return Refusal(
        "port_in_use",
        what=("不能启动网站", "the site does not start"),
        why=(f"端口 {port} 已被占用。", f"the port {port} is in use."),
        instead=(
            f"请停止占用它的程序，或换一个端口，例如 phaseout serve --port {port + 1}。",
            f"Stop what uses it, or take another: phaseout serve --port {port + 1}.",
        ),
    )


def _port_not_allowed(port: int) -> Refusal:
    return Refusal(
        "port_not_allowed",
        what=("不能启动网站", "the site does not start"),
        why=(f"没有权限使用端口 {port}。", f"we may not use the port {port}."),
        instead=("请使用 1024 以上的端口。", "Take a port above 1024."),
    )


def _host_unusable(host: str, why: str) -> Refusal:
    return Refusal(
        "host_unusable",
        what=("不能启动网站", "the site does not start"),
        why=(f"本机没有地址 {host}（{why}）。", f"this machine has no address {host} ({why})."),
        instead=(
            "请使用 127.0.0.1（仅本机）或 0.0.0.0（所有网卡）。",
            "Take 127.0.0.1 (this machine only) or 0.0.0.0 (every network).",
        ),
    )


def _keeps_failing() -> Refusal:
    return Refusal(
        "site_keeps_failing",
        what=("网站未能启动", "the site did not start"),
        why=("网页进程一再退出。", "the process that serves pages dies again and again."),
        instead=("请查看上面的日志。", "See the log above."),
    )
