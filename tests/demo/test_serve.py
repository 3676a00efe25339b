"""`phaseout serve` as real processes: it starts, is killed in the middle, loses its database, ends.

The demonstration is what it serves. The order of the tests is that of an operator's bad week.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import psutil
import pytest

from phaseout.database import embedded
from serving import (
    PATIENCE,
    Site,
    has_ended,
    hear,
    held_up,
    phaseout,
    rows,
    script,
    script_process,
    until,
    waits,
)

WORKERS = "SELECT id FROM procrastinate_workers"
TURN = (
    "SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND granted"
    " AND application_name = 'phaseout worker'"
)
LEFT = "SELECT count(*) FROM registry_touched"
HURRIED = (
    "worker_process import main; from phaseout.web.serving import worker_process as own; "
    "own.PATIENCE = 1.0; main()"
)
"""A worker that does not wait long for the jobs in hand when it is told to leave."""
USCC = "SELECT min(uscc) FROM registry_enterprise"


@pytest.fixture(scope="module")
def site(demonstration: Any) -> Iterator[Site]:
    site = Site(demonstration.home)
    try:
        site.start()
        yield site
    finally:
        site.kill()


def test_it_serves_pages_static_files_and_counts(site: Site) -> None:
    assert site.get("/")[0] == 200
    status, text, headers = site.get("/sign-in/")
    assert status == 200
    assert "演示日" in text
    assert headers["X-Request-ID"]
    style = text.split('rel="stylesheet" href="')[1].split('"')[0]
    status, _, headers = site.get(style)
    assert (status, "immutable" in headers["Cache-Control"]) == (200, True)
    told = site.get("/metrics")[1]
    (taken,) = rows(site.home, "SELECT count(*) FROM registry_import WHERE state = 'taken'")[0]
    assert f'phaseout_imports_total{{state="taken"}} {taken}.0' in told
    assert 'view="home"' in told


def test_a_port_in_use_is_refused_with_what_to_do(site: Site) -> None:
    second = phaseout(site.home, "serve", f"--port={site.port}")
    said, _ = second.communicate(timeout=PATIENCE)
    assert second.returncode == 1
    assert "[port_in_use]" in said
    assert f"--port {site.port + 1}" in said


def test_a_worker_that_died_is_started_again(site: Site) -> None:
    worker = until(lambda: registered_worker(site))
    registered = rows(site.home, WORKERS)
    worker.kill()
    until(lambda: rows(site.home, WORKERS) not in ([], registered))
    assert until(lambda: registered_worker(site)) != worker
    assert site.get("/")[0] == 200


def test_a_second_worker_stands_by_and_takes_over(site: Site) -> None:
    first = until(lambda: registered_worker(site))
    second = script_process(site.home, HURRIED)
    try:
        hear(second, "standing_by")
        assert rows(site.home, "SELECT count(*) FROM procrastinate_workers") == [(1,)]
        first.kill()
        hear(second, "Starting worker")
        until(lambda: rows(site.home, WORKERS) != [])
        taken = rows(site.home, WORKERS)
        with held_up(site.home, "casework_judgementrun"):
            script(site.home, TOUCH)
            until(lambda: waits(site.home, "casework_judgementrun"))
            second.terminate()
            said, _ = second.communicate(timeout=PATIENCE)
    finally:
        second.kill()
    assert (second.returncode, "taken up again" in said) == (0, True)
    until(lambda: rows(site.home, WORKERS) not in ([], taken))  # the site's own has its turn again
    until(lambda: rows(site.home, LEFT) == [(0,)])


def test_who_stands_by_leaves_at_once_when_told_to(site: Site) -> None:
    until(lambda: registered_worker(site))
    second = script_process(site.home, "worker_process import main; main()")
    try:
        hear(second, "standing_by")
        second.terminate()
        second.communicate(timeout=PATIENCE)
    finally:
        second.kill()
    assert second.returncode == 0


def test_while_the_database_is_stopped_a_page_says_so_and_then_it_is_back(site: Site) -> None:
    embedded.stop(site.home)
    status, text, headers = site.get("/")
    assert status == 503
    assert "数据库暂时不可用" in text
    assert headers["Retry-After"]
    assert site.get("/healthz")[0] == 200
    assert "database" in site.get("/readyz")[1]
    embedded.start(site.home, durable=False)
    until(lambda: site.get("/")[0] == 200)
    until(site.is_ready)


def test_a_request_in_hand_is_finished_when_the_site_is_told_to_stop(site: Site) -> None:
    answers: list[int] = []
    with held_up(site.home, "desk_demoday", "ACCESS EXCLUSIVE"):
        asking = threading.Thread(target=lambda: answers.append(site.get("/")[0]))
        asking.start()
        until(lambda: waits(site.home, "desk_demoday", "phaseout site"))
        site.process and site.process.terminate()
        until(lambda: refused(site.port))
    code, said = site.stop()
    asking.join()
    assert answers == [200]
    assert code == 0, said
    assert f"http://127.0.0.1:{site.port}" in said
    assert embedded.status(site.home).running  # it ran before, so it runs on
    site.start()


def test_a_judgement_that_was_killed_is_taken_up_again(site: Site) -> None:
    runs = "SELECT count(*) FROM casework_judgementrun WHERE finished_at IS NOT NULL"
    with held_up(site.home, "casework_judgementrun"):
        (before,) = rows(site.home, runs)
        script(site.home, TOUCH)
        until(lambda: "casework.judge_touched" in doing(site.home))
        until(lambda: waits(site.home, "casework_judgementrun"))
        site.kill()
        assert rows(site.home, runs) == [before]
    assert "casework.judge_touched" in doing(site.home)  # beside it perhaps what an hour brings
    site.start()
    until(lambda: rows(site.home, LEFT) == [(0,)])
    until(lambda: "casework.judge_touched" not in doing(site.home))
    assert rows(site.home, runs) > [before]


def test_an_import_that_was_killed_took_nothing_and_is_taken_up_again(site: Site) -> None:
    versions = f"SELECT count(*) FROM fact_enterprises WHERE uscc = ({USCC})"
    (before,) = rows(site.home, versions)
    brought = int(script(site.home, BRING))
    state = f"SELECT state FROM registry_import WHERE id = {brought}"
    until(lambda: rows(site.home, state) == [("checked",)])
    with held_up(site.home, "fact_enterprises"):
        script(site.home, TAKE.format(brought))
        until(lambda: waits(site.home, "fact_enterprises"))
        site.kill()
    assert rows(site.home, state) == [("checked",)]
    assert rows(site.home, versions) == [before]
    site.start()
    until(lambda: rows(site.home, state) == [("taken",)])
    assert rows(site.home, versions) == [(before[0] + 1,)]
    until(lambda: rows(site.home, LEFT) == [(0,)])


def test_when_the_watching_process_is_killed_the_others_end(site: Site) -> None:
    assert site.process is not None
    others = psutil.Process(site.process.pid).children(recursive=True)
    assert len(others) >= 3
    site.process.kill()
    site.process.communicate()
    until(lambda: all(map(has_ended, others)))


TOUCH = """
from django.db import connection, transaction
from phaseout.registry.judging import ask_for_judgement
from phaseout.registry.models import Enterprise, Touched
with transaction.atomic():
    Touched.objects.create(uscc=Enterprise.objects.order_by("uscc").first().uscc)
    ask_for_judgement()
"""

BRING = """
import csv, io
from phaseout.accounts.models import User
from phaseout.desk.day import today
from phaseout.registry.imports import Arriving, receive
from phaseout.registry.models import Enterprise
one = Enterprise.objects.order_by("uscc").first()
out = io.StringIO()
writer = csv.writer(out)
writer.writerow(["uscc", "name", "division_code", "industry", "employees"])
writer.writerow([one.uscc, one.name, one.division_code, one.industry, (one.employees or 0) + 7])
by = User.objects.get(username="eic-officer")
file = Arriving("enterprises.csv", [out.getvalue().encode()])
print(receive([file], by=by, today=today()).pk)
"""

TAKE = """
from phaseout.accounts.models import User
from phaseout.desk.day import today
from phaseout.registry.imports import ask_to_take
ask_to_take({}, by=User.objects.get(username="eic-officer"), today=today())
"""


def registered_worker(site: Site) -> psutil.Process | None:
    """The site's own worker, once it has its turn and takes jobs."""
    return (
        site.child("worker_process") if rows(site.home, TURN) and rows(site.home, WORKERS) else None
    )


def doing(home: Any) -> list[str]:
    """The jobs in hand."""
    jobs = rows(home, "SELECT task_name FROM procrastinate_jobs WHERE status = 'doing'")
    return [name for (name,) in jobs]


def refused(port: int) -> bool:
    """Nobody is let in any more."""
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) != 0
