"""What every command shares: --json and --lang, refusals as exit code 1, JSON on stdout."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import click

from phaseout.law.refusals import Refusal

REFUSED = 1

F = TypeVar("F", bound=Callable[..., Any])


def output_options(command: F) -> F:
    """Adds `--json` (parameter `as_json`) and `--lang` (parameter `lang`, zh or en)."""
    command = click.option(
        "--json",
        "as_json",
        is_flag=True,
        is_eager=True,
        callback=_remember,
        help="Answer in JSON.",
    )(command)
    return click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        default="zh",
        envvar="PHASEOUT_LANG",
        show_default=True,
        help="Language of the answer.",
    )(command)


def _remember(ctx: click.Context, param: click.Parameter, asked: bool) -> bool:
    # `meta` is shared by a command and the groups above it: the group shows the refusal.
    ctx.meta["phaseout.json"] = asked
    return asked


def show_json(data: Any) -> None:
    """Print `data` as JSON on stdout: keys in the order given, decimals as strings, days ISO."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=_plain))


def show_refusal(refusal: Refusal, *, as_json: bool) -> None:
    """A refusal for people on stderr in both languages, or as JSON on stdout."""
    if as_json:
        show_json(refusal.as_json())
        return
    click.echo(refusal.zh, err=True)
    click.echo(f"{refusal.en} [{refusal.code}]", err=True)


class RefusingGroup(click.Group):
    """A group whose commands may raise `Refusal`: shown, then exit code 1.

    So is a file that the system does not let us read or write, a full disk, a database that went.
    """

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            self._show(ctx, refusal)
        except OSError as fault:
            if fault.filename is None and fault.errno != errno.ENOSPC:
                raise  # a broken pipe, a connection: not about a file
            self._show(ctx, _file_fault(fault))
        except Exception as fault:
            said = _of_what_we_use(fault)
            if said is None:
                raise
            self._show(ctx, said)

    def _show(self, ctx: click.Context, refusal: Refusal) -> None:
        show_refusal(refusal, as_json=bool(ctx.meta.get("phaseout.json")))
        ctx.exit(REFUSED)


def _file_fault(fault: OSError) -> Refusal:
    name = "" if fault.filename is None else f" {fault.filename}"
    said = fault.strerror or str(fault)
    return Refusal(
        "file_not_usable",
        what=(f"不能读写文件{name}", f"the file{name} cannot be read or written"),
        why=(f"系统报告：{said}。", f"the system says: {said}."),
        instead=(
            "请检查路径、权限和磁盘空间后重试。",
            "Look at the path, its rights and the space left, and try again.",
        ),
    )


def _of_what_we_use(fault: Exception) -> Refusal | None:
    """A database that failed; a disk that DuckDB found full, for which it has its own exception."""
    said = _said_by_database(fault)
    if said is not None:
        return _database_fault(said)
    if os.strerror(errno.ENOSPC) in str(fault):
        return _file_fault(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    return None


def _said_by_database(fault: Exception) -> str | None:
    """What PostgreSQL or libpq says where the database itself has failed: gone, full, shut down."""
    psycopg = sys.modules.get("psycopg")  # most commands never load it
    if psycopg is None:
        return None
    from phaseout.database.address import one_line

    for one in (fault, fault.__cause__):  # Django wraps what psycopg raises
        if isinstance(one, psycopg.OperationalError):
            return one_line(one)
    return None


def _database_fault(said: str) -> Refusal:
    return Refusal(
        "database_failed",
        what=("数据库在办理中途出错", "the database failed in the middle"),
        why=(f"PostgreSQL 称：{said}。", f"PostgreSQL says: {said}."),
        instead=(
            "没有做完的一步未留下改动；请用 phaseout db status 查看数据库，并看磁盘空间，再重试。",
            "The step that was not finished has changed nothing; look at the database with"
            " `phaseout db status`, and at the space left, then try again.",
        ),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be shown as JSON")
