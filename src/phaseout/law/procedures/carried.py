"""What an act carries: the items the table asks for, their types, and what they must agree with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from phaseout.law.procedures.assembly import procedure as procedure_of
from phaseout.law.procedures.counting import longest_extension, whole_length
from phaseout.law.procedures.deadlines import Done, Opening
from phaseout.law.procedures.records import ActRule, Period
from phaseout.law.procedures.refused import (
    item_missing,
    item_wrong,
    longer_than_term,
    no_service_day,
    not_a_newer_version,
    points_unanswered,
    served_before_made,
    too_late_before,
    unknown_task,
)
from phaseout.law.procedures.replay import Replay
from phaseout.law.procedures.service import WAYS
from phaseout.law.refusals import Refusal


def _is_licences(value: Any) -> bool:
    """Each licence with its issuer, and no name twice: by its name its revocation is recorded."""
    if not isinstance(value, (list, tuple)):
        return False
    if not all(isinstance(one, Mapping) and one.get("issuer") for one in value):
        return False
    names = [one.get("licence") for one in value]
    return all(names) and len(set(names)) == len(names)


def _is_list(value: Any) -> bool:
    texts = isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value)
    return texts and bool(value) and all(one.strip() for one in value)


_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "file": lambda value: bool(value),
    "text": lambda value: isinstance(value, str) and bool(value.strip()),
    "date": lambda value: isinstance(value, date) and not isinstance(value, datetime),
    "moment": lambda value: isinstance(value, datetime),
    "number": lambda value: type(value) is int and value > 0,
    "amount": lambda value: isinstance(value, Decimal) and value.is_finite() and value > 0,
    "list": _is_list,
    "map": lambda value: isinstance(value, Mapping) and bool(value),
    "licences": _is_licences,
}
ITEM_TYPES = frozenset(_TYPES)


def carried(rule: ActRule, act: Done, replay: Replay) -> Iterator[Refusal]:
    """Every reason against the act that lies in what it carries."""
    missing = [b for b in rule.brings if not b.optional and b.item not in act.facts]
    if missing:
        yield item_missing(rule, missing)
        return
    wrong = [b for b in rule.brings if b.item in act.facts and not _fits(b.item, b.type, act)]
    if wrong:
        yield from (item_wrong(rule, bring, act.facts[bring.item]) for bring in wrong)
        return
    yield from _service(rule, act, replay)
    yield from _points(rule, act, replay)
    yield from _months(rule, act, replay)
    yield from _guards(rule, act, replay)
    yield from _licence(rule, act, replay)
    yield from _version(rule, act, replay)


def _fits(item: str, kind: str, act: Done) -> bool:
    if item == "service_way":
        return act.facts[item] in WAYS
    return _TYPES[kind](act.facts[item])


def serves(rule: ActRule) -> bool:
    """Whether the act carries a day of service."""
    return any(bring.item == "service_way" for bring in rule.brings)


def _service(rule: ActRule, act: Done, replay: Replay) -> Iterator[Refusal]:
    if not serves(rule):
        return
    if act.served_on is None:
        yield no_service_day(rule)
        return
    made = [one.on for one in replay.acts if one.kind == rule.service_of]
    if not rule.service_of:  # the act makes the document and serves it
        made = [act.on]
    if made and act.served_on < made[-1]:
        yield served_before_made(rule, act.served_on, made[-1])


def _points(rule: ActRule, act: Done, replay: Replay) -> Iterator[Refusal]:
    """A defence is answered point by point."""
    answers = act.facts.get("answers")
    if not isinstance(answers, Mapping):
        return
    stated = replay.points.get(rule.answers, ())
    open_points = [point for point in stated if not str(answers.get(point) or "").strip()]
    if open_points:
        yield points_unanswered(rule, open_points)


def _months(rule: ActRule, act: Done, replay: Replay) -> Iterator[Refusal]:
    months = act.facts.get("months")
    if months is None:
        return
    for period in replay.procedure.periods.values():
        longest = _longest(rule, period)
        if longest is not None and months > longest:
            yield longer_than_term(rule, months, longest)


def _longest(rule: ActRule, period: Period) -> int | None:
    """How many months the act may give: the term where it sets the length, the longest extension
    where it lengthens or where it is applied for."""
    if period.length is None:
        return None
    if period.length_fact == f"months@{rule.kind}":
        return whole_length(period.length)
    applied = any(kind == "grant_extension" for kind in period.lengthened_by)
    if rule.kind in period.lengthened_by or (applied and rule.kind == "apply_extension"):
        return longest_extension(period.length)
    return None


def _guards(rule: ActRule, act: Done, replay: Replay) -> Iterator[Refusal]:
    """Periods counted back from a day the act names: was the notice early enough?"""
    if act.facts.get("urgent"):
        return
    for period in replay.procedure.periods.values():
        if period.kind != "guard" or rule.kind not in period.opens_by:
            continue
        named = act.facts.get(period.start.partition(":")[2])
        if not isinstance(named, date):
            continue
        opening = Opening(replay.procedure, period, act, named, len(replay.acts))
        counted = replay.clockwork.counted(opening, act.on)
        if isinstance(counted, Refusal):
            yield counted
            continue
        told = act.facts.get("told_at") or _told(replay) if isinstance(named, datetime) else None
        given = told or act.served_on or act.on
        if counted is not None and _later(given, counted.due):
            yield too_late_before(rule, counted.due, given, period.name)


def _told(replay: Replay) -> Any:
    for done in reversed(replay.acts):
        if "told_at" in done.facts:
            return done.facts["told_at"]
    return None


def _later(given: date | datetime, due: date | datetime) -> bool:
    if isinstance(given, datetime) and isinstance(due, datetime):
        return given.replace(tzinfo=given.tzinfo or due.tzinfo) > due
    return _day(given) > _day(due)


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _licence(rule: ActRule, act: Done, replay: Replay) -> Iterator[Refusal]:
    licence = act.facts.get("licence")
    if licence is None:
        return
    known = [task.item for task in replay.tasks if task.item and task.done_on is None]
    if licence not in known:
        yield unknown_task(rule, licence, known)


def _version(rule: ActRule, act: Done, replay: Replay) -> Iterator[Refusal]:
    """A case is moved to a version there is, and never back."""
    version = act.facts.get("version")
    if version is None:
        return
    try:
        wanted = procedure_of(replay.procedure.name, version=version)
    except Refusal as refusal:
        yield refusal
        return
    if not replay.procedure.first < wanted.first <= act.on:
        yield not_a_newer_version(rule, version, replay.procedure.version)
