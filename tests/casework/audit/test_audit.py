"""What was altered by hand in the database is found, and named."""

from __future__ import annotations

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, connection, transaction

from phaseout.casework.audit import (
    bundle,
    checkpoints,
    columns,
    files,
    keys,
    links,
    papers,
    signatures,
)
from phaseout.casework.audit.verifying import Report, verify
from phaseout.casework.models import Act, Checkpoint
from phaseout.cli import main
from phaseout.evidence.keeping import keep
from phaseout.evidence.restating import Days, restate
from phaseout.law.refusals import Refusal

DAY = date(2018, 3, 15)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.delenv(keys.VARIABLE, raising=False)
    return tmp_path


@pytest.fixture
def cases(desk):
    """Two cases of four acts, two of them signed."""
    opened = [desk.open_(desk.finding(desk.line(name))).case for name in ("L1", "L2")]
    for case in opened:
        desk.walk(case, "order.file", "order.collect_evidence", "order.notice")
    return opened


def look(*homes):
    report = Report()
    known = [keys.private_key(home).public_key() for home in homes]
    connection.ensure_connection()
    raw = connection.connection
    streamed = list(links.of_the_site(raw))
    verify(signatures.checked(streamed, report), links.seals_of_the_site(raw), known, report)
    columns.compare(raw, report)
    papers.compare(raw, report)
    files.compare(raw, report)
    return report


def by_hand(statement, *values):
    """As somebody with all rights to the database might: triggers off, a row changed."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET session_replication_role = origin")


def taken_out(case, place):
    """The act and whatever refers to it, so that the database stays whole as it sees it."""
    (pk,) = case.acts.filter(place=place).values_list("pk", flat=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, attname FROM pg_constraint"
            " JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]"
            " WHERE contype = 'f' AND confrelid = 'casework_act'::regclass"
        )
        referring = cursor.fetchall()
    for table, column in referring:
        by_hand(f"DELETE FROM {table} WHERE {column} = %s", pk)
    by_hand("DELETE FROM casework_act WHERE id = %s", pk)


def first(report):
    return (report.wrong[0].code, report.wrong[0].where)


def test_untouched_all_is_sound(cases, home):
    checkpoints.make.__wrapped__(DAY, home=home)
    report = look(home)
    assert report.wrong == []
    assert (report.cases, report.acts, report.checkpoints, report.uncovered) == (2, 8, 1, 0)


def test_a_record_changed_by_hand_is_named(cases, home):
    act = cases[0].acts.get(place=3)
    by_hand(
        "UPDATE casework_act SET record = replace(record, '经查', '未查') WHERE id = %s", act.pk
    )
    by_hand("UPDATE casework_act SET record = record || ' ' WHERE id = %s", act.pk)
    assert first(look(home)) == ("act_altered", f"{cases[0].number} #3")


def test_a_column_changed_by_hand_is_named_though_the_chain_holds(cases, home):
    act = cases[1].acts.get(place=2)
    by_hand("UPDATE casework_act SET done_on = '2018-03-01' WHERE id = %s", act.pk)
    assert first(look(home)) == ("columns_differ", f"{cases[1].number} #2")


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (
            "UPDATE casework_issuedpaper SET number = '宁经信告〔2018〕99号' WHERE id = %s",
            "differs",
        ),
        (
            "UPDATE casework_issuedpaper SET content = jsonb_set(content, '{title}', '\"改\"') "
            "WHERE id = %s",
            "differs",
        ),
        ("DELETE FROM casework_issuedpaper WHERE id = %s", "missing"),
    ],
)
def test_a_document_changed_by_hand_is_named_by_the_act_that_issued_it(
    cases, home, statement, code
):
    issued = cases[1].papers.select_related("act").earliest("pk")
    by_hand(statement, issued.pk)
    where = f"{cases[1].number} #{issued.act.place}"
    assert first(look(home)) == (f"paper_{code}", where)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE evidence_evidencefile SET expires_on = '2030-01-01' WHERE id = %s", "differ"),
        (
            "UPDATE evidence_stateddays SET reason = '另' WHERE place = 2 AND file_id = %s",
            "altered",
        ),
        ("DELETE FROM evidence_stateddays WHERE place = 2 AND file_id = %s", "differ"),
        ("DELETE FROM evidence_stateddays WHERE place = 1 AND file_id = %s", "do_not_follow"),
        ("DELETE FROM evidence_stateddays WHERE file_id = %s", "differ"),
    ],
)
def test_days_of_a_file_changed_by_hand_are_named(desk, home, statement, code):
    officer = desk.person()
    file = keep([b"x"], name="许可证.txt", by=officer, expires_on=date(2018, 3, 31))
    days = Days(date(2017, 1, 1), date(2018, 3, 14))
    restate(file, days, reason="证载日期", by=officer, today=DAY, key=uuid4())
    assert look(home).wrong == []
    by_hand(statement, file.pk)
    assert first(look(home)) == (f"file_days_{code}", f"evidence {file.pk}")


def test_an_act_taken_out_is_missed(cases, home):
    taken_out(cases[0], 2)
    assert first(look(home)) == ("act_missing", f"{cases[0].number} #2")


def test_the_last_acts_taken_away_are_missed_by_the_checkpoint(cases, home):
    checkpoints.make.__wrapped__(DAY, home=home)
    taken_out(cases[1], 4)
    assert first(look(home)) == ("checkpoint_differs", "2018-03-15")


def test_a_chain_made_anew_by_hand_is_found_by_the_checkpoint(cases, home):
    """Who changes a record and computes every digest after it again is still found."""
    checkpoints.make.__wrapped__(DAY, home=home)
    from phaseout.casework.proceeding.chain import digest
    from phaseout.evidence.digests import canonical

    previous = None
    for act in cases[0].acts.order_by("place"):
        record = json.loads(act.record)
        if act.place == 2:
            record["reason"] = "改过"
            by_hand("UPDATE casework_act SET reason = '改过' WHERE id = %s", act.pk)
        text = canonical(record)
        made = digest(previous or act.previous, text)
        by_hand(
            "UPDATE casework_act SET record = %s, previous = %s, digest = %s WHERE id = %s",
            text, previous or act.previous, made, act.pk,
        )  # fmt: skip
        previous = made
    report = look(home)
    codes = {wrong.code for wrong in report.wrong}
    assert "checkpoint_differs" in codes
    assert "signature_covers_other" in codes


def test_a_checkpoint_changed_by_hand_fails_its_signature(cases, home):
    checkpoints.make.__wrapped__(DAY, home=home)
    by_hand("UPDATE casework_checkpoint SET acts = 7")
    codes = [wrong.code for wrong in look(home).wrong]
    assert codes == ["signature_wrong", "checkpoint_differs"]


def test_another_key_does_not_pass_for_the_office(cases, home, tmp_path):
    checkpoints.make.__wrapped__(DAY, home=home)
    assert [w.code for w in look(tmp_path / "other").wrong] == ["key_unknown"]


def test_checkpoints_of_a_key_that_was_replaced_are_verified_with_both(cases, home, tmp_path):
    checkpoints.make.__wrapped__(DAY, home=home)
    later = tmp_path / "later"
    checkpoints.make.__wrapped__(DAY + timedelta(days=1), home=later)
    assert look(home, later).sound
    assert [w.code for w in look(later).wrong] == ["key_unknown"]


def test_a_day_has_one_checkpoint_and_days_are_chained(desk, cases, home):
    made = checkpoints.make.__wrapped__(DAY, home=home)
    assert checkpoints.make.__wrapped__(DAY, home=home).pk == made.pk
    desk.do(cases[0], "order.serve_notice", DAY + timedelta(days=1))
    later = checkpoints.make.__wrapped__(DAY + timedelta(days=1), home=home)
    assert (later.previous, later.acts) == (made.root, 9)
    assert checkpoints.make.__wrapped__(DAY, home=home).pk == made.pk  # a clock set back
    assert look(home).sound


def test_the_database_keeps_checkpoints(cases, home):
    checkpoints.make.__wrapped__(DAY, home=home)
    with pytest.raises(IntegrityError), transaction.atomic():
        Checkpoint.objects.update(acts=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Checkpoint.objects.all().delete()


def test_the_key_is_for_its_owner_alone(home):
    keys.private_key(home)
    assert (home / "keys" / "checkpoint.pem").stat().st_mode & 0o777 == 0o600
    assert keys.private_key(home).sign(b"x") == keys.private_key(home).sign(b"x")


def test_a_key_that_cannot_be_read_is_refused(home, monkeypatch):
    (home / "no.pem").write_text("not a key")
    monkeypatch.setenv(keys.VARIABLE, str(home / "no.pem"))
    with pytest.raises(Refusal) as refusal:
        keys.private_key(home)
    assert refusal.value.code == "checkpoint_key_unreadable"


@pytest.fixture
def written(cases, home):
    checkpoints.make.__wrapped__(DAY, home=home)
    public = keys.public_pem(keys.private_key(home).public_key())
    raw = connection.connection
    folder = home / "bundle"
    assert (
        bundle.write(folder, links.of_the_site(raw), links.seals_of_the_site(raw), public)
        == Act.objects.count()
    )
    return folder


def test_a_bundle_is_verified_without_the_database(written):
    told = CliRunner().invoke(main, ["audit", "verify", str(written), "--json"])
    assert told.exit_code == 0, told.output
    said = json.loads(told.stdout)
    assert (said["sound"], said["acts"], said["checkpoints"]) == (True, 8, 1)


def test_a_bundle_altered_is_refused_with_the_first_wrong_act_named(written):
    import pyarrow.parquet as pq

    rows = pq.read_table(written / "acts.parquet").to_pylist()
    rows[5]["record"] = rows[5]["record"].replace("2018-03-15", "2018-03-14", 1)
    import pyarrow as pa

    pq.write_table(pa.Table.from_pylist(rows, schema=bundle.SCHEMA), written / "acts.parquet")
    told = CliRunner().invoke(main, ["audit", "verify", str(written)])
    assert told.exit_code == 1
    assert f"[act_altered] {rows[5]['case']} #{rows[5]['place']}" in told.stderr.splitlines()[0]


def test_a_bundle_is_not_written_over(written, home):
    with pytest.raises(Refusal) as refusal:
        bundle.write(written, [], [], b"")
    assert refusal.value.code == "bundle_exists"
