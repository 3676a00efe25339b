"""The demo cases: real acts by demo people, on business days, as far as the day allows."""

from __future__ import annotations

from datetime import date

import pytest

from casebook import Desk
from phaseout.accounts.demo import load_people
from phaseout.casework.models import Act, Case, IssuedPaper, Proposal
from phaseout.casework.proceeding.replaying import differences
from phaseout.demo import casework
from phaseout.demo.case_plans import PLANS
from phaseout.evidence.models import EvidenceFile
from phaseout.law.periods.rest_days import DayKind, shipped_calendar

TODAY = date(2018, 3, 15)
STAGES = {
    "宁经信能立〔2018〕1号": "rectifying",
    "宁经信能立〔2018〕2号": "closed_met",
    "宁经信能立〔2018〕3号": "order.notified",
    "宁环立〔2018〕1号": "restricted",
    "宁经信技立〔2018〕1号": "to_remove",
    "宁安监安立〔2018〕1号": "stopped",
}


@pytest.fixture
def judged(db: None, settings: object) -> None:
    """Demo people, and a settled finding for each plan, found on the early day."""
    settings.DEMO = True  # type: ignore[attr-defined]
    load_people()
    desk = Desk()
    for number, plan in enumerate(PLANS, start=1):
        enterprise = desk.enterprise(f"91640100MA0000{number:04d}")
        line = desk.line(f"D{number}", enterprise)
        desk.finding(
            line, dimension=plan.dimension, judged_by=plan.dimension, found_on=casework.EARLY
        )


def stages() -> dict[str, str]:
    return dict(Case.objects.values_list("number", "stage"))


def test_every_plan_is_on_workdays(db: None) -> None:
    calendar = shipped_calendar()
    for plan in PLANS:
        days = [plan.opened_on, *(step.on for step in plan.steps)]
        assert days == sorted(days), plan.name
        for day in days:
            assert calendar.status(day).kind in (DayKind.WORKDAY, DayKind.MAKEUP_WORKDAY), (
                plan.name,
                day,
            )


def test_the_cases_stand_where_the_demonstration_wants_them(judged: None) -> None:
    casework.carry_cases(TODAY)
    assert stages() == STAGES
    assert Proposal.objects.get(state="waiting").kind == "grant_extension"
    for case in Case.objects.all():
        assert differences(case) == []


def test_acts_are_those_of_demo_people_with_files_marked(judged: None) -> None:
    casework.carry_cases(TODAY)
    for act in Act.objects.select_related("by", "signed_by"):
        for person in filter(None, (act.by, act.signed_by)):
            assert person.demo, act
        assert act.signed_by != act.by or act.kind in OWN_SIGNATURE, act
    assert all("演示" in name for name in EvidenceFile.objects.values_list("name", flat=True))
    assert all(paper.content["imprint"]["demo"] for paper in IssuedPaper.objects.all())


OWN_SIGNATURE = frozenset(
    {
        "order.approve_by_head",
        "restriction.collective",
        "restriction.approve_by_head",
        "restrict_production",
        "order_rectification",
        "elimination.collective",
        "elimination.approve_by_head",
        "order_elimination",
    }
)
"""Acts of a leader, who signs what he does."""


def test_a_run_that_ended_early_goes_on_and_another_changes_nothing(judged: None) -> None:
    casework.carry_cases(date(2018, 1, 20))
    early = Act.objects.count()
    casework.carry_cases(TODAY)
    assert stages() == STAGES
    whole = Act.objects.count(), EvidenceFile.objects.count()
    casework.carry_cases(TODAY)
    assert (Act.objects.count(), EvidenceFile.objects.count()) == whole
    assert early < whole[0]


def test_without_fitting_findings_there_are_no_cases(db: None, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    load_people()
    assert casework.carry_cases(TODAY) == []
