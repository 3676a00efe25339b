"""A retrofit project of the demonstration, by the real acts of a demo person.

plan(today)     from the gravest energy finding with a figure to aim at; idempotent
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from phaseout.casework.models import Finding
from phaseout.demo.acting import Acting
from phaseout.law.retrofit import targets
from phaseout.measures.retrofit import acts
from phaseout.measures.retrofit.models import Project, RetrofitAct

MARK = "（演示，虚构）"
ACTING = Acting("retrofit")
OFFICER = "eic-officer"
BUILDS = timedelta(days=240)


def plan(today: date) -> Project | None:
    """The project; None where no finding has a limit to aim at."""
    there = Project.objects.filter(name__startswith=MARK).first()
    if there is not None:
        return there
    found = (
        Finding.objects.standing()
        .filter(
            dimension="energy",
            verdict="noncompliant",
            norm_row__startswith="energy_limits/",
            line__isnull=False,
        )
        .order_by("-gravity", "id")
    )
    finding = next((one for one in found if targets(one.norm_row or "", today)), None)
    return _planned(finding, today) if finding is not None else None


def _planned(finding: Finding, today: date) -> Project:
    aim = targets(finding.norm_row or "", today)[0]
    said = acts.Planned(
        name=f"{MARK}余热回收与变频改造",
        method=f"{MARK}余热回收、风机变频、能源管理系统",
        target=aim.row_id,
        expected=aim.value,
        investment=Decimal("18500000.00"),
        begins=today,
        ends=today + BUILDS,
        output=Decimal(100000),
    )
    project = acts.propose(finding, said, **ACTING.ways(OFFICER, today, "propose")).project
    for kind in (RetrofitAct.Kind.ADMIT, RetrofitAct.Kind.START):
        acts.go_on(project.pk, kind, f"{MARK}按计划办理", **ACTING.ways(OFFICER, today, kind))
    return project
