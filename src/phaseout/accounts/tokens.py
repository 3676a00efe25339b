"""Keys for machines: made by a person for a purpose, shown once, kept as a digest, withdrawn.

token, text = make_token(user, name="报表", expires_on=day, by=user, today=today)
user_of_token(text, on=today)       who a request with this key acts as, or nobody
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from phaseout.accounts.models import AccountEvent, ApiToken, User
from phaseout.accounts.scope import scope_of
from phaseout.law.refusals import Refusal

MARK = "pht_"
LONGEST = timedelta(days=366)
_SEEN_EVERY = timedelta(minutes=5)


@transaction.atomic(durable=True)
def make_token(user: User, *, name: str, expires_on: date, today: date) -> tuple[ApiToken, str]:
    """建立接口令牌: the record and the key itself, which is never shown again.

    Raises:
        Refusal: `token_without_post`, `token_time`.
    """
    if not scope_of(user, on=today):
        raise Refusal(
            "token_without_post",
            what=("不能建立接口令牌", "no token can be made"),
            why=("令牌只能做本人所能做的事，您现在没有职务。", "you hold no post it could act in."),
            instead=("请联系系统管理员授予职务。", "Ask an administrator for a post."),
        )
    if not today <= expires_on <= today + LONGEST:
        raise Refusal(
            "token_time",
            what=(f"令牌不能有效至{expires_on}", f"a token cannot hold until {expires_on}"),
            why=(
                "令牌自今日起最长有效一年（含到期日）。",
                "a token holds for at most a year from today, its last day inside.",
            ),
            instead=(
                f"请选择{today}至{today + LONGEST}之间的日期。",
                f"Choose a day from {today} to {today + LONGEST}.",
            ),
        )
    text = MARK + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user, name=name, digest=digest_of(text), expires_on=expires_on
    )
    _record(AccountEvent.Kind.TOKEN_MADE, token, user, today)
    return token, text


@transaction.atomic(durable=True)
def withdraw_token(token_id: int, *, by: User, today: date) -> ApiToken:
    """撤回接口令牌: at once, and for ever. One's own only.

    Raises:
        Refusal: `token_withdrawn`.
        ApiToken.DoesNotExist: it is not one of `by`'s tokens.
    """
    token = ApiToken.objects.select_for_update().get(pk=token_id, user=by)
    if token.withdrawn_at is not None:
        raise Refusal(
            "token_withdrawn",
            what=("不能再次撤回", "it cannot be withdrawn again"),
            why=("该令牌已经撤回。", "the token was withdrawn already."),
            instead=("无需再办。", "Nothing is left to do."),
        )
    token.withdrawn_at = timezone.now()
    token.save(update_fields=["withdrawn_at"])
    _record(AccountEvent.Kind.TOKEN_WITHDRAWN, token, by, today)
    return token


def user_of_token(text: str, *, on: date) -> User | None:
    """Whom a request with this key acts as on a day; None: withdrawn, expired or never made."""
    if not text.startswith(MARK):
        return None
    token = (
        ApiToken.objects.select_related("user")
        .filter(digest=digest_of(text), withdrawn_at=None, expires_on__gte=on)
        .first()
    )
    if token is None or not token.user.is_active or (token.user.demo and not settings.DEMO):
        return None
    _seen(token)
    return token.user


def digest_of(text: str) -> str:
    """What is kept of a key. It has 256 random bits: a slow digest would add nothing."""
    return hashlib.sha256(text.encode()).hexdigest()


def _seen(token: ApiToken) -> None:
    """Note the use, but not with a write for every request."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > _SEEN_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def _record(kind: AccountEvent.Kind, token: ApiToken, by: User, today: date) -> None:
    AccountEvent.objects.create(
        kind=kind,
        person=token.user,
        by=by,
        detail={"token": token.name, "expires_on": str(token.expires_on)},
        done_on=today,
    )
