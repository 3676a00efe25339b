"""What a judgement writes: all at first, nothing where nothing changed, just what changed after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Count

from casework.judged.conftest import ON
from casework.judged.registry_of_facts import change, touch_all
from phaseout.casework import judging
from phaseout.casework.models import Finding, FindingTally, JudgementRun, LineStanding, Reasoning
from phaseout.findings import Judgement
from phaseout.law.judgement.dimensions import JUDGED_COLUMNS
from phaseout.registry.models import Enterprise, ProductionLine, Touched

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province_judged")]

TOMORROW = ON + timedelta(days=1)


def test_the_findings_are_those_of_the_command_line(small_judgement: Judgement) -> None:
    names = ["finding_id", *(name for name, _ in JUDGED_COLUMNS)]
    ours = [name if name != "uscc" else "enterprise_id" for name in names]
    expected = small_judgement.connection.execute(
        f"SELECT {', '.join(names)} FROM judged.findings ORDER BY finding_id"
    ).fetchall()
    assert list(Finding.objects.standing().order_by("finding_id").values_list(*ours)) == expected


def test_every_explanation_is_that_of_the_command_line(small_judgement: Judgement) -> None:
    expected = {row["finding_id"]: said.as_json() for row, said in small_judgement.explained()}
    assert dict(Reasoning.objects.values_list("finding__finding_id", "tree")) == expected


def test_every_line_has_its_standing(small_judgement: Judgement) -> None:
    expected = small_judgement.connection.execute(
        "SELECT line_id, outdated, governing FROM judged.composition ORDER BY line_id"
    ).fetchall()
    standings = LineStanding.objects.standing().order_by("line_id")
    assert list(standings.values_list("line_id", "outdated", "governing")) == expected


def test_the_run_tells_what_it_did() -> None:
    run = JudgementRun.objects.get()
    assert run.cause == "facts" and run.on_day == ON and run.finished_at is not None
    assert run.enterprises == Enterprise.objects.count()
    assert run.judged == run.begun == Finding.objects.count() > 500
    assert run.ended == 0


def test_what_was_touched_is_no_longer_listed() -> None:
    assert not Touched.objects.exists()
    assert judging.judge_touched(on=ON) is None


def test_an_import_that_changes_nothing_writes_nothing() -> None:
    touch_all()
    run = judging.judge_touched(on=TOMORROW)
    assert run is not None and run.judged > 500
    assert (run.begun, run.ended) == (0, 0)
    assert not Finding.objects.exclude(ended_on=None).exists()
    assert not LineStanding.objects.exclude(ended_on=None).exists()


def test_one_changed_value_succeeds_just_its_findings() -> None:
    before = Finding.objects.filter(dimension="energy", value__isnull=False, norm_row__isnull=False)
    finding = before.exclude(period_end=None).order_by("finding_id").first()
    assert finding is not None
    where = (
        f"line_id = '{finding.line_id}' AND indicator = '{finding.indicator}' "
        f"AND period_start = '{finding.period_start}'"
    )
    change("energy", {"value": 987_654}, where, TOMORROW)
    run = judging.judge_touched(on=TOMORROW)
    assert run is not None
    ended = Finding.objects.filter(ended_by=run)
    begun = Finding.objects.filter(run=run)
    assert {f.finding_id for f in ended} == {f.finding_id for f in begun}
    assert {f.line_id for f in begun} == {finding.line_id}
    assert {f.period_start for f in begun} == {finding.period_start}
    assert run.begun == run.ended == len(begun) <= 3
    new = begun.get(finding_id=finding.finding_id)
    assert (new.verdict, new.found_on) == ("noncompliant", TOMORROW)
    finding.refresh_from_db()
    assert finding.ended_on == TOMORROW


def test_a_day_is_read_as_it_was_answered_then() -> None:
    def answers(day: date) -> list[Any]:
        return list(
            Finding.objects.standing_on(day)
            .order_by("finding_id")
            .values_list("finding_id", "verdict", "value")
        )

    first = answers(ON)
    change("energy", {"value": 987_654}, "TRUE", TOMORROW)
    judging.judge_touched(on=TOMORROW)
    assert answers(ON) == first
    assert answers(TOMORROW) != first
    assert answers(ON - timedelta(days=1)) == []
    assert len(answers(TOMORROW)) == Finding.objects.standing().count()


def test_a_version_replaced_on_its_own_day_was_never_the_answer_of_a_day() -> None:
    change("energy", {"value": 987_654}, "TRUE", ON)
    run = judging.judge_touched(on=ON)
    assert run is not None and run.ended > 0
    replaced = Finding.objects.filter(ended_by=run)
    assert set(replaced.values_list("found_on", "ended_on")) == {(ON, ON)}
    assert not Finding.objects.standing_on(ON).filter(ended_by=run).exists()


def test_facts_that_are_gone_leave_no_finding_standing() -> None:
    uscc = (
        Finding.objects.standing()
        .order_by("enterprise_id")
        .values_list("enterprise_id", flat=True)[0]
    )
    other = Enterprise.objects.exclude(pk=uscc).order_by("pk")[0].pk
    change("lines", {"uscc": other}, f"uscc = '{uscc}'", TOMORROW)
    judging.judge_touched(on=TOMORROW)
    lines = ProductionLine.objects.filter(enterprise_id=uscc).values("pk")
    assert not Finding.objects.standing().filter(enterprise_id=uscc, line__in=lines).exists()
    assert not LineStanding.objects.standing().filter(enterprise_id=uscc).exists()
    assert LineStanding.objects.standing().filter(line__in=lines).count() == len(lines)


def test_the_count_of_findings_is_kept_by_the_database() -> None:
    change("energy", {"value": 987_654}, "TRUE", TOMORROW)
    judging.judge_touched(on=TOMORROW)
    kinds = ("division_code", "industry", "dimension", "verdict", "provisional", "effect")
    counted = (
        Finding.objects.standing().values_list(*kinds).annotate(n=Count("pk")).order_by(*kinds)
    )
    kept = FindingTally.objects.exclude(count=0).order_by(*kinds).values_list(*kinds, "count")
    assert list(counted) == list(kept)


def test_a_version_that_was_given_cannot_be_edited_or_deleted() -> None:
    finding = Finding.objects.standing().filter(reasoning__isnull=False).order_by("pk")[0]
    for statement in (
        "UPDATE casework_finding SET verdict = 'compliant', ended_on = found_on WHERE id = %s",
        "UPDATE casework_finding SET ended_on = NULL WHERE id = %s",
        "DELETE FROM casework_finding WHERE id = %s",
        "DELETE FROM casework_reasoning WHERE finding_id = %s",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [finding.pk])
