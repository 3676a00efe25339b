"""The taking of a batch: whole or not at all, by COPY and three statements."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
from django.db import connection, transaction

from phaseout.accounts.scope import prefix_of
from phaseout.exits.restart import refusing
from phaseout.exits.restart.models import Batch, Meter
from phaseout.exits.restart.readings.checking import Checked, OnRecord, check, engine
from phaseout.exits.restart.readings.table import ENERGY, table
from phaseout.facts.problems import BadCell, bad_cell
from phaseout.law.refusals import Refusal
from phaseout.registry.copying import from_engine, scratch_folder

MOST_SHOWN = 500
MOST_ATTEMPTS = 3
_ARRIVING = "restart_arriving"
_COLUMNS = ("meter_id", "starts", "minutes", "kwh", "row")


def take(batch_id: int) -> Batch:
    """Take the batch, or refuse it with its reasons. Done again it changes nothing; broken off it
    begins anew (after three times it is refused).

    Returns the batch as it stands then: `taken` or `refused`.
    """
    batch = _begin(batch_id)
    if batch.state != Batch.State.RECEIVED:
        return batch
    if batch.attempts > MOST_ATTEMPTS:
        return _refused(batch, refusing.file_breaks(batch.evidence.name), {}, [], 0)
    with scratch_folder() as scratch, engine(scratch) as laid:
        try:
            checked = check(
                laid,
                _laid_out(batch, scratch),
                meters_within(batch.division_code),
                ends=batch.times == Batch.Times.END,
                today=batch.received_on,
                scratch=scratch,
            )
        except Refusal as refusal:
            return _refused(batch, refusal, {}, [], 0)
        if checked.refused or not checked.steps:
            return _not_taken(batch, checked)
        return _taken(batch, checked, laid, scratch)


def _begin(batch_id: int) -> Batch:
    with transaction.atomic():
        batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch_id)
        if batch.state == Batch.State.RECEIVED:
            batch.attempts += 1
            batch.save(update_fields=["attempts"])
    return batch


def _laid_out(batch: Batch, scratch: Path) -> Path:
    """The file under its own name: problems name it, and its ending says what it is."""
    path = scratch / batch.evidence.name
    shutil.copyfile(batch.evidence.path, path)
    return path


def meters_within(division_code: str) -> list[OnRecord]:
    """The meters on record in a territory, with the days they hold."""
    found = Meter.objects.filter(division_code__startswith=prefix_of(division_code))
    return [
        OnRecord(
            meter.pk,
            meter.number,
            meter.held_from,
            meter.end.held_to if hasattr(meter, "end") else None,
            float(meter.multiplier),
        )
        for meter in found.select_related("end")
    ]


def _not_taken(batch: Batch, checked: Checked) -> Batch:
    refusal = (
        refusing.rows_refused(batch.evidence.name, checked.problems, checked.refused)
        if checked.refused
        else refusing.nothing_in_it(batch.evidence.name)
    )
    return _refused(batch, refusal, _counts(checked), list(checked.problems), checked.problem_count)


def _refused(
    batch: Batch,
    refusal: Refusal,
    counts: dict[str, Any],
    problems: list[BadCell],
    problem_count: int,
) -> Batch:
    batch.state, batch.refusal = Batch.State.REFUSED, refusal.as_json()
    batch.counts, batch.problem_count = counts, problem_count
    batch.problems = [one.as_json() for one in problems[:MOST_SHOWN]]
    batch.save()
    return batch


def _counts(checked: Checked) -> dict[str, Any]:
    return {
        "rows": checked.rows,
        "again": checked.again,
        "empty": checked.empty,
        "steps": checked.steps,
        "refused": checked.refused,
    }


@transaction.atomic
def _taken(batch: Batch, checked: Checked, laid: duckdb.DuckDBPyConnection, scratch: Path) -> Batch:
    # Two batches at once might both find a step not there yet.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('phaseout.restart', 0))")
        cursor.execute(
            f"CREATE TEMP TABLE {_ARRIVING} (meter_id bigint, starts timestamp, minutes smallint, "
            "kwh double precision, row bigint) ON COMMIT DROP"
        )
    query = f"SELECT {', '.join(_COLUMNS)} FROM steps ORDER BY meter_id, starts"
    from_engine(laid, query, _ARRIVING, dict.fromkeys(_COLUMNS, ""), scratch)
    differing = _compared()
    if differing and not batch.corrects:
        problems = [*checked.problems, *_differing(batch)]
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {_ARRIVING}")
        refusal = refusing.differs(batch.evidence.name, differing, problems)
        return _refused(batch, refusal, _counts(checked), problems, differing)
    counts = {**_counts(checked), "corrected": differing, **_appended(batch)}
    batch.state, batch.counts = Batch.State.TAKEN, counts
    batch.problems = [one.as_json() for one in checked.problems[:MOST_SHOWN]]
    batch.problem_count = checked.problem_count
    batch.save()
    return batch


# What stands of a step is its latest edition.
_STANDING = """
ALTER TABLE restart_arriving ADD COLUMN edition smallint, ADD COLUMN old double precision,
  ADD COLUMN old_minutes smallint;
ANALYZE restart_arriving;
UPDATE restart_arriving AS a SET edition = r.edition, old = r.kwh, old_minutes = r.minutes
FROM restart_reading AS r
WHERE r.meter_id = a.meter_id AND r.starts = a.starts AND NOT EXISTS (
  SELECT FROM restart_reading AS later WHERE later.meter_id = r.meter_id
  AND later.starts = r.starts AND later.edition > r.edition);
"""
# Energies are written with few decimals; the same file read twice gives the same bits.
_DIFFERS = "edition IS NOT NULL AND (old_minutes <> minutes OR abs(old - kwh) > 1e-6)"


def _compared() -> int:
    """How many steps say something else than what was taken before."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING)
        cursor.execute(f"SELECT count(*) FROM {_ARRIVING} WHERE {_DIFFERS}")
        return int(cursor.fetchone()[0])


def _differing(batch: Batch) -> list[BadCell]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT a.row, a.kwh, a.old, m.number, a.starts FROM {_ARRIVING} AS a "
            f"JOIN restart_meter AS m ON m.id = a.meter_id WHERE {_DIFFERS} "
            f"ORDER BY a.row LIMIT {MOST_SHOWN}"
        )
        found = cursor.fetchall()
    return [
        bad_cell(
            table(),
            (batch.evidence.name, ""),
            row,
            "kwh",
            f"{kwh:g}",
            "conflicts_with_taken",
            details=(f"{number} {starts} {old:g} kWh", f"{number} {starts} {old:g} kWh"),
            head=ENERGY,
        )
        for row, kwh, old, number, starts in found
    ]


def _appended(batch: Batch) -> dict[str, Any]:
    """Append what is new and what is corrected; how much, of how many meters, from when to when."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO restart_reading (meter_id, starts, edition, minutes, kwh, batch_id) "
            "SELECT meter_id, starts, coalesce(edition, 0) + 1, minutes, kwh, %s "
            f"FROM {_ARRIVING} WHERE edition IS NULL OR {_DIFFERS} ORDER BY meter_id, starts",
            [batch.pk],
        )
        taken = cursor.rowcount
        cursor.execute(
            f"SELECT count(DISTINCT meter_id), min(starts), max(starts), count(*) FROM {_ARRIVING}"
        )
        meters, first, last, steps = cursor.fetchone()
        cursor.execute(f"SELECT DISTINCT meter_id FROM {_ARRIVING} ORDER BY 1")
        ids = [row[0] for row in cursor.fetchall()]
        cursor.execute(f"DROP TABLE {_ARRIVING}")
    return {
        "taken": taken,
        "known": steps - taken,
        "meters": meters,
        "meter_ids": ids,
        "first": first.isoformat(" "),
        "last": last.isoformat(" "),
    }
