"""Who would pay, who is made to pay, and on which ground."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError

from casebook import TODAY
from phaseout.law.refusals import Refusal
from phaseout.measures.prices import acts
from phaseout.measures.prices.acts.determining import Days
from phaseout.measures.prices.assessing import law_of
from phaseout.measures.prices.explained import answered
from phaseout.measures.prices.models import Assessment, Determination, PriceAct

REFUSED = (InternalError, ProgrammingError, IntegrityError)


def refused(act, *args, **given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


def test_every_line_gets_its_answer_and_the_law_says_the_same(office) -> None:
    office.smelter("13850")
    office.smelter("13700", line_id="A2")
    office.smelter("13.75", line_id="A3", unit="MWh/t")
    office.carbide()
    office.desk.line("C1", commissioned_on=date(2010, 1, 1))  # cement without a figure
    run = office.assessed(2017)
    said = {one.line_id: (one.outcome, one.rate) for one in run.assessments.all()}
    assert said == {
        "A1": ("rate", Decimal("0.08")),
        "A2": ("none", Decimal(0)),
        "A3": ("rate", Decimal("0.02")),
        "C1": ("undetermined", None),
    }
    law = law_of(2017, TODAY)
    for one in run.assessments.select_related("line"):
        given = answered(one, law)
        assert (given.outcome.value, given.rate) == (one.outcome, one.rate)
    assert (run.lines, run.charged, run.unsettled) == (4, 2, 1)


def test_a_listed_furnace_pays_from_the_day_it_was_found(office) -> None:
    line = office.carbide(found_on=date(2018, 2, 10))
    one = office.determined(line)
    assert (one.measure, one.price_class, one.rate) == ("differential", "eliminate", Decimal("0.3"))
    assert (one.applies_from, one.applies_to) == (date(2018, 2, 10), date(2018, 12, 31))
    assert one.explanation["ground"]["norm_row"] == "equipment_catalogue/NDRC-CAT-2011R/1"
    assert [step["kind"] for step in one.explanation["steps"]] == ["document", "class"]


def test_in_steel_every_line_of_the_enterprise_pays_for_one_listed_furnace(office) -> None:
    from .conftest import listed

    firm = office.desk.enterprise("91640400MA00000004", industry="steel", division_code="640402")
    office.desk.line("S2", firm)
    office.desk.finding(office.desk.line("S1", firm), **listed())
    chosen = office.assessed().assessments.filter(chosen=True)
    assert {one.line_id: one.rate for one in chosen} == {
        "S1": Decimal("0.50"),
        "S2": Decimal("0.50"),
    }


def test_one_kwh_carries_one_surcharge_and_the_other_is_reported(office) -> None:
    from .conftest import listed

    line = office.smelter("13850")
    limit = {"verdict": "compliant", "reasons": ["limit_class_warning"]}
    office.desk.finding(line, **{**listed(), **limit, "found_on": date(2017, 5, 1)})
    one = office.assessed(2017).assessments.get(chosen=True)
    assert (one.measure, one.rate, one.conflicts) == (
        "differential",
        Decimal("0.10"),
        ["tiered"],
    )


def test_punitive_below_twice_the_limit_is_undetermined_here_and_above_it_is_not(office) -> None:
    firm = office.desk.enterprise("91640500MA00000005", industry="ferroalloy",
                                  division_code="640502")  # fmt: skip
    for line_id, ratio, value in (("F1", "1.5", "168"), ("F2", "2.01", "225.12")):
        office.desk.finding(
            office.desk.line(line_id, firm), value=Decimal(value), ratio=Decimal(ratio),
            limit_value=Decimal(112), period_start=date(2017, 1, 1), period_end=date(2017, 12, 31),
        )  # fmt: skip
    said = {one.line_id: one for one in office.assessed(2017).assessments.all()}
    assert (said["F1"].outcome, said["F1"].reason) == ("undetermined", "set_by_province")
    assert (said["F2"].rate, said["F2"].chosen) == (Decimal("0.30"), True)


def test_only_the_price_authority_determines_and_only_the_leads_assess(office) -> None:
    line = office.carbide()
    run = office.assessed()
    one = run.assessments.get(line=line)
    for by in (office.eic, office.grid, office.desk.person("price", "leader", "640100")):
        assert refused(acts.determine, run.pk, [one.pk], **office.ways(by)) == "prices.not-yours"
    assert refused(acts.assess, 2018, **office.ways(office.grid)) == "prices.not-yours"
    assert refused(acts.assess, 2019, **office.ways()) == "prices.year-wrong"
    assert refused(acts.assess, 2007, **office.ways()) == "prices.year-wrong"


def test_what_is_provisional_or_has_no_rate_is_not_determined(office) -> None:
    line = office.carbide(provisional=True)
    office.smelter("13700", line_id="A2", year=2018)
    run = office.assessed()
    by_line = {one.line_id: one.pk for one in run.assessments.all()}
    codes = [
        refused(acts.determine, run.pk, [by_line[which]], **office.ways())
        for which in (line.pk, "A2")
    ]
    assert codes == ["prices.provisional", "prices.no-rate"]
    assert refused(acts.determine, run.pk, [], **office.ways()) == "prices.nothing-chosen"
    assert not PriceAct.objects.filter(kind="determine").exists()


def test_the_same_act_sent_twice_happens_once(office) -> None:
    line = office.carbide()
    run = office.assessed()
    ways = office.ways()
    chosen = [run.assessments.get(line=line).pk]
    assert acts.determine(run.pk, chosen, **ways) == acts.determine(run.pk, chosen, **ways)
    assert Determination.objects.count() == 1


def test_a_line_carries_one_surcharge_at_a_time(office) -> None:
    line = office.carbide(found_on=date(2018, 1, 8))
    run = office.assessed()
    chosen = [run.assessments.get(line=line).pk]
    until = Days(date(2018, 1, 8), date(2018, 1, 31))
    acts.determine(run.pk, chosen, days=until, **office.ways())
    meets = Days(date(2018, 1, 31), date(2018, 2, 28))
    after = Days(date(2018, 2, 1), date(2018, 2, 28))
    assert refused(acts.determine, run.pk, chosen, days=meets, **office.ways()) == (
        "prices.one-surcharge"
    )
    acts.determine(run.pk, chosen, days=after, **office.ways())


@pytest.mark.parametrize(
    "days",
    [
        Days(date(2018, 1, 7)),
        Days(None, date(2019, 1, 1)),
        Days(date(2018, 5, 2), date(2018, 5, 1)),
    ],
)
def test_days_lie_within_the_ground_and_the_year(office, days) -> None:
    line = office.carbide(found_on=date(2018, 1, 8))
    run = office.assessed()
    chosen = [run.assessments.get(line=line).pk]
    assert (
        refused(acts.determine, run.pk, chosen, days=days, **office.ways()) == "prices.days-wrong"
    )


def test_an_older_assessment_does_not_speak_any_more(office) -> None:
    line = office.carbide()
    run = office.assessed()
    office.assessed()
    chosen = [run.assessments.get(line=line).pk]
    assert refused(acts.determine, run.pk, chosen, **office.ways()) == "prices.assessment-old"


def test_the_database_refuses_to_change_or_delete_any_row(office) -> None:
    office.determined(office.carbide())
    for model in (PriceAct, Assessment, Determination):
        with pytest.raises(REFUSED), transaction.atomic():
            model.objects.all().delete()
        with pytest.raises(REFUSED), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {model._meta.db_table} SET id = id")
