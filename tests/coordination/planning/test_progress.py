"""Progress: by the ledger, line by line; the numbers and the lists behind them are one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from journeys import Journey, energy_met, voluntary
from phaseout.accounts.scope import scope_of
from phaseout.coordination.planning.adopted import GoalReached, goals, plan_of
from phaseout.coordination.planning.progress import beyond, followed
from phaseout.coordination.planning.standing import carried_out
from phaseout.coordination.planning.waiting import lines_late
from phaseout.registry.models import ProductionLine

YEAR_END = date(2018, 12, 31)


def exited(bureau, line: ProductionLine) -> date:
    """The line exits, applied for by its enterprise; gives the day."""
    journey = Journey.of_case(bureau.desk, bureau.desk.apply(line, date(2018, 4, 23)).case)
    journey.day = date(2018, 4, 24)
    voluntary(journey)
    return journey.day


def one_goal(on: date) -> GoalReached:
    plan = plan_of(2018, on)
    assert plan is not None
    (goal,) = goals(plan, on=on)
    return goal


def states(plan, on: date) -> dict[str, str]:
    return dict(followed(plan, on).values_list("line_id", "state"))


def test_a_line_is_through_on_the_day_its_exit_is_confirmed(bureau) -> None:
    line = bureau.line("A", governing="dismantle", governing_dimension="technology")
    bureau.line("B", governing="dismantle", governing_dimension="technology", amount=200_000)
    edition = bureau.adopted()
    day = exited(bureau, line)
    before, after = one_goal(day - timedelta(days=1)), one_goal(day)
    assert (before.lines, before.lines_through) == (2, 0)
    assert (after.lines, after.lines_through, after.lines_late) == (2, 1, 0)
    (amount,) = after.amounts
    assert (amount.planned, amount.reached) == (Decimal(800_000), Decimal(600_000))
    assert states(edition.plan, day) == {"A": "through", "B": "open"}
    (milestone,) = after.milestones
    assert (milestone.by, milestone.planned, milestone.reached) == (YEAR_END, 2, 1)


def test_what_is_not_through_is_late_the_day_after(bureau) -> None:
    bureau.line("A")
    edition = bureau.adopted()
    assert states(edition.plan, YEAR_END) == {"A": "open"}
    assert states(edition.plan, YEAR_END + timedelta(days=1)) == {"A": "late"}


def test_what_is_owed_stays_owed_until_the_next_plan(bureau) -> None:
    bureau.line("A")
    edition = bureau.adopted()
    assert carried_out(date(2018, 4, 19)) is None
    assert carried_out(date(2019, 4, 1)) == edition
    late, waiting = date(2019, 4, 1), scope_of(bureau.officer, on=date(2019, 4, 1))
    assert lines_late(waiting, late) == 1
    assert lines_late(waiting, YEAR_END) == 0


def test_a_line_that_meets_the_requirement_is_through_too(bureau) -> None:
    line = bureau.line("A", amount=None)
    edition = bureau.adopted()
    finding = bureau.desk.finding(line)
    case = bureau.desk.open_(finding, by=bureau.officer, today=date(2018, 4, 23)).case
    journey = Journey.of_case(bureau.desk, case, date(2018, 4, 24))
    energy_met(journey)
    assert states(edition.plan, journey.day - timedelta(days=1)) == {"A": "open"}
    assert states(edition.plan, journey.day) == {"A": "through"}
    assert one_goal(journey.day).untold == 1


def test_an_exit_nobody_planned_is_counted_beside_the_plan(bureau) -> None:
    bureau.line("A")
    edition = bureau.adopted()
    other = bureau.line("B", outdated="no", amount=300_000)
    day = exited(bureau, other)
    assert beyond(edition.plan, day - timedelta(days=1)) == []
    (found,) = beyond(edition.plan, day)
    assert (found.by["industry"], found.exited) == ("cement", Decimal(300_000))
    assert one_goal(day).lines_through == 0


def test_a_year_without_a_plan_has_none(bureau) -> None:
    assert plan_of(2018) is None
    bureau.line("A")
    bureau.adopted()
    assert plan_of(2018, date(2018, 4, 19)) is None
    plan = plan_of(2018)
    assert plan is not None and (plan.edition, plan.amends) == (1, False)
