"""A bundle: acts, checkpoints and public key as files, to be verified anywhere.

FOLDER/acts.parquet       every act as a link of its chain, case by case
FOLDER/checkpoints.json   every checkpoint, oldest first
FOLDER/public_key.pem     the office's public key
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from phaseout.casework.audit.links import Link, Seal
from phaseout.law.refusals import Refusal

ACTS, SEALS, KEY = "acts.parquet", "checkpoints.json", "public_key.pem"
SCHEMA = pa.schema(
    [
        ("id", pa.int64()),
        ("case", pa.string()),
        ("place", pa.int32()),
        ("previous", pa.string()),
        ("digest", pa.string()),
        ("record", pa.string()),
    ]
)
AT_ONCE = 20_000


def write(folder: Path, links: Iterable[Link], seals: Sequence[Seal], public: bytes) -> int:
    """The bundle, in a folder that is made for it; returns how many acts it holds.

    Raises:
        Refusal: `bundle_exists`, the folder holds something already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise _exists(folder)
    count = 0
    with pq.ParquetWriter(folder / ACTS, SCHEMA, compression="zstd") as writer:
        for some in _batches(links):
            columns = [
                pa.array(column, type=f.type)
                for column, f in zip(zip(*some, strict=True), SCHEMA, strict=True)
            ]
            writer.write_batch(pa.record_batch(columns, schema=SCHEMA))
            count += len(some)
    plain = [seal._asdict() for seal in seals]
    (folder / SEALS).write_text(json.dumps(plain, indent=1), encoding="utf-8")
    (folder / KEY).write_bytes(public)
    return count


def links(folder: Path) -> Iterator[Link]:
    """Every act of the bundle.

    Raises:
        Refusal: `bundle_unreadable`.
    """
    try:
        file = pq.ParquetFile(folder / ACTS)
        for batch in file.iter_batches(batch_size=AT_ONCE, columns=SCHEMA.names):
            columns = [batch.column(name).to_pylist() for name in SCHEMA.names]
            yield from map(Link._make, zip(*columns, strict=True))
    except (OSError, pa.ArrowException) as problem:
        raise _unreadable(folder / ACTS, problem) from problem


def seals(folder: Path) -> list[Seal]:
    """Every checkpoint of the bundle. Raises as `links`."""
    try:
        rows = json.loads((folder / SEALS).read_text(encoding="utf-8"))
        return [Seal(**row) for row in rows]
    except (OSError, ValueError, TypeError) as problem:
        raise _unreadable(folder / SEALS, problem) from problem


def public_key(folder: Path) -> bytes:
    """The public key that lies in the bundle: whoever checks should have it from elsewhere."""
    try:
        return (folder / KEY).read_bytes()
    except OSError as problem:
        raise _unreadable(folder / KEY, problem) from problem


def _batches(links: Iterable[Link]) -> Iterator[Sequence[Link]]:
    stream = iter(links)
    while some := list(islice(stream, AT_ONCE)):
        yield some


def _exists(folder: Path) -> Refusal:
    return Refusal(
        "bundle_exists",
        what=(f"不能写入{folder}", f"cannot write to {folder}"),
        why=("文件夹不是空的。", "the folder is not empty."),
        instead=("请指定新的文件夹。", "Name a new folder."),
    )


def _unreadable(file: Path, problem: object) -> Refusal:
    return Refusal(
        "bundle_unreadable",
        what=(f"读不出{file}", f"{file} cannot be read"),
        why=(f"{problem}。", f"{problem}."),
        instead=(
            "请用 phaseout audit export 重新导出。",
            "Export it anew with `phaseout audit export`.",
        ),
    )
