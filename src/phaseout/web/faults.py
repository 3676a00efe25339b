"""When the site itself fails: the database away or no room on the disk (503, comes back by itself),
or our mistake (500).

The pages stand alone: no database, no session, no navigation is asked for while telling of it.
"""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from phaseout.database.storage import of_storage
from phaseout.law.refusals import Refusal

RETRY_SECONDS = 10

UNREACHABLE = Refusal(
    "database_unreachable",
    what=("暂时不能办理", "nothing can be done just now"),
    why=(
        "数据库暂时不可用。已经办结的事项均已保存；刚才提交的内容，请在恢复后核对是否已入库。",
        "the database cannot be reached. What was done is kept; whether what you just sent was"
        " taken, please look when it is back.",
    ),
    instead=(
        "请稍候一分钟后重试；若仍不能使用，请告知系统管理员。",
        "Try again in a minute; if it still fails, tell the administrator.",
    ),
)


def failed(request: HttpRequest) -> HttpResponse:
    """Django's handler for what nobody caught: called while the exception is being handled."""
    error = sys.exc_info()[1]
    known = UNREACHABLE if is_unreachable(error) else of_storage(error)
    refusal = known or _our_mistake(getattr(request, "request_id", ""))
    status = 503 if known else 500
    response = (
        JsonResponse(refusal.as_json(), status=status)
        if request.path.startswith("/api/")
        else HttpResponse(render_to_string("web/failed.html", {"refusal": refusal}), status=status)
    )
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def is_unreachable(error: BaseException | None) -> bool:
    """Whether the database could not be reached at all (not: it refused a statement)."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    # 08: connection lost; 57P0x: shut down, crashed, starting; 53300: too many connections.
    return state is None or state.startswith(("08", "57P0")) or state == "53300"


def _our_mistake(request_id: str) -> Refusal:
    return Refusal(
        "failed",
        what=("出错了", "something went wrong"),
        why=(
            f"这是系统的错误，不是您的。编号 {request_id}，已记入日志。",
            f"it is our mistake, not yours. Number {request_id}; it is in the log.",
        ),
        instead=(
            "请返回重试；若再次出错，请把编号告知系统管理员。",
            "Go back and try again; if it happens again, give the number to the administrator.",
        ),
    )
