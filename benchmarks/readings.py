"""A year of quarter-hours of a hundred meters: one CSV file of 3.5 million rows taken, beside COPY.

    copy      the same rows, typed already, by COPY into a bare table with the same key
    take      the file as it came: encoding, head, every cell and row checked, steps made, compared
              with what was taken before, appended
    again     the same file once more: nothing is doubled
    judge     every line judged on all that was read

The load is the real one that `restart` measures on.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.site import fresh_site
from phaseout.province.chance import Chance

METERS, DAYS = 100, 361
BEGINS, CUT, TODAY = date(2018, 1, 1), date(2018, 3, 2), date(2019, 1, 2)
QUARTERS = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 15, 30, 45)]


def run(size: float = 1.0) -> None:
    """Print seconds and rows a second at `size` of the hundred meters."""
    with fresh_site() as home:
        by = _watched(max(1, round(METERS * size)))
        file = home / "readings.csv"
        rows = _write(file, max(1, round(METERS * size)))
        print(f"   {rows:,} rows, {file.stat().st_size / 1e6:,.0f} MB")
        taking = _timed("take", rows, lambda: _take(file, by))
        copying = _timed("copy", rows, _copy)
        print(f"   take / copy = {taking / copying:.2f}")
        _timed("again", rows, lambda: _take(file, by))
        _timed("judge", rows, _judge)


def _timed(name: str, rows: int, work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    told = work()
    spent = time.perf_counter() - began
    print(f"   {name:<6}{spent:8.1f} s {rows / spent:12,.0f} rows/s   {told}", flush=True)
    return spent


def _watched(meters: int) -> Any:
    """An officer, and so many watched lines with a meter each, row by row as acts would leave them
    (no act of a case is done: what hangs on cases is not measured here)."""
    from django.db import connection, transaction

    from phaseout.accounts.models import Post, User
    from phaseout.casework.models import Case
    from phaseout.exits.restart.models import Meter, RestartAct, WatchedLine
    from phaseout.registry.models import Enterprise, ProductionLine

    by = User.objects.create(username="officer", demo=True)
    Post.objects.create(user=by, role="officer", function="eic", division_code="640000")
    place = {"division_code": "640104", "industry": "cement"}
    firm = Enterprise.objects.create(pk="91640100MA00000001", name="虚构水泥厂", **place)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for n in range(meters):
            line = ProductionLine.objects.create(pk=f"L{n}", enterprise=firm, name=f"{n}", **place)
            case = Case.objects.create(
                number=f"案{n}", office="eic", year=2018, serial=n + 1, line=line, enterprise=firm,
                dimension="technology", division_code="640104", lead_function="eic",
                procedure="technology", procedure_version="2017-01-01", stage="to_remove",
                opened_on=BEGINS,
            )  # fmt: skip
            WatchedLine.objects.create(
                line=line, enterprise=firm, case=case, division_code="640104", state="cut",
                cut_on=CUT, since=CUT,
            )  # fmt: skip
            act = RestartAct.objects.create(
                kind="assign_meter", line=line, office="eic", organisation_zh="", digest="",
                organisation_en="", division_code="640104", by=by, done_on=BEGINS, key=uuid4(),
            )  # fmt: skip
            Meter.objects.create(
                act=act, number=f"M{n:03}", line=line, division_code="640104", covers="line",
                held_from=BEGINS,
            )  # fmt: skip
    return by


def _write(file: Path, meters: int) -> int:
    from benchmarks.restart import idle_days

    with file.open("w", encoding="utf-8") as out:
        out.write("电表编号,时间,电量（kWh）\n")
        for n in range(meters):
            days = idle_days(Chance.of("readings", n), DAYS)
            for number, slots in enumerate(days):
                day = (BEGINS + timedelta(days=number)).isoformat()
                out.writelines(
                    f"M{n:03},{day} {at},{kw / 4:.3f}\n"
                    for at, kw in zip(QUARTERS, slots, strict=True)
                )
    return meters * DAYS * len(QUARTERS)


def _take(file: Path, by: Any) -> str:
    from phaseout.accounts.scope import scope_of
    from phaseout.exits.restart.readings import receive, take

    with file.open("rb") as opened:
        batch = receive(
            iter(lambda: opened.read(1 << 20), b""),
            name=file.name,
            times="start",
            by=by,
            scope=scope_of(by, on=TODAY),
            today=TODAY,
            key=uuid4(),
            defer=False,
        )
    taken = take(batch.pk)
    return f"{taken.state}: {taken.counts.get('taken')} new, {taken.counts.get('known')} known"


def _copy() -> str:
    """The rows of the table as it is, out and into a bare one with the same key."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE bare (meter_id bigint, starts timestamp, edition smallint, "
            "minutes smallint, kwh double precision, batch_id bigint, "
            "PRIMARY KEY (meter_id, starts, edition))"
        )
        columns = "meter_id, starts, edition, minutes, kwh, batch_id"
        copying = f"COPY (SELECT {columns} FROM restart_reading ORDER BY 1, 2) TO STDOUT"
        with cursor.copy(copying) as out:
            data = b"".join(bytes(block) for block in out)
        with cursor.copy("COPY bare FROM STDIN") as into:
            into.write(data)
        cursor.execute("SELECT count(*) FROM bare")
        return f"{cursor.fetchone()[0]} rows"


def _judge() -> str:
    from phaseout.exits.restart.judging import judge_line
    from phaseout.exits.restart.models import Alarm, WatchedLine

    lines = list(WatchedLine.objects.values_list("pk", flat=True))
    for line in lines:
        judge_line(line, TODAY)
    return f"{len(lines)} lines, {Alarm.objects.count()} alarms"
