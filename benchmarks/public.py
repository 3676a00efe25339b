"""The public list page under load, beside a static file of the same bytes.

One process of the site with one worker of granian, as `phaseout serve` starts it, on one core of
the two; the load comes from a process of its own on the other, over keep-alive connections: wrk
where it is installed, else a small generator (below). In turns, best of the rounds:

    static      the same bytes as a file, served by WhiteNoise from the same worker
    page        the list page: each request asks the database whether it is still right
    made anew   the same page with another query string each time, so that none is kept

Then, with the load still on, an edition is published: how many of the answers that began after the
commit were still the old page (there must be none).
"""

from __future__ import annotations

import os
import re
import selectors
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.site import fresh_site

ROWS = 2_000
CONNECTIONS = 16
SECONDS = 5.0
ROUNDS = 3
LIST = "/public/lists/yellow-energy/"
FILE = "bench/list.html"
AIM = 0.5


def run(size: float = 1.0) -> None:
    with fresh_site(durable=True) as home:
        _publish(max(100, int(ROWS * size)))
        page = _page_as_file(home)
        print(f"{len(page):,} bytes a page, {CONNECTIONS} connections")
        with _served(home) as at:
            assert _get(at, f"/static/{FILE}") == page == _get(at, LIST)
            _compare(at, max(0.5, SECONDS * size))
            _publish_under_load(at)


def smoke() -> None:
    """Two editions, and the page of the later; without load."""
    with fresh_site() as home:
        _publish(20)
        _publish(10)
        if b"/2/" not in _page_as_file(home):
            raise SystemExit("the later edition is not shown")


def _compare(at: str, seconds: float) -> None:
    asked = {
        "static": f"/static/{FILE}", "page": LIST, "made anew": f"{LIST}?q=%zz",
    }  # fmt: skip
    best = dict.fromkeys(asked, 0.0)
    for _ in range(ROUNDS):
        for name, path in asked.items():
            best[name] = max(best[name], _rate(at, path, seconds, anew=name == "made anew"))
    for name, rate in best.items():
        print(f"{name:<12}{rate:>10,.0f} requests/s   ratio {rate / best['static']:.2f}")
    ratio = best["page"] / best["static"]
    print(f"page / static = {ratio:.2f} (aim: at least {AIM})")


def _publish_under_load(at: str) -> None:
    from django.db import connection

    load = _start(at, LIST, 3.0)
    time.sleep(1.0)
    _publish(10)
    stale = sum(b"/2/" not in _get(at, LIST) for _ in range(200))
    load.communicate()
    connection.close()
    print(f"after an edition appeared under load: {stale} of 200 answers were the old page")


def _publish(rows: int) -> None:
    """An edition of that many rows, written as publishing writes it."""
    from django.db import transaction

    from phaseout.disclosure.lists.log.appending import Happened, append
    from phaseout.disclosure.lists.models import Draft, Edition, Entry, ListAct
    from phaseout.law.lists.columns import public_part

    kind, on, at = "yellow-energy", date(2018, 3, 15), datetime(2018, 3, 15, 2, tzinfo=UTC)
    with transaction.atomic():
        act = ListAct.objects.create(
            kind="publish", list_kind=kind, division_code="640000", done_on=on, key=uuid4()
        )
        draft = Draft.objects.create(
            act=act, list_kind=kind, division_code="640000", as_of=at, on=on, digest=""
        )
        number = Edition.objects.filter(list_kind=kind).count() + 1
        edition = Edition.objects.create(
            act=act, draft=draft, document=f"宁经信公告〔2018〕{act.pk}号", list_kind=kind,
            number=number, as_of=at, published_on=on,
            published_at=at, organisation_zh="自治区经济和信息化委员会", organisation_en="",
            count=rows, content=[], digest=f"{number:064d}",
        )  # fmt: skip
        made = [_entry(edition, n, public_part) for n in range(1, rows + 1)]
        Entry.objects.bulk_create(made, batch_size=1000)
        append([Happened("published", kind, number, on, {})])


def _entry(edition: Any, n: int, public_part: Any) -> Any:
    from phaseout.disclosure.lists.models import Entry

    row = {
        "name": f"（虚构）第{n}实业有限公司", "uscc": f"91640100MA{n:08d}",
        "division_code": "640104", "industry": "cement", "line": f"{n}号窑",
        "dimension": "energy", "since": "2018-03-01", "rectify_by": "2018-09-03",
        "matter": "可比熟料综合煤耗（GB16780-2012 4.1）",
        "authority": {"zh": "自治区经济和信息化委员会", "en": ""},
    }  # fmt: skip
    return Entry(
        edition=edition, place=n, ground=uuid4(), uscc=row["uscc"], name=row["name"],
        division_code=row["division_code"], industry=row["industry"],
        columns=public_part("yellow-energy", row),
    )  # fmt: skip


def _page_as_file(home: Path) -> bytes:
    """The page's bytes, laid down among the static files before the server looks at them."""
    from django.test import Client

    from phaseout.web.serving.preparing import _collect_static

    root = home / "static"
    _collect_static(root)
    answer = Client(SERVER_NAME="localhost").get(LIST)
    assert answer.status_code == 200, answer.status_code
    file = root / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(answer.content)
    return bytes(answer.content)


@contextmanager
def _served(home: Path) -> Iterator[str]:
    """The address of one worker that serves the installation, on the first core."""
    from phaseout.web.environment import SERVES_PAGES

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = f"from phaseout.web.serving.site_process import main; main('127.0.0.1', {port}, 1)"
    env = {
        **os.environ, SERVES_PAGES: "1", "PHASEOUT_HOME": str(home),
        "PHASEOUT_PUBLIC_RATE": "1000000000", "PHASEOUT_LOG_LEVEL": "error",
    }  # fmt: skip
    pipe, ours = os.pipe()  # the process ends when this one does
    env["PHASEOUT_PARENT"] = str(pipe)
    server = subprocess.Popen([*_on_core(0), sys.executable, "-c", code], env=env, pass_fds=[pipe])
    try:
        _until_it_answers(f"127.0.0.1:{port}")
        yield f"127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)
        os.close(ours)
        os.close(pipe)


def _on_core(number: int) -> list[str]:
    found = shutil.which("taskset")
    return [found, "-c", str(number % (os.cpu_count() or 1))] if found else []


def _until_it_answers(at: str) -> None:
    for _ in range(300):
        try:
            _get(at, "/healthz")
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(at)


def _get(at: str, path: str) -> bytes:
    request = urllib.request.Request(f"http://{at}{path}", headers={"Host": "localhost"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        body: bytes = answer.read()
        return body


def _rate(at: str, path: str, seconds: float, *, anew: bool) -> float:
    """Requests a second, as the load counts them."""
    if shutil.which("wrk") and not anew:
        out, _ = _start(at, path, seconds).communicate()
        found = re.search(rb"Requests/sec:\s*([\d.]+)", out)
        assert found is not None, out
        return float(found.group(1))
    load = [*_on_core(1), sys.executable, "-m", "benchmarks.public", at, path, str(seconds)]
    return float(subprocess.run(load, check=True, capture_output=True).stdout)


def _start(at: str, path: str, seconds: float) -> subprocess.Popen[bytes]:
    wrk = shutil.which("wrk")
    if wrk is None:
        command = [sys.executable, "-m", "benchmarks.public", at, path, str(seconds)]
    else:
        how = [f"-d{max(1, round(seconds))}s", "-t1", f"-c{CONNECTIONS}", "-HHost: localhost"]
        command = [wrk, *how, f"http://{at}{path}"]
    return subprocess.Popen([*_on_core(1), *command], stdout=subprocess.PIPE)


def load(at: str, path: str, seconds: float) -> float:
    """The generator: every connection asks again as soon as its answer is whole. `%zz` in the path
    is another number each time."""
    host, _, port = at.partition(":")
    numbers = count()
    waiting = selectors.DefaultSelector()

    def ask(sock: socket.socket) -> None:
        address = path.replace("%zz", str(next(numbers)))
        sock.send(f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())

    for _ in range(CONNECTIONS):
        sock = socket.create_connection((host, int(port)))
        waiting.register(sock, selectors.EVENT_READ, bytearray())
        ask(sock)
    done, began = 0, time.perf_counter()
    while (now := time.perf_counter()) - began < seconds:
        for key, _ in waiting.select(1.0):
            key.data.extend(key.fileobj.recv(262_144))  # type: ignore[union-attr]
            if _whole(key.data):
                key.data.clear()
                done += 1
                ask(key.fileobj)  # type: ignore[arg-type]
    for key in list(waiting.get_map().values()):
        key.fileobj.close()  # type: ignore[union-attr]
    return done / (now - began)


def _whole(answer: bytearray) -> bool:
    """Whether an answer is there to its last byte; an answer that is no page ends the run."""
    head, end, body = answer.partition(b"\r\n\r\n")
    if not end:
        return False
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.decode(errors="replace"))
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    assert length is not None, head
    return len(body) >= int(length.group(1))


if __name__ == "__main__":
    print(load(sys.argv[1], sys.argv[2], float(sys.argv[3])))
