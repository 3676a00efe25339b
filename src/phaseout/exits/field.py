"""What a phone takes along to the spot, and how it sends back what was recorded there.

taken_along(exit, …)    plan, rules, what is there already: plain JSON
read(text, files, …)    what came back, as `acts.record` or `acts.sign_sheet` takes it
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from phaseout.accounts.models import User
from phaseout.evidence.attaching import LARGEST, attach
from phaseout.evidence.models import EvidenceFile
from phaseout.exits import refusing
from phaseout.exits.acts.accepting import Signed
from phaseout.exits.acts.recording import Photo, Place, Recorded
from phaseout.exits.standing import ExitStanding
from phaseout.law.dismantling import PARTIES, rules

SIGN = "sign"
MOST_FILES = 40
LONGEST = 60_000
VISIT_SLOTS = [{"slot": "photo", "type": "photo", "at_least": 1, "zh": "照片", "en": "photo"}]


def taken_along(exit_: ExitStanding, *, by: User, now: datetime, csrf: str) -> dict[str, Any]:
    """All that a phone needs to work on this exit without network.

    `clock` is the moment by the server: the phone adds the difference to its own clock.
    """
    case = exit_.case
    return {
        "case": {
            "pk": case.pk,
            "number": case.number,
            "enterprise": case.enterprise.name,
            "line": case.line.name,
            "state": list(exit_.state.words),
        },
        "plan": _plan(exit_),
        "have": {item: dict(seen.slots) for item, seen in exit_.seen.items()},
        "complete": [item for item in exit_.items if exit_.complete(item)],
        "rules": rules(),
        "visit_slots": VISIT_SLOTS,
        "sheet": _sheet(exit_),
        "by": by.get_username(),
        "name": str(by),
        "clock": now.isoformat(),
        "largest": LARGEST,
        "csrf": csrf,
    }


def _plan(exit_: ExitStanding) -> dict[str, Any] | None:
    plan = exit_.plan_act
    if plan is None:
        return None
    told = {name: plan.content[name] for name in ("version", "equipment", "items")}
    return {"digest": plan.digest, **told}


def _sheet(exit_: ExitStanding) -> dict[str, Any] | None:
    sheet = exit_.sheet
    if sheet is None:
        return None
    parties = [
        {
            "party": party,
            "words": [row.zh, row.en],
            "organisation": sheet.content["parties"][party],
            "signed": party in exit_.signatures,
        }
        for party, row in PARTIES.items()
    ]
    return {"digest": sheet.digest, "parties": parties}


@dataclass(frozen=True, slots=True)
class Sent:
    """What a phone sent: its one-time key, who made it, what it is."""

    key: UUID
    by: str
    data: Mapping[str, Any]

    @property
    def is_signature(self) -> bool:
        return self.data.get("record") == SIGN


def read_sent(text: str) -> Sent:
    """Raises:
    Refusal: `record.unreadable`.
    """
    try:
        if len(text) > LONGEST:
            raise ValueError
        data = json.loads(text)
        return Sent(UUID(data["key"]), str(data["by"]), data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise refusing.unreadable(
            ("内容无法读取，或没有一次性标识。", "it cannot be read, or has no key.")
        ) from None


def recorded(sent: Sent, files: Mapping[str, UploadedFile[Any]], by: User) -> Recorded:
    """The record, its files kept as evidence.

    Raises:
        Refusal: `record.unreadable`, `record.file-differs`, and what `attach` refuses.
    """
    data = sent.data
    try:
        fields = {str(name): str(value) for name, value in dict(data.get("fields", {})).items()}
        told = [dict(one) for one in data.get("files", [])][:MOST_FILES]
        at = _moment(data["at"])
        parts = [(str(one["slot"])[:20], one) for one in told]
        days = [_moment(one["taken_at"]) if one.get("taken_at") else None for one in told]
    except (ValueError, KeyError, TypeError):
        raise refusing.unreadable(("记录不完整。", "the record is not whole.")) from None
    photos = [
        Photo(slot, _kept(one, files.get(f"file:{n}"), by), days[n], _place(one.get("place")))
        for n, (slot, one) in enumerate(parts)
    ]
    return Recorded(
        record=str(data.get("record", "")),
        item=str(data.get("item", ""))[:120],
        fields=fields,
        at=at,
        photos=photos,
        place=_place(data.get("place")),
        plan=str(data.get("plan", ""))[:64],
        agreed=str(data.get("agreed", ""))[:64],
        device="phone",
    )


def signed(sent: Sent, files: Mapping[str, UploadedFile[Any]], by: User) -> Signed:
    """A signature drawn on the phone.

    Raises:
        Refusal: as `recorded`.
    """
    data = sent.data
    fields = data.get("fields")
    told = data.get("files") or []
    if not isinstance(fields, dict) or not isinstance(told, list):
        raise refusing.unreadable(("签名不完整。", "the signature is not whole."))
    drawn = _kept(dict(told[0]), files.get("file:0"), by) if told else None
    text = {
        name: str(fields.get(name, "")) for name in ("party", "opinion", "reason", "name", "role")
    }
    return Signed(digest=str(data.get("sheet", "")), signature=drawn, **text)


def _kept(told: Mapping[str, Any], uploaded: UploadedFile[Any] | None, by: User) -> EvidenceFile:
    name = str(told.get("name", ""))[:120] or "照片"
    if uploaded is None:
        raise refusing.unreadable((f"“{name}”没有传到。", f"{name!r} did not arrive."))
    stated = str(told.get("sha256", ""))
    if stated:
        sha = hashlib.sha256()
        for chunk in uploaded.chunks():
            sha.update(chunk)
        uploaded.seek(0)
        if sha.hexdigest() != stated:
            raise refusing.file_differs(name)
    uploaded.name = name
    return attach(uploaded, by=by)


def _moment(text: Any) -> datetime:
    found = datetime.fromisoformat(str(text))
    if found.tzinfo is None:
        raise ValueError(text)
    return found


def _place(told: Any) -> Place | None:
    """Coordinates the phone gave; None where it gave none."""
    if not isinstance(told, dict):
        return None
    try:
        latitude, longitude = float(told["latitude"]), float(told["longitude"])
        accuracy = told.get("accuracy")
        metres = min(int(float(accuracy)), 2_000_000_000) if accuracy is not None else None
    except (KeyError, TypeError, ValueError, OverflowError):
        raise refusing.unreadable(("位置无法读取。", "the place cannot be read.")) from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise refusing.unreadable(("位置坐标超出范围。", "the coordinates are out of range."))
    return Place(str(latitude), str(longitude), metres)
