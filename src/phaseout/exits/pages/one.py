"""The page of one exit: where it stands, what lacks, what was recorded, what may be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import place_words
from phaseout.accounts.requests import officials, scope_of_request, today_of, ways
from phaseout.casework.gone import gone_pieces
from phaseout.casework.models import Act, Proposal
from phaseout.exits import acts, packing
from phaseout.exits.acts.planning import last_day
from phaseout.exits.acts.putting_off import day_set
from phaseout.exits.bringing import bring, brought_to, case_state, items_in_words, offered
from phaseout.exits.forms import PutOffForm
from phaseout.exits.models import ExitAct
from phaseout.exits.pages.entering import exit_case, key_of
from phaseout.exits.standing import ExitStanding, standing_of
from phaseout.exits.subjects import AT_ITS_SITE, UNDER_WAY, seat_in
from phaseout.law.dismantling import FORMS, KINDS, PARTIES, REASONS, rules, source_of
from phaseout.law.dismantling.standing import STOPPED
from phaseout.law.judgement.explain.english import clause_en, equipment_en
from phaseout.law.refusals import Bilingual, Refusal
from phaseout.pages.templatetags.phaseout import said

KIND_WORDS: Mapping[str, Bilingual] = {
    ExitAct.Kind.PLAN: ("拟定退出方案", "plan made"),
    ExitAct.Kind.RECORD: ("现场记录", "record on the spot"),
    ExitAct.Kind.SHEET: ("提请联合验收", "joint acceptance asked for"),
    ExitAct.Kind.SIGN: ("签署验收意见", "opinion signed"),
    ExitAct.Kind.PUT_OFF: ("列入关停未拆除", "entered as closed, not dismantled"),
    ExitAct.Kind.REVIEW: ("审核退出申请", "application reviewed"),
    ExitAct.Kind.TASK: ("下达退出任务", "task given"),
}


@require_safe
@officials
def one(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "exits/exit.html", shown(request, standing_of(exit_case(request, pk))))


def shown(request: HttpRequest, exit_: ExitStanding) -> dict[str, Any]:
    scope, today = scope_of_request(request), today_of(request)
    case = exit_.case
    mine = seat_in(case, scope, today, *AT_ITS_SITE) is not None
    under_way = case.stage in UNDER_WAY and case.closed_on is None
    at_site = seat_in(case, scope, today, *AT_ITS_SITE, city=True) is not None
    return {
        "exit": exit_,
        "case": case,
        "place": place_words(case.division_code),
        "state": exit_.state.words,
        "stage": case_state(exit_, today).stage.name,
        "due": last_day(exit_) if case.closed_on is None else None,
        "groups": groups(exit_),
        "plan": exit_.plan,
        "form": _form(exit_),
        "records": [_record(exit_, act) for act in reversed(exit_.own)],
        "offered": [_offer(exit_, rule, against) for rule, against in offered(exit_, scope, today)],
        "may_plan": mine and under_way,
        "may_record": at_site and under_way and exit_.plan is not None,
        "may_visit": at_site and exit_.plan is not None,
        "may_put_off": mine and exit_.put_off is None and _closed(exit_),
        "put_off": _put_off(exit_),
        "application": "apply_exit" in exit_.kinds,
    }


def _closed(exit_: ExitStanding) -> bool:
    whole = "record_sealed" in exit_.on_file or bool(STOPPED & exit_.on_file)
    return whole and "dismantle" not in exit_.on_file


def _form(exit_: ExitStanding) -> Any:
    if exit_.plan is None:
        return None
    row = FORMS[exit_.plan["form"]]
    return row.zh, row.en


def _put_off(exit_: ExitStanding) -> dict[str, Any] | None:
    act = exit_.put_off
    if act is None:
        return None
    reason = REASONS[act.content["reason"]]
    return {"act": act, "reason": (reason.zh, reason.en)}


def groups(exit_: ExitStanding) -> list[dict[str, Any]]:
    """The items of the plan by piece of equipment, the line last."""
    plan = exit_.plan
    if plan is None:
        return []
    found = []
    gone = gone_pieces(exit_.case, {one["id"]: one["name"] for one in plan["equipment"]})
    owners = [
        *((one["id"], one["name"], KINDS[one["kind"]]) for one in plan["equipment"]),
        ("line", "", None),
    ]
    for owner, name, kind in owners:
        items = [_item(exit_, i) for i in plan["items"] if i["equipment"] == owner]
        kinds = (kind.zh, kind.en) if kind else None
        named = said((name, equipment_en(name)))
        of = {"id": owner, "name": named, "kind": kinds, "gone": gone.get(owner)}
        found.append({**of, "items": items})
    return found


def _item(exit_: ExitStanding, item: dict[str, Any]) -> dict[str, Any]:
    seen = exit_.seen.get(item["id"])
    slots = [
        {**slot, "have": seen.slots.get(slot["slot"], 0) if seen else 0} for slot in item["slots"]
    ]
    return {
        **item,
        "words": (item["zh"], item["en"]),
        "complete": exit_.complete(item["id"]),
        "ticked": bool(seen and seen.done),
        "by_case": any(act in exit_.on_file for act in item["acts"]),
        "slots": slots,
        "source_words": source_of(item["source"]),
        "clause_words": (item["clause"], clause_en(item["clause"])),
    }


def _record(exit_: ExitStanding, act: ExitAct) -> dict[str, Any]:
    item = exit_.items.get(act.item)
    party = PARTIES.get(act.item)
    known = {field["field"]: field for field in rules()["records"].get(act.record, [])}
    values = [
        ((known[name]["zh"], known[name]["en"]), _said(known[name]["type"], value))
        for name, value in act.content.get("fields", {}).items()
        if name in known and value
    ]
    return {
        "act": act,
        "words": KIND_WORDS[act.kind],
        "item": _named(act.item, item, party),
        "values": values,
        "files": exit_.files.get(act.pk, ()),
        "counts": act.kind != ExitAct.Kind.RECORD or act in exit_.records,
    }


def _named(given: str, item: Mapping[str, Any] | None, party: Any) -> Bilingual:
    if item is not None:
        return item["zh"], item["en"]
    return (party.zh, party.en) if party is not None else (given, given)


def _said(type_: str, value: str) -> str:
    return {"yes": _("是"), "no": _("否")}.get(value, value) if type_ == "yes_no" else value


def _offer(exit_: ExitStanding, rule: Any, against: Refusal | None) -> dict[str, Any]:
    return {
        "rule": rule,
        "missing": exit_.missing(rule.kind),
        "against": against,
        "waits": exit_.case.proposals.filter(kind=rule.kind, state=Proposal.State.WAITING).first(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def act(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """What this room brings to an act of the case, and what lacks; a POST does or prepares it."""
    exit_ = standing_of(exit_case(request, pk))
    brought = brought_to(exit_, kind)
    refusal, status = None, 200
    if request.method == "POST":
        try:
            done = bring(pk, kind, seen=_seen(request), **ways(request, key_of(request)))
        except Refusal as refused:
            refusal, status = refused, 409
        else:
            return _done(request, done)
    rule = case_state(exit_, today_of(request)).procedure.acts.get(kind)
    context = {
        "exit": exit_,
        "case": exit_.case,
        "rule": rule,
        "missing": brought.missing,
        "brings": items_in_words(brought, rule) if rule else [],
        "signed": rule is not None and rule.signs and rule.role != "leader",
        "seen": len(exit_.acts),
        "key": key_of(request),
        "refusal": refusal,
    }
    return render(request, "exits/act.html", context, status=status)


def _seen(request: HttpRequest) -> int | None:
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 6 else None


def _done(request: HttpRequest, done: Act | Proposal) -> HttpResponse:
    if isinstance(done, Proposal):
        messages.success(request, _("已拟办，待负责人签发。"))
        return redirect("proposal", pk=done.pk)
    messages.success(request, _("已办理。"))
    return redirect("exit", pk=done.case_id)


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def put_off(request: HttpRequest, pk: int) -> HttpResponse:
    exit_ = standing_of(exit_case(request, pk))
    form = PutOffForm(request.POST or None, day=day_set(exit_))
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                acts.put_off(
                    pk, given["reason"], note=given["note"],
                    dismantle_by=given.get("dismantle_by"), **ways(request, given["key"]),
                )  # fmt: skip
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已列入关停未拆除名单。"))
                return redirect("exit", pk=pk)
    context = {"exit": exit_, "case": exit_.case, "form": form, "refusal": refusal}
    return render(request, "exits/put_off.html", context, status=status)


@require_safe
@officials
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    """The proof of exit as one file."""
    exit_ = standing_of(exit_case(request, pk))
    body = packing.packed(exit_, packing.last_day(exit_))
    answer = HttpResponse(body, content_type="application/zip")
    name = f"{exit_.case.number} {said(('退出证明材料', 'proof of exit'))}.zip"
    answer.headers["Content-Disposition"] = _attached(name)
    return answer


def _attached(name: str) -> str:
    from django.utils.http import content_disposition_header

    return content_disposition_header(as_attachment=True, filename=name) or "attachment"
