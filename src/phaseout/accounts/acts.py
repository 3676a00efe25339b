"""What an administrator does to people and posts: each an act, with who and when, for ever.

One function, one transaction, one appended `AccountEvent`. The administrator's own territory is
the limit; that somebody gives powers to himself is possible, and is on record as such.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction

from phaseout.accounts.models import AccountEvent, Post, User
from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import Scope, scope_of
from phaseout.law.refusals import Refusal

Kind = AccountEvent.Kind
PROVIDER = "government"
"""The one provider of identities, as allauth names it."""

# Without signs that are read for each other: 0 O, 1 l I.
_SIGNS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A post as it is asked for."""

    role: Role
    function: str = ""
    division_code: str = ""
    uscc: str = ""
    held_from: date | None = None
    held_to: date | None = None


def temporary_password() -> str:
    """A password to be told once and changed at the first sign-in: five groups of four signs."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(5))


@transaction.atomic(durable=True)
def make_person(username: str, name_zh: str, *, by: User, today: date) -> tuple[User, str]:
    """建立账号: a new person without any post, and the temporary password.

    Raises:
        Refusal: `not_administrator`, `username_taken`.
    """
    _administrator(by, today)
    return _made(username, name_zh, by, today)


@transaction.atomic(durable=True)
def make_administrator(
    username: str, name_zh: str, wanted: Wanted, *, reason: str, today: date
) -> tuple[User, str]:
    """建立账号 and 授予职务 from the command line, by nobody: who else could make the first one.

    The post begins today. Gives the person and the temporary password.

    Raises:
        Refusal: `username_taken`; `demo_has_administrator` in demo mode.
    """
    if settings.DEMO:
        raise Refusal(
            "demo_has_administrator",
            what=("不能建立系统管理员", "no administrator is made"),
            why=("演示网站已有演示管理员。", "a demonstration has its own."),
            instead=("请在登录页选择该演示人员。", "Choose that person on the sign-in page."),
        )
    person, password = _made(username, name_zh, None, today)
    post = Post.objects.create(
        user=person,
        role=wanted.role,
        function=wanted.function,
        division_code=wanted.division_code,
        held_from=today,
    )
    _record(Kind.POST_GRANTED, person, None, today, post, reason=reason, **_said(post))
    return person, password


def _made(username: str, name_zh: str, by: User | None, today: date) -> tuple[User, str]:
    if User.objects.filter(username__iexact=username).exists():
        raise _username_taken(username)
    password = temporary_password()
    person = User(username=username, name_zh=name_zh, must_change_password=True)
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:  # another administrator took the name meanwhile
        raise _username_taken(username) from None
    _record(Kind.PERSON_MADE, person, by, today, username=username, name_zh=name_zh)
    return person, password


@transaction.atomic(durable=True)
def reset_password(person_id: int, *, by: User, today: date) -> str:
    """重置密码: a temporary password; it ends the person's sessions and must be changed.

    Raises:
        Refusal: `not_administrator`, `demo_person`, `outside_territory`.
    """
    scope = _administrator(by, today)
    person = _held(person_id)
    _within(scope, person, today)
    if person.demo:
        raise Refusal(
            "demo_person",
            what=("不能重置该密码", "this password cannot be reset"),
            why=("演示账号没有密码。", "a demo person has no password."),
            instead=("请在登录页直接选择该账号。", "Choose the person on the sign-in page."),
        )
    password = temporary_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    _record(Kind.PASSWORD_RESET, person, by, today)
    return password


@transaction.atomic(durable=True)
def block_person(person_id: int, *, blocked: bool, reason: str, by: User, today: date) -> User:
    """停用账号 or 恢复账号: at once, sessions and tokens included; posts stay as they are.

    Raises:
        Refusal: `not_administrator`, `outside_territory`, `not_oneself`.
    """
    scope = _administrator(by, today)
    person = _held(person_id)
    _within(scope, person, today)
    if person.pk == by.pk:
        raise _not_oneself()
    person.is_active = not blocked
    person.save(update_fields=["is_active"])
    kind = Kind.PERSON_BLOCKED if blocked else Kind.PERSON_UNBLOCKED
    _record(kind, person, by, today, reason=reason)
    return person


@transaction.atomic(durable=True)
def grant_post(person_id: int, wanted: Wanted, *, reason: str, by: User, today: date) -> Post:
    """授予职务: from today or a later day.

    Raises:
        Refusal: `not_administrator`, `outside_territory`, `post_in_the_past`, `post_overlaps`.
    """
    scope = _administrator(by, today)
    person = _held(person_id)
    if wanted.division_code and not scope.may(Power.MANAGE, division=wanted.division_code):
        raise _outside()
    first = wanted.held_from or today
    if first < today:
        raise Refusal(
            "post_in_the_past",
            what=(f"不能自{first}起授予", f"a post cannot be given from {first}"),
            why=(
                "权限不溯及既往，今日之前的行为不能补授权限。",
                "powers do not reach back: what was done before today was done without them.",
            ),
            instead=("请从今日或以后的日期起授予。", "Give it from today or a later day."),
        )
    same = Post.objects.filter(
        user=person,
        role=wanted.role,
        function=wanted.function,
        division_code=wanted.division_code,
        uscc=wanted.uscc,
    )
    if any(_meets(post, first, wanted.held_to) for post in same):
        raise Refusal(
            "post_overlaps",
            what=("不能重复授予", "the post cannot be given twice"),
            why=("此人在该时段已有同一职务。", "the person holds it in that time already."),
            instead=("请先结束原职务，或选择以后的日期。", "End it first, or choose a later day."),
        )
    post = Post.objects.create(
        user=person,
        role=wanted.role,
        function=wanted.function,
        division_code=wanted.division_code,
        uscc=wanted.uscc,
        held_from=first,
        held_to=wanted.held_to,
    )
    _record(Kind.POST_GRANTED, person, by, today, post, reason=reason, **_said(post))
    return post


@transaction.atomic(durable=True)
def end_post(post_id: int, *, last_day: date, reason: str, by: User, today: date) -> Post:
    """结束职务: `last_day` is the last day on which it is held; yesterday ends it at once.

    Raises:
        Refusal: `not_administrator`, `outside_territory`, `post_end_in_the_past`,
            `post_ends_earlier`.
    """
    scope = _administrator(by, today)
    post = Post.objects.select_for_update().select_related("user").get(pk=post_id)
    if post.division_code and not scope.may(Power.MANAGE, division=post.division_code):
        raise _outside()
    if last_day < today - timedelta(days=1):
        raise Refusal(
            "post_end_in_the_past",
            what=(f"不能使职务止于{last_day}", f"a post cannot end on {last_day}"),
            why=(
                "此人在该日之后依职务办理的事项已经有效。",
                "what the person did in it after that day stands.",
            ),
            instead=("立即结束的，请填昨日。", "To end it at once, give yesterday."),
        )
    if post.held_to is not None and post.held_to <= last_day:
        raise Refusal(
            "post_ends_earlier",
            what=("不能延长职务", "a post cannot be made longer"),
            why=(f"该职务止于{post.held_to}。", f"it ends on {post.held_to}."),
            instead=("请另行授予以后的职务。", "Give a new post for the time after it."),
        )
    post.held_to = last_day
    if post.held_from is not None:
        post.held_to = max(last_day, post.held_from - timedelta(days=1))
    post.save(update_fields=["held_to"])
    _record(Kind.POST_ENDED, post.user, by, today, post, reason=reason, **_said(post))
    return post


@transaction.atomic(durable=True)
def reset_second_factor(person_id: int, *, reason: str, by: User, today: date) -> None:
    """清除第二因素: what the person lost. The next sign-in needs the password alone; where the post
    asks for a second factor a new one is set up then.

    Raises:
        Refusal: `not_administrator`, `outside_territory`, `not_oneself`.
    """
    scope = _administrator(by, today)
    person = _held(person_id)
    _within(scope, person, today)
    if person.pk == by.pk:
        raise _not_oneself()
    Authenticator.objects.filter(user=person).delete()
    _record(Kind.FACTOR_RESET, person, by, today, reason=reason)


@transaction.atomic(durable=True)
def bind_identity(person_id: int, subject: str, *, reason: str, by: User, today: date) -> None:
    """绑定统一身份: from now on the person may enter by the provider of identities.

    Raises:
        Refusal: `not_administrator`, `outside_territory`, `identity_taken`.
    """
    scope = _administrator(by, today)
    person = _held(person_id)
    _within(scope, person, today)
    try:
        with transaction.atomic():
            SocialAccount.objects.create(user=person, provider=PROVIDER, uid=subject)
    except IntegrityError:
        raise Refusal(
            "identity_taken",
            what=("不能绑定该身份标识", "this identity cannot be bound"),
            why=("该身份标识已经绑定账号。", "it is bound to an account already."),
            instead=(
                "请核对身份标识，或先解除原绑定。",
                "Check it, or have the other binding undone first.",
            ),
        ) from None
    _record(Kind.IDENTITY_BOUND, person, by, today, reason=reason, subject=subject)


@transaction.atomic(durable=True)
def unbind_identity(person_id: int, subject: str, *, reason: str, by: User, today: date) -> None:
    """解除统一身份: the identity opens this account no more.

    Raises:
        Refusal: `not_administrator`, `outside_territory`.
    """
    scope = _administrator(by, today)
    person = _held(person_id)
    _within(scope, person, today)
    gone, _ = SocialAccount.objects.filter(user=person, provider=PROVIDER, uid=subject).delete()
    if gone:
        _record(Kind.IDENTITY_UNBOUND, person, by, today, reason=reason, subject=subject)


def _administrator(by: User, today: date) -> Scope:
    """The scope of the one who acts, if he is an administrator on that day."""
    scope = scope_of(by, on=today)
    if not scope.may(Power.MANAGE):
        raise Refusal(
            "not_administrator",
            what=("不能办理账号事项", "accounts cannot be managed"),
            why=("此事由系统管理员办理。", "this is an administrator's act."),
            instead=("请联系本单位系统管理员。", "Ask your administrator."),
        )
    return scope


def _within(scope: Scope, person: User, today: date) -> None:
    """Whoever holds posts elsewhere belongs to another administrator."""
    held = scope_of(person, on=today)
    places = {grant.prefix for grant in held.grants if not grant.uscc}
    reach = [grant.prefix for grant in scope.grants if Power.MANAGE in grant.powers]
    if any(not place.startswith(tuple(reach)) for place in places):
        raise _outside()


def _held(person_id: int) -> User:
    """The person's row, held so that two administrators act one after the other."""
    return User.objects.select_for_update().get(pk=person_id)


def _meets(post: Post, first: date, last: date | None) -> bool:
    begins_in_time = last is None or post.held_from is None or post.held_from <= last
    return begins_in_time and (post.held_to is None or post.held_to >= first)


def _said(post: Post) -> dict[str, Any]:
    return {
        "role": post.role,
        "function": post.function,
        "division_code": post.division_code,
        "uscc": post.uscc,
        "held_from": str(post.held_from) if post.held_from else None,
        "held_to": str(post.held_to) if post.held_to else None,
    }


def _record(
    kind: AccountEvent.Kind,
    person: User,
    by: User | None,
    today: date,
    post: Post | None = None,
    **detail: Any,
) -> None:
    AccountEvent.objects.create(
        kind=kind, person=person, by=by, post=post, detail=detail, done_on=today
    )


def _outside() -> Refusal:
    return Refusal(
        "outside_territory",
        what=("不能办理该账号", "this account is not yours to manage"),
        why=("管理权限不及于该管辖区划。", "your post does not reach its territory."),
        instead=("请由上级或当地的系统管理员办理。", "Ask the administrator of that territory."),
    )


def _not_oneself() -> Refusal:
    return Refusal(
        "not_oneself",
        what=("不能对自己的账号办理此事", "one cannot do this to oneself"),
        why=("停用或清除之后将无人恢复。", "nobody might be left to undo it."),
        instead=("请由另一名系统管理员办理。", "Let another administrator do it."),
    )


def _username_taken(username: str) -> Refusal:
    return Refusal(
        "username_taken",
        what=(f"不能使用用户名“{username}”", f"the user name {username!r} cannot be used"),
        why=("已有账号使用该用户名。", "somebody has it already."),
        instead=("请换一个用户名。", "Choose another."),
    )
