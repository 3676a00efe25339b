"""Acts as links of their chains, from wherever they are kept; the root over many of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import psycopg

from phaseout.casework.models.act import FIRST


class Link(NamedTuple):
    """What of an act is hashed. `id` orders acts as they were written, `place` within the case."""

    id: int
    case: str
    place: int
    previous: str
    digest: str
    record: str


class Seal(NamedTuple):
    """A checkpoint as plain data, days and moments as text."""

    day: str
    acts: int
    last_act: int
    root: str
    previous: str
    key: str
    signature: str
    made_at: str


LINKS = """
COPY (
  SELECT a.id, c.number, a.place, a.previous, a.digest, a.record
  FROM casework_act AS a JOIN casework_case AS c ON c.id = a.case_id
  ORDER BY a.case_id, a.place
) TO STDOUT (FORMAT binary)
"""
SEALS = """
SELECT day::text, acts, last_act, root, previous, key, signature,
  to_char(made_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US+00:00')
FROM casework_checkpoint ORDER BY day
"""


def of_the_site(connection: psycopg.Connection) -> Iterator[Link]:
    """Every act, case by case in the order of places; streamed."""
    with connection.cursor() as cursor, cursor.copy(LINKS) as copy:
        copy.set_types(["int8", "text", "int4", "text", "text", "text"])
        for row in copy.rows():
            yield Link(*row)


def seals_of_the_site(connection: psycopg.Connection) -> list[Seal]:
    """Every checkpoint, oldest first."""
    with connection.cursor() as cursor:
        return [Seal(*row) for row in cursor.execute(SEALS)]


def root(before: str, digests: Iterable[str]) -> str:
    """The digest over the root before and the digests of the acts since."""
    sha = hashlib.sha256(before.encode())
    for digest in digests:
        sha.update(digest.encode())
    return sha.hexdigest()


def signed_text(seal: Seal) -> bytes:
    """What the signature of a checkpoint covers."""
    parts = (seal.day, str(seal.acts), str(seal.last_act), seal.root, seal.previous, seal.key)
    return "\n".join(("phaseout.checkpoint/1", *parts, seal.made_at)).encode()


__all__ = ["FIRST", "Link", "Seal", "of_the_site", "root", "seals_of_the_site", "signed_text"]
