"""The demonstration's exits: real acts of demo people, as far as the day allows, once."""

from __future__ import annotations

from datetime import date

from casebook import TODAY, Desk
from phaseout.accounts.demo import load_people
from phaseout.casework.models import Act, Case
from phaseout.demo.exits import confirm, exit_lines
from phaseout.exits.models import ExitAct
from phaseout.exits.standing import standing_of
from phaseout.registry.models import EquipmentVersion


def test_an_enterprise_applies_and_its_line_exits_and_again_changes_nothing(
    desk: Desk,
) -> None:
    load_people()
    line = desk.line("D1", product="水泥")
    EquipmentVersion.objects.create(
        taken_by_id=1, known_on=TODAY, equipment_id="D1-E1", line_id=line.pk, type="水泥磨机",
        attribute="presence",
    )  # fmt: skip
    exit_lines(date(2018, 1, 20))
    case = Case.objects.get()
    assert case.stage == "applied"
    exit_lines(TODAY)
    case.refresh_from_db()
    assert (case.stage, standing_of(case).state) == ("published", "accepted")
    assert confirm(date(2018, 3, 9)) is None  # objections may still come
    confirm(TODAY)
    before = (Act.objects.count(), ExitAct.objects.count())
    exit_lines(TODAY)
    confirm(TODAY)
    assert (Act.objects.count(), ExitAct.objects.count()) == before
    case.refresh_from_db()
    assert (case.stage, case.closed_on) == ("exited", date(2018, 3, 12))
