"""What else changes findings: the day, a confirmation, a decision; and what a break leaves."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from casework.judged.conftest import ON
from casework.judged.registry_of_facts import change
from phaseout.casework import judging, succession
from phaseout.casework.findings.history import answers, by_another_norm
from phaseout.casework.models import Finding, JudgementRun, LineStanding
from phaseout.casework.reach import enterprises_resting_on
from phaseout.law.judgement.norm_tables import all_rows
from phaseout.law.norms import NormBook
from phaseout.law.norms.confirmation import digest
from phaseout.law.refusals import Refusal
from phaseout.registry.models import Enterprise, Touched

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province_judged")]

TOMORROW = ON + timedelta(days=1)


def standing() -> list[Any]:
    findings = Finding.objects.standing().order_by("finding_id").values_list("finding_id", "digest")
    lines = LineStanding.objects.standing().order_by("line_id").values_list("line_id", "digest")
    return [*findings, *lines]


def confirm(row_id: str, on: date) -> None:
    from phaseout.accounts.models import User
    from phaseout.library.models import Confirmation, Countersignature

    one, _ = User.objects.get_or_create(username="one", name_zh="甲")
    two, _ = User.objects.get_or_create(username="two", name_zh="乙")
    row = next(row for row in all_rows(NormBook.load()) if row.row_id == row_id)
    first = Confirmation.objects.create(
        row_id=row_id,
        row_digest=digest(row),
        document="正式文本",
        page="3",
        confirmed_by=one,
        confirmed_on=on,
    )
    Countersignature.objects.create(
        confirmation=first, confirmed_by=one, countersigned_by=two, countersigned_on=on
    )


def provisional_by_recollection() -> Finding:
    found = (
        Finding.objects.standing()
        .filter(reasons=["norm_not_verified"], provisional=True, dimension="energy")
        .order_by("finding_id")
        .first()
    )
    assert found is not None and found.norm_row
    return found


def test_a_confirmed_row_makes_its_findings_firm_and_touches_no_other() -> None:
    finding = provisional_by_recollection()
    confirm(str(finding.norm_row), TOMORROW)
    run = judging.judge_rows([str(finding.norm_row)], on=TOMORROW)
    assert run is not None and run.cause == "norms" and run.detail == finding.norm_row
    now = Finding.objects.standing().get(finding_id=finding.finding_id)
    assert (now.provisional, now.reasons, now.verdict) == (False, [], finding.verdict)
    begun = Finding.objects.filter(run=run)
    assert {f.norm_row for f in begun} == {finding.norm_row}
    assert set(begun.values_list("finding_id", flat=True)) == set(
        Finding.objects.filter(ended_by=run).values_list("finding_id", flat=True)
    )


@pytest.mark.parametrize("seed", range(2))
def test_judging_what_a_row_may_reach_is_as_good_as_judging_all(seed: int) -> None:
    rows = (
        Finding.objects.standing()
        .filter(reasons__contains=["norm_not_verified"])
        .exclude(norm_row=None)
        .exclude(norm_row__startswith="methods.")
        .order_by("norm_row")
        .values_list("norm_row", flat=True)
        .distinct()
    )
    chosen = random.Random(seed).sample(sorted(map(str, rows)), 4)
    for row_id in chosen:
        confirm(row_id, TOMORROW)
    judging.judge_rows(chosen, on=TOMORROW)
    reached = standing()
    run = judging.judge(None, cause="all", on=TOMORROW)
    assert (run.begun, run.ended) == (0, 0)
    assert standing() == reached


def test_a_row_of_another_kind_than_a_limit_reaches_everybody() -> None:
    assert enterprises_resting_on(["methods.data_marks/HJ-212-2017/1"]) is None
    assert enterprises_resting_on([]) == []


def test_a_day_later_only_what_the_day_counts_changes() -> None:
    run = judging.judge_day(on=TOMORROW)
    assert run is not None and run.cause == "day"
    assert run.begun <= 30, "most answers do not depend on the day"
    assert judging.judge_day(on=TOMORROW) is None, "the day was judged already"


def test_a_permit_that_expires_ends_one_answer_and_begins_another() -> None:
    held = (
        Finding.objects.standing()
        .filter(comparator="presence", verdict="compliant", period_end__gt=TOMORROW)
        .exclude(judged_by="quality")
        .order_by("period_end")
        .first()
    )
    assert held is not None and held.period_end is not None
    after = held.period_end + timedelta(days=1)
    judging.judge_day(on=held.period_end)
    last_day = Finding.objects.standing().get(finding_id=held.finding_id)
    assert last_day.verdict == "compliant"
    judging.judge_day(on=after)
    expired = Finding.objects.standing().get(finding_id=held.finding_id)
    assert expired.verdict != "compliant" and expired.found_on == after
    assert "permit_expired" in expired.reasons


def test_a_new_edition_ends_answers_by_the_old_one_and_each_leads_to_the_other() -> None:
    old, new = "NDRC-CAT-2011R", "NDRC-CAT-2019"
    judging.judge_day(on=date(2019, 12, 31))
    before = Finding.objects.standing().filter(source_id=old)
    assert before.exists() and not Finding.objects.filter(source_id=new).exists()
    judging.judge_day(on=date(2020, 1, 1))
    assert not before.exists()
    begun = Finding.objects.standing().filter(source_id=new).order_by("finding_id")
    assert begun and {one.found_on for one in begun} == {date(2020, 1, 1)}

    def others(one: Finding) -> list[Finding]:
        told = answers(Finding.objects.filter(finding_id=one.finding_id))
        return by_another_norm(told, Finding.objects.all())

    pairs = [(one, other) for one in begun for other in others(one) if other.source_id == old]
    assert pairs and {earlier.ended_on for _, earlier in pairs} == {date(2020, 1, 1)}
    now, earlier = pairs[0]
    assert now in others(earlier)


class Killed(BaseException):
    """What the operating system does to a worker."""


def killed_at(call: int, real: Callable[..., Any]) -> Callable[..., Any]:
    counter = itertools.count(1)

    def step(*args: Any) -> Any:
        if next(counter) == call:
            raise Killed
        return real(*args)

    return step


def test_a_break_in_the_middle_leaves_the_old_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    change("energy", {"value": 987_654}, "TRUE", TOMORROW)
    few = Finding.objects.standing().filter(dimension="energy").order_by("enterprise_id")
    usccs = set(few.exclude(value=None).values_list("enterprise_id", flat=True)[:9])
    Touched.objects.exclude(uscc__in=usccs).delete()
    touched, old, runs = Touched.objects.count(), standing(), JudgementRun.objects.count()

    for step, at in (("_end", 2), ("_mark", 2), ("_copy", 2), ("_begin_standings", 1)):
        with monkeypatch.context() as patched:
            patched.setattr(succession, step, killed_at(at, getattr(succession, step)))
            with pytest.raises(Killed), transaction.atomic():
                judging._judge(usccs, cause="facts", on=TOMORROW)
        assert standing() == old and Touched.objects.count() == touched
        assert JudgementRun.objects.count() == runs
    run = judging.judge_touched(on=TOMORROW)
    assert run is not None and run.begun > 0 and standing() != old


def test_findings_follow_day_upon_day() -> None:
    with pytest.raises(Refusal) as refused:
        judging.judge(None, cause="all", on=ON - timedelta(days=1))
    assert refused.value.code == "judged_later_already"


def test_however_the_work_is_sliced_the_same_answers_stand() -> None:
    """Four in slices of three, two of them judged before."""
    whole = standing()
    usccs = random.Random(7).sample(sorted(Enterprise.objects.values_list("pk", flat=True)), 4)
    point = transaction.savepoint()
    with connection.cursor() as cursor:  # as if they had never been judged
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in ("casework_finding", "casework_linestanding"):
            cursor.execute(f"DELETE FROM {table} WHERE enterprise_id = ANY(%s)", [usccs])
        cursor.execute("SET LOCAL session_replication_role = origin")
    judging.judge(usccs[:2], cause="all", on=ON, slice_size=3)
    judging.judge(usccs, cause="all", on=ON, slice_size=3)
    assert standing() == whole
    transaction.savepoint_rollback(point)  # reasons of what was deleted are left
