"""拟定退出方案: choose the equipment and the form, then fill in who, from when to when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.requests import officials, scope_of_request, today_of, ways
from phaseout.casework.gone import alike_before, gone_pieces
from phaseout.exits import acts, refusing
from phaseout.exits.acts.appending import under_way
from phaseout.exits.acts.planning import FILLED, Planned, laid_out, last_day
from phaseout.exits.pages.entering import exit_case, key_of
from phaseout.exits.standing import ExitStanding, standing_of
from phaseout.exits.subjects import AT_ITS_SITE, seat_in
from phaseout.law.dismantling import FORMS, KINDS, Equipment, kind_of, source_of
from phaseout.law.judgement.explain.english import clause_en, equipment_en
from phaseout.law.refusals import Refusal
from phaseout.pages.templatetags.phaseout import said
from phaseout.registry.models import EquipmentVersion

MOST = 30
"""Pieces of equipment of one plan."""
BY_HAND = "手工"
"""Begins the id of a piece that the registry does not know."""
ROWS = 2
"""Pieces to write in by hand, where the registry does not know them."""


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """GET chooses (`form` and `eq`), then shows the items; POST makes the plan."""
    exit_ = standing_of(exit_case(request, pk))
    if seat_in(exit_.case, scope_of_request(request), today_of(request), *AT_ITS_SITE) is None:
        return _page(request, exit_, request.GET, refusal=refusing.not_yours(), status=409)
    if request.method != "POST":
        return _page(request, exit_, request.GET)
    try:
        acts.make_plan(pk, _given(request.POST), **ways(request, key_of(request)))
    except Refusal as refusal:
        return _page(request, exit_, request.POST, refusal=refusal, status=409)
    messages.success(request, _("退出方案已拟定。"))
    return redirect("exit", pk=pk)


def _page(
    request: HttpRequest,
    exit_: ExitStanding,
    data: QueryDict,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    try:
        under_way(exit_)
    except Refusal as over:
        context = {"case": exit_.case, "refusal": refusal or over, "over": True}
        return render(request, "exits/plan.html", context, status=409)
    chosen = _equipment(data)
    form = data.get("form", "") or (exit_.plan["form"] if exit_.plan else "dismantle")
    items: list[dict[str, Any]] = []
    if chosen:
        try:
            given = Planned(form, chosen, _filled(data) or _filled_before(exit_))
            items = _items(laid_out(exit_, given, today_of(request))["items"], chosen)
        except Refusal as wrong:
            refusal, status = refusal or wrong, 409
    named = [one.name for one in chosen if one.id.startswith(BY_HAND)]
    before = exit_.plan or {}
    context = {
        "exit": exit_,
        "case": exit_.case,
        "candidates": _candidates(exit_, data),
        "by_hand": [_hand(data, n) for n in range(1, ROWS + 1)],
        "alike": alike_before(exit_.case, "；".join(named)) if named else [],
        "kinds": [(key, said((row.zh, row.en))) for key, row in KINDS.items()],
        "forms": [(key, said((row.zh, row.en))) for key, row in FORMS.items()],
        "form": form,
        "chosen": chosen,
        "items": items,
        "destination": data.get("destination", before.get("destination", "")),
        "note": data.get("note", ""),
        "after": exit_.plan_act.digest if exit_.plan_act else "",
        "due": last_day(exit_),
        "key": key_of(request),
        "refusal": refusal,
    }
    return render(request, "exits/plan.html", context, status=status)


def _items(items: list[dict[str, Any]], chosen: Sequence[Equipment]) -> list[dict[str, Any]]:
    """The items as rows: in words, each with the piece it is of and what asks for it."""
    names = {one.id: one.name for one in chosen}
    return [
        {
            **item,
            "words": (item["zh"], item["en"]),
            "owner": names.get(item["equipment"], ""),
            "source_words": source_of(item["source"]),
            "clause_words": (item["clause"], clause_en(item["clause"])),
        }
        for item in items
    ]


def _candidates(exit_: ExitStanding, data: QueryDict) -> list[dict[str, Any]]:
    """The equipment of the line as the registry knows it, and what the plan in force names."""
    line = exit_.case.line
    known: dict[str, dict[str, Any]] = {}
    rows = EquipmentVersion.objects.filter(line_id=line.pk, replaced_by=None)
    for row in rows.order_by("equipment_id", "attribute"):
        found = known.setdefault(
            row.equipment_id,
            {
                "id": row.equipment_id,
                "name": row.type,
                "kind": kind_of(row.type, line.industry),
                "parts": "",
                "chosen": False,
            },
        )
        found["chosen"] = found["chosen"] or row.status not in ("dismantled",)
    for one in exit_.plan["equipment"] if exit_.plan else []:
        known[one["id"]] = {**one, "parts": "\n".join(one["parts"]), "chosen": True}
    gone = gone_pieces(exit_.case, {key: one["name"] for key, one in known.items()})
    for key, one in known.items():
        one["words"] = (one["name"], equipment_en(one["name"]))
        one["gone"] = gone.get(key)
        one["chosen"] = one["chosen"] and one["gone"] is None
    if data.getlist("eq") or data.get("form"):
        for one in known.values():
            key = one["id"]
            one["chosen"] = key in data.getlist("eq")
            one["kind"] = data.get(f"kind:{key}", one["kind"])
            one["parts"] = data.get(f"parts:{key}", one["parts"])
    return list(known.values())[:MOST]


def _hand(data: QueryDict, n: int) -> dict[str, Any]:
    return {
        "n": n,
        "name": data.get(f"new_name_{n}", ""),
        "kind": data.get(f"new_kind_{n}", ""),
        "parts": data.get(f"new_parts_{n}", ""),
    }


def _equipment(data: QueryDict) -> list[Equipment]:
    chosen = [
        Equipment(
            key[:60],
            data.get(f"name:{key}", key)[:120],
            data.get(f"kind:{key}", "other"),
            _parts(data.get(f"parts:{key}", "")),
        )
        for key in dict.fromkeys(data.getlist("eq")[:MOST])
    ]
    for n in range(1, ROWS + 1):
        one = _hand(data, n)
        if one["name"].strip():
            chosen.append(
                Equipment(
                    f"{BY_HAND}{n}", one["name"].strip()[:120], one["kind"] or "other",
                    _parts(one["parts"]),
                )
            )  # fmt: skip
    return chosen


def _parts(text: str) -> tuple[str, ...]:
    lines = (line.strip()[:80] for line in text.replace("；", "\n").splitlines())
    return tuple(line for line in lines if line)[:20]


def _given(data: QueryDict) -> Planned:
    return Planned(
        form=data.get("form", ""),
        equipment=_equipment(data),
        filled=_filled(data),
        destination=data.get("destination", ""),
        note=data.get("note", ""),
        after=data.get("after", ""),
    )


def _filled(data: QueryDict) -> dict[str, dict[str, str]]:
    """What was filled in by item; what was left empty takes what was given for all."""
    found: dict[str, dict[str, str]] = {}
    for key in data:
        name, colon, item = key.partition(":")
        if colon and name in FILLED:
            found.setdefault(item, {})[name] = data.get(key, "")
    for given in found.values():
        if given.get("left_out", "").strip():
            continue
        for name in ("responsible", "begins", "ends"):
            given[name] = given.get(name, "").strip() or data.get(f"all_{name}", "")
    return found


def _filled_before(exit_: ExitStanding) -> Mapping[str, Mapping[str, str]]:
    return {key: {name: item[name] for name in FILLED} for key, item in exit_.items.items()}
