"""Restore a backup: beside the database that is there, verified, and only then in its place.

The old database stays, under another name. Evidence is only ever added to: a file's name is the
digest of its bytes, so what the old database speaks of stays readable too.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg

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
from phaseout.database.swapping import (
    ARRIVING,
    NOTHING,
    check_server,
    create,
    drop,
    one_at_a_time,
    refuse_if_used,
    swap_in,
)
from phaseout.database.transfer import load
from phaseout.law.refusals import Refusal

UNPACKED = ".restoring-"
DIGEST = re.compile("[0-9a-f]{64}")


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
            `backup_of_newer_version`, `backup_of_newer_postgresql`, `backup_dump_damaged`,
            `backup_evidence_damaged`, `backup_does_not_load`, `backup_rows_differ`,
            `backup_evidence_missing`, `restore_under_way`, `may_not_make_databases`,
            `database_in_use`, `database_not_reached`.
    """
    with _opened(file) as parts:
        manifest = manifest_of(parts)
        _check_known(manifest, known_migrations)
        with connected(address.named("postgres")) as server:
            one_at_a_time(server, address.name)
            check_server(server, manifest.postgresql, address.name)
            refuse_if_used(server, address.name)
            evidence.mkdir(parents=True, exist_ok=True, mode=0o750)
            _clear_remains(evidence)
            with tempfile.TemporaryDirectory(dir=evidence.parent, prefix=UNPACKED) as folder:
                dump = Path(folder) / DUMP
                _take_dump(parts, manifest, dump)
                _take_evidence(parts, manifest, evidence, progress)
                progress("restore", 0, 1)
                kept_as = _load_and_swap(server, dump, manifest, address)
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
        counts = [*read["tables"].values(), *read["evidence"].values()]
        if not all(isinstance(n, int) for n in counts):
            raise ValueError("counts")
        if not all(DIGEST.fullmatch(d) for d in (*read["evidence"], *read["evidence_lost"])):
            raise ValueError("a name of evidence is a digest, and no way out of its folder")
        return Manifest(**read)
    except (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile):
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


def _load_and_swap(
    server: psycopg.Connection, dump: Path, manifest: Manifest, address: Address
) -> str | None:
    arriving = address.named(f"{address.name}{ARRIVING}")
    drop(server, arriving.name)  # what a restore that was killed has left
    create(server, arriving.name, like=address.name)
    try:
        load(dump, arriving)
        with connected(arriving) as connection:
            _verify(connection, manifest)
        return swap_in(server, arriving.name, address.name)
    except BaseException:
        with suppress(psycopg.OperationalError):  # the server has gone; the next one clears it
            drop(server, arriving.name)
        raise


def _clear_remains(evidence: Path) -> None:
    """What a restore that was killed has left on the disk: a whole dump, half a file."""
    for folder in evidence.parent.glob(f"{UNPACKED}*"):
        shutil.rmtree(folder)
    for half in evidence.glob(".arriving-*"):
        half.unlink()


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
