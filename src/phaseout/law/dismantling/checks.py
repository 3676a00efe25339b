"""What is wrong with a record made on the spot. `exits/static/exits/checks.js` says the same of the
same data, on a phone without network: change both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Problem:
    """`warns`: told, and the record may still be sent."""

    code: str
    field: str
    zh: str
    en: str
    warns: bool = False


def problems(
    rules: Mapping[str, Any],
    item: Mapping[str, Any] | None,
    record: Mapping[str, Any],
    have: Mapping[str, int],
) -> tuple[Problem, ...]:
    """All that is wrong, in the order of the fields.

    Args:
        rules: what `sheets.rules` gives.
        item: the item of the plan the record names; None: it names none, or one that is not there.
        record: `record` (its kind), `item`, `fields`, `slots` (slot → number of files), `at` (ISO
            time with offset), `place` (`latitude`, `longitude`) or None.
        have: files that earlier records brought for the item, by slot.
    """
    words = rules["words"]

    def said(code: str, field: str = "", warns: bool = False, **given: Any) -> Problem:
        zh, en = words[code]
        names = given.pop("name", ("", ""))
        return Problem(code, field, _put(zh, given, names[0]), _put(en, given, names[1]), warns)

    found: list[Problem] = []
    kind = record.get("record", "")
    known = rules["records"].get(kind)
    if known is None:
        return (said("item.other-record"),)
    if item is None and kind not in rules["without_item"]:
        return (said("item.unknown"),)
    if item is not None and item["left_out"]:
        return (said("item.left-out"),)
    if item is not None and item["record"] != kind:
        return (said("item.other-record"),)
    for code, field, given in _fields(known, record.get("fields", {}), rules["longest"]):
        found.append(said(code, field, **given))
    for code, field, warns, given in _files(rules, item, kind, record, have):
        found.append(said(code, field, warns, **given))
    found += [said(code) for code in _when_and_where(record)]
    return tuple(found)


def _put(text: str, given: Mapping[str, Any], name: str) -> str:
    for key, value in {**given, "name": name}.items():
        text = text.replace("{" + key + "}", str(value))
    return text


def _fields(
    known: list[dict[str, Any]], given: Mapping[str, str], longest: int
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for field in known:
        name, text = (field["zh"], field["en"]), str(given.get(field["field"], "")).strip()
        wanted = field["required"] or any(given.get(f) == v for f, v in field["when"])
        if not text:
            if wanted:
                yield "field.missing", field["field"], {"name": name}
        elif len(text) > longest:
            yield "field.too-long", field["field"], {"name": name, "most": longest}
        elif field["type"] == "decimal" and not NUMBER.fullmatch(text):
            yield "field.not-a-number", field["field"], {"name": name}
        elif field["type"] == "date" and not _is_day(text):
            yield "field.not-a-day", field["field"], {"name": name}
        elif field["type"] == "yes_no" and text not in ("yes", "no"):
            yield "field.not-an-option", field["field"], {"name": name}


def _is_day(text: str) -> bool:
    try:
        return bool(DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _files(
    rules: Mapping[str, Any],
    item: Mapping[str, Any] | None,
    kind: str,
    record: Mapping[str, Any],
    have: Mapping[str, int],
) -> Iterator[tuple[str, str, bool, dict[str, Any]]]:
    brought: Mapping[str, int] = record.get("slots", {})
    fields = record.get("fields", {})
    slots = item["slots"] if item is not None else []
    if kind != "tick":
        wanted = rules["files_at_least"][kind]
        there = sum(brought.values())
        if there < wanted:
            name = (slots[0]["zh"], slots[0]["en"]) if slots else ("照片", "photo")
            yield "photo.missing", "", False, {"name": name, "want": wanted, "have": there}
        return
    lacking = [
        (slot, there)
        for slot in slots
        if (there := have.get(slot["slot"], 0) + brought.get(slot["slot"], 0)) < slot["at_least"]
    ]
    if fields.get("done") == "yes":
        for slot, there in lacking:
            name = (slot["zh"], slot["en"])
            yield (
                "photo.missing",
                slot["slot"],
                False,
                {"name": name, "want": slot["at_least"], "have": there},
            )
    elif fields.get("done") == "no":
        if not any(brought.values()) and not str(fields.get("note", "")).strip():
            yield "record.empty", "", False, {}
        elif not lacking:
            yield "tick.missing", "done", True, {}


def _when_and_where(record: Mapping[str, Any]) -> Iterator[str]:
    at = record.get("at") or ""
    if not at:
        yield "time.missing"
    elif not _is_time(at):
        yield "time.unreadable"
    place = record.get("place")
    if place is not None and not _on_earth(place):
        yield "place.out-of-range"


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _on_earth(place: Mapping[str, Any]) -> bool:
    try:
        latitude, longitude = float(place["latitude"]), float(place["longitude"])
    except (KeyError, TypeError, ValueError):
        return False
    return -90 <= latitude <= 90 and -180 <= longitude <= 180
