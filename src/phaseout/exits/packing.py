"""The proof of exit as one file: a ZIP with a cover, what was planned, recorded and signed, every
file of evidence, and a list of digests. The same state gives the same bytes.

    封面.pdf            cover, by `papers.cover`
    manifest.json       name → SHA-256 and size of every other file
    acts.json           the acts of this room, in order, as they stand
    case.jsonl          the acts of the case as sealed: digest, previous digest, record
    evidence/…          the files, named by digest and as they were called
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from phaseout.casework.models import Act
from phaseout.casework.proceeding.facts import item_types
from phaseout.evidence.models import EvidenceFile
from phaseout.exits import papers
from phaseout.exits.models import ExitAct
from phaseout.exits.standing import ExitStanding

SCHEMA = "phaseout.exit-pack/1"
MOMENT = (1980, 1, 1, 0, 0, 0)
"""The same for every entry: an archive has no clock of its own."""


def packed(exit_: ExitStanding, on: date) -> bytes:
    """The archive as of the last act of case and room.

    Args:
        on: the day printed on the cover.
    """
    files = dict(_files(exit_))
    listed = [(name, hashlib.sha256(body).hexdigest()) for name, body in files.items()]
    files = {"封面.pdf": papers.cover(exit_, on, listed), **files}
    manifest = {
        "schema": SCHEMA,
        "case": exit_.case.number,
        "state": exit_.state.value,
        "files": {
            name: {"sha256": hashlib.sha256(body).hexdigest(), "bytes": len(body)}
            for name, body in files.items()
        },
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, body in {"manifest.json": _json(manifest), **files}.items():
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, body)
    return out.getvalue()


def last_day(exit_: ExitStanding) -> date:
    """The day of the last act of case or room: what the cover is dated by."""
    days = [act.done_on for act in exit_.acts] + [own.done_on for own in exit_.own]
    return max(days)


def _files(exit_: ExitStanding) -> Iterator[tuple[str, bytes]]:
    yield "acts.json", _json([_own(act) for act in exit_.own])
    sealed = Act.objects.filter(case=exit_.case).order_by("place")
    lines = [
        json.dumps(
            {"digest": act.digest, "previous": act.previous, "record": act.record},
            ensure_ascii=False,
            sort_keys=True,
        )
        for act in sealed
    ]
    yield "case.jsonl", ("\n".join(lines) + "\n").encode()
    for file in _evidence(exit_):
        with file.open() as stream:
            yield f"evidence/{file.digest[:16]}{_ending(file.name)}", stream.read()


def _ending(name: str) -> str:
    ending = PurePosixPath(name).suffix.lower()
    return ending if ending[1:].isalnum() and ending.isascii() else ""


def _own(act: ExitAct) -> dict[str, Any]:
    return {
        "kind": act.kind,
        "record": act.record,
        "item": act.item,
        "on": act.done_on.isoformat(),
        "happened_at": act.happened_at.isoformat() if act.happened_at else "",
        "place": [str(act.latitude), str(act.longitude)] if act.latitude is not None else None,
        "by": act.by.get_username(),
        "office": act.organisation_zh,
        "content": act.content,
        "digest": act.digest,
    }


def _evidence(exit_: ExitStanding) -> list[EvidenceFile]:
    """Every file named by this room or by an act of the exit, each once, by digest."""
    digests = {file.file.digest for act in exit_.own for file in exit_.files.get(act.pk, ())}
    for act in exit_.acts:
        for item, value in act.facts.items():
            if item_types().get(item) == "file":
                digests |= set(value)
    found: dict[str, EvidenceFile] = {}
    for file in EvidenceFile.objects.filter(digest__in=digests).order_by("-pk"):
        found[file.digest] = file
    return [found[digest] for digest in sorted(found)]


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1).encode()
