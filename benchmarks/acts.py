"""An act beside a bare insert of the same rows; a million chained acts beside hashing them.

The act is the whole thing: the case locked, its acts read, the procedure asked, the row sealed and
written with what it makes of the case, one durable transaction. The bare insert writes the same
rows, already made, into tables of the same columns, keys and indexes, one durable transaction too.
The bundle that is verified holds real records of these acts, numbered through; hashing reads the
same file and hashes each record once, without chain, checkpoints or signatures.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.site import fresh_site

FULL_CASES = 300
FULL_ACTS = 1_000_000
PLACES = 10
DAY = date(2018, 3, 15)
WAY = ("order.file", "order.collect_evidence", "order.notice", "order.serve_notice")
TABLES = {
    "casework_act": "t.place",
    "casework_issuedpaper": "(SELECT place FROM casework_act AS a WHERE a.id = t.act_id)",
    "casework_namedfile": "(SELECT place FROM casework_act AS a WHERE a.id = t.act_id)",
    "casework_casedeadline": "t.opened_by",
    "casework_casetask": "t.arisen_by",
}
"""What an act writes, and the place of the act that wrote a row."""


def run(size: float = 1.0) -> None:
    with fresh_site(durable=True) as home:
        records = _acts(max(20, int(FULL_CASES * size)))
        _chains(home / "bundle", records, max(10_000, int(FULL_ACTS * size)))


def _acts(cases: int) -> list[str]:
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from casebook import Desk

    desk = Desk()
    opened = [desk.open_(desk.finding(desk.line(f"B{n}"))).case for n in range(cases)]
    desk.walk(opened[0], *WAY)  # whatever is read once a process is read now
    clock, cpu = 0.0, 0.0
    for case in opened[1:]:
        for kind in WAY:
            do = _ready(desk, case, kind)
            began, worked = time.perf_counter(), time.process_time()
            do()
            clock += time.perf_counter() - began
            cpu += time.process_time() - worked
    done = (cases - 1) * len(WAY)
    bare, bare_cpu = _bare([case.pk for case in opened[1:]])
    print(f"act          {clock / done * 1e3:6.2f} ms   {cpu / done * 1e3:6.2f} ms of CPU here")
    print(f"bare insert  {bare / done * 1e3:6.2f} ms   {bare_cpu / done * 1e3:6.2f} ms")
    print(f"act / bare = {clock / bare:.2f} by the clock")
    from phaseout.casework.models import Act

    return list(Act.objects.filter(place__gt=1).values_list("record", flat=True)[:1000])


def _ready(desk: Any, case: Any, kind: str) -> Any:
    """The act as a call, with its files and people made already. A leader's signature is the act:
    what is prepared for it beforehand is not in the clock."""
    from uuid import uuid4

    from phaseout.accounts.scope import scope_of
    from phaseout.casework import acts
    from phaseout.casework.proceeding.holders import wanted

    rule = desk.rule(case, kind)
    asked, doer = desk.asked(rule, case, DAY), desk.doer(rule, case)
    ways = {"scope": scope_of(doer, on=DAY), "today": DAY}
    if not wanted(rule, case).signs:
        return lambda: acts.perform(case.pk, asked, by=doer, key=uuid4(), **ways)
    proposal = acts.propose(case.pk, asked, by=doer, key=uuid4(), **ways)
    leader = desk.leader(rule, case)
    scope = scope_of(leader, on=DAY)
    return lambda: acts.sign(
        proposal.pk, by=leader, scope=scope, today=DAY, digest=proposal.digest, key=uuid4()
    )


def _bare(cases: list[int]) -> tuple[float, float]:
    """The same rows, made already, one transaction an act."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL)")
    rows = _rows(cases)
    clock, cpu = time.perf_counter(), time.process_time()
    for statements in rows:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, values in statements:
                cursor.execute(statement, values)
    return time.perf_counter() - clock, time.process_time() - cpu


def _rows(cases: list[int]) -> list[list[tuple[str, list[Any]]]]:
    """What each act wrote, as statements: its rows, the register it counted up, the case, and the
    proposal that was signed."""
    from django.db import connection

    found: dict[tuple[int, int], list[tuple[str, list[Any]]]] = {}
    with connection.cursor() as cursor:
        for table, place in TABLES.items():
            cursor.execute(
                f"SELECT case_id, {place}, t.* FROM {table} AS t"
                f" WHERE case_id = ANY(%s) AND {place} > 1 ORDER BY 1, 2",
                [cases],
            )
            names = [column.name for column in cursor.description[2:]]
            marks = ", ".join(["%s"] * len(names))
            into = f"INSERT INTO bare_{table} ({', '.join(names)}) VALUES ({marks})"
            for case, at, *values in cursor.fetchall():
                plain = [_json(value) for value in values]
                found.setdefault((case, at), []).append((into, plain))
    return [[*rows, *_touched(case, rows)] for (case, _), rows in sorted(found.items())]


def _touched(case: int, rows: list[tuple[str, list[Any]]]) -> list[tuple[str, list[Any]]]:
    touch = [("UPDATE casework_case SET stage = stage WHERE id = %s", [case])]
    if any("issuedpaper" in statement for statement, _ in rows):
        count = "UPDATE casework_register SET last = last + 1 WHERE id = (SELECT min(id) FROM"
        touch.append((f"{count} casework_register)", []))
    return touch


def _json(value: Any) -> Any:
    from psycopg.types.json import Jsonb

    return Jsonb(value) if isinstance(value, (dict, list)) else value


def _chains(folder: Path, records: list[str], acts: int) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from phaseout.casework.audit import bundle, keys
    from phaseout.casework.audit.links import FIRST, Seal, root, signed_text
    from phaseout.casework.audit.verifying import verify

    key = Ed25519PrivateKey.generate()
    made = list(_links(records, acts))
    seal = Seal(
        "2018-03-15", acts, acts, root(FIRST, (link.digest for link in made)), FIRST,
        keys.key_id(key.public_key()), "", "2018-03-15T00:00:00.000000+00:00",
    )  # fmt: skip
    seal = seal._replace(signature=key.sign(signed_text(seal)).hex())
    bundle.write(folder, made, [seal], keys.public_pem(key.public_key()))
    size = sum(len(link.record.encode()) for link in made)
    del made
    hashing = _timed(lambda: _hash(folder))
    verifying = _timed(lambda: _verify(folder, bundle, keys, verify))
    print(f"{acts:,} acts, {size / 1e6:,.0f} MB of records")
    print(f"hashing      {hashing:6.2f} s   {size / hashing / 1e6:,.0f} MB/s")
    print(f"verifying    {verifying:6.2f} s   {size / verifying / 1e6:,.0f} MB/s")
    print(f"verifying at {hashing / verifying:.2f} of the speed of hashing")


def _links(records: list[str], acts: int) -> Iterator[Any]:
    """Chains of ten acts of real records, each with its own number and place."""
    import json

    from phaseout.casework.audit.links import FIRST, Link
    from phaseout.casework.proceeding.chain import canonical, digest

    texts = []
    for record in records:
        said = json.loads(record) | {"case": "\0", "place": "\1"}
        texts.append(canonical(said).replace('"\\u0001"', "\1").replace("\\u0000", "\0"))
    before = FIRST
    for n in range(acts):
        case, place = f"宁经信能立〔2018〕{n // PLACES + 1}号", n % PLACES + 1
        before = FIRST if place == 1 else before
        record = texts[n % len(texts)].replace("\0", case).replace("\1", str(place))
        made = digest(before, record)
        yield Link(n + 1, case, place, before, made, record)
        before = made


def _hash(folder: Path) -> None:
    from phaseout.casework.audit import bundle

    for link in bundle.links(folder):
        hashlib.sha256(link.record.encode()).hexdigest()


def _verify(folder: Path, bundle: Any, keys: Any, verify: Any) -> None:
    known = [keys.read_public(bundle.public_key(folder))]
    report = verify(bundle.links(folder), bundle.seals(folder), known)
    assert report.sound, report.wrong[:3]


def _timed(work: Any) -> float:
    """The least of three."""
    taken = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken)
