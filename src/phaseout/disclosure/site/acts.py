"""来信: a message of an error is received from the public, and answered by the office of the lists.

    receive_message     whoever it is, without a name if they like
    answer_message      an officer or the head of that office

What is told of a line that runs again is a tip of inspections: `inspections.acts.receive_tip`.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.accounts.organisations import REGION_CODE, office_name
from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope
from phaseout.casework.acts import once
from phaseout.casework.acts.once import done_before, hold_all
from phaseout.casework.acts.transactions import again_after_a_deadlock
from phaseout.disclosure.site import refusing
from phaseout.disclosure.site.models import Message, MessageAct, MessageWriter

Kind = MessageAct.Kind
OFFICE = "eic"
"""The office of the lists: the lead department of clause (21)'s publications."""
SHORTEST, LONGEST, LONGEST_ANSWER = 5, 2000, 2000


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody writes, and apart from it who: `name` and `contact` may be left out."""

    subject: str
    text: str
    place: str = ""
    name: str = ""
    contact: str = ""


@again_after_a_deadlock
@transaction.atomic(durable=True)
def receive_message(told: Told, *, today: date, key: UUID) -> Message:
    """Keep what was written. Its `code` is how the writer finds the answer.

    Raises:
        Refusal: `message.incomplete`.
    """
    before = done_before(MessageAct, key, Kind.RECEIVE, None)
    if before is not None:
        return before.message
    _complete(told)
    content = {"subject": told.subject, "place": told.place.strip(), "text": told.text.strip()}
    act = _append(Kind.RECEIVE, content, by=None, today=today, key=key)
    message = Message.objects.create(
        act=act,
        office=OFFICE,
        division_code=REGION_CODE,
        received_on=today,
        code=secrets.token_hex(8),
        **content,
    )
    if told.name.strip() or told.contact.strip():
        MessageWriter.objects.create(
            message=message,
            office=OFFICE,
            division_code=REGION_CODE,
            name=told.name.strip(),
            contact=told.contact.strip(),
        )
    return message


def _complete(told: Told) -> None:
    if told.subject not in Message.Subject.values:
        raise refusing.message_incomplete(("未选择事由", "no subject is chosen"))
    if not SHORTEST <= len(told.text.strip()) <= LONGEST:
        raise refusing.message_incomplete(
            (f"内容应为{SHORTEST}至{LONGEST}字", f"the text has {SHORTEST} to {LONGEST} characters")
        )
    if len(told.place) > 200 or len(told.name) > 60 or len(told.contact) > 120:
        raise refusing.message_incomplete(("所填内容过长", "a field is too long"))


@again_after_a_deadlock
@transaction.atomic(durable=True)
def answer_message(
    message_id: int, text: str, *, by: User, scope: Scope, today: date, key: UUID
) -> MessageAct:
    """Answer a message; whoever holds its code reads the answer.

    Raises:
        Refusal: `message.not-yours`, `message.no-answer`, `message.answered`.
    """
    about = f"message:{message_id}"
    before = done_before(MessageAct, key, Kind.ANSWER, by, about=about)
    if before is not None:
        return before
    hold_all("publicsite", about)
    if not may_answer(scope):
        raise refusing.not_your_message()
    Message.objects.get(pk=message_id)
    if not 0 < len(text.strip()) <= LONGEST_ANSWER:
        raise refusing.no_answer_written()
    answered = answer_of(message_id)
    if answered is not None:
        raise refusing.answered_before(str(answered.by), answered.done_on)
    content = {"text": text.strip()}
    return _append(Kind.ANSWER, content, by=by, today=today, key=key, about=about)


def may_answer(scope: Scope) -> bool:
    """Whether somebody with the scope answers messages: in the office of the region itself."""
    return any(
        grant.function == OFFICE
        and grant.over_region
        and grant.role in (Role.OFFICER, Role.LEADER)
        and Power.ACT in grant.powers
        for grant in scope.grants
    )


def answer_of(message_id: int) -> MessageAct | None:
    """The act that answered a message."""
    about = f"message:{message_id}"
    found = MessageAct.objects.filter(kind=Kind.ANSWER, about=about)
    return found.select_related("by").first()


def _append(
    kind: str,
    content: Mapping[str, Any],
    *,
    by: User | None,
    today: date,
    key: UUID,
    about: str = "",
) -> MessageAct:
    return once.append(
        MessageAct,
        kind,
        OFFICE,
        office_name(OFFICE, REGION_CODE, today),
        by=by,
        today=today,
        key=key,
        content=content,
        division_code=REGION_CODE,
        about=about,
    )
