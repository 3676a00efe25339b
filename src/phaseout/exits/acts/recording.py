"""现场记录: a tick, a seal, a meter, a paper, a visit; with photos, time and place as the device
told them. The device checks the same rules; here all is checked again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.desk.day import BEIJING
from phaseout.evidence.models import EvidenceFile
from phaseout.exits import refusing
from phaseout.exits.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    held,
    seat_for,
    under_way,
)
from phaseout.exits.models import ExitAct, ExitFile
from phaseout.exits.standing import ExitStanding
from phaseout.exits.subjects import AT_ITS_SITE
from phaseout.law.dismantling import Seen, problems, rules

FAST = timedelta(minutes=10)
"""By how much the clock of a device may be fast."""
WITHOUT_ITEM = "visit"
COMPARED = ("zh", "en", "record", "slots", "left_out")
"""What of an item matters to whoever records it: dates and names may change meanwhile."""


@dataclass(frozen=True, slots=True)
class Place:
    """Coordinates as a device told them; metres of accuracy."""

    latitude: str
    longitude: str
    accuracy: int | None = None

    def as_columns(self) -> dict[str, Any]:
        return {
            "latitude": round(float(self.latitude), 6),
            "longitude": round(float(self.longitude), 6),
            "accuracy": self.accuracy,
        }


@dataclass(frozen=True, slots=True)
class Photo:
    """A kept file for a slot: when and where it was taken, as the device told it."""

    slot: str
    file: EvidenceFile
    taken_at: datetime | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A record as it comes in.

    `plan` is the digest of the plan it was made under; `agreed` that of a later one under which
    the person decided to send it after seeing both; `device` says how it came: phone or form.
    """

    record: str
    item: str
    fields: Mapping[str, str]
    at: datetime
    photos: Sequence[Photo] = ()
    place: Place | None = None
    plan: str = ""
    agreed: str = ""
    device: str = "form"
    more: Mapping[str, Any] = field(default_factory=dict)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def record(
    case_id: int,
    given: Recorded,
    *,
    by: User,
    scope: Scope,
    today: date,
    now: datetime,
    key: UUID,
) -> ExitAct:
    """Append the record.

    Args:
        now: the moment at which it comes in, aware, on the business day.

    Raises:
        Refusal: `exit.not-yours`, `exit.not-under-way`, `exit.no-plan`, `record.plan-changed` (a
            `PlanMoved`), `record.when`, `record.wrong`; `key_used_for_another_act`.
    """
    before = done_before(key, ExitAct.Kind.RECORD, by, case_id)
    if before is not None:
        return before
    exit_ = held(case_id)
    seat = seat_for(exit_, scope, today, *AT_ITS_SITE, city=True)
    _acceptable(exit_, given, now)
    act = append(
        ExitAct.Kind.RECORD,
        exit_,
        seat,
        by=by,
        today=today,
        key=key,
        content=_content(exit_, given),
        record=given.record,
        item=given.item,
        happened_at=given.at,
        **(given.place.as_columns() if given.place else {}),
    )
    _keep_photos(act, given.photos)
    return act


def _keep_photos(act: ExitAct, photos: Sequence[Photo]) -> None:
    ExitFile.objects.bulk_create(
        ExitFile(
            act=act,
            file=photo.file,
            slot=photo.slot,
            taken_at=photo.taken_at,
            **(photo.place.as_columns() if photo.place else {}),
        )
        for photo in photos
    )


def _acceptable(exit_: ExitStanding, given: Recorded, now: datetime) -> None:
    if given.record != WITHOUT_ITEM:
        under_way(exit_)
    if exit_.plan_act is None:
        raise refusing.no_plan()
    _same_plan(exit_, given)
    _in_time(exit_, given.at, now)
    _fits(exit_, given)


def _same_plan(exit_: ExitStanding, given: Recorded) -> None:
    """The item is still what the person saw; or the person has seen both and decided."""
    plan = exit_.plan_act
    assert plan is not None
    if not given.plan or plan.digest in (given.plan, given.agreed) or not given.item:
        return
    then_plan = next((one for one in exit_.plans if one.digest == given.plan), None)
    if then_plan is None:
        raise refusing.unreadable(
            ("该记录所依据的方案不在本案。", "the plan it was made under is none of this case.")
        )
    then = next((i for i in then_plan.content["items"] if i["id"] == given.item), None)
    now = exit_.items.get(given.item)
    if then is None:
        return
    if now is None or any(then[name] != now[name] for name in COMPARED):
        raise refusing.PlanMoved(plan.digest, plan.content["version"], then, now)


def _in_time(exit_: ExitStanding, at: datetime, now: datetime) -> None:
    if at > now + FAST:
        raise refusing.record_when(
            (
                f"记录时间{at.astimezone(BEIJING):%Y-%m-%d %H:%M}晚于现在。",
                f"its time, {at.astimezone(BEIJING):%Y-%m-%d %H:%M}, has not come.",
            )
        )
    opened = exit_.case.opened_on
    if at.astimezone(BEIJING).date() < opened:
        raise refusing.record_when(
            (
                f"记录时间早于立案日{opened}。",
                f"its time is before the case was opened, {opened}.",
            )
        )


def _fits(exit_: ExitStanding, given: Recorded) -> None:
    item = exit_.items.get(given.item)
    if item is None and given.agreed and given.item:
        return  # the plan dropped the item, and the person keeps the record beside it
    have = exit_.seen.get(given.item, Seen()).slots
    found = problems(rules(), item, as_checked(given), have)
    if errors := [one for one in found if not one.warns]:
        raise refusing.record_wrong(errors)


def as_checked(given: Recorded) -> dict[str, Any]:
    """The record as `law.dismantling.problems` takes it."""
    place = given.place
    return {
        "record": given.record,
        "fields": given.fields,
        "slots": Counter(photo.slot for photo in given.photos),
        "at": given.at.isoformat(),
        "place": place and {"latitude": place.latitude, "longitude": place.longitude},
    }


def _content(exit_: ExitStanding, given: Recorded) -> dict[str, Any]:
    assert exit_.plan_act is not None
    known = rules()["records"].get(given.record, [])
    names = {field["field"] for field in known}
    return {
        "plan": given.plan or exit_.plan_act.digest,
        "agreed": given.agreed,
        "fields": {
            name: str(value).strip() for name, value in given.fields.items() if name in names
        },
        "files": [
            {
                "slot": photo.slot,
                "digest": photo.file.digest,
                "taken_at": photo.taken_at.isoformat() if photo.taken_at else "",
            }
            for photo in given.photos
        ],
        "device": given.device,
        **given.more,
    }
