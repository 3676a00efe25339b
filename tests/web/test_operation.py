"""What an operator asks the site: alive, ready, counts; and what its log says."""

from __future__ import annotations

import errno
import json
import logging
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django.fixtures import Settings

from phaseout.law.refusals import Refusal
from phaseout.web import faults
from phaseout.web.logs import logging_settings


def heartbeat() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_register_worker_v1()")


def missing(client: Client) -> list[str]:
    answer = client.get("/readyz")
    assert answer.status_code == (503 if answer.json()["missing"] else 200)
    return [part["what"] for part in answer.json()["missing"]]


def test_alive_asks_no_database_no_host_and_no_redirect(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/healthz", HTTP_HOST="10.0.0.7:8000")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_ready_means_database_migrations_and_a_worker(client: Client) -> None:
    assert missing(client) == ["worker"]
    heartbeat()
    assert missing(client) == []
    MigrationRecorder(connection).migration_qs.filter(app="casework").delete()
    assert missing(client) == ["migrations"]


@pytest.mark.django_db
def test_a_worker_that_was_last_seen_long_ago_is_missing(client: Client) -> None:
    heartbeat()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 min'")
    assert missing(client) == ["worker"]


def test_without_a_database_it_is_alive_but_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("no route to host")

    monkeypatch.setattr(connection, "cursor", away)
    assert client.get("/healthz").status_code == 200
    assert missing(client) == ["database"]
    assert "phaseout_database_up 0.0" in client.get("/metrics").content.decode()


@pytest.mark.django_db
def test_counts_are_told_to_this_machine_and_not_through_a_proxy(client: Client) -> None:
    told = client.get("/metrics")
    assert told.status_code == 200
    assert "phaseout_database_up 1.0" in told.content.decode()
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.9").status_code == 403
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR="10.0.0.9").status_code == 403


@pytest.mark.django_db
def test_with_a_token_only_who_has_it_is_told(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "a-long-token"
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer another").status_code == 403
    answer = client.get(
        "/metrics", HTTP_AUTHORIZATION="Bearer a-long-token", REMOTE_ADDR="10.0.0.9"
    )
    assert answer.status_code == 200


def _refusing(request: HttpRequest) -> HttpResponse:
    raise Refusal(
        "not_on_sundays",
        what=("不能办理", "nothing is done"),
        why=("今天是星期日。", "it is Sunday."),
        instead=("请明天再来。", "Come tomorrow."),
    )


def _failing(request: HttpRequest) -> HttpResponse:
    raise ValueError("张三的电话")


def _unreachable(request: HttpRequest) -> HttpResponse:
    raise OperationalError("server closed the connection")


def _no_room(request: HttpRequest) -> HttpResponse:
    raise OSError(errno.ENOSPC, "No space left on device")


def _no_room_in_database(request: HttpRequest) -> HttpResponse:
    try:
        raise psycopg.errors.DiskFull("could not extend file")
    except psycopg.Error as said:
        raise OperationalError(str(said)) from said


def _only_read(request: HttpRequest) -> HttpResponse:
    raise OSError(errno.EROFS, "Read-only file system")


urlpatterns = [
    path("no_room", _no_room),
    path("api/no_room", _no_room_in_database),
    path("storage_read_only", _only_read),
    path("api/storage_read_only", _only_read),
    path("nothing-here", lambda request: HttpResponse(status=404)),
    path("refusing", _refusing),
    path("failing", _failing),
    path("database_unreachable", _unreachable),
    path("api/database_unreachable", _unreachable),
]
handler500 = faults.failed


@pytest.fixture
def logged() -> Iterator[list[dict[str, Any]]]:
    """The lines of the log as a machine reads them."""
    lines: list[dict[str, Any]] = []
    made = logging_settings("json", "INFO")["formatters"]["data"]
    formatter = made["()"](
        processors=made["processors"], foreign_pre_chain=made["foreign_pre_chain"]
    )

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(json.loads(formatter.format(record)))

    handler = Keeping()
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def own_pages(settings: Settings) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.django_db
def test_every_answer_bears_the_id_that_its_lines_bear(
    own_pages: Client, logged: list[dict[str, Any]]
) -> None:
    answer = own_pages.get("/nothing-here?name=张三")
    (line,) = [line for line in logged if line["event"] == "request_finished"]
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert (line["code"], line["request"]) == (404, "GET /nothing-here")
    assert "ms" in line


@pytest.mark.django_db
def test_an_id_of_a_proxy_is_kept_and_anything_else_is_not(own_pages: Client) -> None:
    given = own_pages.get("/x", HTTP_X_REQUEST_ID="proxy-0001-abcdef")
    assert given.headers["X-Request-ID"] == "proxy-0001-abcdef"
    for other in ("short", "a b c d e f g h", '{"level": "error"}', "x" * 65):
        assert own_pages.get("/x", HTTP_X_REQUEST_ID=other).headers["X-Request-ID"] != other


@pytest.mark.django_db
def test_a_refusal_is_logged_in_english_with_its_code_and_counted(
    own_pages: Client, logged: list[dict[str, Any]], client: Client
) -> None:
    assert own_pages.get("/refusing", HTTP_HX_REQUEST="true").status_code == 409
    (line,) = [line for line in logged if line["event"] == "refused"]
    assert line["refusal"] == "not_on_sundays"
    assert line["words"] == "nothing is done: it is Sunday. Come tomorrow."
    told = client.get("/metrics").content.decode()
    assert 'phaseout_refusals_total{code="not_on_sundays"} 1.0' in told


def test_our_own_mistake_shows_a_number_and_nothing_of_the_inside(
    own_pages: Client, logged: list[dict[str, Any]]
) -> None:
    answer = own_pages.get("/failing")
    assert answer.status_code == 500
    text = answer.content.decode()
    assert answer.headers["X-Request-ID"] in text
    assert "张三" not in text
    (line,) = [line for line in logged if line["event"] == "request_failed"]
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert "ValueError" in line["exception"]


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("database_unreachable", "数据库暂时不可用", "the database cannot be reached"),
        ("no_room", "磁盘已满", "disk is full"),
        ("storage_read_only", "只能读、不能写", "can be read but not written"),
    ],
)
def test_a_database_or_a_disk_that_takes_nothing_gives_a_readable_503(
    own_pages: Client, code: str, zh: str, en: str
) -> None:
    answer = own_pages.get(f"/{code}")
    assert answer.status_code == 503
    assert zh in answer.content.decode()
    assert answer.headers["Retry-After"] == "10"
    assert own_pages.get(f"/api/{code}").json()["refused"] == code
    own_pages.cookies["django_language"] = "en"
    assert en in own_pages.get(f"/{code}").content.decode()


@pytest.mark.django_db
def test_rows_of_the_database_do_not_reach_the_log(logged: list[dict[str, Any]]) -> None:
    from django.contrib.contenttypes.models import ContentType
    from django.db import IntegrityError, transaction

    row = {"app_label": "张三的", "model": "电话"}
    ContentType.objects.create(**row)
    try:
        with transaction.atomic():
            ContentType.objects.create(**row)
    except IntegrityError:
        logging.getLogger("phaseout.test").exception("failed")
    (line,) = [line for line in logged if line["event"] == "failed"]
    assert "IntegrityError" in line["exception"]
    assert "张三" not in line["exception"]
