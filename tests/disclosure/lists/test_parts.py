"""A line of which a part has exited is listed neither as if all were gone nor as if all stood."""

from __future__ import annotations

from decimal import Decimal

from capacity_book import register
from casebook import TODAY
from casework.cases.test_booking import find
from journeys import Journey, voluntary
from phaseout.casework.acts import open_exit
from phaseout.casework.proceeding.preparing import Asked
from phaseout.disclosure.lists.differing import changes
from phaseout.disclosure.lists.gathering import gathered
from phaseout.registry.models import ProductionLine


def listed(kind, on):
    """Capacity, unit and extent of what stands on the list."""
    year = on.year if kind == "exits" else None
    return [
        (Decimal(one.known["capacity"]), one.known["capacity_unit"], one.known["extent"])
        for one in gathered(kind, on, year)
    ]


def exits(desk, line, on, said):
    leaving = Journey.of_case(desk, desk.apply(line, on).case, on)
    voluntary(leaving, ledger_entry=said)
    return leaving.day


def opened(office, journey):
    """The exit opened on the closing decision."""
    asked = Asked(
        "open_on_decision", {"decision_served": [office.desk.file()], "exit_form": "整体"}
    )
    case = open_exit(journey.case.pk, asked, **office.ways(journey.day)).case
    return Journey.of_case(office.desk, case, journey.day)


def test_each_part_of_a_line_is_listed_as_the_part_it_is(office) -> None:
    desk = office.desk
    line = desk.line("L9", desk.enterprise("91640100MA00000009"))
    register(line)
    day = exits(desk, line, TODAY, "一半")
    ((half, unit, extent),) = listed("exits", day)
    assert half == 300_000, "what goes back to how it was found has not exited"
    assert extent["zh"] == "部分，其余30万吨/年未退出"
    day = exits(desk, line, day, "全部")
    first, last = listed("exits", day)
    assert first == (half, unit, extent), "what was listed of the first part stands"
    assert last == (
        half,
        unit,
        {"zh": "余下部分，至此整条退出", "en": "the rest: all of the line has exited"},
    )


def test_of_a_line_that_stands_in_part_the_rest_is_listed(office) -> None:
    desk, journey = office.desk, office.ordered()
    line = journey.case.line
    ProductionLine.objects.filter(pk=line.pk).update(capacity=600_000, capacity_unit="t/a")
    register(line)
    find(line, on=journey.day, desk=desk)
    journey.after("rectification").do("record_overdue").decided("closure")
    ((whole, _, _),) = listed("red-energy", journey.day)
    assert whole == 600_000, "registered, nothing of it has exited"
    leaving = opened(office, journey).do("close_enterprise", "verify_stopped")
    leaving.do("settlement_confirmed", "publish_exit").after("objection")
    leaving.do("record_revocation", licence="排污许可证").do("confirm_exit", ledger_entry="一半")
    assert listed("red-energy", leaving.day) == [(Decimal(300_000), "t/a", None)]


def test_a_column_that_an_older_edition_lacks_is_no_change() -> None:
    now = {"name": "甲", "extent": {"zh": "整条生产线", "en": "the whole line"}}
    assert changes("exits", {"name": "甲"}, now) == ()
    (change,) = changes("exits", {"name": "乙"}, now)
    assert (change.column.key, change.was, change.now) == ("name", "乙", "甲")
