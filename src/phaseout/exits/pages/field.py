"""The page for a phone on the spot: an application that works without network, what it takes along
and what it sends back."""

from __future__ import annotations

import hashlib
from importlib import resources
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from phaseout.accounts.requests import officials, person, scope_of_request, today_of, ways
from phaseout.casework.cases.listing import NEWEST_FIRST, cases_within
from phaseout.exits import acts, refusing
from phaseout.exits.field import Sent, read_sent, recorded, signed, taken_along
from phaseout.exits.models import ExitAct
from phaseout.exits.pages.entering import exit_case, now_of
from phaseout.exits.standing import standing_of, standings_of
from phaseout.exits.subjects import AT_ITS_SITE, UNDER_WAY, exits, seat_in
from phaseout.law.refusals import Refusal
from phaseout.pages.refusing import note

MOST = 100
SCRIPTS = (
    "pages/signature.js",
    *(f"exits/{name}.js" for name in ("checks", "store", "sending", "field")),
)
STATIC = (
    "pages/phaseout.css",
    "pages/mark.svg",
    *SCRIPTS,
    "exits/icon-192.png",
    "exits/icon-512.png",
)


@require_safe
@officials
def page(request: HttpRequest) -> HttpResponse:
    """The shell: nothing of a case or a person is in it, it may lie in the phone's store."""
    context = {
        "scripts": SCRIPTS,
        "words": words(),
        "addresses": {
            "cases": reverse("exit-field-cases"),
            "worker": reverse("exit-field-worker"),
            "case": reverse("exit-field-case", args=[0]),
            "records": reverse("exit-field-records", args=[0]),
        },
    }
    return render(request, "exits/field.html", context)


@require_safe
@officials
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at an address above all that it serves."""
    file = resources.files("phaseout.exits") / "static" / "exits" / "worker.js"
    answer = HttpResponse(file.read_bytes(), content_type="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@require_safe
@officials
def manifest(request: HttpRequest) -> HttpResponse:
    body = {
        "name": _("产能退出现场记录"),
        "short_name": _("现场记录"),
        "lang": "en" if (get_language() or "").startswith("en") else "zh-Hans",
        "start_url": reverse("exit-field"),
        "scope": reverse("exit-field"),
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#1f5fa8",
        "icons": [
            {
                "src": static(f"exits/icon-{side}.png"),
                "sizes": f"{side}x{side}",
                "type": "image/png",
            }
            for side in (192, 512)
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json")


@require_safe
@officials
def shell(request: HttpRequest) -> HttpResponse:
    """What the worker keeps in the phone; another list is another version."""
    files = [reverse("exit-field"), *(static(name) for name in STATIC)]
    version = hashlib.sha256("\n".join(files).encode()).hexdigest()[:16]
    return JsonResponse({"version": version, "files": files})


@require_safe
@officials
def cases(request: HttpRequest) -> HttpResponse:
    """Exits under way that the person may take along, the newest first."""
    scope, today = scope_of_request(request), today_of(request)
    found = (
        cases_within(scope)
        .filter(exits(), stage__in=[*UNDER_WAY], closed_on=None)
        .order_by(*NEWEST_FIRST)[:MOST]
    )
    rows = [
        {
            "pk": one.case.pk,
            "number": one.case.number,
            "enterprise": one.case.enterprise.name,
            "line": one.case.line.name,
            "state": list(one.state.words),
            "version": one.plan["version"],
        }
        for one in standings_of(found)
        if one.plan is not None
        and seat_in(one.case, scope, today, *AT_ITS_SITE, city=True) is not None
    ]
    return JsonResponse({"by": person(request).get_username(), "cases": rows})


@require_safe
@officials
def taken(request: HttpRequest, pk: int) -> HttpResponse:
    exit_ = standing_of(exit_case(request, pk))
    if seat_in(exit_.case, scope_of_request(request), today_of(request), *AT_ITS_SITE, city=True):
        told = taken_along(exit_, by=person(request), now=now_of(request), csrf=get_token(request))
        answer = JsonResponse(told)
        answer.headers["Cache-Control"] = "no-store"
        return answer
    return _refused(refusing.not_yours())


@require_POST
@officials
def received(request: HttpRequest, pk: int) -> HttpResponse:
    """A record or a signature from a phone; sent twice under its key it is there once."""
    exit_case(request, pk)
    try:
        sent = read_sent(request.POST.get("record", ""))
        by = person(request)
        if sent.by != by.get_username():
            raise refusing.of_another(sent.by)
        act = _before(sent, by, pk) or _done(request, pk, sent)
    except Refusal as refusal:
        return _refused(refusal)
    return JsonResponse({"act": act.pk, "digest": act.digest}, status=201)


def _before(sent: Sent, by: Any, pk: int) -> ExitAct | None:
    """What an earlier try has done: its files are not kept again."""
    return ExitAct.objects.filter(key=sent.key, by=by, case=pk).first()


def _done(request: HttpRequest, pk: int, sent: Sent) -> ExitAct:
    by = person(request)
    files: dict[str, Any] = {name: request.FILES[name] for name in request.FILES}
    if sent.is_signature:
        return acts.sign_sheet(pk, signed(sent, files, by), **ways(request, sent.key))
    given = recorded(sent, files, by)
    return acts.record(pk, given, now=now_of(request), **ways(request, sent.key))


def _refused(refusal: Refusal) -> HttpResponse:
    note(refusal)
    return JsonResponse(refusal.as_json(), status=409)


def words() -> dict[str, str]:
    """All words of the page, in the language in which it was opened."""
    return {
        "online": _("有网络"),
        "offline": _("没有网络：记录先存在手机里"),
        "insecure": _("此地址不是 https，浏览器不允许离线使用。"),
        "none_taken": _("还没有带到现场的案件。有网络时在下面选择。"),
        "none_available": _("没有可以带到现场的案件：先由承办机关拟定退出方案。"),
        "take": _("带到现场"),
        "refresh": _("更新"),
        "open": _("打开"),
        "drop": _("从手机中移除"),
        "taken_at": _("带出时间"),
        "version": _("方案版次"),
        "back": _("返回"),
        "items": _("项目"),
        "done": _("完成 ✓"),
        "waiting_here": _("待发送"),
        "left_out": _("不适用："),
        "proposed": _("◇ 本系统建议，不是法规要求"),
        "visit": _("回访记录"),
        "sign": _("联合验收签署"),
        "party": _("参加方"),
        "opinion": _("意见"),
        "agree": _("同意"),
        "refuse": _("不同意"),
        "reason": _("不同意的理由"),
        "name": _("姓名"),
        "role": _("职务"),
        "sign_here": _("请在框内签名"),
        "sign_again": _("重签"),
        "signed": _("已签署"),
        "sign_missing": _("请选择意见，写明姓名、职务并签名；不同意须写明理由。"),
        "yes": _("是"),
        "no": _("否"),
        "optional": _("（可不填）"),
        "need": _("需要{want}份，已有{have}份"),
        "place": _("附上手机位置"),
        "place_none": _("没有取得位置，记录可不附位置。"),
        "place_got": _("已取得位置，误差约{metres}米"),
        "save": _("保存记录"),
        "saved": _("已存在手机里，有网络时自动发送。"),
        "too_large": _("“{name}”超过{most} MB，请缩短录像或降低画质。"),
        "queue": _("待发送的记录"),
        "queue_none": _("没有待发送的记录。"),
        "send": _("立即发送"),
        "state_waiting": _("待发送"),
        "state_conflict": _("方案已改，请您决定"),
        "state_refused": _("未被收下"),
        "sent": _("已发送{n}条"),
        "sign_in": _("登录已过期，请重新登录后发送；记录仍在手机里。"),
        "then": _("您记录时的要求"),
        "now": _("现在的要求"),
        "gone": _("新方案中没有该项目"),
        "agree_new": _("按新方案提交"),
        "give_up": _("放弃该记录"),
        "give_up_sure": _("放弃后记录和照片从手机中删除，确定吗？"),
        "retry": _("重新发送"),
        "store_failed": _("手机存储不可用或已满，记录没有保存。"),
        "of_another": _("记录人不是现在登录的人"),
    }
