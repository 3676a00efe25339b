"""Facts meet norms: the findings of the site, judged in the database's own job.

    judge(usccs, cause=…, on=day)     these enterprises, or all (None)
    judge_touched(on=day)             those whose facts changed
    judge_rows(row_ids, on=day)       those that a confirmed or decided norm row may bear on
    judge_day(on=day)                 all, once a day: what the day alone changes

Each is one durable transaction: killed at any statement, it leaves the answers that stood, and is
simply done again. The queries are those of `phaseout judge`; nothing is rewritten that did not
change (`succession`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from phaseout.casework.booking import book_found
from phaseout.casework.models import JudgementRun
from phaseout.casework.reach import enterprises_resting_on
from phaseout.casework.succession import Changes, succeed
from phaseout.findings.judgement import judge_laid
from phaseout.law.judgement import engine
from phaseout.law.norms import NormBook
from phaseout.law.refusals import Refusal
from phaseout.library.records import confirmations_on, decisions_on
from phaseout.registry.loading import load_facts
from phaseout.registry.locking import while_nobody_changes_it
from phaseout.registry.models import Enterprise, Touched

Cause = JudgementRun.Cause

SLICE = 1_000
"""So many enterprises lie in memory at once; about a gigabyte with a year of hourly readings."""

TURN = "phaseout.judging"
_DETAIL = 300


def judge(
    usccs: Collection[str] | None,
    *,
    cause: str,
    on: date,
    detail: str = "",
    slice_size: int = SLICE,
) -> JudgementRun:
    """Judge the facts of `usccs` (None: of every enterprise) as of `on`, with what is known now.

    Raises:
        Refusal: `judged_later_already`, a run of a later day stands.
    """
    with transaction.atomic(durable=True):
        _take_turn()
        return _judge(usccs, cause=cause, on=on, detail=detail, slice_size=slice_size)


def judge_touched(*, on: date) -> JudgementRun | None:
    """Judge the enterprises whose facts changed since they were judged; None: there are none."""
    with transaction.atomic(durable=True):
        _take_turn()
        rows = list(Touched.objects.values_list("pk", "uscc"))
        if not rows:
            return None
        run = _judge({uscc for _, uscc in rows}, cause=Cause.FACTS, on=on)
        # Only the rows that were read: a change that came in meanwhile keeps its own.
        Touched.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
        return run


def judge_rows(row_ids: Collection[str], *, on: date) -> JudgementRun | None:
    """Judge the enterprises on whose findings these norm rows may bear; None: there are none."""
    with transaction.atomic(durable=True):
        _take_turn()
        usccs = enterprises_resting_on(row_ids)
        if usccs == []:
            return None
        return _judge(usccs, cause=Cause.NORMS, on=on, detail="、".join(sorted(row_ids)))


def judge_day(*, on: date) -> JudgementRun | None:
    """Judge all as of a new day; None: it was done for this day already."""
    with transaction.atomic(durable=True):
        _take_turn()
        done = JudgementRun.objects.filter(on_day=on, cause__in=[Cause.DAY, Cause.ALL])
        return None if done.exists() else _judge(None, cause=Cause.DAY, on=on)


def _take_turn() -> None:
    """One judgement at a time, and none while an import is being taken: who comes later waits here
    until the one before has come to its end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [TURN])
    while_nobody_changes_it()


def _judge(
    usccs: Collection[str] | None,
    *,
    cause: str,
    on: date,
    detail: str = "",
    slice_size: int = SLICE,
) -> JudgementRun:
    _refuse_an_earlier_day(on)
    chosen = _enterprises(usccs)
    run = JudgementRun.objects.create(
        cause=cause,
        detail=detail[:_DETAIL],
        on_day=on,
        started_at=timezone.now(),
        enterprises=len(chosen),
    )
    changes = Changes(0, 0, 0)
    for part in _slices(chosen, slice_size):
        changes += _judge_part(part, run)
    book_found(chosen, on=on)
    run.judged, run.begun, run.ended = changes.judged, changes.begun, changes.ended
    run.finished_at = timezone.now()
    run.save()
    return run


def _judge_part(usccs: Sequence[str], run: JudgementRun) -> Changes:
    book = NormBook.load()
    with closing(engine.connect()) as laid:
        load_facts(laid, usccs, book=book)
        judge_laid(
            laid,
            book,
            on=run.on_day,
            confirmations=confirmations_on(run.on_day),
            decisions=decisions_on(run.on_day),
        )
        return succeed(laid, run, usccs)


def _enterprises(usccs: Collection[str] | None) -> list[str]:
    known = Enterprise.objects.order_by("pk").values_list("pk", flat=True)
    return list(known if usccs is None else known.filter(pk__in=list(usccs)))


def _slices(usccs: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(usccs), size):
        yield usccs[start : start + size]


def _refuse_an_earlier_day(on: date) -> None:
    later = JudgementRun.objects.filter(on_day__gt=on).order_by("-on_day").first()
    if later is None:
        return
    raise Refusal(
        "judged_later_already",
        what=(f"不能按{on}重新判定", f"{on} cannot be judged any more"),
        why=(
            f"已有{later.on_day}的判定结论；结论按日接续，不能插入到较早的日期。",
            f"findings of {later.on_day} stand; findings follow day upon day.",
        ),
        instead=(
            "请按当前办公日判定；要看当日的结论，请在结论页面选择“截至日期”。",
            "Judge as of the present day; to read that day, choose “as of” among the findings.",
        ),
    )
