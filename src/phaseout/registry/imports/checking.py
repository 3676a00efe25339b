"""The check: what an import holds, and what it would change. It changes nothing but its own row.

It can be broken off at any statement and run again: the staging tables are made anew, and the
result is written at the end in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb
import structlog
from django.db import connection, transaction
from django.utils import timezone

from phaseout.database.storage import of_storage
from phaseout.facts import BadCell, Intake, Known, Severity, take
from phaseout.facts.problems import bad_cell
from phaseout.facts.schema import tables
from phaseout.law.norms import NormBook
from phaseout.law.refusals import Refusal
from phaseout.registry.copying import scratch_folder
from phaseout.registry.imports import refusals
from phaseout.registry.imports.absent import take_over
from phaseout.registry.imports.comparing import Comparison, all_new, compare
from phaseout.registry.imports.kept_rows import Kept, forget_kept, keep_new
from phaseout.registry.imports.progress import Progress, progress_of
from phaseout.registry.imports.reach import prefixes_of
from phaseout.registry.imports.registered import SCHEMA, Registered
from phaseout.registry.imports.staging import clear, rows_of, stage
from phaseout.registry.imports.unpacking import lay_out
from phaseout.registry.locking import while_nobody_changes_it
from phaseout.registry.models import Import, ImportProblem

MOST_ATTEMPTS = 3
"""A file that brings the process down must not bring it down for ever."""
MEMORY, MOST_SPILT = "2GB", "20GB"
SMALL = 16 << 20
"""Bytes of files of which the engine makes so little work that a second thread would cost more than
it does; sheets are opened by a thread of their own in any case."""

logger = structlog.get_logger(__name__)

WAITING = (Import.State.RECEIVED, Import.State.CHECKED)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the files hold: the intake; the rows staged (table → rows); those that meet nothing,
    kept as files; the place of the last import that had been taken before all this was read."""

    intake: Intake
    problems: tuple[BadCell, ...]
    outside: Mapping[str, int]
    rows: Mapping[str, int]
    kept: Kept
    new: Mapping[str, Comparison]
    seen: int


def check(import_id: int, *, book: NormBook | None = None) -> None:
    """核对: read the files, stage the good rows, compare them with the registry.

    Afterwards the import is `checked`, or `refused` with its reason. One that was taken or given
    up meanwhile stays as it is.
    """
    if not _begin(import_id):
        return
    with progress_of(import_id) as progress:
        try:
            checked = _read(import_id, book or NormBook.load(), progress)
            progress.tell("comparing")
            _conclude(import_id, checked)
        except Refusal as refusal:
            _refuse(import_id, refusal)
        except Exception as fault:
            full = of_storage(fault)
            if full is None:
                raise
            logger.exception("storage_failed")
            _refuse(import_id, full)


def _begin(import_id: int) -> bool:
    """Count the attempt before anything is opened; False where there is nothing to check."""
    with transaction.atomic():
        brought = Import.objects.select_for_update().get(pk=import_id)
        if brought.state not in WAITING:
            return False
        brought.attempts += 1
        brought.save(update_fields=["attempts"])
    if brought.attempts > MOST_ATTEMPTS:
        _refuse(import_id, refusals.check_failed(brought.stage))
        return False
    return True


def _read(import_id: int, book: NormBook, progress: Progress) -> Checked:
    brought = Import.objects.get(pk=import_id)
    prefixes = prefixes_of(brought.by, brought.received_on)
    files = [file.evidence for file in brought.files.select_related("evidence")]
    seen = last_taken()
    with scratch_folder() as scratch, duckdb.connect() as engine:
        engine.execute(f"SET memory_limit = '{MEMORY}'")
        if sum(file.size for file in files) <= SMALL:
            engine.execute("SET threads = 1")
        engine.execute(f"SET temp_directory = '{scratch / 'spill'}'")
        engine.execute(f"SET max_temp_directory_size = '{MOST_SPILT}'")
        progress.tell("unpacking")
        (scratch / "facts").mkdir()
        path = lay_out(files, scratch / "facts")
        progress.tell("reading")
        registered = Registered(engine, prefixes, scratch)
        read = _Reading(progress)
        intake = take(
            path,
            engine,
            book,
            bad_rows="leave_out",
            progress=read.told,
            known=Known(SCHEMA, registered.check),
        )
        problems, outside = _readings_outside(engine, registered, intake)
        kept = keep_new(engine, import_id, rows_of(engine))
        rows = stage(
            engine,
            import_id,
            lambda table, done, total: progress.tell("staging", done, total),
            but=kept.tables,
        )
        return Checked(intake, problems, outside, rows, kept, all_new(engine, kept), seen)


@dataclass(slots=True)
class _Reading:
    """Adds up the rows read so far."""

    progress: Progress
    rows: int = 0

    def told(self, table: str, rows: int) -> None:
        self.rows += rows
        self.progress.tell("reading", self.rows, 0)


def _readings_outside(
    engine: duckdb.DuckDBPyConnection, registered: Registered, intake: Intake
) -> tuple[tuple[BadCell, ...], dict[str, int]]:
    """Readings in Parquet are looked over by outlet, not row by row: those of outlets outside the
    territory are left out here."""
    ((view,),) = engine.execute(
        "SELECT count(*) FROM duckdb_views() WHERE schema_name = 'facts'"
    ).fetchall()
    outside = sorted(registered.outlets_outside()) if view else []
    if not outside:
        return (), {}
    found = engine.execute(
        "SELECT outlet_id, count(*) FROM facts.monitoring WHERE list_contains(?, outlet_id) "
        "GROUP BY 1 ORDER BY 1",
        [outside],
    ).fetchall()
    if not found:
        return (), {}
    engine.execute(
        "CREATE TABLE facts.inside AS SELECT * FROM facts.monitoring "
        "WHERE NOT list_contains(?, outlet_id)",
        [outside],
    )
    engine.execute("DROP VIEW facts.monitoring")
    engine.execute("ALTER TABLE facts.inside RENAME TO monitoring")
    table = tables()["monitoring"]
    told = tuple(
        bad_cell(
            table,
            (intake.path.name, ""),
            0,
            "outlet_id",
            outlet,
            "outside_jurisdiction",
            details=(outlet, outlet),
            count=count,
        )
        for outlet, count in found
    )
    return told, {"monitoring": sum(count for _, count in found)}


def _conclude(import_id: int, checked: Checked) -> None:
    """Compare while nobody changes the registry, and write the result down."""
    with transaction.atomic():
        while_nobody_changes_it()
        brought = Import.objects.select_for_update().get(pk=import_id)
        if brought.state not in WAITING:
            clear(import_id)
            forget_kept(import_id)
            return
        absent = take_over(import_id, checked.intake.absent, checked.rows)
        found = {**compare(import_id, checked.rows, absent), **checked.new}
        brought.state = Import.State.CHECKED
        brought.stage, brought.done, brought.total = "", 0, 0
        brought.attempts = 0
        brought.counts = _counts(checked, found)
        brought.samples = {table: each.samples for table, each in found.items()}
        brought.absent = absent
        brought.staged = {**checked.rows, **checked.kept.tables}
        brought.kept = checked.kept.as_json()
        brought.seen = checked.seen
        brought.fingerprint = _fingerprint(brought.counts, found)
        brought.problem_count = checked.intake.problem_count + len(checked.problems)
        brought.refusal = None
        brought.checked_at = timezone.now()
        brought.save()
        _keep_problems(import_id, (*checked.problems, *checked.intake.problems))


def last_taken() -> int:
    """The place in their order of the last import that was taken; 0 before the first."""
    latest = Import.objects.order_by("-taken_no").filter(taken_no__isnull=False)
    return latest.values_list("taken_no", flat=True).first() or 0


def _counts(checked: Checked, found: Mapping[str, Comparison]) -> dict[str, dict[str, int]]:
    counts = {}
    nothing = {"new": 0, "changed": 0, "unchanged": 0}
    for table, count in checked.intake.counts.items():
        more = checked.outside.get(table, 0)
        counts[table] = {
            "read": count.read,
            **(found[table].counts if table in found else nothing),
            "refused": count.refused + more,
            "dropped": count.dropped,
        }
    return counts


def _fingerprint(
    counts: Mapping[str, Mapping[str, int]], found: Mapping[str, Comparison]
) -> dict[str, str]:
    """What must be the same for the import to do what its preview says."""
    return {
        table: " ".join([*map(str, count.values()), found[table].seen if table in found else ""])
        for table, count in counts.items()
    }


def _refuse(import_id: int, refusal: Refusal) -> None:
    with transaction.atomic():
        brought = Import.objects.select_for_update().get(pk=import_id)
        if brought.state in WAITING:
            brought.state = Import.State.REFUSED
            brought.stage = ""
            brought.refusal = refusal.as_json()
            brought.save(update_fields=["state", "stage", "refusal"])
        clear(import_id)
        forget_kept(import_id)


def _keep_problems(import_id: int, problems: Iterable[BadCell]) -> None:
    ImportProblem.objects.filter(of_import_id=import_id).delete()
    columns = (
        'of_import_id, position, file, sheet, row, "column", value, expected_zh, expected_en, '
        'code, severity, count, "table", head, place'
    )
    ordered = sorted(problems, key=lambda problem: list(Severity).index(problem.severity))
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY registry_importproblem ({columns}) FROM STDIN") as copy,
    ):
        for position, p in enumerate(ordered):
            values = (p.file, p.sheet, p.row, p.column, p.value, p.expected_zh, p.expected_en)
            kept = (*values, p.code, p.severity.value, p.count, p.table, p.head, p.place)
            copy.write_row((import_id, position, *(_plain(value) for value in kept)))


def _plain(value: str | int) -> str | int:
    # PostgreSQL keeps no NUL; what the file really said stands in the file.
    return value.replace("\x00", "\u2400") if isinstance(value, str) else value
