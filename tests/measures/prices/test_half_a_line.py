"""An exit of a part of a line ends nothing for the rest: prices go on until the last of it goes."""

from __future__ import annotations

from datetime import date

import pytest

from capacity_book import register
from journeys import Journey, voluntary
from phaseout.casework.left import gone_since
from phaseout.law.refusals import Refusal
from phaseout.measures.prices import acts


def exits(office, line, on: date, said: str) -> Journey:
    """The exit of a part of the line, applied for and confirmed."""
    journey = Journey.of_case(office.desk, office.desk.apply(line, on).case, on)
    voluntary(journey, ledger_entry=said)
    return journey


def pays(office, line, on: date) -> bool:
    """Whether the line would pay for the year of the day."""
    return acts.assess(on.year, **office.ways(on=on)).assessments.filter(line=line).exists()


def test_a_surcharge_ends_with_the_last_part_and_on_its_day(office) -> None:
    line = office.carbide(found_on=date(2018, 1, 8))
    register(line)
    one = office.determined(line)
    half = exits(office, line, date(2018, 3, 15), "一半")
    assert not hasattr(type(one).objects.get(pk=one.pk), "ending")
    assert gone_since(line.pk) is None
    assert pays(office, line, date(2019, 2, 1)), "of 2019 too, though a case says «exited»"
    last = exits(office, line, half.day, "全部")
    one.refresh_from_db()
    assert (one.ending.cause, one.ending.ended_on) == ("exit", last.day)
    assert gone_since(line.pk) == last.day > half.day
    assert not pays(office, line, date(2019, 2, 1))


def test_a_part_found_running_again_pays_as_the_rest_does(office, client) -> None:
    line = office.carbide(found_on=date(2018, 1, 8))
    register(line)
    one = office.determined(line)
    journey = exits(office, line, date(2018, 3, 15), "20万吨/年")
    client.force_login(office.price)
    page = client.get(f"/measures/prices/determinations/{one.pk}/").content.decode()
    assert "拆除主体设备20万吨/年" in page and "余下部分继续用电" in page
    journey.do("restart_after_exit")
    assert not hasattr(type(one).objects.get(pk=one.pk), "ending")
    page = client.get(f"/measures/prices/determinations/{one.pk}/").content.decode()
    assert "余下部分继续用电" not in page, "nothing of it has exited any more"


def test_of_a_line_without_a_registered_capacity_no_part_exits(office) -> None:
    line = office.carbide(found_on=date(2018, 1, 8))
    with pytest.raises(Refusal) as refused:
        exits(office, line, date(2018, 3, 15), "一半")
    assert refused.value.code == "capacity.not_registered"
