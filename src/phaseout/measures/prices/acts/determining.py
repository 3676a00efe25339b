"""确定加价: the price authority says who pays; 终止: with a day and a reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from phaseout.accounts.models import User
from phaseout.accounts.rows import whole_reach
from phaseout.accounts.scope import Scope
from phaseout.casework.left import gone_since
from phaseout.casework.models import Case, Finding
from phaseout.evidence.digests import digest_of
from phaseout.law.prices.bands import BandsInForce
from phaseout.measures.prices import explained, refusing
from phaseout.measures.prices.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
)
from phaseout.measures.prices.acts.assessing import latest_run
from phaseout.measures.prices.acts.knowing import share_of
from phaseout.measures.prices.assessing import law_of
from phaseout.measures.prices.models import (
    Assessment,
    Determination,
    Ending,
    PriceAct,
    Run,
)
from phaseout.measures.prices.seats import PRICE, seat
from phaseout.registry.models import EnergyVersion

Kind = PriceAct.Kind


@dataclass(frozen=True, slots=True)
class Days:
    """From when to when it is charged, both inside; None: from the ground on, to the year's end."""

    first: date | None = None
    last: date | None = None


@again_after_a_deadlock
@transaction.atomic(durable=True)
def determine(
    run_id: int,
    chosen: Collection[int],
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    days: Days = Days(),
    reason: str = "",
) -> list[Determination]:
    """These assessed lines pay. One act; each line its own determination, with its computation.

    Raises:
        Refusal: `prices.not-yours`, `prices.nothing-chosen`, `prices.assessment-old`,
            `prices.no-rate`, `prices.provisional`, `prices.ground-gone`, `prices.days-wrong`,
            `prices.one-surcharge`.
    """
    about = f"run:{run_id}"
    before = done_before(key, Kind.DETERMINE, by, about)
    if before is not None:
        return list(before.determinations.order_by("pk"))
    seated = seat(scope, PRICE)
    if seated is None:
        raise refusing.not_yours(today, PRICE)
    run = Run.objects.get(pk=run_id)
    if run != latest_run(run.year):
        raise refusing.not_the_latest()
    found = _assessed(run, chosen)
    with whole_reach():  # the grounds are findings and cases of other departments
        ready = [_ready(one, run, today, days) for one in found]
    content = {
        "year": run.year,
        "lines": len(ready),
        "reason": reason.strip()[:1000],
        "digest": digest_of([_plain(one) for one in ready]),
    }
    act = append(Kind.DETERMINE, seated, by=by, today=today, key=key, about=about, content=content)
    return [_kept(one, act) for one in ready]


def _assessed(run: Run, chosen: Collection[int]) -> Sequence[Assessment]:
    found = list(
        run.assessments.filter(pk__in=chosen).select_related("line", "enterprise").order_by("pk")
    )
    if not found or len(found) != len(set(chosen)):
        raise refusing.nothing_chosen()
    return found


def _ready(one: Assessment, run: Run, today: date, days: Days) -> Determination:
    """The determination of an assessed line, or the refusal."""
    if not one.chosen or one.rate is None or one.rate <= 0:
        raise refusing.no_rate(str(one.line))
    if one.provisional:
        raise refusing.provisional(str(one.line), one.row_id)
    law = law_of(run.year, run.on_day)
    given = explained.answered(one, law, share_of(one.enterprise_id, run.year))
    if given.rate is None or given.rate <= 0:
        raise refusing.no_rate(str(one.line))
    if given.provisional:  # the relief may be, where the rate itself is not
        raise refusing.provisional(str(one.line), one.row_id)
    finding = _finding(one)
    fact = _fact(one)
    if finding is None and fact is None:
        raise refusing.ground_gone(str(one.line))
    first, last = _applies(one, law, finding, days)
    return Determination(
        assessment=one,
        line=one.line,
        enterprise=one.enterprise,
        division_code=one.division_code,
        industry=one.industry,
        year=run.year,
        measure=one.measure,
        price_class=one.price_class,
        rate=given.rate,
        row_id=one.row_id,
        source_id=one.source_id,
        applies_from=first,
        applies_to=last,
        finding=finding,
        fact=fact,
        case=_case(finding),
        explanation={**explained.as_data(given), **_ground(finding, fact)},
    )


def _applies(
    one: Assessment, law: BandsInForce, finding: Finding | None, days: Days
) -> tuple[date, date]:
    """The first and last day of the surcharge, both inside: as asked, or as wide as can be."""
    earliest = law.first
    if finding is not None and one.measure == "differential":
        earliest = max(earliest, finding.found_on)
    latest = _until_exit(one, law.last)
    if latest < earliest:
        raise refusing.ground_gone(str(one.line))
    first, last = days.first or earliest, days.last or latest
    if not earliest <= first <= last <= latest:
        raise refusing.days_wrong(earliest, latest)
    return first, last


def _finding(one: Assessment) -> Finding | None:
    if one.finding is None:
        return None
    found = Finding.objects.filter(pk=one.finding).first()
    if found is None or found.ended_on is not None:
        raise refusing.ground_gone(str(one.line))
    return found


def _fact(one: Assessment) -> EnergyVersion | None:
    if one.fact is None:
        return None
    fact = EnergyVersion.objects.filter(pk=one.fact).first()
    if fact is None or fact.replaced_by_id is not None:
        raise refusing.ground_gone(str(one.line))
    return fact


def _until_exit(one: Assessment, last: date) -> date:
    """The last day that may be charged: that before the last of the line exited, where it has."""
    exited = gone_since(one.line_id)
    return last if exited is None else min(last, exited - timedelta(days=1))


def _case(finding: Finding | None) -> Case | None:
    """The open case that rests on the finding, where there is one."""
    if finding is None:
        return None
    return (
        Case.objects.filter(grounds__finding__finding_id=finding.finding_id, closed_on=None)
        .order_by("-pk")
        .first()
    )


def _ground(finding: Finding | None, fact: EnergyVersion | None) -> dict[str, Any]:
    """What it rests on, as it stood: with the edition of the catalogue or standard behind it."""
    if finding is not None:
        return {
            "ground": {
                "finding": finding.finding_id,
                "norm_row": finding.norm_row,
                "source": finding.source_id,
                "clause": finding.clause,
                "found_on": finding.found_on.isoformat(),
            }
        }
    assert fact is not None
    return {
        "ground": {
            "indicator": fact.indicator,
            "value": format(fact.value.normalize(), "f"),
            "unit": fact.unit,
            "period": [fact.period_start.isoformat(), fact.period_end.isoformat()],
        }
    }


def _plain(one: Determination) -> dict[str, str]:
    return {
        "line": one.line_id,
        "measure": one.measure,
        "rate": format(one.rate.normalize(), "f"),
        "row": one.row_id,
        "from": one.applies_from.isoformat(),
        "to": one.applies_to.isoformat(),
    }


def _kept(one: Determination, act: PriceAct) -> Determination:
    one.act = act
    try:
        with transaction.atomic():
            one.save(force_insert=True)
    except IntegrityError as error:
        if "already carries a surcharge" in str(error):
            raise refusing.already_determined(str(one.line)) from error
        raise
    return one


@again_after_a_deadlock
@transaction.atomic(durable=True)
def end(
    determination_id: int,
    on: date,
    reason: str,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Ending:
    """An officer ends a determination for a reason; from `on` on nothing more is charged.

    Raises:
        Refusal: `prices.not-yours`, `prices.ended`, `prices.end-wrong`.
    """
    about = f"determination:{determination_id}"
    before = done_before(key, Kind.END, by, about)
    if before is not None:
        return before.endings.get()
    seated = seat(scope, PRICE)
    if seated is None:
        raise refusing.not_yours(today, PRICE)
    ended = Determination.objects.get(pk=determination_id)
    if Ending.objects.filter(determination=ended).exists():
        raise refusing.ended_before()
    if not ended.applies_from <= on <= today or not 0 < len(reason.strip()) <= 400:
        raise refusing.end_wrong(ended.applies_from)
    act = append(
        Kind.END,
        seated,
        by=by,
        today=today,
        key=key,
        about=about,
        content={"on": on.isoformat(), "cause": Ending.Cause.OFFICER, "reason": reason.strip()},
    )
    return Ending.objects.create(
        determination=ended,
        act=act,
        cause=Ending.Cause.OFFICER,
        ended_on=on,
        reason=reason.strip(),
    )
