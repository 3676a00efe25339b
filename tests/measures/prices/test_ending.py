"""A measure ends on the day its ground ends: by the exit, by the closed case, by the finding."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from casebook import TODAY
from journeys import Journey, energy_met, technology_exited
from phaseout.law.refusals import Refusal
from phaseout.measures.prices import acts, billing
from phaseout.measures.prices.ending import end_where_the_ground_is_gone
from phaseout.measures.prices.models import Ending
from phaseout.registry.models import EnergyVersion

from .conftest import listed


def test_the_surcharge_ends_on_the_day_the_exit_is_closed(office) -> None:
    journey = Journey(office.desk, "technology")
    line = journey.case.line
    finding = line.findings.get()
    kept = office.desk.finding(line, **{**listed(), "finding_id": f"{finding.finding_id}X",
                                        "found_on": date(2018, 1, 1)})  # fmt: skip
    line.industry = "calcium_carbide"
    line.save()
    one = office.determined(line)
    assert one.finding in (finding, kept)
    technology_exited(journey)
    ending = one.ending
    closed = journey.case.acts.order_by("-place").first()
    assert (ending.cause, ending.ended_on, ending.case_act) == ("exit", closed.done_on, closed)
    month = closed.done_on.replace(day=1)
    after = billing.next_month(month)
    day_before = closed.done_on - timedelta(days=1)
    office.metered(
        month, (line.pk, str(month), str(day_before), "100"),
        (line.pk, str(closed.done_on), str(after - timedelta(days=1)), "7"), on=after,
    )  # fmt: skip
    charged, held = billing.charges(month)
    assert [(part.ends, part.kwh) for part in charged] == [(day_before, Decimal(100))]
    assert held == []


def test_a_line_that_has_exited_is_charged_until_the_day_before(office) -> None:
    journey = Journey(office.desk, "technology")
    line = journey.case.line
    type(line).objects.filter(pk=line.pk).update(industry="calcium_carbide")
    office.desk.finding(line, **{**listed(), "found_on": date(2018, 1, 1)})
    technology_exited(journey)
    closed = journey.case.acts.order_by("-place").first().done_on
    later = date(2018, 12, 3)
    run = acts.assess(2018, **office.ways(on=later))
    one = run.assessments.get(line=line, chosen=True)
    (made,) = acts.determine(run.pk, [one.pk], **office.ways(on=later))
    assert made.applies_to == closed - timedelta(days=1)
    after = date(closed.year + 1, 2, 1)
    year_after = acts.assess(after.year, **office.ways(on=after))
    assert not year_after.assessments.filter(line=line).exists()


def test_a_span_over_the_end_is_held_until_the_meter_was_read(office) -> None:
    line = office.carbide(found_on=date(2018, 2, 1))
    one = office.determined(line)
    acts.end(one.pk, date(2018, 2, 20), "炉已拆除", **office.ways())
    office.metered(date(2018, 2, 1), (line.pk, "1000"))
    charged, held = billing.charges(date(2018, 2, 1))
    assert charged == [] and [one.cut_on for one in held] == [date(2018, 2, 20)]
    office.metered(
        date(2018, 2, 1), (line.pk, "2018-02-01", "2018-02-19", "900"),
        (line.pk, "2018-02-20", "2018-02-28", "100"),
    )  # fmt: skip
    charged, held = billing.charges(date(2018, 2, 1))
    assert [part.kwh for part in charged] == [Decimal(900)] and held == []


def test_it_ends_when_the_case_closes_as_met(office) -> None:
    desk = office.desk
    firm = desk.enterprise("91640500MA00000005", industry="ferroalloy", division_code="640502")
    line = desk.line("L1", firm)
    months = {"period_start": date(2018, 1, 1), "period_end": date(2018, 2, 28)}
    finding = desk.finding(line, value=Decimal(230), ratio=Decimal("2.0536"), **months)
    case = desk.open_(finding).case
    journey = Journey.__new__(Journey)
    journey.desk, journey.case, journey.day = desk, case, TODAY
    one = office.determined(line)
    assert (one.measure, one.finding, one.case) == ("punitive", finding, case)
    energy_met(journey)
    assert (one.ending.cause, one.ending.ended_on) == ("met", journey.day)


def test_it_ends_on_the_day_the_finding_no_longer_stood(office) -> None:
    one = office.determined(office.carbide(found_on=date(2018, 1, 8)))
    assert end_where_the_ground_is_gone(TODAY) == 0
    office.desk.end(one.finding, date(2018, 3, 10))
    assert end_where_the_ground_is_gone(TODAY) == 1
    assert end_where_the_ground_is_gone(TODAY) == 0
    ending = Ending.objects.get()
    assert (ending.cause, ending.ended_on, ending.act.by) == ("finding", date(2018, 3, 10), None)


def test_a_finding_that_only_changed_its_wording_goes_on(office) -> None:
    one = office.determined(office.carbide(found_on=date(2018, 1, 8)))
    office.desk.end(one.finding, date(2018, 3, 10))
    office.desk.finding(one.line, **{**listed(), "finding_id": one.finding.finding_id,
                                     "found_on": date(2018, 3, 10)})  # fmt: skip
    assert end_where_the_ground_is_gone(TODAY) == 0


def test_a_corrected_figure_ends_what_rested_on_it(office) -> None:
    one = office.determined(office.smelter("13850"), 2017)
    EnergyVersion.objects.filter(pk=one.fact_id).update(replaced_by_id=2, replaced_on=TODAY)
    assert end_where_the_ground_is_gone(TODAY) == 1
    # The whole year was charged by that figure: nothing of it is charged any more only from the
    # correction on; what was billed stays until the price authority has determined anew.
    assert (one.ending.cause, one.ending.ended_on) == ("fact", TODAY)


def test_an_officer_ends_with_a_reason_and_a_day_that_was(office) -> None:
    one = office.determined(office.carbide(found_on=date(2018, 1, 8)))
    for on, reason in ((date(2018, 1, 7), "x"), (TODAY + timedelta(days=1), "x"), (TODAY, " ")):
        with pytest.raises(Refusal) as refusal:
            acts.end(one.pk, on, reason, **office.ways())
        assert refusal.value.code == "prices.end-wrong"
    ways = office.ways()
    assert acts.end(one.pk, TODAY, "炉已拆除", **ways) == acts.end(
        one.pk, TODAY, "炉已拆除", **ways
    )
    with pytest.raises(Refusal) as refusal:
        acts.end(one.pk, TODAY, "炉已拆除", **office.ways())
    assert refusal.value.code == "prices.ended"
