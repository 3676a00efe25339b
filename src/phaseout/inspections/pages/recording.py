"""现场检查记录 on a phone: a draft that is never lost, handed in once."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phaseout.accounts.requests import officials, person, today_of, ways
from phaseout.evidence.attaching import ACCEPT, attach
from phaseout.inspections import acts
from phaseout.inspections.acts.recording import Handed
from phaseout.inspections.checklist import items_of
from phaseout.inspections.models import Assignment, Draft, Record
from phaseout.inspections.pages.visits import shown, visits_within
from phaseout.inspections.permits import SEEN
from phaseout.inspections.standing import team_of
from phaseout.law.refusals import Refusal

PARTS = {"v": "value", "n": "note", "f": "from", "t": "to", "p": "number"}
"""First letter of a field → what of an item it fills in: `v:L1#3`."""
LONGEST = 2000
MOST_FILES = 30
LARGEST_SIGNATURE = 300_000
TEXTS = ("visited_on", "statement", "representative", "position", "refused_to_sign")
_PNG = "data:image/png;base64,"


@require_http_methods(["GET", "HEAD", "POST"])
@officials
def record(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visits_within(request).select_related("enterprise"), pk=pk)
    if not team_of(found).filter(inspector=person(request)).exists():
        raise PermissionDenied("inspector")
    if Record.objects.filter(assignment=found).exists() and request.method != "POST":
        return redirect("inspection-visit", pk=found.pk)
    draft = _draft(request, found)
    if request.method != "POST":
        return _page(request, found, draft)
    try:
        draft = _saved(request, draft)
        if request.POST.get("do") != "hand_in":
            return _kept(request, found)
        acts.record(found.pk, _handed(draft), **ways(request, UUID(draft.content["key"])))
    except Refusal as refusal:
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse(refusal.as_json(), status=409)
        return _page(request, found, draft, refusal=refusal, status=409)
    messages.success(request, _("检查记录已提交；请另一名检查人员签署。"))
    return redirect("inspection-visit", pk=found.pk)


def _kept(request: HttpRequest, found: Assignment) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"saved": True})
    messages.success(request, _("草稿已保存。"))
    return redirect("inspection-record", pk=found.pk)


def _draft(request: HttpRequest, found: Assignment) -> Draft:
    """The inspector's draft, or a new one that is not written yet."""
    kept = Draft.objects.filter(assignment=found, inspector=person(request)).first()
    if kept is not None:
        return kept
    content = {"key": str(uuid4()), "visited_on": today_of(request).isoformat(), "items": {}}
    return Draft(assignment=found, inspector=person(request), content=content, files=[])


def _saved(request: HttpRequest, draft: Draft) -> Draft:
    """The draft with what was sent: texts, items, photos. A key that was sent with the form is
    kept, so that a form sent twice hands in once."""
    sent, content = request.POST, dict(draft.content)
    content["key"] = _key(sent.get("key"), content["key"])
    for name in TEXTS:
        content[name] = sent.get(name, "")[:LONGEST]
    content["witnesses"] = [sent.get(f"witness_{n}", "")[:60] for n in (1, 2)]
    content["items"] = _items(draft.assignment.checklist, sent)
    draft.content = content
    gone = set(sent.getlist("remove"))
    files = [one for one in draft.files if str(one["pk"]) not in gone]
    uploads = [*request.FILES.getlist("files"), *_signature(sent.get("signature", ""))]
    for upload in uploads[: MOST_FILES - len(files)]:
        kept = attach(upload, by=person(request), dated_on=today_of(request))
        files.append({"pk": kept.pk, "digest": kept.digest, "name": kept.name})
    draft.files = files
    if not Record.objects.filter(assignment=draft.assignment).exists():
        draft.save()
    return draft


def _key(sent: str | None, kept: str) -> str:
    try:
        return str(UUID(sent or ""))
    except ValueError:
        return kept


def _items(checklist: Mapping[str, Any], sent: Mapping[str, str]) -> dict[str, dict[str, str]]:
    ids = [item["id"] for _, item in items_of(dict(checklist))]
    ids += [item["id"] for item in checklist["permits"]]
    found: dict[str, dict[str, str]] = {}
    for one in ids:
        given = {
            part: text[:LONGEST].strip()
            for letter, part in PARTS.items()
            if (text := sent.get(f"{letter}:{one}", "")).strip()
        }
        if given:
            found[one] = given
    return found


def _signature(text: str) -> list[SimpleUploadedFile]:
    """What was drawn with a finger, as a picture; nothing where nothing was drawn."""
    if not text.startswith(_PNG) or len(text) > LARGEST_SIGNATURE:
        return []
    try:
        body = base64.b64decode(text.removeprefix(_PNG), validate=True)
    except (binascii.Error, ValueError):
        return []
    return [SimpleUploadedFile(_("企业代表签名.png"), body)]


def _handed(draft: Draft) -> Handed:
    content = draft.content
    try:
        day = date.fromisoformat(content.get("visited_on", ""))
    except ValueError:
        day = date.min  # refused with its own words
    return Handed(
        content=content["items"],
        visited_on=day,
        statement=content["statement"],
        representative=content["representative"],
        position=content["position"],
        refused_to_sign=content["refused_to_sign"],
        witnesses=content["witnesses"],
        files=draft.files,
    )


def _page(
    request: HttpRequest,
    found: Assignment,
    draft: Draft,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    given = draft.content.get("items", {})
    lines = [
        {
            **line,
            "asked": [{"item": item, "given": given.get(item["id"], {})} for item in line["items"]],
        }
        for line in found.checklist["lines"]
    ]
    permits = [
        {"item": one, "given": given.get(one["id"], {})} for one in found.checklist["permits"]
    ]
    witnesses = [*draft.content.get("witnesses", []), "", ""][:2]
    context = {
        **shown(request, found),
        "draft": draft,
        "content": draft.content,
        "witnesses": list(enumerate(witnesses, 1)),
        "lines": lines,
        "permits": permits,
        "seen": SEEN.items(),
        "accept": ACCEPT,
        "refusal": refusal,
        "saved_at": draft.saved_at.timestamp() if draft.pk else 0,
    }
    return render(request, "inspections/record_form.html", context, status=status)
