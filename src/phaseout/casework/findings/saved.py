"""Filters that a person keeps: given a name, opened by default, thrown away."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires
from phaseout.casework.findings.filters import kept
from phaseout.casework.models import SavedFilter
from phaseout.law.refusals import Refusal

MOST = 30


@require_POST
@requires(Power.READ)
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the filter under a name; the same name again is written over."""
    query = kept(QueryDict(request.POST.get("query", "")[:2000]))
    name = " ".join(request.POST.get("name", "").split())[:40]
    if not name:
        raise _nameless()
    _keep(request, name, query, is_default=bool(request.POST.get("is_default")))
    messages.success(request, _("已保存筛选“%(name)s”。") % {"name": name})
    return redirect(f"{reverse('findings')}?{query}")


@require_POST
@requires(Power.READ)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(SavedFilter, pk=pk, user=request.user.pk)
    saved.delete()
    messages.success(request, _("已删除筛选“%(name)s”。") % {"name": saved.name})
    return redirect(f"{reverse('findings')}?sort=gravity")


@transaction.atomic(durable=True)
def _keep(request: HttpRequest, name: str, query: str, *, is_default: bool) -> None:
    mine = SavedFilter.objects.select_for_update().filter(user=request.user.pk)
    if not any(one.name == name for one in mine) and len(mine) >= MOST:
        raise _too_many()
    if is_default:
        mine.update(is_default=False)
    SavedFilter.objects.update_or_create(
        user_id=int(request.user.pk or 0),
        name=name,
        defaults={"query": query, "is_default": is_default},
    )


def _nameless() -> Refusal:
    return Refusal(
        "saved_filter_without_name",
        what=("未保存筛选", "the filter was not kept"),
        why=("没有填写名称。", "no name was given."),
        instead=("请返回并填写名称。", "Go back and give it a name."),
    )


def _too_many() -> Refusal:
    return Refusal(
        "saved_filters_too_many",
        what=("未保存筛选", "the filter was not kept"),
        why=(f"每人最多保存{MOST}个筛选。", f"a person keeps at most {MOST} filters."),
        instead=("请先删除不用的筛选。", "Delete one that you no longer use."),
    )
