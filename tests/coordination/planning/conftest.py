from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from capacity_book import register
from casebook import Desk
from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework.models import LineStanding
from phaseout.coordination.offices import cities
from phaseout.coordination.planning import acts
from phaseout.coordination.planning.models import Edition, PlannedLine, WorkPlan
from phaseout.registry.models import ProductionLine

DRAFTED, ASKED, LAST_DAY = date(2018, 3, 15), date(2018, 3, 16), date(2018, 3, 30)
SUBMITTED, ADOPTED = date(2018, 4, 2), date(2018, 4, 20)


class Bureau:
    """The people of a year's plan, and lines it can be about."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.officer, self.leader = desk.person(), desk.person(role=Role.LEADER)
        self.government = desk.person("government", Role.LEADER)

    def line(self, name: str, *, amount: int | None = 600_000, **standing: Any) -> ProductionLine:
        """A cement line of its own enterprise with capacity on the ledger, standing outdated."""
        n = 1 + ProductionLine.objects.count()
        place = "640104" if n % 2 else "640202"
        line = self.desk.line(name, self.desk.enterprise(f"91{place}MA0000{n:04d}",
                                                         division_code=place))  # fmt: skip
        if amount is not None:
            register(line, amount)
        self.stand(line, **standing)
        return line

    def stand(self, line: ProductionLine, **given: Any) -> None:
        LineStanding.objects.create(
            line=line,
            enterprise=line.enterprise,
            digest=uuid4(),
            division_code=line.division_code,
            industry=line.industry,
            detail={"lead": "eic"},
            run=self.desk.run(),
            **{
                "outdated": "yes",
                "governing": "rectify_in_time",
                "governing_dimension": "energy",
                "found_on": date(2018, 3, 1),
                **given,
            },
        )

    def ways(self, by: User, on: date) -> dict[str, Any]:
        return {"by": by, "scope": scope_of(by, on=on), "today": on, "key": uuid4()}

    def drafted(
        self, edits: acts.Edits | None = None, on: date = DRAFTED, **given: Any
    ) -> WorkPlan:
        ways = {**self.ways(given.pop("by", self.officer), on), **given}
        return acts.draft_plan(ways.pop("year", 2018), edits, **ways)

    def consulted(self, plan: WorkPlan, on: date = ASKED, last: date = LAST_DAY) -> Any:
        offices = [*acts.named_offices("eic"), *cities()]
        return acts.consult(plan.pk, offices, last, **self.ways(self.officer, on))

    def says(self, consultation: Any, office: str, *points: str, on: date = ASKED) -> Any:
        by = self.desk.person(office)
        return acts.give_opinion(consultation.pk, points, **self.ways(by, on))

    def submitted(self, plan: WorkPlan, on: date = SUBMITTED) -> Any:
        return acts.submit(plan.pk, digest=plan.digest, **self.ways(self.leader, on))

    def adopted(self, plan: WorkPlan | None = None, on: date = ADOPTED) -> Edition:
        """The whole way, silence of everybody asked."""
        made = plan or self.drafted()
        self.consulted(made)
        self.submitted(made)
        return self.adopt(made, on)

    def adopt(self, plan: WorkPlan, on: date = ADOPTED) -> Edition:
        ways = self.ways(self.government, on)
        return acts.adopt(plan.pk, "宁政办发〔2018〕0号", digest=plan.digest, **ways)

    def planned(self, plan: WorkPlan) -> dict[str, PlannedLine]:
        return {one.line_id: one for one in plan.lines.all()}


@pytest.fixture
def bureau(db: None) -> Bureau:
    return Bureau(Desk())
