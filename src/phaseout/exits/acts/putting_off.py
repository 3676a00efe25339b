"""列入关停未拆除: a line that is closed and cannot yet be dismantled, with the reason allowed for
it. It is a list of its own, and a public one (the public edition is made elsewhere)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.exits import refusing
from phaseout.exits.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    held,
    seat_for,
)
from phaseout.exits.models import ExitAct
from phaseout.exits.standing import ExitStanding
from phaseout.exits.subjects import AT_ITS_SITE
from phaseout.law.dismantling import REASONS
from phaseout.law.dismantling.standing import STOPPED

SHORTEST, LONGEST = 4, 500


@again_after_a_deadlock
@transaction.atomic(durable=True)
def put_off(
    case_id: int,
    reason: str,
    *,
    note: str,
    dismantle_by: date | None,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> ExitAct:
    """Enter the line as closed and not dismantled.

    Args:
        reason: one of `law.dismantling.REASONS`.
        dismantle_by: the day by which it is to go, where the case has not set one.

    Raises:
        Refusal: `exit.not-yours`, `put-off.not-open`.
    """
    before = done_before(key, ExitAct.Kind.PUT_OFF, by, case_id)
    if before is not None:
        return before
    exit_ = held(case_id)
    seat = seat_for(exit_, scope, today, *AT_ITS_SITE)
    _open(exit_)
    _reasoned(reason, note)
    day = day_set(exit_) or dismantle_by
    if day is None or day <= today:
        raise refusing.put_off_wrong(
            ("没有确定今后的拆除日期。", "no day to come is set for the dismantling."),
            ("请确定拆除日期。", "Set the day."),
        )
    content = {"reason": reason, "note": note.strip(), "dismantle_by": day.isoformat()}
    return append(ExitAct.Kind.PUT_OFF, exit_, seat, by=by, today=today, key=key, content=content)


def _reasoned(reason: str, note: str) -> None:
    if reason not in REASONS:
        raise refusing.put_off_wrong(
            (
                "理由不在可以列入的范围内（职工安置、资产抵押、债务纠纷）。",
                "the reason is none of those allowed (employees, mortgage, debts).",
            ),
            ("其他情形应限时拆除。", "In any other case it is dismantled by the set date."),
        )
    if not SHORTEST <= len(note.strip()) <= LONGEST:
        raise refusing.put_off_wrong(
            ("没有写明具体情况，或文字过长。", "the circumstances are missing, or too long."),
            ("请写明具体情况。", "Describe them."),
        )


def day_set(exit_: ExitStanding) -> date | None:
    """The day that the case has set for the dismantling."""
    act = exit_.last("set_dismantling_date")
    return date.fromisoformat(act.facts["dismantle_by"]) if act is not None else None


def _open(exit_: ExitStanding) -> None:
    closed = "record_sealed" in exit_.on_file or bool(STOPPED & exit_.on_file)
    if not closed:
        raise refusing.put_off_wrong(
            (
                "该线既未封存核验，也未整体关停。",
                "the line is neither verified as sealed nor is the enterprise stopped.",
            ),
            (
                "先断水断电、拆除动力装置、封存并核验。",
                "First cut water and power, remove the drive, seal, and verify.",
            ),
        )
    if "dismantle" in exit_.on_file:
        raise refusing.put_off_wrong(
            ("主体设备已经拆除。", "the equipment is dismantled already."),
            ("无须列入。", "There is nothing to enter."),
        )
    if exit_.put_off is not None:
        raise refusing.put_off_wrong(
            (
                f"已于{exit_.put_off.done_on}列入。",
                f"it was entered on {exit_.put_off.done_on}.",
            ),
            ("无须再次列入。", "It need not be entered again."),
        )
