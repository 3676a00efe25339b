"""拟定退出方案: what must go, who sees to it, from when to when; versions succeed one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.casework.models import CaseDeadline
from phaseout.exits import refusing
from phaseout.exits.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    held,
    seat_for,
    under_way,
)
from phaseout.exits.models import ExitAct
from phaseout.exits.standing import ExitStanding
from phaseout.exits.subjects import AT_ITS_SITE
from phaseout.law.dismantling import Equipment, sheet
from phaseout.law.refusals import Bilingual

LONGEST = 500
SHORTEST_REASON = 4
FILLED = ("responsible", "begins", "ends", "left_out")
DITIAOGANG = "record_ditiaogang"
PERIODS = ("dismantling", "removal")
"""Periods of the case by whose last day the equipment has to be gone."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan as it is given: `filled` by item (responsible, begins, ends, left_out); `after` is
    the digest of the version it was made from ("" for the first)."""

    form: str
    equipment: Sequence[Equipment]
    filled: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    destination: str = ""
    note: str = ""
    after: str = ""


@again_after_a_deadlock
@transaction.atomic(durable=True)
def make_plan(
    case_id: int, given: Planned, *, by: User, scope: Scope, today: date, key: UUID
) -> ExitAct:
    """Raises:
    Refusal: `exit.not-yours`, `exit.not-under-way`, `plan.changed`, `plan.items-wrong`, and what
        `law.dismantling.sheet` refuses.
    """
    before = done_before(key, ExitAct.Kind.PLAN, by, case_id)
    if before is not None:
        return before
    exit_ = held(case_id)
    seat = seat_for(exit_, scope, today, *AT_ITS_SITE)
    under_way(exit_)
    if given.after != (exit_.plan_act.digest if exit_.plan_act else ""):
        raise refusing.plan_changed()
    content = {
        **laid_out(exit_, given, today),
        "version": len(exit_.plans) + 1,
        "previous": given.after,
        "destination": given.destination.strip()[:LONGEST],
        "note": given.note.strip()[:LONGEST],
    }
    if wrong := list(_wrong(exit_, content)):
        raise refusing.plan_wrong(wrong)
    return append(ExitAct.Kind.PLAN, exit_, seat, by=by, today=today, key=key, content=content)


def laid_out(exit_: ExitStanding, given: Planned, today: date) -> dict[str, Any]:
    """The sheet of this equipment with what the plan fills in.

    Raises:
        Refusal: what `law.dismantling.sheet` refuses; ditiaogang, found in the case, is not sealed.
    """
    equipment = list(given.equipment)
    if DITIAOGANG in exit_.kinds and given.form == "seal":
        equipment = [Equipment(one.id, one.name, "ditiaogang") for one in equipment]
    made = sheet(equipment, given.form, today)
    for item in made["items"]:
        filled = given.filled.get(item["id"], {})
        item.update({name: str(filled.get(name, "")).strip()[:LONGEST] for name in FILLED})
    return made


def last_day(exit_: ExitStanding) -> date | None:
    """The day by which the case wants the equipment gone; None: it names none."""
    return last_days([exit_.case.pk]).get(exit_.case.pk)


def last_days(cases: Sequence[int]) -> dict[int, date]:
    """Case → that day, of those that name one; one query. A date set for the dismantling goes
    before that of the decision, the last set before earlier ones."""
    rows = CaseDeadline.objects.filter(
        case__in=cases, period__in=PERIODS, going=True, due__isnull=False
    ).values_list("case_id", "period", "opened_by", "due")
    found: dict[int, date] = {}
    for case, _period, _opened, due in sorted(
        rows, key=lambda row: (-PERIODS.index(row[1]), row[2])
    ):
        if due is not None:
            found[case] = due
    return found


def _wrong(exit_: ExitStanding, content: Mapping[str, Any]) -> list[Bilingual]:
    by = last_day(exit_)
    wrong: list[Bilingual] = []
    for item in content["items"]:
        for zh, en in _wrong_with(item, by):
            wrong.append((f"{item['zh']}：{zh}", f"{item['en']}: {en}"))
    if content["form"] in ("dismantle", "seal") and not content["destination"]:
        wrong.append(("没有写明拆除设备的去向", "it does not say where the equipment goes"))
    return wrong


def _wrong_with(item: Mapping[str, Any], by: date | None) -> list[Bilingual]:
    if item["left_out"]:
        if item["seen"] and item["about"] == "part":
            return [
                (
                    f"为验收所必查（{item['source']}），不能列为不适用",
                    f"acceptance looks at it ({item['source']}): it cannot be left out",
                )
            ]
        if len(item["left_out"]) < SHORTEST_REASON:
            return [("不适用的理由过短", "the reason for leaving it out is too short")]
        return []
    if item["about"] != "part":
        return _days(item, by) if item["begins"] or item["ends"] else []
    if not item["responsible"]:
        return [("没有写明责任人", "nobody is named as responsible")]
    return _days(item, by)


def _days(item: Mapping[str, Any], by: date | None) -> list[Bilingual]:
    try:
        begins, ends = date.fromisoformat(item["begins"]), date.fromisoformat(item["ends"])
    except ValueError:
        return [("没有写明起止日期", "it does not say from when to when")]
    if ends < begins:
        return [("截止日早于起始日", "it ends before it begins")]
    if by is not None and ends > by:
        return [(f"截止日晚于案件限期{by}", f"it ends after the day set in the case, {by}")]
    return []
