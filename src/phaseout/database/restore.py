"""Restore a backup: beside the database that is there, verified, and only then in its place.

The old database stays, under another name. Evidence is only ever added to: a file's name is the
digest of its bytes, so what the old database speaks of stays readable too.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from phaseout.database.address import Address
from phaseout.database.backup import (
    DUMP,
    EVIDENCE,
    FORMAT,
    MANIFEST,
    PIECE,
    Manifest,
    Progress,
    connected,
    digests_of,
    migrations_of,
    rows_of_tables,
)
from phaseout.database.transfer import load
from phaseout.law.refusals import Bilingual, Refusal

LEAVING_SECONDS = 10.0
ARRIVING, KEPT = "_arriving", "_before_"
NOTHING: Bilingual = ("不能恢复", "nothing was restored")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and under which name the database before it is kept."""

    manifest: Manifest
    kept_as: str | None


def read(
    file: Path,
    address: Address,
    evidence: Path,
    *,
    known_migrations: Collection[str],
    progress: Progress = lambda stage, done, total: None,
) -> Restored:
    """Restore `file` as the database of `address`. Nothing is swapped before all was verified.

    Raises:
        Refusal: the first thing that is wrong: `backup_unreadable`, `backup_manifest_damaged`,
            `backup_of_newer_version`, `backup_dump_damaged`, `backup_evidence_damaged`,
            `backup_does_not_load`, `backup_rows_differ`, `backup_evidence_missing`,
            `database_in_use`, `database_not_reached`.
    """
    with _opened(file) as parts:
        manifest = manifest_of(parts)
        _check_known(manifest, known_migrations)
        with connected(address.named("postgres")) as server:
            _refuse_if_used(server, address.name)
        evidence.mkdir(parents=True, exist_ok=True, mode=0o750)
        with tempfile.TemporaryDirectory(dir=evidence.parent, prefix=".restoring-") as folder:
            dump = Path(folder) / DUMP
            _take_dump(parts, manifest, dump)
            _take_evidence(parts, manifest, evidence, progress)
            progress("restore", 0, 1)
            kept_as = _load_and_swap(dump, manifest, address)
            progress("restore", 1, 1)
    return Restored(manifest, kept_as)


def manifest_of(parts: zipfile.ZipFile) -> Manifest:
    """The manifest of an opened backup, if it is the one that was written.

    Raises:
        Refusal: `backup_manifest_damaged`, `backup_of_newer_version`.
    """
    try:
        text = parts.read(MANIFEST)
        if hashlib.sha256(text).hexdigest().encode() != parts.comment:
            raise ValueError("digest")
        read = json.loads(text)
        if read["format"] != FORMAT:
            raise _newer(f"{MANIFEST}: format {read['format']}")
        for name in ("migrations", "evidence_lost"):
            read[name] = tuple(read[name])
        return Manifest(**read)
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile):
        raise _damaged("backup_manifest_damaged", MANIFEST) from None


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        parts = zipfile.ZipFile(file)
    except (OSError, zipfile.BadZipFile) as problem:
        raise Refusal(
            "backup_unreadable",
            what=NOTHING,
            why=(
                f"{file} 不是完整的备份文件（{problem}）。",
                f"{file} is not a whole backup ({problem}).",
            ),
            instead=("请核对文件，或改用另一份备份。", "Check the file, or take another backup."),
        ) from None
    with parts:
        yield parts


def _check_known(manifest: Manifest, known: Collection[str]) -> None:
    unknown = [name for name in manifest.migrations if name not in known]
    if unknown:
        raise _newer(unknown[0])


def _take_dump(parts: zipfile.ZipFile, manifest: Manifest, dump: Path) -> None:
    with dump.open("wb") as out:
        sha256 = _taken(parts, DUMP, out, "backup_dump_damaged")
    if sha256 != manifest.dump_sha256:
        raise _damaged("backup_dump_damaged", DUMP)


def _take_evidence(
    parts: zipfile.ZipFile, manifest: Manifest, folder: Path, progress: Progress
) -> None:
    for done, digest in enumerate(manifest.evidence, 1):
        name = f"{EVIDENCE}/{digest[:2]}/{digest[2:]}"
        place = folder / digest[:2] / digest[2:]
        place.parent.mkdir(exist_ok=True, mode=0o750)
        handle, beside = tempfile.mkstemp(dir=folder, prefix=".arriving-")
        try:
            with os.fdopen(handle, "wb") as out:
                sha256 = _taken(parts, name, out, "backup_evidence_damaged")
            if sha256 != digest:
                raise _damaged("backup_evidence_damaged", name)
            Path(beside).replace(place)
        finally:
            Path(beside).unlink(missing_ok=True)
        progress("restore.evidence", done, len(manifest.evidence))


def _taken(parts: zipfile.ZipFile, name: str, out: IO[bytes], code: str) -> str:
    """Copy one part out; its SHA-256."""
    sha256 = hashlib.sha256()
    try:
        with parts.open(name) as part:
            for piece in iter(lambda: part.read(PIECE), b""):
                sha256.update(piece)
                out.write(piece)
    except (KeyError, zipfile.BadZipFile, EOFError):
        raise _damaged(code, name) from None
    out.flush()
    os.fsync(out.fileno())
    return sha256.hexdigest()


def _load_and_swap(dump: Path, manifest: Manifest, address: Address) -> str | None:
    arriving = address.named(f"{address.name}{ARRIVING}")
    with connected(address.named("postgres")) as server:
        _drop(server, arriving.name)  # what a restore that was killed has left
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(arriving.name)))
        try:
            load(dump, arriving)
            with connected(arriving) as connection:
                _verify(connection, manifest)
            return _swap(server, arriving.name, address.name)
        except BaseException:
            _drop(server, arriving.name)
            raise


def _verify(connection: psycopg.Connection, manifest: Manifest) -> None:
    there = rows_of_tables(connection)
    for table in sorted({*there, *manifest.tables}):
        if there.get(table) != manifest.tables.get(table):
            raise _differ(table, manifest.tables.get(table), there.get(table))
    if migrations_of(connection) != manifest.migrations:
        raise _differ("django_migrations", len(manifest.migrations), None)
    known = {*manifest.evidence, *manifest.evidence_lost}
    for digest in digests_of(connection):
        if digest not in known:
            raise _damaged("backup_evidence_missing", f"{EVIDENCE}/{digest[:2]}/{digest[2:]}")


def _swap(server: psycopg.Connection, arriving: str, name: str) -> str | None:
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


def _drop(server: psycopg.Connection, name: str) -> None:
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    server.execute(drop.format(sql.Identifier(name)))


def _refuse_if_used(server: psycopg.Connection, name: str) -> None:
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


def _used(name: str) -> Refusal:
    return Refusal(
        "database_in_use",
        what=NOTHING,
        why=(f"数据库 {name} 正被使用。", f"the database {name} is in use."),
        instead=("请先停止 phaseout serve，再恢复。", "Stop `phaseout serve` first, then restore."),
    )


def _damaged(code: str, part: str) -> Refusal:
    return Refusal(
        code,
        what=NOTHING,
        why=(
            f"备份中的 {part} 缺失或已损坏。",
            f"{part} in the backup is missing or damaged.",
        ),
        instead=(
            "现有数据未作改动；请改用另一份备份。",
            "What is there has not been changed; take another backup.",
        ),
    )


def _differ(table: str, expected: int | None, found: int | None) -> Refusal:
    return Refusal(
        "backup_rows_differ",
        what=NOTHING,
        why=(
            f"表 {table} 应有{expected}行，恢复后为{found}行。",
            f"the table {table} should have {expected} rows and has {found} when restored.",
        ),
        instead=(
            "现有数据未作改动；请改用另一份备份。",
            "What is there has not been changed; take another backup.",
        ),
    )


def _newer(what: str) -> Refusal:
    return Refusal(
        "backup_of_newer_version",
        what=NOTHING,
        why=(
            f"备份来自较新的版本（本版本没有 {what}）。",
            f"the backup is of a newer version (this one does not know {what}).",
        ),
        instead=("请先升级本程序。", "Upgrade this program first."),
    )
