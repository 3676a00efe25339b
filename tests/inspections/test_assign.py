"""Assignments: the order of deadlines, working days, two inspectors, a frozen checklist."""

from __future__ import annotations

from datetime import date

from phaseout.inspections import acts
from phaseout.inspections.drawing import digest_of
from phaseout.registry.models import ProductionLine


def test_each_firm_drawn_gets_its_days_inspectors_and_checklist(office) -> None:
    draw = office.drawn(wanted=3)
    visits = acts.assign(draw.pk, date(2018, 3, 16), a_day=1, **office.ways(office.officer))
    # Friday, then Monday and Tuesday
    assert [one.begins for one in visits] == [
        date(2018, 3, 16),
        date(2018, 3, 19),
        date(2018, 3, 20),
    ]
    teams = {one["uscc"]: one["inspectors"] for one in draw.drawn}
    for one in visits:
        assert [t.inspector.username for t in one.team.all()] == teams[one.enterprise_id]
        assert one.digest == digest_of(one.checklist)


def test_the_city_and_the_firm_with_the_nearest_deadline_come_first(office) -> None:
    from phaseout.casework.models import CaseDeadline

    line = ProductionLine.objects.get(pk="C6")  # in Shizuishan
    case = office.desk.open_(office.desk.finding(line)).case
    CaseDeadline.objects.create(
        case=case, period="rectification", opened_by=1, kind="duty", whose="enterprise",
        runs_from=date(2018, 3, 1), due=date(2018, 4, 2), going=True, office="eic",
        division_code="640202", dimension="energy",
    )  # fmt: skip
    visits = acts.assign(
        office.drawn(wanted=6, firms=6).pk, office.desk.today, **office.ways(office.officer)
    )
    assert visits[0].enterprise_id == line.enterprise_id
    assert visits[0].pressing == date(2018, 4, 2)
    assert [one.division_code[:4] for one in visits] == ["6402"] * 3 + ["6401"] * 3
    where: dict[tuple[str, date], set[str]] = {}
    for one in visits:
        for there in one.team.all():
            where.setdefault((there.inspector.username, one.begins), set()).add(
                one.division_code[:4]
            )
    assert all(len(cities) == 1 for cities in where.values()), "nobody in two cities on one day"
    assert len({one.begins for one in visits}) < len(visits), "but two firms a day in one"


def test_the_checklist_names_the_limits_of_the_day_with_their_clauses(office) -> None:
    (visit, *_) = office.assigned()
    (line,) = visit.checklist["lines"]
    first = line["items"][0]
    assert (first["table"], first["unit"]) == ("energy", "kgce/t")
    assert first["norms"][0]["row"] == "energy_limits/GB16780-2012/1"
    assert first["norms"][0]["zh"] == "GB 16780-2012 4.1"
    assert {"found", "measured"} == {item["kind"] for item in line["items"]}
    assert [p["permit"] for p in visit.checklist["permits"]][:1] == ["emission_permit"]
    assert visit.checklist["permits"][0]["state"] == "none"
