"""The database that arrives beside the one that is there, and takes its place."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg import sql

from phaseout.law.refusals import Bilingual, Refusal

LEAVING_SECONDS = 10.0
ARRIVING, KEPT = "_arriving", "_before_"
NOTHING: Bilingual = ("不能恢复", "nothing was restored")


def create(server: psycopg.Connection, name: str, *, like: str) -> None:
    """Make the empty database `name`, with the encoding and the order of letters of `like`, where
    that is there; else UTF-8 and the server's own order."""
    found = server.execute(
        "SELECT to_jsonb(d) || jsonb_build_object('code', pg_encoding_to_char(encoding))"
        " FROM pg_database AS d WHERE datname = %s",
        [like],
    ).fetchone()
    there: Mapping[str, Any] = found[0] if found else {"code": "UTF8"}
    provider = {"c": "libc", "i": "icu", "b": "builtin"}.get(there.get("datlocprovider", ""))
    said = {
        "ENCODING": there["code"],
        "LC_COLLATE": there.get("datcollate"),
        "LC_CTYPE": there.get("datctype"),
        "LOCALE_PROVIDER": provider,
        # One column of 17 and later, another before.
        f"{provider}_LOCALE": there.get("datlocale") or there.get("daticulocale"),
    }
    words = [sql.SQL(f"{w} {{}}").format(sql.Literal(v)) for w, v in said.items() if v]
    start = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ").format(sql.Identifier(name))
    server.execute(start + sql.SQL(" ").join(words))


def swap_in(server: psycopg.Connection, arriving: str, name: str) -> str | None:
    """Both renamings in one transaction: there is never a moment without a database."""
    there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    kept_as = f"{name}{KEPT}{datetime.now(UTC):%Y%m%d_%H%M%S}" if there else None
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    try:
        with server.transaction():
            if kept_as:
                server.execute(rename.format(sql.Identifier(name), sql.Identifier(kept_as)))
            server.execute(rename.format(sql.Identifier(arriving), sql.Identifier(name)))
    except psycopg.errors.ObjectInUse:
        raise _used(name) from None
    return kept_as


def drop(server: psycopg.Connection, name: str) -> None:
    text = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    server.execute(text.format(sql.Identifier(name)))


def one_at_a_time(server: psycopg.Connection, name: str) -> None:
    """Held until `server` is closed: a second restore would drop what the first is loading."""
    lock = "SELECT pg_try_advisory_lock(hashtext('phaseout.restore'), hashtext(%s))"
    if server.execute(lock, [name]).fetchone() == (True,):
        return
    raise Refusal(
        "restore_under_way",
        what=NOTHING,
        why=(
            f"另一个恢复操作正在写入数据库 {name}。",
            f"another restore of the database {name} is under way.",
        ),
        instead=("请等它结束后再试。", "Wait for its end, then try again."),
    )


def check_server(server: psycopg.Connection, made_by: str, name: str) -> None:
    """See that this server can take the dump, and our login make the database and swap it in."""
    made, here = _major(made_by), server.info.server_version // 10000
    if made > here:
        raise _newer_postgresql(made, here)
    found = server.execute(
        "SELECT rolsuper OR rolcreatedb,"
        " NOT EXISTS (SELECT FROM pg_database"
        " WHERE datname = %s AND NOT pg_has_role(current_user, datdba, 'USAGE'))"
        " FROM pg_roles WHERE rolname = current_user",
        [name],
    ).fetchone()
    if found is None or not all(found):
        makes, owns = found or (False, True)
        raise _may_not(server.info.user, name, makes=makes, owns=owns)


def _major(version: str) -> int:
    found = re.match(r"\d+", version)
    return int(found[0]) if found else 0


def refuse_if_used(server: psycopg.Connection, name: str) -> None:
    """Somebody's connection is use; the server's own housekeeping is not, and a connection that
    was closed a moment ago may still be on its way out.

    Nothing tells that a backend has left: PostgreSQL notifies nobody, `pg_terminate_backend` waits
    only for what it ends, and ALTER DATABASE looks every 100 ms itself, with everybody locked out
    meanwhile. So this looks too.
    """
    until = time.monotonic() + LEAVING_SECONDS
    while _connections(server, name):
        if time.monotonic() > until:
            raise _used(name)
        time.sleep(0.1)


def _connections(server: psycopg.Connection, name: str) -> int:
    found = server.execute(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = %s AND backend_type = 'client backend'",
        [name],
    )
    return int((found.fetchone() or (0,))[0])


def _newer_postgresql(made: int, here: int) -> Refusal:
    return Refusal(
        "backup_of_newer_postgresql",
        what=NOTHING,
        why=(
            f"备份由 PostgreSQL {made} 写出，数据库为 PostgreSQL {here}，读不了较新版本的备份。",
            f"the backup was written by PostgreSQL {made}, this server is PostgreSQL {here},"
            " and none reads the backup of a newer one.",
        ),
        instead=(
            f"请恢复到 PostgreSQL {made} 或更新的数据库，或去掉 DATABASE_URL，恢复到内置数据库。",
            f"Restore into a server of PostgreSQL {made} or newer, or unset DATABASE_URL and"
            " restore into the embedded one.",
        ),
    )


def _may_not(login: str, name: str, *, makes: bool, owns: bool) -> Refusal:
    asked = "" if makes else f'ALTER ROLE "{login}" CREATEDB;'
    if not owns:
        asked = f'{asked} ALTER DATABASE "{name}" OWNER TO "{login}";'.strip()
    return Refusal(
        "may_not_make_databases",
        what=NOTHING,
        why=(
            "恢复时先在旁边新建一个数据库，核对无误后再替换；"
            + (f"数据库用户 {login} 无权新建数据库。" if owns else f"{name} 不归 {login} 所有。"),
            "a restore loads beside the database and swaps when all is verified; "
            + (f"{login} may not make databases." if owns else f"{login} does not own {name}."),
        ),
        instead=(
            f"请由数据库管理员执行：{asked}",
            f"Let the database's administrator run: {asked}",
        ),
    )


def _used(name: str) -> Refusal:
    return Refusal(
        "database_in_use",
        what=NOTHING,
        why=(f"数据库 {name} 正被使用。", f"the database {name} is in use."),
        instead=("请先停止 phaseout serve，再恢复。", "Stop `phaseout serve` first, then restore."),
    )
