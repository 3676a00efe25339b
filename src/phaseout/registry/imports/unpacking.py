"""The files of an import laid out as a facts folder, under names we chose to trust.

A ZIP is read entry by entry: no path of its own is ever followed, no link, no archive inside, and
no more bytes are written than one import may have, whatever the archive says of itself. A workbook
is a ZIP too, and measured the same way before anything opens it.
"""

from __future__ import annotations

import contextlib
import functools
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from phaseout.evidence.keeping import safe_name
from phaseout.evidence.models import EvidenceFile
from phaseout.facts.sources import TEXT, WORKBOOKS, table_named
from phaseout.law.refusals import Bilingual
from phaseout.registry.imports import refusals

MOST_BYTES = 2_000_000_000
"""What one import may have, unpacked."""
MOST_BYTES_OF_A_WORKBOOK = 600_000_000
MOST_CELLS = 40_000_000
MOST_FILES = 60
MOST_ROWS, MOST_READINGS = 2_000_000, 30_000_000
"""Of one file. A small archive can hold a hundred million short lines, each of them wrong in every
cell: what the check then lays down about them would fill the disk."""
CHUNK = 1 << 20
ARCHIVE, PARQUET = ".zip", ".parquet"
ENDINGS = (*WORKBOOKS, *TEXT, PARQUET, ARCHIVE)

_COPY = re.compile(r"\s*([(（]\d+[)）]|- ?副本|- ?Copy)$")
_DIMENSION = re.compile(rb'<dimension ref="[A-Z]+[0-9]+:([A-Z]{1,3})([0-9]{1,7})"')
_HIDDEN = ("__MACOSX", ".")


def lay_out(files: Iterable[EvidenceFile], folder: Path) -> Path:
    """What `facts.take` reads: the folder with the files, or the one workbook among them.

    Raises:
        Refusal: `unsafe_archive`, `file_too_large`, `too_many_files`, `same_name_twice`,
            `too_many_rows`, `wrong_ending`, `one_workbook_alone`, `vast_sheet`, `no_files`.
    """
    left = MOST_BYTES
    for file in files:
        if left < file.size:
            raise refusals.too_large(file.name, MOST_BYTES)
        if ending_of(file.name) == ARCHIVE:
            left -= _unpack(file, folder, left)
        else:
            left -= file.size
            _place(folder, file.name).symlink_to(file.path)
    found = [path for path in folder.rglob("*") if not path.is_dir()]
    books = [path for path in found if ending_of(path.name) in WORKBOOKS]
    if books and len(found) > 1:
        raise refusals.one_workbook_alone()
    if not found:
        raise refusals.no_files()
    if books:
        _measure_workbook(books[0])
        return books[0]
    for path in found:
        if ending_of(path.name) in TEXT:
            _count_lines(path)
    return folder


def _count_lines(path: Path) -> None:
    table = table_named(path.stem)
    most = MOST_READINGS if table is not None and table.name == "monitoring" else MOST_ROWS
    lines = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            lines += chunk.count(b"\n") or chunk.count(b"\r")
            if lines > most:
                raise refusals.too_many_rows(path.name, most)


def ending_of(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _place(folder: Path, name: str) -> Path:
    """Where a file of that name goes; Parquet files that are not named as the table go together
    into the folder of the table."""
    plain = safe_name(name)
    path = PurePosixPath(plain)
    stem = _COPY.sub("", path.stem)  # `energy (1).csv` is what browsers make of a second download
    if path.suffix.lower() == PARQUET and table_named(stem) is None:
        folder = folder / "monitoring"
        folder.mkdir(exist_ok=True)
    place = folder / f"{stem}{path.suffix}"
    if place.exists() or place.is_symlink():
        raise refusals.same_name_twice(plain)
    return place


def _measure_workbook(book: Path) -> None:
    """Refuse a workbook that would fill the memory, before anything opens it.

    A reader of workbooks checks the sizes that the ZIP declares; what it cannot know is that a
    lone cell at the far corner of a sheet makes it lay out every cell before.
    """
    size = book.stat().st_size
    # What is no sound ZIP is left to the reader of workbooks, which says so.
    with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(book) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
        if size <= MOST_BYTES_OF_A_WORKBOOK:
            for entry in archive.infolist():
                _refuse_vast_sheet(book.name, archive, entry)
    if size > MOST_BYTES_OF_A_WORKBOOK:
        raise refusals.too_large(book.name, MOST_BYTES_OF_A_WORKBOOK)


def _refuse_vast_sheet(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    if not entry.filename.startswith("xl/worksheets/"):
        return
    with archive.open(entry) as sheet:
        said = _DIMENSION.search(sheet.read(4_096))
    if said is not None:
        columns = functools.reduce(lambda so_far, c: so_far * 26 + c - 64, said[1], 0)
        if columns * int(said[2]) > MOST_CELLS:
            raise refusals.vast_sheet(name, f"{said[1].decode()}{int(said[2])}")


def _unpack(file: EvidenceFile, folder: Path, left: int) -> int:
    """Write the entries of an archive into `folder`; returns how many bytes."""
    try:
        with zipfile.ZipFile(file.path) as archive:
            entries = [entry for entry in archive.infolist() if _wanted(entry)]
            if len(entries) > MOST_FILES:
                raise refusals.too_many_files(MOST_FILES)
            if sum(entry.file_size for entry in entries) > left:
                raise refusals.too_large(file.name, MOST_BYTES)
            written = 0
            for entry in entries:
                _refuse_tricks(file.name, entry)
                written += _write(archive, entry, _place(folder, entry.filename), left - written)
            return written
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, zlib.error) as problem:
        raise refusals.unsafe_archive(file.name, _why_not_opened(problem)) from None


def _why_not_opened(problem: Exception) -> Bilingual:
    if isinstance(problem, NotImplementedError):
        return ("用了本系统不支持的压缩方式。", "it is compressed in a way that is not supported.")
    if isinstance(problem, RuntimeError):
        return ("其中有加密的文件，没有口令打不开。", "files in it are encrypted.")
    return ("文件已损坏，或不是ZIP包。", "it is damaged, or no ZIP.")


def _wanted(entry: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    return not entry.is_dir() and not any(
        part.startswith(_HIDDEN) for part in parts if part != ".."
    )


def _refuse_tricks(name: str, entry: zipfile.ZipInfo) -> None:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    shown = safe_name(entry.filename)
    if path.is_absolute() or ".." in path.parts or re.match(r"^[A-Za-z]:", entry.filename):
        raise refusals.unsafe_archive(
            name, (f"其中的路径{shown}指向包外。", f"the path of {shown} leads outside of it.")
        )
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise refusals.unsafe_archive(
            name, (f"其中的{shown}是链接或特殊文件。", f"{shown} in it is a link, not a file.")
        )
    if ending_of(shown) not in (*TEXT, PARQUET, *WORKBOOKS):
        raise refusals.wrong_ending(shown, packed=True)


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Path, left: int) -> int:
    written = 0
    with archive.open(entry) as packed, place.open("wb") as out:
        while chunk := packed.read(CHUNK):
            written += len(chunk)
            if written > left:
                raise refusals.too_large(safe_name(entry.filename), MOST_BYTES)
            out.write(chunk)
    return written
