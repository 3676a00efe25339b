"""Where a person is told besides the site. A code is sent there first; until it was entered nothing
else is sent, so that a mailbox mistyped or somebody else's learns nothing."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction

from phaseout.accounts.models import User
from phaseout.law.refusals import Refusal
from phaseout.notices.models import Address, Message

VALID = timedelta(minutes=30)
TRIES = 5
"""So many wrong codes and a new one must be sent: a million codes are not guessed in five."""
CODES_A_DAY = 5
"""So that nobody has this server write to a mailbox of somebody else again and again."""
Purpose, State = Message.Purpose, Message.State


@transaction.atomic
def set_address(
    user: User, way: str, address: str, language: str, *, on: date, now: datetime
) -> Address:
    """Where the person wants to be told from now on, and a code on its way there. The same address
    again keeps its confirmation, and only the language changes.

    Raises:
        Refusal: `notices.too-many-codes`.
    """
    known = Address.objects.select_for_update().filter(user=user).first()
    if known is not None and (known.way, known.address) == (way, address):
        known.language = language
        known.save(update_fields=["language"])
        if known.confirmed_at is None:
            _ask_for_code(user, on, now)
        return known
    _ask_for_code(user, on, now)
    fresh = {"confirmed_at": None, "code_digest": "", "code_until": None, "code_tries": 0}
    failed = {"failed_at": None, "failed_why": ""}
    told = {"way": way, "address": address, "language": language, "set_on": on}
    return Address.objects.update_or_create(user=user, defaults={**told, **fresh, **failed})[0]


@transaction.atomic
def send_code_again(user: User, *, on: date, now: datetime) -> None:
    """Another code; the one before is void once it goes out. Raises as `set_address`."""
    if Address.objects.filter(user=user, confirmed_at=None).exists():
        _ask_for_code(user, on, now)


def forget(user: User) -> None:
    """Tell the person in the site only from now on."""
    with transaction.atomic():
        Address.objects.filter(user=user).delete()
        Message.objects.filter(user=user, state=State.WAITING).update(
            state=State.DROPPED, why="the address was given up"
        )


def confirm(user: User, code: str, *, now: datetime) -> Address:
    """The person enters the code that was sent. A wrong one is counted.

    Raises:
        Refusal: `notices.wrong-code`.
    """
    with transaction.atomic():
        address = Address.objects.select_for_update().filter(user=user).first()
        if address is not None and address.confirmed_at is not None:
            return address
        left = _tries_left(address, now)
        if address is not None and left:
            if hmac.compare_digest(address.code_digest, _digest(user.pk, code.strip())):
                address.confirmed_at, address.code_digest = now, ""
                address.save(update_fields=["confirmed_at", "code_digest"])
                return address
            address.code_tries += 1
            address.save(update_fields=["code_tries"])
    raise _wrong_code(left - 1)


def _tries_left(address: Address | None, now: datetime) -> int:
    if address is None or not address.code_digest or address.code_until is None:
        return 0
    return TRIES - address.code_tries if now <= address.code_until else 0


def new_code(address: Address, now: datetime) -> str:
    """A code for this address, made when it is about to go out; the one before is void."""
    code = f"{secrets.randbelow(10**6):06}"
    Address.objects.filter(pk=address.pk).update(
        code_digest=_digest(address.user_id, code), code_until=now + VALID, code_tries=0
    )
    return code


def _ask_for_code(user: User, on: date, now: datetime) -> None:
    codes = Message.objects.filter(user=user, purpose=Purpose.CODE)
    if codes.filter(made_at__gt=now - timedelta(days=1)).count() >= CODES_A_DAY:
        raise _too_many_codes()
    codes.filter(state=State.WAITING).update(state=State.DROPPED, why="another code was asked for")
    Message.objects.create(
        user=user, purpose=Purpose.CODE, on=on, made_at=now, next_try_at=now, count=0
    )


def _digest(user_id: int, code: str) -> str:
    return hashlib.sha256(f"{user_id}:{code}".encode()).hexdigest()


def _too_many_codes() -> Refusal:
    return Refusal(
        "notices.too-many-codes",
        what=("未再发送验证码", "no further code was sent"),
        why=(
            f"24小时内已要求发送{CODES_A_DAY}次。",
            f"It was asked for {CODES_A_DAY} times within 24 hours.",
        ),
        instead=(
            "请核对地址，明天再试；通知在本系统中始终可见。",
            "Check the address and try again tomorrow; in the site you see every notice.",
        ),
    )


def _wrong_code(left: int) -> Refusal:
    if left > 0:
        again = (f"请再输入，还可以试{left}次。", f"Enter it again; {left} more tries are left.")
    else:
        again = ("请重新发送验证码。", "Have another code sent.")
    return Refusal(
        "notices.wrong-code",
        what=("地址没有得到验证", "the address is not confirmed"),
        why=(
            "验证码不对，或已超过30分钟、已输错5次。",
            "The code is wrong, older than 30 minutes, or was entered wrong 5 times.",
        ),
        instead=again,
    )
