"""A record by an ordinary form: for a desk, and for a browser without scripts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.requests import officials, person, ways
from phaseout.desk.day import BEIJING
from phaseout.evidence.attaching import attach
from phaseout.exits import acts, refusing
from phaseout.exits.acts.recording import WITHOUT_ITEM, Photo, Recorded
from phaseout.exits.models import ExitAct
from phaseout.exits.pages.entering import exit_case, key_of, now_of
from phaseout.exits.standing import ExitStanding, standing_of
from phaseout.law.dismantling import KINDS, rules, source_of
from phaseout.law.judgement.explain.english import clause_en
from phaseout.law.refusals import Refusal

MOST = 12
"""Files of one slot."""
VISIT_SLOTS = [{"slot": "photo", "type": "photo", "at_least": 1, "zh": "照片", "en": "photo"}]
ACCEPT = {
    "photo": "image/png,image/jpeg",
    "video": "video/mp4",
    "file": ".pdf,.png,.jpg,.jpeg,.ofd,.docx,.xlsx",
}


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """`?item=…` for an item of the plan, nothing for a visit."""
    exit_ = standing_of(exit_case(request, pk))
    given = request.POST if request.method == "POST" else request.GET
    item = exit_.items.get(given.get("item", ""))
    if given.get("item") and item is None:
        raise Http404
    if exit_.plan is None:
        return _page(request, exit_, None, refusal=refusing.no_plan(), status=409)
    if request.method != "POST":
        return _page(request, exit_, item)
    key = key_of(request)
    if not ExitAct.objects.filter(key=key).exists():
        try:
            acts.record(
                pk, _recorded(request, exit_, item), now=now_of(request), **ways(request, key)
            )
        except Refusal as refusal:
            return _page(request, exit_, item, refusal=refusal, status=409)
        messages.success(request, _("已记录。"))
    return redirect("exit", pk=pk)


def _recorded(request: HttpRequest, exit_: ExitStanding, item: Any) -> Recorded:
    kind = item["record"] if item else WITHOUT_ITEM
    at = _moment(request.POST.get("at", ""))
    photos = [
        Photo(slot["slot"], attach(file, by=person(request)), at)
        for slot in _slots(item)
        for file in request.FILES.getlist(f"slot:{slot['slot']}")[:MOST]
    ]
    fields = {
        field["field"]: request.POST.get(f"field:{field['field']}", "")
        for field in rules()["records"].get(kind, [])
    }
    plan = exit_.plan_act
    return Recorded(
        record=kind,
        item=item["id"] if item else "",
        fields=fields,
        at=at,
        photos=photos,
        plan=request.POST.get("plan", "") or (plan.digest if plan else ""),
    )


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise refusing.record_when(("没有记录时间。", "no time is given.")) from None
    return found if found.tzinfo else found.replace(tzinfo=BEIJING)


def _slots(item: Any) -> list[dict[str, Any]]:
    return item["slots"] if item else VISIT_SLOTS


def _page(
    request: HttpRequest,
    exit_: ExitStanding,
    item: Any,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    kind = item["record"] if item else WITHOUT_ITEM
    seen = exit_.seen.get(item["id"]) if item else None
    fields = [
        {
            **field,
            "words": (field["zh"], field["en"]),
            "value": request.POST.get(f"field:{field['field']}", ""),
        }
        for field in rules()["records"].get(kind, [])
    ]
    slots = [
        {
            **slot,
            "words": (slot["zh"], slot["en"]),
            "have": seen.slots.get(slot["slot"], 0) if seen else 0,
            "accept": ACCEPT[slot["type"]],
        }
        for slot in _slots(item)
    ]
    owner = _owner(exit_, item)
    context = {
        "exit": exit_,
        "case": exit_.case,
        "item": item,
        "words": (item["zh"], item["en"]) if item else None,
        "owner": owner,
        "source_words": source_of(item["source"]) if item else None,
        "clause_words": (item["clause"], clause_en(item["clause"])) if item else None,
        "fields": fields,
        "slots": slots,
        "at": request.POST.get("at") or f"{now_of(request):%Y-%m-%dT%H:%M}",
        "plan": exit_.plan_act.digest if exit_.plan_act else "",
        "key": key_of(request),
        "refusal": refusal,
    }
    return render(request, "exits/record.html", context, status=status)


def _owner(exit_: ExitStanding, item: Any) -> str:
    if item is None or exit_.plan is None:
        return ""
    found = (one for one in exit_.plan["equipment"] if one["id"] == item["equipment"])
    return next((f"{one['name']}（{KINDS[one['kind']].zh}）" for one in found), "")
