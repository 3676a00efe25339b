"""The permit check: what a firm of these industries must hold, and what the registry knows of it.

`state` of an item on the day: valid, expired, future, end_unknown, none. What it finds beyond its
terms is for the inspector to see on the spot.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, cast

from phaseout.law.judgement.explain.subjects import permit_names
from phaseout.law.norms.methods import method_rows
from phaseout.law.norms.methods.environment import PermitRegime
from phaseout.law.norms.methods.safety import PermitKind, RequiredPermit
from phaseout.law.norms.wording import cited_as
from phaseout.law.refusals import Bilingual
from phaseout.registry.models import Enterprise, PermittedVersion, PermitVersion

STATES: Mapping[str, Bilingual] = {
    "valid": ("有效", "valid"),
    "expired": ("已过期", "expired"),
    "future": ("尚未生效", "not valid yet"),
    "end_unknown": ("未登记有效期止", "its last day is not on record"),
    "none": ("登记库中没有", "none on record"),
}
SEEN: Mapping[str, Bilingual] = {
    "holds": ("出示，与登记一致", "shown, as on record"),
    "other": ("出示了登记库中没有的证", "another one was shown"),
    "none": ("无证", "no permit"),
    "expired": ("过期", "expired"),
    "beyond": ("超出许可范围", "beyond its terms"),
    "not_needed": ("不需要该证", "none is needed"),
}
"""What an inspector finds of a permit on the spot."""
WRONG = frozenset({"none", "expired", "beyond"})
_RANK = ("valid", "end_unknown", "expired", "future", "none")


def permit_items(
    enterprise: Enterprise, industries: Collection[str], on: date
) -> list[dict[str, Any]]:
    """For each kind of permit that an industry needs on the day: who says so, what is on record."""
    kinds = {k.kind: k for k in cast(tuple[PermitKind, ...], method_rows("permit_kinds"))}
    needed: dict[str, list[RequiredPermit]] = {}
    for row in cast(tuple[RequiredPermit, ...], method_rows("required_permits")):
        if row.industry in industries and row.holds_on(on):
            needed.setdefault(row.kind, []).append(row)
    held = _held(enterprise, on)
    found = []
    for kind in sorted(set(needed) | {k for k in held if k in kinds}):
        rows, permit = needed.get(kind, []), held.get(kind)
        zh, en = permit_names().get(kind, (kind, kind))
        found.append(
            {
                "id": f"permit#{kind}",
                "permit": kind,
                "zh": zh,
                "en": en,
                "needed": bool(rows),
                "asked_zh": rows[0].question_zh if rows else "",
                "asked_en": rows[0].question_en if rows else "",
                "norms": [
                    {"row": r.row_id, "zh": cited[0], "en": cited[1]}
                    for r in rows
                    for cited in [cited_as(r.source_id, r.clause)]
                ],
                **(permit or {"state": "none", "number": "", "valid_from": "", "valid_to": ""}),
            }
        )
    return found


def with_permitted(items: Sequence[dict[str, Any]], on: date) -> list[dict[str, Any]]:
    """The items of outlets, with what their discharge permit allows put before the standards: since
    there are permits, that is the number the judgement compares with."""
    asked = {one["fields"]["outlet_id"] for one in items if one["table"] == "monitoring"}
    if not asked:
        return list(items)
    allowed = {
        (one.outlet_id, one.pollutant_code): one
        for one in PermittedVersion.objects.filter(outlet_id__in=asked, replaced_by=None)
    }
    return [{**item, "norms": [*_permitted(item, allowed, on), *item["norms"]]} for item in items]


def _permitted(
    item: Mapping[str, Any], allowed: Mapping[tuple[str, str], PermittedVersion], on: date
) -> list[dict[str, str]]:
    named = item["fields"].get("outlet_id"), item["fields"].get("pollutant_code")
    one = allowed.get(named) if item["table"] == "monitoring" else None
    regimes = cast(tuple[PermitRegime, ...], method_rows("permit_regimes"))
    row = next((regime for regime in regimes if regime.holds_on(on)), None)
    if one is None or row is None:
        return []
    zh, en = cited_as(row.source_id, row.clause)
    limit = f"≤ {one.value.normalize():f} {one.unit}"
    return [
        {
            "row": row.row_id,
            "zh": zh,
            "en": en,
            "limit_zh": f"排污许可证许可浓度，{limit}",
            "limit_en": f"allowed by the discharge permit, {limit}",
            "confidence": str(row.confidence),
        }
    ]


def _held(enterprise: Enterprise, on: date) -> dict[str, dict[str, str]]:
    names = permit_names()
    by_words = {pair: kind for kind, pair in names.items() if kind.isascii()}
    best: dict[str, dict[str, str]] = {}
    for permit in PermitVersion.objects.filter(uscc=enterprise.pk, replaced_by=None):
        kind = by_words.get(names.get(permit.kind, ("", "")), permit.kind)
        shown = {
            "state": _state(permit, on),
            "number": permit.number,
            "valid_from": permit.valid_from.isoformat(),
            "valid_to": permit.valid_to.isoformat() if permit.valid_to else "",
        }
        if kind not in best or _RANK.index(shown["state"]) < _RANK.index(best[kind]["state"]):
            best[kind] = shown
    return best


def _state(permit: PermitVersion, on: date) -> str:
    if permit.valid_from > on:
        return "future"
    if permit.valid_to is None:
        return "end_unknown"
    return "expired" if permit.valid_to < on else "valid"
