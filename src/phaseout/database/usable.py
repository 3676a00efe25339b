"""Whether a server that is not ours can hold the site: its version, its encoding."""

from __future__ import annotations

import psycopg

from phaseout.law.refusals import Refusal

OLDEST = 15


def must_be_usable(connection: psycopg.Connection) -> None:
    """See that the database is of a version we know, and in UTF-8.

    In another encoding Chinese is cut, compared and ordered by bytes, or not taken at all.

    Raises:
        Refusal: `database_too_old`, `database_not_utf8`.
    """
    info = connection.info
    if info.server_version // 10000 < OLDEST:
        raise _too_old(info.parameter_status("server_version") or str(info.server_version))
    encoding = info.parameter_status("server_encoding") or ""
    if encoding != "UTF8":
        raise _not_utf8(info.dbname, encoding)


def _too_old(version: str) -> Refusal:
    return Refusal(
        "database_too_old",
        what=("不能使用此数据库", "this database cannot be used"),
        why=(
            f"其版本为 PostgreSQL {version}，须为 {OLDEST} 或更高。",
            f"it is PostgreSQL {version}; {OLDEST} or newer is needed.",
        ),
        instead=(
            "请升级数据库，或去掉 DATABASE_URL 以使用内置数据库。",
            "Upgrade it, or unset DATABASE_URL to use the embedded one.",
        ),
    )


def _not_utf8(name: str, encoding: str) -> Refusal:
    asked = f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0;"
    return Refusal(
        "database_not_utf8",
        what=("不能使用此数据库", "this database cannot be used"),
        why=(
            f"数据库 {name} 的编码为 {encoding}，汉字会被截断或错误比较；须为 UTF8。",
            f"the database {name} is in {encoding}, which cuts or misorders Chinese; UTF8 is"
            " needed.",
        ),
        instead=(
            f"请由数据库管理员以 UTF8 编码重建：{asked}",
            f"Let its administrator make it anew: {asked}",
        ),
    )
