"""What must not be so outside demo mode, as Django's checks: `manage.py check`, and every start."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connection

from phaseout.accounts.powers import Role
from phaseout.database.reach import not_indexed

MODES = ("demo", "production")
SHORTEST_KEY = 50
FEWEST_CHARACTERS = 10


@register(Tags.security)
def safe_to_serve(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Everything that is unsafe, each with what to do; in demo mode only what would not work."""
    found: list[CheckMessage | None] = [_mode(), _evidence()]
    if not settings.DEMO:
        found += [_key(), _hosts(), _debugging(), _origins(), _tls(), _identities(), _factors()]
    return [message for message in found if message is not None]


def _mode() -> CheckMessage | None:
    if settings.MODE in MODES:
        return None
    return Error(
        f"PHASEOUT_MODE 为 {settings.MODE!r}，不是 demo 或 production。"
        f" PHASEOUT_MODE is {settings.MODE!r}, neither demo nor production.",
        hint="Set PHASEOUT_MODE=production, or unset it.",
        id="phaseout.E100",
    )


def _key() -> CheckMessage | None:
    if not settings.SECRET_KEY_IS_KEPT:
        return Error(
            "没有密钥：重启后所有人须重新登录，各进程也互不相认。"
            " There is no secret key: every restart would sign everybody out.",
            hint="Run `phaseout db start` or `phaseout serve`, which keep one in PHASEOUT_HOME, "
            "or set PHASEOUT_SECRET_KEY to at least 50 random characters.",
            id="phaseout.E101",
        )
    key = str(settings.SECRET_KEY)
    if len(key) >= SHORTEST_KEY and len(set(key)) >= FEWEST_CHARACTERS:
        return None
    return Error(
        "密钥太弱，可以被猜出。 The secret key is weak; who guesses it signs in as anybody.",
        hint="Set PHASEOUT_SECRET_KEY to at least 50 random characters: "
        "python -c 'import secrets; print(secrets.token_urlsafe(64))'",
        id="phaseout.E102",
    )


def _hosts() -> CheckMessage | None:
    if settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        return None
    return Error(
        "PHASEOUT_HOSTS 允许任何域名（或为空）。 PHASEOUT_HOSTS lets any name in (or none).",
        hint="Set PHASEOUT_HOSTS to the names people type, for example exit.example.gov.cn.",
        id="phaseout.E103",
    )


def _debugging() -> CheckMessage | None:
    if not settings.DEBUG:
        return None
    return Error(
        "DEBUG 打开时错误页会显示数据和设置。 With DEBUG on, error pages show data and settings.",
        hint="Leave DEBUG off; the log has the whole story under the request's id.",
        id="phaseout.E104",
    )


def _evidence() -> CheckMessage | None:
    root = Path(settings.EVIDENCE_ROOT)
    there = next(folder for folder in (root, *root.parents) if folder.exists())
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return None
    return Error(
        f"证据文件夹 {root} 不可写。 The evidence folder {root} cannot be written to.",
        hint=f"Let the user who runs phaseout write to {there}, or set PHASEOUT_HOME.",
        id="phaseout.E105",
    )


def _origins() -> CheckMessage | None:
    plain = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if origin.startswith("http://")]
    if not plain:
        return None
    return Error(
        f"PHASEOUT_ORIGINS 含未加密的来源 {plain[0]}。"
        f" PHASEOUT_ORIGINS trusts {plain[0]}, which anybody on the way can imitate.",
        hint="List https:// origins only.",
        id="phaseout.E106",
    )


def _factors() -> CheckMessage | None:
    unknown = sorted(set(settings.SECOND_FACTOR_ROLES) - {str(role) for role in Role})
    if not unknown:
        return None
    return Error(
        f"PHASEOUT_SECOND_FACTOR 中没有“{unknown[0]}”这一角色，须有第二因素的人会漏掉。"
        f" PHASEOUT_SECOND_FACTOR: there is no role {unknown[0]!r}; who should need one would not.",
        hint=f"Name roles of: {', '.join(str(role) for role in Role)}.",
        id="phaseout.E111",
    )


def _tls() -> CheckMessage | None:
    if settings.SECURE_SSL_REDIRECT:
        return None
    return Warning(
        "PHASEOUT_TLS=0：口令和会话将以明文传输。"
        " PHASEOUT_TLS=0: passwords and sessions travel in the clear.",
        hint="Only for a trial on one machine. Put a proxy with a certificate in front.",
        id="phaseout.W107",
    )


def _identities() -> CheckMessage | None:
    for provider in settings.IDENTITY_PROVIDER:
        server = provider["settings"]["server_url"]
        if not server.startswith("https://"):
            return Error(
                f"PHASEOUT_OIDC_SERVER {server} 未加密，身份可以被冒充。"
                f" {server} is not encrypted: anybody on the way can be anyone.",
                hint="Give an https:// address.",
                id="phaseout.E109",
            )
        if not provider["client_id"] or not provider["secret"]:
            return Error(
                "已设置 PHASEOUT_OIDC_SERVER，但缺少客户端或密钥。"
                " PHASEOUT_OIDC_SERVER is set, but not the client or its secret.",
                hint="Set PHASEOUT_OIDC_CLIENT and PHASEOUT_OIDC_SECRET.",
                id="phaseout.E110",
            )
    return None


@register(Tags.database)
def comparisons_declared(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[Warning]:
    """Deep pages of long lists are slow where PostgreSQL may not use an index behind a policy."""
    if not databases:
        return []
    try:
        connection.ensure_connection()
        missing = not_indexed(connection.connection)
    except (DatabaseError, psycopg.Error):
        return []
    if not missing:
        return []
    return [
        Warning(
            "部分列表页会很慢：数据库中有比较函数尚未声明为不泄露。"
            " Some pages of long lists will be slow: comparisons are not declared leakproof.",
            hint="Let an administrator of the server run, in this database: "
            + " ".join(f"ALTER FUNCTION {name} LEAKPROOF;" for name in missing),
            id="phaseout.W108",
        )
    ]
