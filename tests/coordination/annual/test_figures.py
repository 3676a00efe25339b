"""What the report says of its rows: sums that never mix units, rates of the plan's task."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from phaseout.coordination.annual import tasks
from phaseout.coordination.annual.figures import Report, Reported, against, narrowed, sums
from phaseout.coordination.planning.adopted import Amount, GoalReached, PlanInForce
from phaseout.law.annual import rate
from returns_book import USCC, outside

PLAN = PlanInForce(1, 2018, 1, "宁经信发〔2018〕3号", date(2018, 4, 25), "0" * 64, "/plan/1/")


def goal(aim: str, industry: str, *amounts: Amount, untold: int = 0) -> GoalReached:
    return GoalReached(aim, industry, 3, 2, untold, 0, 0, amounts, (), ("eic",), "/lines/")


def report(head: dict[str, Any] | None = None, *rows: Any) -> Report:
    told = [Reported(at, "eic", "return", row) for at, row in enumerate(rows, 1)]
    return Report(2018, head or {}, told, [])


def test_units_are_never_added_up_and_what_is_struck_off_counts_nowhere() -> None:
    rows = (
        outside(),
        outside(amount=Decimal(100_000), equipment="磨2"),
        outside(amount=Decimal(12_500), unit="kVA", industry="ferroalloy", uscc="x"),
        outside(amount=Decimal(0), equipment="磨3"),
    )
    found = [(one.key, one.unit, one.enterprises, one.lines, one.amount) for one in sums(
        report(None, *rows).rows, "industry"
    )]  # fmt: skip
    assert found == [("cement", "t/a", 1, 2, 300_000), ("ferroalloy", "kVA", 1, 1, 12_500)]
    behind = narrowed(report(None, *rows).rows, {"industry": "ferroalloy", "unit": "kVA"})
    assert [one.place for one in behind] == [3]


def test_the_task_is_what_the_plan_has_exit_by_industry_and_unit(monkeypatch: Any) -> None:
    goals = (
        goal("exit", "cement", Amount("水泥", "t/a", Decimal(300_000), Decimal(0)), untold=1),
        goal("exit", "cement", Amount("熟料", "t/a", Decimal(100_000), Decimal(0))),
        goal("rectify", "cement", Amount("水泥", "t/a", Decimal(900_000), Decimal(0))),
        goal("exit", "coal", Amount("原煤", "t/a", Decimal(50_000), Decimal(0))),
    )
    monkeypatch.setattr(tasks, "plan_of", lambda year: PLAN)
    monkeypatch.setattr(tasks, "goals", lambda plan, on: goals)
    plan = tasks.task_of(2018)
    assert plan is not None
    assert (plan["goals"], plan["untold"]) == (
        [["cement", "t/a", "400000"], ["coal", "t/a", "50000"]], 1,
    )  # fmt: skip
    told = {one.industry: one for one in against(report({"plan": plan}, outside()))}
    assert told["cement"].rate == 50
    assert (told["coal"].rate, told["coal"].done.lines) == (0, 0), "planned, and nothing exited"


@pytest.mark.parametrize(
    ("done", "task", "per_cent"),
    [
        ("4099.6", "3000", 137),  # the ministry's figures of 2010
        ("1185.7", "753.2", 157),
        ("2532.7", "2127.7", 119),
        ("245.6", "144", 171),
        ("1", "200", 1),  # half up
        ("0", "10", 0),
        ("5", "0", None),
        ("5", None, None),
    ],
)
def test_a_rate_is_whole_per_cent_half_up_and_none_without_a_task(done, task, per_cent) -> None:
    assert rate(Decimal(done), Decimal(task) if task is not None else None) == per_cent


def test_the_place_of_a_row_is_told_apart_by_line_or_by_equipment() -> None:
    assert outside().key == (f"{USCC} φ2.4×10米水泥磨", "t/a")
    assert outside(line_id="L1").key == ("L1", "t/a")
