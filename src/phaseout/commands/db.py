"""`phaseout db`: the embedded database's life, and backups in one file."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
import psycopg

from phaseout.commands.output import RefusingGroup, output_options, show_json
from phaseout.commands.progress import Bars
from phaseout.database import Address, embedded
from phaseout.database.address import one_line
from phaseout.law.refusals import Refusal
from phaseout.web.environment import (
    database_address,
    database_is_embedded,
    keep_secret_key,
    state_home,
)

FILE = click.Path(path_type=Path, dir_okay=False)
NOT_RUNNING = 1


@dataclass(frozen=True, slots=True)
class Answering:
    """What a database that answers says of itself."""

    version: str
    bytes: int
    connections: int
    kept: tuple[str, ...]
    """Databases that a restore put aside."""


@click.group(cls=RefusingGroup)
def db() -> None:
    """The database: start, stop, state, backup, restore."""


@db.command()
@output_options
def start(as_json: bool, lang: str) -> None:
    """Start the embedded database; make it, and the secret key, on the first start."""
    home = _embedded_home()
    started = embedded.start(home)
    keep_secret_key(home)
    now = embedded.status(home)
    zh = f"数据库{'已启动' if started else '已在运行'}：{now.folder}（进程 {now.pid}）"
    en = f"the database {'has been started' if started else 'already runs'}: {now.folder}"
    en += f" (process {now.pid})"
    _say({"started": started, "folder": str(now.folder), "pid": now.pid}, zh, en, as_json, lang)


@db.command()
@output_options
def stop(as_json: bool, lang: str) -> None:
    """Stop the embedded database; open transactions are rolled back."""
    stopped = embedded.stop(_embedded_home())
    zh = "数据库已停止" if stopped else "数据库未在运行"
    en = "the database has been stopped" if stopped else "the database does not run"
    _say({"stopped": stopped}, zh, en, as_json, lang)


@db.command()
@output_options
@click.pass_context
def status(ctx: click.Context, as_json: bool, lang: str) -> None:
    """Whether the database runs, where it is, how large; exit code 1 where it does not answer."""
    home = state_home()
    address = database_address(home)
    answer = _answer_of(address)
    silent = isinstance(answer, str)
    told: dict[str, Any] = {"running": not silent, "address": address.shown()}
    if database_is_embedded():
        now = embedded.status(home)
        log = str(now.log) if now.log else None
        told |= {"folder": str(now.folder), "pid": now.pid, "log": log}
    if isinstance(answer, str):
        told["why"] = answer
    else:
        told |= asdict(answer)
    _say(told, _lines(told, "zh"), _lines(told, "en"), as_json, lang)
    if silent:
        ctx.exit(NOT_RUNNING)


@db.command()
@click.argument("file", type=FILE)
@output_options
def backup(file: Path, as_json: bool, lang: str) -> None:
    """Write database and evidence into FILE, whole or not at all. The site may go on working."""
    from phaseout.database.backup import write

    home = state_home()
    with Bars(lang) as bars:
        manifest = write(
            file.absolute(),
            database_address(home),
            home / "evidence",
            software=version("phaseout"),
            progress=bars.progress,
        )
    rows, files = sum(manifest.tables.values()), len(manifest.evidence)
    size, lost = file.stat().st_size, len(manifest.evidence_lost)
    zh = f"已备份：{file}，{size:,} 字节，{len(manifest.tables)} 张表 {rows:,} 行，证据 {files} 件"
    en = f"backed up: {file}, {size:,} bytes, {rows:,} rows of {len(manifest.tables)} tables, "
    en += f"{files} files of evidence"
    if lost:
        zh += f"\n注意：有 {lost} 件证据的文件缺失或已损坏，未能备份"
        en += f"\nnote: {lost} files of evidence are gone or damaged and are not in it"
    told = {"file": str(file), "bytes": size, **asdict(manifest)}
    _say(told, zh, en, as_json, lang)


@db.command()
@click.argument("file", type=FILE)
@output_options
def restore(file: Path, as_json: bool, lang: str) -> None:
    """Restore FILE beside the database that is there, verify it, then put it in its place.

    The old database is kept under another name; evidence is only added to.
    """
    from phaseout.database.restore import read

    home = state_home()
    if database_is_embedded():
        embedded.start(home)
        keep_secret_key(home)
    with Bars(lang) as bars:
        done = read(
            file,
            database_address(home),
            home / "evidence",
            known_migrations=_known_migrations(),
            progress=bars.progress,
        )
    rows, files = sum(done.manifest.tables.values()), len(done.manifest.evidence)
    zh = f"已恢复并核对：{rows:,} 行，证据 {files} 件"
    en = f"restored and verified: {rows:,} rows, {files} files of evidence"
    if done.kept_as:
        zh += f"；原数据库保留为 {done.kept_as}"
        en += f"; the database before it is kept as {done.kept_as}"
    told = {"restored": str(file), "kept_as": done.kept_as, **asdict(done.manifest)}
    _say(told, zh, en, as_json, lang)


def _embedded_home() -> Path:
    if database_is_embedded():
        return state_home()
    raise Refusal(
        "database_is_not_embedded",
        what=("不能启动或停止数据库", "the database cannot be started or stopped"),
        why=(
            "DATABASE_URL 已指定另一数据库，由其管理员管理。",
            "DATABASE_URL names another one, which its own administrator runs.",
        ),
        instead=(
            "要使用内置数据库，请去掉 DATABASE_URL。",
            "Unset DATABASE_URL to use the embedded one.",
        ),
    )


def _answer_of(address: Address) -> Answering | str:
    """What the database says of itself; or why it does not answer, in libpq's words."""
    try:
        with address.connect() as connection:
            row = connection.execute(
                "SELECT current_setting('server_version'), pg_database_size(current_database()),"
                " (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) - 1,"
                " array(SELECT datname::text FROM pg_database WHERE datname LIKE %s ORDER BY 1)",
                [address.name.replace("_", r"\_") + r"\_before\_%"],
            ).fetchone()
    except psycopg.OperationalError as problem:
        return one_line(problem)
    assert row is not None
    return Answering(row[0], row[1], row[2], tuple(row[3]))


def _lines(told: dict[str, Any], lang: str) -> str:
    words = {
        "address": ("地址", "address"),
        "why": ("原因", "why"),
        "folder": ("数据文件夹", "data folder"),
        "pid": ("进程", "process"),
        "log": ("日志", "log"),
        "version": ("PostgreSQL 版本", "PostgreSQL"),
        "bytes": ("字节数", "bytes"),
        "connections": ("其他连接", "other connections"),
        "kept": ("恢复前保留的数据库", "kept by a restore"),
    }
    english = lang == "en"
    running = ("运行中", "runs") if told["running"] else ("连接不上", "does not answer")
    if "folder" in told and told["pid"] is None:
        running = ("未运行", "does not run")
    lines = [running[english]]
    for name, pair in words.items():
        value = told.get(name)
        if value not in (None, ()):
            shown = f"{value:,}" if name == "bytes" else value
            shown = ", ".join(value) if isinstance(value, tuple) else shown
            lines.append(f"  {pair[english]}: {shown}" if english else f"  {pair[0]}：{shown}")
    return "\n".join(lines)


def _known_migrations() -> frozenset[str]:
    from phaseout.commands.site import set_up

    set_up()
    from django.db.migrations.loader import MigrationLoader

    return frozenset(".".join(key) for key in MigrationLoader(None).disk_migrations)


def _say(told: dict[str, Any], zh: str, en: str, as_json: bool, lang: str) -> None:
    if as_json:
        show_json(told)
    else:
        click.echo(en if lang == "en" else zh)
