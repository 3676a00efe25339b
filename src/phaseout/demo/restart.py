"""The watch of the demonstration, by the real acts of demo people: two lines exit as their
enterprises wish, meters are put on record, the grid company brings a file of readings; one line
runs again. Idempotent.

    watch(today)      as far as the day allows; what is there already goes on

The load is a steel works' of 2018 (`phaseout.real`, CC BY 4.0) on other days and scaled; firms,
meters and the restart are fictional.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from phaseout.accounts.demo import enterprise_user
from phaseout.casework.acts.applying import application_of, apply_exit
from phaseout.casework.models import Act, Case, Finding
from phaseout.casework.proceeding.standing import current
from phaseout.demo.acting import Acting
from phaseout.demo.case_plans import DISMANTLING
from phaseout.demo.casework import Walker
from phaseout.demo.exits import Spot, in_cities, reviewed
from phaseout.exits.restart import acts
from phaseout.exits.restart.jobs import judge_lines_of
from phaseout.exits.restart.models import Alarm, Batch, LineJudgement, WatchedLine
from phaseout.exits.restart.readings import receive, take
from phaseout.real import works_load
from phaseout.registry.models import ProductionLine

READ_FROM, READ_TO = date(2017, 12, 18), date(2018, 3, 13)
ACTING = Acting("restart")
BROUGHT = date(2018, 3, 14)
RESTARTED = (date(2018, 3, 6), date(2018, 3, 9))
NOT_READ = (date(2018, 3, 3), date(2018, 3, 7))
"""The days that one meter did not tell of: its line cannot be judged."""
STANDBY = Decimal("0.02")
"""What is left of the works' load once the line is cut."""

APPLIED = date(2018, 1, 22)
STEPS = tuple(
    (kind, date(2018, month, day))
    for kind, month, day in (
        ("accept_application", 1, 24),
        ("begin_removal", 1, 26),
        ("cut_water", 2, 5),
        ("cut_power", 2, 6),
        ("remove_drive", 2, 7),
        ("seal", 2, 8),
        ("commitment", 2, 8),
        ("publish_commitment", 2, 9),
        ("set_dismantling_date", 2, 9),
        ("record_sealed", 2, 12),
    )
)
"""What is done in each of the exits that two enterprises applied for."""
AGREED = date(2018, 1, 23)
OVERDUE_SINCE = date(2018, 3, 9)
"""By when one of them was to be dismantled; it is not, so it is found for joint sanctions."""
EXITS = 2


def watch(today: date) -> list[Alarm]:
    """The alarms of the demonstration; none where its day has not come or no line is cut."""
    if today < BROUGHT:
        return []
    lines = _lines()
    for at, line in enumerate(lines):
        _sealed(line, {"dismantle_by": OVERDUE_SINCE} if at == 0 else {})
    watched = _watched([line.pk for line in lines])
    if not watched:
        return []
    for number, one in enumerate(watched):
        acts.assign_meter(
            one.pk,
            _meter(number),
            covers="line",
            held_from=READ_FROM,
            **ACTING.ways("grid-officer", READ_TO, f"meter {one.pk}"),
        )
    batch = _brought(watched)
    judged = LineJudgement.objects.filter(
        line__in=[one.pk for one in watched], read_to__isnull=False
    )
    if batch.state == Batch.State.TAKEN and not judged.exists():
        judge_lines_of(batch)
    return list(Alarm.objects.filter(line__in=[line.pk for line in watched]))


def _watched(lines: list[str]) -> list[WatchedLine]:
    """These lines and the one that is being dismantled: the same in every run, whatever exits."""
    opened = Act.objects.filter(key=DISMANTLING.key).select_related("case").first()
    ours = [*lines, *([opened.case.line_id] if opened is not None else [])]
    there = WatchedLine.objects.in_bulk(ours)
    return [there[line] for line in ours if line in there]


def _lines() -> list[ProductionLine]:
    """Lines of different enterprises that apply for their exit: found outdated, and in no case."""
    ours = Act.objects.filter(key__in=[ACTING.key(f"apply {n}") for n in range(EXITS)])
    there = [act.case.line for act in ours.select_related("case__line").order_by("pk")]
    if there:
        return there
    found: dict[str, ProductionLine] = {}
    for finding in (
        Finding.objects.filter(
            dimension="technology", verdict="noncompliant", ended_on=None, line__isnull=False
        )
        .filter(in_cities("division_code"))
        .exclude(enterprise__in=Case.objects.values("enterprise"))
        .select_related("line")
        .order_by("line_id")
    ):
        if finding.line is not None:
            found.setdefault(finding.enterprise_id, finding.line)
    return list(found.values())[:EXITS]


def _sealed(line: ProductionLine, removal: Mapping[str, date]) -> None:
    """The enterprise applies for the exit of the line; its equipment is cut off and sealed."""
    by = enterprise_user(line.enterprise_id)
    case = Case.objects.filter(line=line, procedure="exit").first()
    if case is None:
        number = Act.objects.filter(kind="apply_exit", done_on=APPLIED).count()
        case = application_of(line, APPLIED)
        asked = Walker(case).asked(current(case, []).acts["apply_exit"], APPLIED)
        act = apply_exit(
            line.pk,
            asked,
            **ACTING.ways(by.username, APPLIED, f"apply {number}"),
        )
        case = act.case
    reviewed(Spot(case.pk, BROUGHT), AGREED, AGREED)
    walker = Walker(case)
    for kind, on in STEPS[case.acts.count() - 1 :]:
        walker.do(kind, on, **(removal if kind == "set_dismantling_date" else {}))


def _meter(number: int) -> str:
    return f"演示电表{number + 1}"


def _brought(watched: list[WatchedLine]) -> Batch:
    ways = ACTING.ways("grid-officer", BROUGHT, "readings")
    there = Batch.objects.filter(key=ways["key"]).first()
    if there is None:
        data = _file(watched).encode("utf-8-sig")
        there = receive([data], name="演示负荷曲线.csv", times=Batch.Times.END, defer=False, **ways)
    return take(there.pk)


def _file(watched: list[WatchedLine]) -> str:
    """Quarters of an hour of every meter: at work before the cut, standby after it."""
    days = [list(steps) for _, steps in groupby(works_load(), key=lambda step: step.day)]
    out = io.StringIO()
    out.write("电表编号,时间,电量（kWh）\n")
    length = (READ_TO - READ_FROM).days + 1
    for number, line in enumerate(watched):
        for at in range(length):
            on = READ_FROM + timedelta(days=at)
            if number == 2 and NOT_READ[0] <= on <= NOT_READ[1]:
                continue
            scale = _scale(number, on, line.cut_on)
            for slot, step in enumerate(days[(at + 60 * number) % len(days)]):
                ends = f"{on} {(slot + 1) // 4:02}:{(slot + 1) % 4 * 15:02}"
                out.write(f"{_meter(number)},{ends},{step.kwh * scale:.3f}\n")
    return out.getvalue()


def _scale(number: int, on: date, cut_on: date) -> Decimal:
    if on <= cut_on:
        return Decimal(1)
    restarted = number == 0 and RESTARTED[0] <= on <= RESTARTED[1]
    return Decimal("0.6") if restarted else STANDBY
