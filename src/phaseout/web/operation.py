"""For the operator: /healthz (alive), /readyz (can serve), /metrics (counts).

Answered before hosts, sessions and redirects are looked at: a probe knows an address, not a name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from hmac import compare_digest
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse

from phaseout.law.refusals import Bilingual

HEARTBEAT_SECONDS = 30
"""A worker writes its heartbeat every 10 seconds."""

MISSING: Mapping[str, Bilingual] = {
    "database": ("数据库不可用", "the database cannot be reached"),
    "migrations": ("数据库结构尚未更新", "migrations have not been applied"),
    "worker": ("后台任务进程未运行", "no worker has been seen"),
}


class OperationMiddleware:
    """Answers the three addresses, lets everything else pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.answers = {"/healthz": alive, "/readyz": ready, "/metrics": metrics}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.answers.get(request.path)
        if answer is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        response = answer(request)
        response.headers["Cache-Control"] = "no-store"
        return response


def alive(request: HttpRequest) -> HttpResponse:
    """The process answers. It asks nobody else: a database that is away is no reason to be shot."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """Whether people can be sent here: 200, or 503 with what is missing."""
    missing = [{"what": what, "zh": zh, "en": en} for what, (zh, en) in _missing().items()]
    answer = {"ready": not missing, "missing": missing}
    return JsonResponse(
        answer, status=503 if missing else 200, json_dumps_params={"ensure_ascii": False}
    )


def metrics(request: HttpRequest) -> HttpResponse:
    """Counts in Prometheus' form; from this machine, or with PHASEOUT_METRICS_TOKEN."""
    from phaseout.web.metrics import exposition

    if not _may_read_metrics(request):
        return HttpResponse("forbidden\n", status=403, content_type="text/plain")
    body, content_type = exposition()
    return HttpResponse(body, content_type=content_type)


def _missing() -> Mapping[str, Bilingual]:
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
        if not _known_migrations() <= applied:
            return {"migrations": MISSING["migrations"]}
        return {} if _worker_seen() else {"worker": MISSING["worker"]}
    except DatabaseError:
        return {"database": MISSING["database"]}


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def _worker_seen() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [HEARTBEAT_SECONDS],
        )
        return bool(cursor.fetchone()[0])


def _may_read_metrics(request: HttpRequest) -> bool:
    if token := settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return compare_digest(given.encode(), f"Bearer {token}".encode())
    # Behind a proxy on this machine every visitor comes from here: what is passed on is not local.
    passed_on = {"X-Forwarded-For", "Forwarded", "X-Forwarded-Proto", "X-Real-IP"}
    if any(name in request.headers for name in passed_on):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
