"""自愿退出的申请路径: the county and the city review the application, the region gives the task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import Scope
from phaseout.casework.models import Case
from phaseout.exits import refusing
from phaseout.exits.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    held,
)
from phaseout.exits.models import ExitAct
from phaseout.exits.standing import ExitStanding
from phaseout.exits.subjects import Seat, seat_in
from phaseout.law.dismantling.missing import AGREES, REFUSES
from phaseout.law.refusals import Bilingual, Refusal

LEVELS: Mapping[str, Bilingual] = {
    "county": ("县（市、区）审核", "review by the county"),
    "city": ("市审核", "review by the city"),
}
STEPS = ("cut_off", "dismantling", "acceptance", "report")
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An opinion on an application; `on_paper` names the letter of a county without an account."""

    level: str
    opinion: str
    reason: str
    on_paper: str = ""


@again_after_a_deadlock
@transaction.atomic(durable=True)
def review(
    case_id: int, given: Reviewed, *, by: User, scope: Scope, today: date, key: UUID
) -> ExitAct:
    """The county, then the city, says what it thinks of the application.

    Raises:
        Refusal: `exit.not-yours`, `apply.not-open`, `apply.incomplete`.
    """
    before = done_before(key, ExitAct.Kind.REVIEW, by, case_id)
    if before is not None:
        return before
    exit_ = held(case_id)
    seat = reviewing(exit_.case, scope, today)
    if seat is None:
        raise refusing.not_yours()
    _open(exit_, given.level)
    if given.level == "county" and seat.level == "city" and not given.on_paper.strip():
        raise _incomplete(
            (
                "市代县录入审核意见，须写明县里的文号。",
                "where the city enters the county's opinion, the number of its letter is needed.",
            )
        )
    if given.level == "city" and seat.level == "county":
        raise refusing.not_yours()
    if given.opinion not in (AGREES, REFUSES) or not 0 < len(given.reason.strip()) <= LONGEST:
        raise _incomplete(("没有写明意见和理由。", "opinion or reason is missing."))
    content = {
        "level": given.level,
        "opinion": given.opinion,
        "reason": given.reason.strip(),
        "on_paper": given.on_paper.strip()[:80],
    }
    return append(
        ExitAct.Kind.REVIEW, exit_, seat, by=by, today=today, key=key, content=content,
        item=given.level,
    )  # fmt: skip


def reviewing(case: Case, scope: Scope, today: date) -> Seat | None:
    """The person's seat in the city or county of the line."""
    seat = seat_in(case, scope, today, Role.OFFICER, Role.LEADER, city=True)
    return seat if seat is not None and seat.level in LEVELS else None


@dataclass(frozen=True, slots=True)
class Task:
    """The task notice: its number, and the day for each of `STEPS`."""

    notice: str
    days: Mapping[str, date]


@again_after_a_deadlock
@transaction.atomic(durable=True)
def set_task(
    case_id: int, given: Task, *, by: User, scope: Scope, today: date, key: UUID
) -> ExitAct:
    """The office of the case enters the line in the region's task of the year.

    Raises:
        Refusal: `exit.not-yours`, `apply.not-open`, `apply.incomplete`.
    """
    before = done_before(key, ExitAct.Kind.TASK, by, case_id)
    if before is not None:
        return before
    exit_ = held(case_id)
    seat = seat_in(exit_.case, scope, today, Role.OFFICER)
    if seat is None:
        raise refusing.not_yours()
    if "apply_exit" not in exit_.on_file or not_agreed(exit_.case):
        raise _not_open(
            ("县、市两级尚未都审核同意。", "county and city have not both agreed."),
            ("请等待两级审核。", "Wait for both reviews."),
        )
    days = [given.days.get(step) for step in STEPS]
    if not given.notice.strip() or None in days:
        raise _incomplete(("没有写明任务文号或日期。", "the notice's number or a day is missing."))
    if sorted(d for d in days if d) != days:
        raise _incomplete(("日期先后颠倒。", "the days are not in order."))
    content = {
        "notice": given.notice.strip()[:80],
        "days": {step: given.days[step].isoformat() for step in STEPS},
    }
    return append(ExitAct.Kind.TASK, exit_, seat, by=by, today=today, key=key, content=content)


def reviews(exit_: ExitStanding) -> list[ExitAct]:
    """The last review of each level."""
    last = {act.item: act for act in exit_.own if act.kind == ExitAct.Kind.REVIEW}
    return list(last.values())


def not_agreed(case: Case) -> list[tuple[Bilingual, bool]]:
    """The levels that have not agreed to the application, each with whether it has refused it;
    empty: both have agreed."""
    rows = ExitAct.objects.filter(case=case, kind=ExitAct.Kind.REVIEW).order_by("pk")
    given = {row.item: row.content["opinion"] for row in rows}
    return [
        (words, given.get(level) == REFUSES)
        for level, words in LEVELS.items()
        if given.get(level) != AGREES
    ]


def _open(exit_: ExitStanding, level: str) -> None:
    if level not in LEVELS or exit_.case.stage != "applied":
        raise _not_open(
            ("案件不在“已申请自愿退出”阶段。", "no application for voluntary exit waits."),
            ("请查看案件。", "Look at the case."),
        )
    done = {act.item: act for act in reviews(exit_)}
    if level in done:
        raise _not_open(
            (f"已于{done[level].done_on}审核。", f"it was reviewed on {done[level].done_on}."),
            ("无须再次审核。", "It need not be reviewed again."),
        )
    county = done.get("county")
    if level == "city" and (county is None or county.content["opinion"] != AGREES):
        raise _not_open(
            ("县（市、区）尚未审核同意。", "the county has not agreed yet."),
            ("先由县（市、区）审核。", "First the county reviews."),
        )


_WHAT: Bilingual = ("不能办理该申请", "this cannot be done with the application")


def _not_open(why: Bilingual, instead: Bilingual) -> Refusal:
    return Refusal("apply.not-open", what=_WHAT, why=why, instead=instead)


def _incomplete(why: Bilingual) -> Refusal:
    return Refusal("apply.incomplete", what=_WHAT, why=why, instead=("请补齐。", "Fill it in."))
