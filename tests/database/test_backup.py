"""A backup is whole or not there; a restore swaps in only what it has verified."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from phaseout.database import Address, embedded, swapping
from phaseout.database import restore as restoring
from phaseout.database.backup import DUMP, MANIFEST, Manifest, write
from phaseout.database.restore import Restored, manifest_of, read
from phaseout.database.usable import must_be_usable
from phaseout.law.refusals import Refusal

PRINT = b"page 3 of the official print"
DIGEST = hashlib.sha256(PRINT).hexdigest()
TABLES = """
    CREATE TABLE django_migrations (id serial, app text, name text);
    INSERT INTO django_migrations (app, name) VALUES ('room', '0001_initial');
    CREATE TABLE evidence_evidencefile (id serial PRIMARY KEY, digest text);
    CREATE TABLE readings (at date NOT NULL, value numeric) PARTITION BY RANGE (at);
    CREATE TABLE readings_2017 PARTITION OF readings FOR VALUES FROM ('2017-01-01') TO ('2018-01-01');
    INSERT INTO readings SELECT '2017-05-01', n FROM generate_series(1, 100) n;
"""  # noqa: E501


@pytest.fixture
def place(embedded_home: Path) -> Iterator[Address]:
    """A database of this test alone, with migrations, evidence and a partitioned table."""
    server = embedded.address(embedded_home).named("postgres")
    with server.connect() as connection:
        connection.execute("CREATE DATABASE backed")
    with server.named("backed").connect() as connection:
        connection.execute(TABLES)
        connection.execute("INSERT INTO evidence_evidencefile (digest) VALUES (%s)", [DIGEST])
    yield server.named("backed")
    with server.connect() as connection:
        names = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'backed%'")
        for (name,) in names.fetchall():
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    folder = tmp_path / "evidence"
    file = folder / DIGEST[:2] / DIGEST[2:]
    file.parent.mkdir(parents=True)
    file.write_bytes(PRINT)
    return folder


@pytest.fixture
def file(place: Address, evidence: Path, tmp_path: Path) -> Path:
    write(tmp_path / "one.backup", place, evidence, software="test")
    return tmp_path / "one.backup"


def restore(file: Path, place: Address, evidence: Path) -> Restored:
    return read(file, place, evidence, known_migrations={"room.0001_initial"})


def count(place: Address, table: str = "readings") -> int:
    with place.connect() as connection:
        row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])


def databases(place: Address) -> list[str]:
    with place.named("postgres").connect() as connection:
        found = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'backed%'")
        return sorted(name for (name,) in found)


def rewritten(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The backup with parts changed, its own manifest's digest made to fit again."""
    with zipfile.ZipFile(file) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
    change(contents)
    other = file.with_name("other.backup")
    with zipfile.ZipFile(other, "w") as parts:
        for name, content in contents.items():
            parts.writestr(name, content)
        parts.comment = hashlib.sha256(contents[MANIFEST]).hexdigest().encode()
    return other


def edited(contents: dict[str, bytes], **changes: object) -> None:
    contents[MANIFEST] = json.dumps(json.loads(contents[MANIFEST]) | changes).encode()


def test_a_restore_brings_back_rows_and_evidence_and_keeps_the_old_database(
    file: Path, place: Address, evidence: Path
) -> None:
    with place.connect() as connection:
        connection.execute("DELETE FROM readings WHERE value > 10")
    shutil.rmtree(evidence)

    done = restore(file, place, evidence)

    assert count(place) == 100
    assert (evidence / DIGEST[:2] / DIGEST[2:]).read_bytes() == PRINT
    assert done.kept_as is not None
    assert databases(place) == ["backed", done.kept_as]
    assert count(place.named(done.kept_as)) == 10


def test_evidence_that_came_after_the_backup_stays(
    file: Path, place: Address, evidence: Path
) -> None:
    later = evidence / "ff" / ("0" * 62)
    later.parent.mkdir()
    later.write_bytes(b"later")
    restore(file, place, evidence)
    assert later.read_bytes() == b"later"


def test_the_manifest_counts_every_table_of_the_dumps_own_moment(file: Path) -> None:
    with zipfile.ZipFile(file) as parts:
        manifest = manifest_of(parts)
    assert manifest.tables == {"django_migrations": 1, "evidence_evidencefile": 1, "readings": 100}
    assert manifest.migrations == ("room.0001_initial",)
    assert manifest.evidence == {DIGEST: len(PRINT)}


def drop_evidence(contents: dict[str, bytes]) -> None:
    del contents[f"evidence/{DIGEST[:2]}/{DIGEST[2:]}"]


def damage_evidence(contents: dict[str, bytes]) -> None:
    contents[f"evidence/{DIGEST[:2]}/{DIGEST[2:]}"] = b"another page"


def damage_dump(contents: dict[str, bytes]) -> None:
    contents[DUMP] = contents[DUMP][:-1] + bytes([contents[DUMP][-1] ^ 1])


def hollow_dump(contents: dict[str, bytes]) -> None:
    contents[DUMP] = contents[DUMP][:200]
    edited(contents, dump_sha256=hashlib.sha256(contents[DUMP]).hexdigest())


def count_one_more(contents: dict[str, bytes]) -> None:
    edited(contents, tables=json.loads(contents[MANIFEST])["tables"] | {"readings": 101})


def forget_evidence(contents: dict[str, bytes]) -> None:
    edited(contents, evidence={})


@pytest.mark.parametrize(
    ("change", "code", "names"),
    [
        (damage_dump, "backup_dump_damaged", DUMP),
        (drop_evidence, "backup_evidence_damaged", DIGEST[2:]),
        (damage_evidence, "backup_evidence_damaged", DIGEST[2:]),
        (hollow_dump, "backup_does_not_load", "pg_restore"),
        (count_one_more, "backup_rows_differ", "101"),
        (forget_evidence, "backup_evidence_missing", DIGEST[2:]),
        (lambda c: edited(c, format=2), "backup_of_newer_version", "format 2"),
        (lambda c: edited(c, migrations=["room.0009"]), "backup_of_newer_version", "room.0009"),
        (lambda c: edited(c, postgresql="99.1"), "backup_of_newer_postgresql", "99"),
        (lambda c: edited(c, evidence={"../../etc/x": 1}), "backup_manifest_damaged", MANIFEST),
        (lambda c: edited(c, tables=["readings"]), "backup_manifest_damaged", MANIFEST),
    ],
)
def test_the_first_thing_wrong_is_named_and_nothing_is_swapped(
    file: Path,
    place: Address,
    evidence: Path,
    change: Callable[[dict[str, bytes]], None],
    code: str,
    names: str,
) -> None:
    with place.connect() as connection:
        connection.execute("DELETE FROM readings WHERE value > 10")
    with pytest.raises(Refusal) as refused:
        restore(rewritten(file, change), place, evidence)
    assert refused.value.code == code
    assert names in refused.value.en
    assert databases(place) == ["backed"]
    assert count(place) == 10


def test_half_a_file_and_an_edited_manifest_are_no_backup(
    file: Path, place: Address, evidence: Path
) -> None:
    half = file.with_name("half.backup")
    half.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(Refusal) as refused:
        restore(half, place, evidence)
    assert refused.value.code == "backup_unreadable"
    file.write_bytes(file.read_bytes().replace(b'"readings": 100', b'"readings": 101'))
    with pytest.raises(Refusal) as refused:
        restore(file, place, evidence)
    assert refused.value.code == "backup_manifest_damaged"


def test_a_database_in_use_is_not_replaced(
    file: Path, place: Address, evidence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swapping, "LEAVING_SECONDS", 0.1)
    with place.connect(), pytest.raises(Refusal) as refused:
        restore(file, place, evidence)
    assert refused.value.code == "database_in_use"


def test_a_backup_is_never_written_over_and_leaves_nothing_where_it_fails(
    file: Path, place: Address, evidence: Path, tmp_path: Path
) -> None:
    with pytest.raises(Refusal) as refused:
        write(file, place, evidence, software="test")
    assert refused.value.code == "backup_file_exists"
    with pytest.raises(Refusal) as refused:
        write(tmp_path / "two", place.named("no_such_database"), evidence, software="test")
    assert refused.value.code == "database_not_reached"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["evidence", "one.backup"]


def test_lost_evidence_is_told_and_the_rest_is_still_backed_up(
    place: Address, evidence: Path, tmp_path: Path
) -> None:
    (evidence / DIGEST[:2] / DIGEST[2:]).write_bytes(b"damaged on the disk")
    manifest: Manifest = write(tmp_path / "two", place, evidence, software="test")
    assert manifest.evidence_lost == (DIGEST,)
    shutil.rmtree(evidence)
    assert restore(tmp_path / "two", place, evidence).manifest.evidence == {}


KILLED = """
import os, signal, sys
from pathlib import Path
from phaseout.database import Address, restore
def dies(*_):
    os.kill(os.getpid(), signal.SIGKILL)
restore._verify = dies
place = Address({"host": sys.argv[2], "user": "postgres", "dbname": "backed"})
known = {"room.0001_initial"}
restore.read(Path(sys.argv[1]), place, Path(sys.argv[3]), known_migrations=known)
"""


def test_a_restore_that_was_killed_changed_nothing_and_the_next_one_succeeds(
    file: Path, place: Address, evidence: Path
) -> None:
    with place.connect() as connection:
        connection.execute("INSERT INTO readings VALUES ('2017-06-01', 1)")
    command = [sys.executable, "-c", KILLED, str(file), place.words["host"], str(evidence)]
    killed = subprocess.run(command, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert databases(place) == ["backed", "backed_arriving"]
    assert [*evidence.parent.glob(".restoring-*")]
    assert count(place) == 101
    done = restore(file, place, evidence)
    assert databases(place) == ["backed", done.kept_as]
    assert count(place) == 100
    assert not [*evidence.parent.glob(".restoring-*")], "a whole dump would stay on the disk"


def test_a_server_that_goes_in_the_middle_is_said_and_the_next_restore_clears_up(
    file: Path, place: Address, evidence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def goes(*_: object) -> None:
        with place.named("postgres").connect() as other:
            other.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity JOIN pg_locks"
                " USING (pid) WHERE locktype = 'advisory' AND datname = 'postgres'"
            )

    with monkeypatch.context() as patch, pytest.raises(psycopg.OperationalError) as lost:
        patch.setattr(restoring, "_verify", goes)
        restore(file, place, evidence)
    assert "terminating connection" in str(lost.value)
    assert databases(place) == ["backed", "backed_arriving"]
    done = restore(file, place, evidence)
    assert databases(place) == ["backed", done.kept_as]


def test_two_restores_of_one_database_do_not_load_into_each_other(
    file: Path, place: Address, evidence: Path
) -> None:
    with place.named("postgres").connect() as first:
        swapping.one_at_a_time(first, place.name)
        with pytest.raises(Refusal) as refused:
            restore(file, place, evidence)
    assert refused.value.code == "restore_under_way"


@pytest.fixture
def login(place: Address) -> Iterator[Address]:
    """The database through an ordinary login, as a server that is not ours gives one."""
    with place.named("postgres").connect() as server:
        server.execute("CREATE ROLE backed_office LOGIN")
        yield Address({**place.words, "user": "backed_office"})
        for name in databases(place):  # what a role owns goes before it
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        server.execute("DROP ROLE backed_office")


def test_a_login_that_may_not_make_databases_is_told_what_to_ask_for(
    file: Path, login: Address, place: Address, evidence: Path
) -> None:
    asked = ['ALTER ROLE "backed_office" CREATEDB;', 'ALTER DATABASE "backed" OWNER TO']
    with place.connect() as administrator:
        for missing in (2, 1):
            with pytest.raises(Refusal) as refused:
                restore(file, login, evidence)
            assert refused.value.code == "may_not_make_databases"
            assert [words in refused.value.en for words in asked] == [True, missing == 2]
            administrator.execute("ALTER DATABASE backed OWNER TO backed_office")
        administrator.execute("ALTER ROLE backed_office CREATEDB")
    assert restore(file, login, evidence).kept_as
    assert count(login) == 100


def test_encoding_and_order_of_letters_stay_those_of_the_database_that_is_replaced(
    file: Path, place: Address, evidence: Path
) -> None:
    asked = "SELECT datcollate, datlocprovider, datlocale FROM pg_database WHERE datname = 'backed'"
    with place.named("postgres").connect() as server:
        server.execute("DROP DATABASE backed")
        server.execute("CREATE DATABASE backed LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0")
        restore(file, place, evidence)
        assert server.execute(asked).fetchone() == ("C", "c", None)
        server.execute(
            "CREATE DATABASE backed_ascii ENCODING 'SQL_ASCII' LOCALE 'C'"
            " LOCALE_PROVIDER libc TEMPLATE template0"
        )
    with place.connect() as usable:
        must_be_usable(usable)
    with place.named("backed_ascii").connect() as other, pytest.raises(Refusal) as refused:
        must_be_usable(other)
    assert refused.value.code == "database_not_utf8"


def test_a_password_is_never_on_a_command_line() -> None:
    address = Address.of_url(
        "postgresql://office:se%40cret@db.example:5433/phaseout?sslmode=require"
    )
    assert address.environment()["PGPASSWORD"] == "se@cret"
    assert address.shown() == "db.example:5433/phaseout"
    for wrong in ("mysql://x/y", "postgresql://host", "nonsense"):
        with pytest.raises(Refusal) as refused:
            Address.of_url(wrong)
        assert refused.value.code == "database_address_unreadable"


def test_rows_written_while_a_backup_runs_are_in_it_or_not_but_counted_alike(
    place: Address, evidence: Path, tmp_path: Path
) -> None:
    def insert(stage: str, done: int, total: int) -> None:
        if stage == "backup" and done == 0:
            with psycopg.connect(**place.words, autocommit=True) as connection:
                connection.execute("INSERT INTO readings VALUES ('2017-07-01', 1)")

    manifest = write(tmp_path / "two", place, evidence, software="test", progress=insert)
    assert manifest.tables["readings"] == 100
    restore(tmp_path / "two", place, evidence)
    assert count(place) == 100
