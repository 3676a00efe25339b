"""What a second signature would change: the enterprises concerned judged with it, off the record.

Nothing is written. The judgement of the row's own dimension is done for a slice of enterprises at a
time until none is left or the time is over; then the answer says how far it came.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from threading import Event, Thread
from typing import Any

import duckdb
from django.db.models import QuerySet

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.casework.confirming.worklist import NOT_VERIFIED
from phaseout.casework.models import Finding
from phaseout.findings.judgement import judge_laid
from phaseout.law.judgement import engine
from phaseout.law.norms import NormBook
from phaseout.law.norms.confirmation import Confirmation, digest
from phaseout.law.norms.records import Row
from phaseout.library.records import confirmations_on, decisions_on
from phaseout.library.shelf import dimension_of, is_norm
from phaseout.registry.loading import load_facts

SECONDS = 12.0
SLICE = 20
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Effect:
    """One standing finding that would be another answer."""

    finding: Finding
    verdict: str
    provisional: bool
    effect: str

    @property
    def opens(self) -> bool:
        """Whether a case could be opened on it, which cannot be now."""
        return self.effect == "opens" and not self.provisional


@dataclass(frozen=True, slots=True)
class Effects:
    """What was computed: of `enterprises` concerned, `judged` were, in `seconds`.

    `still`: findings on the row that would stay provisional, for another reason.
    """

    changed: Sequence[Effect]
    gone: Sequence[Finding]
    still: int
    enterprises: int
    judged: int
    seconds: float

    @property
    def complete(self) -> bool:
        return self.judged == self.enterprises

    @property
    def shown(self) -> Sequence[Effect]:
        return self.changed[:MOST_SHOWN]

    @property
    def final(self) -> int:
        return sum(1 for one in self.changed if one.finding.provisional and not one.provisional)

    @property
    def opening(self) -> int:
        return sum(1 for one in self.changed if one.opens)


def effect_of(
    row: Row, *, scope: Scope, today: date, seconds: float = SECONDS, slice_size: int = SLICE
) -> Effects:
    """The findings within the scope that would change if the row counted as verified today."""
    began = time.monotonic()
    concerned = _concerned(row, scope)
    changed: list[Effect] = []
    gone: list[Finding] = []
    judged = still = 0
    for part in _slices(concerned, slice_size):
        left = seconds - (time.monotonic() - began)
        answers = _judged(row, part, today, left) if left > 0 else None
        if answers is None:
            break
        judged += len(part)
        for finding in (
            _mine(row, scope)
            .filter(enterprise_id__in=part)
            .select_related("enterprise", "line")
            .order_by("-gravity", "id")
        ):
            answer = answers.get(finding.finding_id)
            if answer is None:
                gone.append(finding)
            elif answer[:2] != (finding.verdict, finding.provisional):
                changed.append(Effect(finding, *answer))
            elif finding.norm_row == row.row_id and finding.provisional:
                still += 1
    return Effects(changed, gone, still, len(concerned), judged, time.monotonic() - began)


def _mine(row: Row, scope: Scope) -> QuerySet[Finding]:
    """The standing findings on which the row bears: those by it or its document; of a row of
    method that no finding names, those of its dimension that wait for a signature."""
    mine = Finding.objects.standing().filter(scope.findings(power=Power.CONFIRM))
    if is_norm(row) or mine.filter(norm_row=row.row_id).exists():
        return mine.filter(source_id=row.source_id)
    return mine.filter(dimension=dimension_of(row), reasons__overlap=NOT_VERIFIED)


def _concerned(row: Row, scope: Scope) -> list[str]:
    mine = _mine(row, scope)
    if is_norm(row):
        mine = mine.filter(norm_row=row.row_id)
    return list(mine.order_by("enterprise_id").values_list("enterprise_id", flat=True).distinct())


Answer = tuple[str, bool, str]


def _judged(
    row: Row, usccs: Collection[str], today: date, seconds: float
) -> Mapping[str, Answer] | None:
    """The answers with the signature added, by the id of the finding; None: the time was over."""
    signed = Confirmation(
        row.row_id, digest(row), "-", "-", "-", today, countersigned_by="=", countersigned_on=today
    )
    book = NormBook.load()
    with closing(engine.connect(threads=1)) as laid, _bounded(laid, seconds):
        try:
            load_facts(laid, usccs, book=book)
            judge_laid(
                laid,
                book,
                on=today,
                confirmations=(*confirmations_on(today), signed),
                decisions=decisions_on(today),
            )
            rows = laid.execute(
                "SELECT finding_id, verdict, provisional, effect FROM judged.findings"
            ).fetchall()
        except duckdb.InterruptException:
            return None
    return {
        finding_id: (verdict, provisional, effect)
        for finding_id, verdict, provisional, effect in rows
    }


@contextmanager
def _bounded(laid: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """Interrupt whatever runs in the engine once the time is over.

    An interrupt that finds nothing running is lost: it is given again until the end.
    """
    over = Event()

    def interrupt() -> None:
        ended = over.wait(seconds)
        while not ended:
            laid.interrupt()
            ended = over.wait(0.02)

    watch = Thread(target=interrupt, daemon=True)
    watch.start()
    try:
        yield
    finally:
        over.set()
        watch.join()


def _slices(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
