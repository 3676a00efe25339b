"""The detector over the readings of watched lines; alarms follow from what it says.

judge_line(line_id, today)      one line, on all that was read
judge_stale(today)              the lines that were never judged, or were cut anew since
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import F, OuterRef, Q, Subquery

from phaseout.accounts.rows import whole_reach
from phaseout.casework.left import may_run, rest_of
from phaseout.evidence.digests import digest_of
from phaseout.exits.restart.models import Alarm, LineJudgement, Meter, RestartAct, WatchedLine
from phaseout.law.judgement.explanation import SCHEMA
from phaseout.law.refusals import Bilingual
from phaseout.law.restart import Judgement, Kind, Load, Parameters, judge
from phaseout.law.restart.judging import SHARED
from phaseout.law.restart.wording import of_alarm
from phaseout.registry.models import ProductionLine

ONE_DAY = timedelta(days=1)


def judge_line(line_id: str, today: date) -> LineJudgement | None:
    """Judge a watched line on all that was read of it; None: it is not watched (any more).

    Its alarms follow in the same transaction: new ones are raised, open ones carried on, open ones
    that no longer hold are gone; what somebody has answered stands.
    """
    with transaction.atomic():
        watched = (
            WatchedLine.objects.select_for_update(of=("self",))
            .select_related("line")
            .filter(pk=line_id)
            .first()
        )
        if watched is None:
            return None
        parameters = Parameters.of(today)
        read_to, said = _said(watched, parameters, today)
        kept = _kept(watched, said, parameters, read_to, today)
        _raise_alarms(watched, kept, said, today)
        return kept


def judge_stale(today: date) -> int:
    """Judge what no file of readings will bring about: lines never judged, or cut on another day
    than they were judged for. Returns how many."""
    latest = LineJudgement.objects.filter(line=OuterRef("pk")).order_by("-id")
    stale = (
        WatchedLine.objects.annotate(judged=Subquery(latest.values("cut_on")[:1]))
        .filter(Q(judged=None) | ~Q(judged=F("cut_on")))
        .values_list("pk", flat=True)
    )
    lines = list(stale)
    for line_id in lines:
        judge_line(line_id, today)
    return len(lines)


def _said(
    watched: WatchedLine, parameters: Parameters, today: date
) -> tuple[date | None, Judgement]:
    """The last day read, and what the detector says up to it."""
    meters = list(Meter.objects.filter(line_id=watched.pk).select_related("end"))
    days = parameters.whole("before_days")
    load, read_to = load_of(meters, watched.cut_on - timedelta(days=days + 1))
    first = watched.cut_on + ONE_DAY
    # Of a meter that was read only before the cut, the day after it is what cannot be judged.
    last = max(read_to, first) if read_to is not None else max(first, today - ONE_DAY)
    judged = judge(
        load if read_to is not None else None,
        cut_on=watched.cut_on,
        first=first,
        last=last,
        parameters=parameters,
        cannot=_cannot(watched, meters, read_to),
    )
    return read_to, judged


REST_MAY_RUN: Bilingual = (
    "该线只有一部分退出，其余部分未停产，电表分不出是哪一部分用电",
    "only a part of the line has exited; the rest was not stopped, and the meter does not tell "
    "which part draws power",
)
NEVER_READ: Bilingual = ("电表已登记，尚无读数", "a meter is on record, nothing was read yet")


def _cannot(
    watched: WatchedLine, meters: Sequence[Meter], read_to: date | None
) -> Bilingual | None:
    if meters and read_to is None:
        return NEVER_READ
    with whole_reach():
        if may_run(rest_of(watched.pk)):
            return REST_MAY_RUN
    if any(meter.covers == Meter.Covers.SITE for meter in meters) and _others_at_work(watched.line):
        return SHARED
    return None


def _others_at_work(line: ProductionLine) -> bool:
    """Whether another line of the site (of the firm, where no site is known) is not watched and
    not closed."""
    others = ProductionLine.objects.filter(enterprise_id=line.enterprise_id, watched=None)
    if line.site_id is not None:
        others = others.filter(Q(site_id=line.site_id) | Q(site=None))
    return others.filter(Q(status=None) | ~Q(status="closed")).exclude(pk=line.pk).exists()


_READ = """
SELECT meter_id, starts, minutes, kwh FROM restart_reading
WHERE meter_id = ANY(%s) AND starts >= %s ORDER BY batch_id, edition, meter_id, starts
"""


def load_of(meters: Iterable[Meter], since: date) -> tuple[Load, date | None]:
    """The load of these meters together, and the last day of which anything was read. A quarter of
    an hour is read where every meter that then holds was."""
    ids = [meter.pk for meter in meters]
    steps: dict[int, list[tuple[datetime, int, float]]] = {pk: [] for pk in ids}
    with connection.cursor() as cursor:
        cursor.execute(_READ, [ids, datetime(since.year, since.month, since.day)])  # noqa: DTZ001
        while rows := cursor.fetchmany(20_000):
            for meter, starts, minutes, kwh in rows:
                steps[meter].append((starts, minutes, kwh))
    loads = {pk: Load.of(of_one) for pk, of_one in steps.items()}
    read = [day for load in loads.values() for day in load.days]
    return together(list(meters), loads), max(read, default=None)


def together(meters: Sequence[Meter], loads: Mapping[int, Load]) -> Load:
    """The sum of several meters; that of one is itself."""
    if len(loads) == 1:
        return next(iter(loads.values()))
    days: dict[date, list[float | None]] = {}
    for day in sorted({day for load in loads.values() for day in load.days}):
        held = [loads[meter.pk].on(day) for meter in meters if _holds(meter, day)]
        slots = [list(one) if one is not None else [None] * 96 for one in held]
        days[day] = [
            None if any(kw is None for kw in at) else sum(kw for kw in at if kw is not None)
            for at in zip(*slots, strict=True)
        ]
    return Load(days, max((load.longest_step for load in loads.values()), default=15))


def _holds(meter: Meter, day: date) -> bool:
    end = getattr(meter, "end", None)
    return meter.held_from <= day and (end is None or day <= end.held_to)


def _kept(
    watched: WatchedLine,
    said: Judgement,
    parameters: Parameters,
    read_to: date | None,
    today: date,
) -> LineJudgement:
    return LineJudgement.objects.create(
        line_id=watched.pk,
        division_code=watched.division_code,
        judged_on=today,
        cut_on=watched.cut_on,
        first=said.first,
        last=said.last,
        answer=said.answer,
        unjudged=len(said.unjudged),
        read_to=read_to,
        why=said.why.as_json(),
        base=_base(said),
        days=[_day(day) for day in said.days],
        parameters={name: row.value for name, row in parameters.rows.items()},
    )


def _base(said: Judgement) -> dict[str, Any] | None:
    base = said.base
    if base is None:
        return None
    return {
        "mean": round(base.mean, 2),
        "standby": base.standby and round(base.standby, 2),
        "working": base.working and round(base.working, 2),
        "after": base.after and round(base.after, 2),
        "distrusted": base.distrusted,
    }


def _day(day: Any) -> dict[str, Any]:
    """A day as it is kept: of one not judged only the day."""
    signs = day.signs
    if signs is None:
        return {"day": day.day.isoformat()}
    return {
        "day": day.day.isoformat(),
        "mean": round(signs.mean, 2),
        "peak": round(signs.peak, 2),
        "base": round(signs.base, 2),
        "threshold": round(signs.threshold, 2),
        "hours": signs.hours_over,
        "night": signs.night_hours,
        "flag": day.flag.value if day.flag else "",
    }


# Alarms


def _raise_alarms(watched: WatchedLine, kept: LineJudgement, said: Judgement, today: date) -> None:
    known = list(
        Alarm.objects.select_for_update(of=("self",))
        .filter(line_id=watched.pk, gone_on=None, last__gt=watched.cut_on)
        .select_related("answer")
    )
    still = set()
    for found in said.alarms:
        days = [day for day in found.days if not _is_answered(day, found.kind, known)]
        if not days:
            continue
        opened = next(
            (one for one in known if one.is_open and one.kind == found.kind
             and one.first <= found.last and found.first <= one.last + ONE_DAY * 7
             and one.pk not in still),
            None,
        )  # fmt: skip
        alarm = opened or Alarm(line_id=watched.pk, kind=found.kind, found_on=today)
        _fill(alarm, watched, kept, said, days)
        alarm.save()
        still.add(alarm.pk)
    for one in known:
        if one.is_open and one.pk not in still:
            one.gone_on = today
            one.save(update_fields=["gone_on"])


def _is_answered(day: date, kind: str, known: Sequence[Alarm]) -> bool:
    """Whether somebody has answered for that day: it lies in an answered alarm of any kind, or
    before the end of a load that was found lawful."""
    for alarm in known:
        if alarm.answer is None:
            continue
        until = alarm.answer.content.get("until")
        lawful = (
            alarm.answer.kind == RestartAct.Kind.DISMISS_ALARM
            and until is not None
            and alarm.kind == kind
            and alarm.first <= day <= date.fromisoformat(until)
        )
        if lawful or alarm.first <= day <= alarm.last:
            return True
    return False


def _fill(
    alarm: Alarm,
    watched: WatchedLine,
    kept: LineJudgement,
    said: Judgement,
    days: Sequence[date],
) -> None:
    """The alarm over these days: of a run that was answered in part, what is left of it."""
    wanted = set(days)
    signs = [day.signs for day in said.days if day.day in wanted and day.signs is not None]
    why = of_alarm(Kind(alarm.kind), signs, Parameters.of(kept.judged_on))
    alarm.judgement = kept
    alarm.division_code = watched.division_code
    alarm.first, alarm.last = days[0], days[-1]
    alarm.days = [day.isoformat() for day in days]
    alarm.peak_kw = Decimal(str(round(max(one.peak for one in signs), 2)))
    alarm.excess_kwh = Decimal(str(round(sum(one.excess_kwh for one in signs), 1)))
    alarm.why = {"schema": SCHEMA, "explanation": why.as_json()}
    alarm.digest = digest_of(
        {
            "line": watched.pk,
            "kind": alarm.kind,
            "days": alarm.days,
            "peak_kw": str(alarm.peak_kw),
            "excess_kwh": str(alarm.excess_kwh),
        }
    )
