"""The same facts, judged by the site and by `phaseout judge`, give the same findings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from procrastinate.contrib.django import app

from casework.judged.conftest import ON
from casework.judged.registry_of_facts import touch_all
from phaseout.casework.models import Finding, JudgementRun, LineStanding
from phaseout.findings import judge
from phaseout.law.judgement.dimensions import JUDGED_COLUMNS
from phaseout.library.records import confirmations_on, decisions_on
from phaseout.registry.exporting import write_facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province_judged")]


def test_exported_facts_judged_anew_are_the_findings_of_the_site(tmp_path: Path) -> None:
    write_facts(tmp_path / "facts")
    names = ["finding_id", *(name for name, _ in JUDGED_COLUMNS)]
    ours = [name if name != "uscc" else "enterprise_id" for name in names]
    norms: dict[str, Any] = {
        "confirmations": confirmations_on(ON),
        "decisions": decisions_on(ON),
    }
    with judge(tmp_path / "facts", on=ON, **norms) as judgement:
        findings = judgement.connection.execute(
            f"SELECT {', '.join(names)} FROM judged.findings ORDER BY finding_id"
        ).fetchall()
        lines = judgement.connection.execute(
            "SELECT line_id, outdated, governing FROM judged.composition ORDER BY line_id"
        ).fetchall()
    assert list(Finding.objects.standing().order_by("finding_id").values_list(*ours)) == findings
    standings = LineStanding.objects.standing().order_by("line_id")
    assert list(standings.values_list("line_id", "outdated", "governing")) == lines


def test_the_jobs_of_the_casework_judge(run_jobs: Any, settings: Any) -> None:
    settings.DEMO_FIRST_DAY = ON
    touch_all()
    app.configure_task("casework.judge_touched", queueing_lock="casework.judge_touched").defer()
    app.configure_task("casework.judge_day", queueing_lock="casework.judge_day").defer()
    row = Finding.objects.filter(norm_row__startswith="energy_limits/").first()
    assert row is not None
    app.configure_task("casework.judge_rows").defer(row_ids=[row.norm_row])
    before = JudgementRun.objects.count()
    ran = run_jobs()
    assert {"casework.judge_touched", "casework.judge_day", "casework.judge_rows"} <= set(ran)
    runs = JudgementRun.objects.order_by("-pk")[: JudgementRun.objects.count() - before]
    assert {run.cause for run in runs} == {"facts", "day", "norms"}
    assert all((run.begun, run.ended) == (0, 0) for run in runs)
