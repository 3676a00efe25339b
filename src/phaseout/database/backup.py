"""One file with everything: the database, the evidence, and a manifest to verify both against.

The file is a zip that keeps its parts as they are:

    manifest.json      what is inside: digests, rows of each table, migrations, versions
    database.dump      pg_dump's custom form, of one moment
    evidence/ab/cd…    the files that the database speaks of, by their digest

The secret key is not in it: whoever holds a backup must not be able to sign in with it.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

from phaseout.database.address import Address, one_line
from phaseout.database.transfer import dumping
from phaseout.law.refusals import Refusal

FORMAT = 1
MANIFEST, DUMP, EVIDENCE = "manifest.json", "database.dump", "evidence"
PIECE = 1 << 20

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    format: int
    made_at: str
    software: str
    postgresql: str
    dump_sha256: str
    dump_bytes: int
    tables: Mapping[str, int]
    migrations: tuple[str, ...]
    evidence: Mapping[str, int]
    """Digest → bytes of every file inside."""
    evidence_lost: tuple[str, ...]
    """Digests that the database speaks of, but whose file was gone or damaged at the backup."""

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


def write(
    file: Path,
    address: Address,
    evidence: Path,
    *,
    software: str,
    progress: Progress = lambda stage, done, total: None,
) -> Manifest:
    """Write a backup to `file`, whole or not at all. The site may go on working meanwhile.

    Raises:
        Refusal: `backup_file_exists`, `backup_folder_missing`, `backup_not_written`,
            `backup_dump_failed`, `database_not_reached`.
    """
    _check_place(file)
    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            manifest = _write_parts(out, address, evidence, software, progress)
            out.flush()
            os.fsync(out.fileno())
        _check_place(file)  # nobody wrote one meanwhile
        Path(beside).replace(file)
    except OSError as problem:
        raise _not_written(file, problem) from None
    finally:
        Path(beside).unlink(missing_ok=True)
    return manifest


def rows_of_tables(connection: psycopg.Connection) -> dict[str, int]:
    """Rows of every ordinary or partitioned table of the schema `public`, counted."""
    names = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY relname"
    ).fetchall()
    return {name: _count(connection, name) for (name,) in names}


def migrations_of(connection: psycopg.Connection) -> tuple[str, ...]:
    """`app.name` of every migration applied, in their order."""
    there = connection.execute("SELECT to_regclass('public.django_migrations')").fetchone()
    if there is None or there[0] is None:
        return ()
    found = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY id")
    return tuple(name for (name,) in found)


def digests_of(connection: psycopg.Connection) -> tuple[str, ...]:
    """The digest of every file of evidence that the database speaks of."""
    there = connection.execute("SELECT to_regclass('public.evidence_evidencefile')").fetchone()
    if there is None or there[0] is None:
        return ()
    found = connection.execute("SELECT DISTINCT digest FROM evidence_evidencefile ORDER BY digest")
    return tuple(digest for (digest,) in found)


def connected(address: Address) -> psycopg.Connection:
    """A connection, or a refusal that says which database did not answer."""
    try:
        return address.connect()
    except psycopg.OperationalError as problem:
        said = one_line(problem)
        raise Refusal(
            "database_not_reached",
            what=(f"连接不到数据库 {address.shown()}", f"no answer from {address.shown()}"),
            why=(f"PostgreSQL 称：{said}。", f"PostgreSQL says: {said}."),
            instead=(
                "内置数据库请先执行 phaseout db start；否则请检查 DATABASE_URL。",
                "Run `phaseout db start` for the embedded one; else check DATABASE_URL.",
            ),
        ) from None


def _write_parts(
    out: IO[bytes], address: Address, evidence: Path, software: str, progress: Progress
) -> Manifest:
    with connected(address) as connection, zipfile.ZipFile(out, "w") as parts:
        # One snapshot for the counts and the dump: they agree whatever the site does meanwhile.
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        tables = rows_of_tables(connection)
        progress("backup", 0, 1)
        sha256, size = _write_dump(parts, address, snapshot)
        digests = digests_of(connection)
        kept, lost = _write_evidence(parts, evidence, digests, progress)
        manifest = Manifest(
            format=FORMAT,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            software=software,
            postgresql=connection.info.parameter_status("server_version") or "",
            dump_sha256=sha256,
            dump_bytes=size,
            tables=tables,
            migrations=migrations_of(connection),
            evidence=kept,
            evidence_lost=lost,
        )
        text = manifest.as_json()
        parts.writestr(MANIFEST, text)
        parts.comment = hashlib.sha256(text).hexdigest().encode()
        progress("backup", 1, 1)
    return manifest


def _write_dump(parts: zipfile.ZipFile, address: Address, snapshot: str) -> tuple[str, int]:
    with dumping(address, snapshot) as dump, parts.open(DUMP, "w", force_zip64=True) as part:
        return _copy(iter(lambda: dump.read(PIECE), b""), part)


def _write_evidence(
    parts: zipfile.ZipFile, folder: Path, digests: Iterable[str], progress: Progress
) -> tuple[dict[str, int], tuple[str, ...]]:
    kept: dict[str, int] = {}
    lost: list[str] = []
    wanted = tuple(digests)
    for done, digest in enumerate(wanted, 1):
        place = folder / digest[:2] / digest[2:]
        if not _is_sound(place, digest):
            lost.append(digest)
            continue
        with (
            place.open("rb") as source,
            parts.open(f"{EVIDENCE}/{digest[:2]}/{digest[2:]}", "w", force_zip64=True) as part,
        ):
            _, kept[digest] = _copy(iter(lambda s=source: s.read(PIECE), b""), part)  # type: ignore[misc]
        progress("backup.evidence", done, len(wanted))
    return kept, tuple(lost)


def _is_sound(place: Path, digest: str) -> bool:
    try:
        with place.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        return False


def _copy(pieces: Iterable[bytes], into: Any) -> tuple[str, int]:
    sha256, size = hashlib.sha256(), 0
    for piece in pieces:
        sha256.update(piece)
        size += len(piece)
        into.write(piece)
    return sha256.hexdigest(), size


def _count(connection: psycopg.Connection, table: str) -> int:
    query = sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(table))
    found = connection.execute(query).fetchone()
    return int(found[0]) if found else 0


def _check_place(file: Path) -> None:
    if file.exists():
        raise _exists(file)
    if not file.parent.is_dir():
        raise Refusal(
            "backup_folder_missing",
            what=(f"不能写出 {file}", f"{file} cannot be written"),
            why=(f"没有文件夹 {file.parent}。", f"there is no folder {file.parent}."),
            instead=("请先建立该文件夹。", "Make the folder first."),
        )


def _exists(file: Path) -> Refusal:
    return Refusal(
        "backup_file_exists",
        what=(f"不能写出 {file}", f"{file} cannot be written"),
        why=("该文件已存在，备份从不覆盖。", "it is there, and no backup is ever overwritten."),
        instead=("请换一个文件名。", "Give another name."),
    )


def _not_written(file: Path, problem: OSError) -> Refusal:
    return Refusal(
        "backup_not_written",
        what=(f"不能写出 {file}", f"{file} cannot be written"),
        why=(f"系统称：{problem.strerror}。", f"the system says: {problem.strerror}."),
        instead=("未留下任何文件；请换一个位置。", "No file was left; choose another place."),
    )
