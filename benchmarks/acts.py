"""An act beside a bare insert of the same rows; a million chained acts beside hashing them.

The act is the whole thing: the case locked, its acts read, the procedure asked, the row sealed and
written with what it makes of the case, one durable transaction. The bare insert writes the same
rows, already made, into tables of the same columns, indexes, checks and foreign keys (but without
the triggers, which are what the act gives for its price), one durable transaction too: by plain
SQL, and as a second column as the ORM does it, one `save` a row. The bundle that is verified holds
real records of these acts, numbered through; hashing reads the same file and hashes each record
once, without chain, checkpoints or signatures.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.site import at_least, fresh_site

FULL_CASES = 300
FULL_ACTS = 1_000_000
BATCH = 25
PLACES = 10
DAY = date(2018, 3, 15)
WAY = ("order.file", "order.collect_evidence", "order.notice", "order.serve_notice")
_OF_ITS_ACT = "(SELECT place FROM casework_act AS a WHERE a.id = t.act_id)"
TABLES = {
    "casework_act": "t.place",
    "casework_issuedpaper": _OF_ITS_ACT,
    "casework_namedfile": _OF_ITS_ACT,
    "casework_casedeadline": "t.opened_by",
    "casework_casetask": "t.arisen_by",
}
"""What an act writes, and the place of the act that wrote a row."""

CHANGED = """
SELECT case_id, place, 'UPDATE casework_case SET stage = stage WHERE id = ' || case_id
  FROM casework_act
UNION ALL SELECT a.case_id, a.place, 'UPDATE casework_register SET last = last + 1 WHERE id = '
    || (SELECT min(id) FROM casework_register)
  FROM casework_issuedpaper AS p JOIN casework_act AS a ON a.id = p.act_id WHERE p.number <> ''
UNION ALL SELECT a.case_id, a.place, format('UPDATE bare_casework_issuedpaper'
    ' SET served_by_id = %%L, served_on = %%L WHERE act_id = %%L', a.id, p.served_on, p.act_id)
  FROM casework_issuedpaper AS p JOIN casework_act AS a ON a.id = p.served_by_id
UNION ALL SELECT a.case_id, a.place, format('UPDATE bare_casework_proposal SET state = %%L,'
    ' settled_by_id = %%L, settled_on = %%L, act_id = %%L WHERE id = %%L',
    p.state, p.settled_by_id, p.settled_on, a.id, p.id)
  FROM casework_proposal AS p JOIN casework_act AS a ON a.id = p.act_id
"""
"""What an act changes: the case, the register, the paper it serves, the proposal that is signed."""


def run(size: float = 1.0) -> None:
    with fresh_site(durable=True) as home:
        records = _acts(max(20, int(FULL_CASES * size)))
        _chains(home / "bundle", records, at_least(10_000, FULL_ACTS, size))


def _acts(cases: int) -> list[str]:
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from casebook import Desk

    desk = Desk()
    opened = [desk.open_(desk.finding(desk.line(f"B{n}"))).case for n in range(cases)]
    desk.walk(opened[0], *WAY)  # whatever is read once a process is read now
    taken: dict[str, list[tuple[float, float]]] = {}
    for start in range(1, cases, BATCH):  # by turns, so that what else the machine does hits all
        batch = opened[start : start + BATCH]
        for case in batch:
            for kind in WAY:
                taken.setdefault("act", []).append(_clocked(_ready(desk, case, kind)))
        rows = _rows([case.pk for case in batch])
        for name, make in {"bare insert": _by_sql, "bare insert by the ORM": _by_orm}.items():
            taken.setdefault(name, []).extend(_bare(make(rows)))
    _tell(taken)
    from phaseout.casework.models import Act

    return list(Act.objects.filter(place__gt=1).values_list("record", flat=True)[:1000])


def _clocked(work: Callable[[], Any]) -> tuple[float, float]:
    """Seconds by the clock, and of CPU in this process."""
    began, worked = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - worked


def _tell(taken: dict[str, list[tuple[float, float]]]) -> None:
    means = {
        name: tuple(sum(each) / len(each) * 1e3 for each in zip(*times, strict=True))
        for name, times in taken.items()
    }
    (clock, cpu), *_ = means.values()
    print(f"{'':<24}{'clock':>11}{'CPU here':>11}   act beside it: clock, CPU")
    for name, (its_clock, its_cpu) in means.items():
        said = f"{name:<24}{its_clock:8.2f} ms{its_cpu:8.2f} ms"
        print(f"{said}   {clock / its_clock:.2f}, {cpu / its_cpu:.2f}")


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


Rows = list[tuple[list[tuple[str, dict[str, Any]]], list[str]]]
"""Of each act the rows it wrote, with their tables, and its changes as statements."""


def _rows(cases: list[int]) -> Rows:
    """What each act wrote and changed, in the order of the acts."""
    from django.db import connection

    rows: dict[tuple[int, int], list[tuple[str, dict[str, Any]]]] = {}
    changes: dict[tuple[int, int], list[str]] = {}
    with connection.cursor() as cursor:
        for table, place in TABLES.items():
            cursor.execute(
                f"SELECT case_id, {place}, t.* FROM {table} AS t"
                f" WHERE case_id = ANY(%s) AND {place} > 1 ORDER BY 1, 2",
                [cases],
            )
            names = [column.name for column in cursor.description[2:]]
            for case, at, *values in cursor.fetchall():
                row = dict(zip(names, values, strict=True))
                rows.setdefault((case, at), []).append((table, row))
        cursor.execute(CHANGED.replace("%%", "%"))
        for case, at, statement in cursor.fetchall():
            changes.setdefault((case, at), []).append(statement)
    return [(written, changes[at]) for at, written in sorted(rows.items())]


def _bare(made: list[Callable[[Any], None]]) -> list[tuple[float, float]]:
    """Clock and CPU of each transaction, one an act, into empty tables."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in [*TABLES, "casework_proposal"]:
            _bare_table(cursor, table)
        cursor.execute("INSERT INTO bare_casework_proposal SELECT * FROM casework_proposal")
        cursor.execute("UPDATE bare_casework_proposal SET state = 'void', act_id = NULL")
    return [_clocked(partial(_in_one, write)) for write in made]


def _in_one(write: Callable[[Any], None]) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        write(cursor)


def _bare_table(cursor: Any, table: str) -> None:
    cursor.execute(f"DROP TABLE IF EXISTS bare_{table}")
    cursor.execute(f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL)")
    cursor.execute(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND conrelid = %s::regclass",
        [table],
    )
    for (key,) in cursor.fetchall():
        cursor.execute(f"ALTER TABLE bare_{table} ADD {key}")


def _by_sql(rows: Rows) -> list[Callable[[Any], None]]:
    def one(inserts: list[tuple[str, list[Any]]], changes: list[str]) -> Callable[[Any], None]:
        def write(cursor: Any) -> None:
            for statement, values in inserts:
                cursor.execute(statement, values)
            for statement in changes:
                cursor.execute(statement)

        return write

    return [
        one([_insert(table, row) for table, row in written], changes) for written, changes in rows
    ]


def _insert(table: str, row: dict[str, Any]) -> tuple[str, list[Any]]:
    marks = ", ".join(["%s"] * len(row))
    statement = f"INSERT INTO bare_{table} ({', '.join(row)}) VALUES ({marks})"
    return statement, [_json(value) for value in row.values()]


def _by_orm(rows: Rows) -> list[Callable[[Any], None]]:
    """The inserts as `save(force_insert=True)`; the changes are plain SQL here too."""
    from django.apps import apps

    models = {model._meta.db_table: model for model in apps.get_models()}

    def one(objects: list[tuple[Any, str]], changes: list[str]) -> Callable[[Any], None]:
        def write(cursor: Any) -> None:
            for row, table in objects:
                row._meta.db_table = f"bare_{table}"
                row.save(force_insert=True)
                row._meta.db_table = table
            for statement in changes:
                cursor.execute(statement)

        return write

    return [
        one([(_object(models[table], row), table) for table, row in written], changes)
        for written, changes in rows
    ]


def _object(model: Any, row: dict[str, Any]) -> Any:
    fields = {field.column: field for field in model._meta.concrete_fields}
    plain = {
        fields[column].attname: json.loads(value)
        if fields[column].get_internal_type() == "JSONField"
        else value
        for column, value in row.items()
    }
    return model(**plain)


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
    from phaseout.casework.audit.links import FIRST, Link
    from phaseout.casework.proceeding.chain import digest
    from phaseout.evidence.digests import canonical

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
