"""What an operation answers when it does not answer what was asked: one shape for all.

401 nobody signed in · 403 not within one's powers · 404 not there, or not within one's reach ·
409 refused: not lawful, or not yet · 422 not understood · 429 too often
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from phaseout.law.refusals import Bilingual, Refusal
from phaseout.pages.refusing import note
from phaseout.web.api.fields import Both


class About(Schema):
    """What a refusal is about: a norm row to confirm, a condition, a finding, a case."""

    kind: str
    id: str | int
    zh: str
    en: str
    finding: str | None = None
    row: str | None = None


class NotUnderstood(Schema):
    """One part of the request that was not understood: where it stands, and why."""

    where: str
    says: str


class Problem(Schema):
    """Why the answer is not what was asked for. `refused` never changes once released; the words
    may."""

    refused: str
    what: Both
    why: Both
    instead: Both
    about: list[About] = Field(default_factory=list)
    not_understood: list[NotUnderstood] = Field(default_factory=list)


class StatusRefusal(Refusal):
    """A refusal with an HTTP status of its own, and headers."""

    def __init__(
        self,
        status: int,
        code: str,
        *,
        what: Bilingual,
        why: Bilingual,
        instead: Bilingual,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(code, what=what, why=why, instead=instead)
        self.status = status
        self.headers = headers or {}


def unknown() -> StatusRefusal:
    """Not there, or not within the reach of who asks: which of the two is not told."""
    return StatusRefusal(
        404,
        "not_there",
        what=("没有找到", "not found"),
        why=("不存在，或不在您的管辖范围内。", "it does not exist, or lies outside your reach."),
        instead=("请核对编号，或从列表中查找。", "Check the id, or look it up in the list."),
    )


def not_signed_in() -> StatusRefusal:
    return StatusRefusal(
        401,
        "not_signed_in",
        what=("须先登录", "sign in first"),
        why=(
            "没有令牌，或令牌已过期、已撤回。",
            "there is no token, or it has expired or was withdrawn.",
        ),
        instead=(
            "请在请求头中给出 Authorization: Bearer <令牌>；令牌在“接口令牌”页面建立。",
            "Send Authorization: Bearer <token>; tokens are made on the page of your tokens.",
        ),
        headers={"WWW-Authenticate": "Bearer"},
    )


def no_power(power: str) -> StatusRefusal:
    return StatusRefusal(
        403,
        "no_power",
        what=("无权办理", "not within your powers"),
        why=(f"您的职务没有此项权限（{power}）。", f"no post of yours has the power {power!r}."),
        instead=("请由有权限的人员办理。", "Let somebody who holds it do it."),
    )


def not_understood(wrong: list[dict[str, str]]) -> StatusRefusal:
    refusal = StatusRefusal(
        422,
        "not_understood",
        what=("请求未被理解", "the request was not understood"),
        why=("参数缺失或格式不符。", "a parameter is missing or not in its form."),
        instead=("请对照接口说明更正所列各处。", "Correct the places named, by the documentation."),
    )
    refusal.wrong = wrong  # type: ignore[attr-defined]
    return refusal


_STATUS = {
    "row_unknown": 404,
    "document_unknown": 404,
    "document_ambiguous": 404,
    "term.unknown": 404,
    "cursor_unreadable": 422,
}
"""Refusals of other rooms that are no conflict: something is not there, or was not understood."""


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as JSON with its status."""
    note(refusal)
    data = refusal.as_json()
    wrong = getattr(refusal, "wrong", None)
    if wrong:
        data["not_understood"] = wrong
    status = getattr(refusal, "status", _STATUS.get(refusal.code, 409))
    return JsonResponse(data, status=status, headers=getattr(refusal, "headers", {}))


def install(api: NinjaAPI) -> None:
    """Answer every kind of refusal in this one shape."""
    handlers: dict[type[Exception], Any] = {
        Refusal: answer,
        Http404: lambda request, _: answer(request, unknown()),
        PermissionDenied: lambda request, error: answer(request, no_power(str(error))),
        AuthenticationError: lambda request, _: answer(request, not_signed_in()),
        ValidationError: lambda request, error: answer(request, _where(error)),
        HttpError: lambda request, error: answer(request, _http(error)),
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _where(error: ValidationError) -> StatusRefusal:
    return not_understood(
        [
            {"where": ".".join(str(part) for part in one["loc"]), "says": str(one["msg"])}
            for one in error.errors
        ]
    )


def _http(error: HttpError) -> StatusRefusal:
    if error.status_code == 403:
        return StatusRefusal(
            403,
            "form_token_missing",
            what=("未予办理", "refused"),
            why=(
                "以网站会话办理时须带表单令牌，请求中没有或不符。",
                "with the session of the site a form token is needed; it is missing or wrong.",
            ),
            instead=(
                "请在 X-CSRFToken 请求头中给出，或改用接口令牌。",
                "Send it in the header X-CSRFToken, or use a bearer token.",
            ),
        )
    return not_understood([{"where": "body", "says": str(error)}])


def answers(model: Any, *codes: int, status: int = 200) -> dict[int, Any]:
    """What an operation may answer, for its documentation: `model`, and problems by status."""
    return {status: model, **dict.fromkeys(codes, Problem)}


READS = (401, 403, 404, 422, 429)
"""The problems of an operation that reads one thing; lists have no 404."""
LISTS = (401, 403, 422, 429)
ACTS = (401, 403, 404, 409, 422, 429)
