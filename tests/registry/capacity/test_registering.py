"""What imports, mergings and later corrections of the register book on the capacity ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from phaseout.law.refusals import Refusal
from phaseout.registry.capacity import Asked, balances
from phaseout.registry.imports import take_folder
from phaseout.registry.merging import merge_enterprises, part_enterprises
from phaseout.registry.models import CapacityEntry, CapacityPosting, LineVersion
from registry.given import OTHER_USCC, USCC, csv_files, right

LATER = date(2018, 6, 1)


def entries() -> list[tuple[str, str]]:
    return list(CapacityEntry.objects.order_by("id").values_list("kind", "line_id"))


def stands(**asked: object) -> dict[tuple[str, str], dict[str, int]]:
    found = balances(Asked(**asked))  # type: ignore[arg-type]
    return {(b.by["product"], b.unit): {k: int(v) for k, v in b.stocks.items()} for b in found}


def facts(*lines: dict[str, str]) -> object:
    return csv_files({"enterprises": [right("enterprises")], "lines": list(lines)})


def test_what_is_imported_is_registered_in_the_unit_of_the_ledger(take_in):
    brought = take_in(facts(right("lines"), right("lines", line_id="L2", capacity_unit="t/a")))
    assert stands() == {("水泥", "t/a"): {"registered": 600_060}}
    entry = CapacityEntry.objects.get(line_id="L1")
    assert (entry.of_import, entry.kind) == (brought, "registration")
    assert entry.by_id == brought.decided_by_id


def test_units_that_do_not_convert_stand_beside_each_other(take_in):
    units = {"L1": "万t/a", "L2": "kVA", "L3": "万标张/年", "L4": "标张/年"}
    take_in(facts(*(right("lines", line_id=n, capacity_unit=u) for n, u in units.items())))
    assert {unit for _, unit in stands()} == {"t/a", "kVA", "standard hides/a"}
    assert stands()["水泥", "standard hides/a"] == {"registered": 600_060}


@pytest.mark.parametrize("changes", [{"capacity": ""}, {"capacity": "0"}, {"capacity_unit": ""}])
def test_a_line_without_a_capacity_is_not_booked(take_in, changes):
    take_in(facts(right("lines", **changes)))
    assert entries() == []


def test_the_same_again_books_nothing(take_in):
    take_in(facts(right("lines")))
    take_in(facts(right("lines")), today=LATER)
    take_in(facts(right("lines", name="另一个名称")), today=LATER)
    assert entries() == [("registration", "L1")]


@pytest.mark.parametrize(("told", "stock"), [("80", 800_000), ("45.5", 455_000), ("0", None)])
def test_a_capacity_told_anew_is_adjusted(take_in, told, stock):
    take_in(facts(right("lines")))
    take_in(facts(right("lines", capacity=told)), today=LATER)
    assert entries()[1:] == [("adjustment", "L1")]
    assert stands() == ({("水泥", "t/a"): {"registered": stock}} if stock else {})
    # As of the day before, and as it was known then, nothing has changed.
    before = {("水泥", "t/a"): {"registered": 600_000}}
    assert stands(as_of=date(2018, 5, 31)) == before
    assert stands(known_on=date(2018, 5, 31)) == before


def test_a_capacity_no_longer_told_is_unknown_and_stays(take_in):
    take_in(facts(right("lines")))
    take_in(facts(right("lines", capacity="", capacity_unit="")), today=LATER)
    assert stands() == {("水泥", "t/a"): {"registered": 600_000}}


def test_another_product_leaves_the_old_one(take_in):
    take_in(facts(right("lines")))
    take_in(facts(right("lines", product="水泥熟料", capacity="50")), today=LATER)
    assert stands() == {("水泥熟料", "t/a"): {"registered": 500_000}}
    assert stands(as_of=date(2018, 5, 31)) == {("水泥", "t/a"): {"registered": 600_000}}


def test_it_counts_from_the_day_of_operation(take_in):
    take_in(facts(right("lines"), right("lines", line_id="L2", commissioned_on="")))
    cases = {date(2009, 6, 29): 0, date(2009, 6, 30): 600_000, date(2018, 3, 14): 600_000}
    for day, stock in {**cases, date(2018, 3, 15): 1_200_000}.items():
        assert sum(b.total for b in balances(Asked(as_of=day))) == stock, day
    assert not balances(Asked(as_of=date(2017, 12, 31), known_on=date(2018, 3, 14)))


def test_another_place_is_another_citys_balance(take_in):
    take_in(facts(right("lines", division_code="640104")))
    take_in(facts(right("lines", division_code="640202")), today=LATER)
    assert entries()[1:] == [("transfer", "L1")]
    assert stands(city="6401") == {}
    assert stands(city="6402") == {("水泥", "t/a"): {"registered": 600_000}}


def test_merged_entries_hold_together_and_parted_ones_apart(take_in, person):
    merger = person("640000", "reviewer")
    take_in(
        csv_files(
            {
                "enterprises": [right("enterprises"), right("enterprises", uscc=OTHER_USCC)],
                "lines": [right("lines"), right("lines", line_id="L2", uscc=OTHER_USCC)],
            }
        )
    )
    merge = merge_enterprises(USCC, OTHER_USCC, by=merger, reason="同一企业", today=LATER)
    assert stands(uscc=USCC) == {("水泥", "t/a"): {"registered": 1_200_000}}
    assert stands(uscc=OTHER_USCC) == {}
    part_enterprises(merge.pk, by=merger, reason="不是同一企业", today=LATER)
    assert stands(uscc=OTHER_USCC) == {("水泥", "t/a"): {"registered": 600_000}}
    assert stands() == {("水泥", "t/a"): {"registered": 1_200_000}}


def test_a_whole_province_books_what_it_registers(officer, small_province, book):
    take_folder(
        small_province, by=officer, today=date(2018, 3, 15), bad_rows="leave_out", book=book
    )
    told = LineVersion.objects.filter(replaced_by=None, capacity__gt=0)
    assert CapacityEntry.objects.count() == told.exclude(capacity_unit=None).count() > 20
    assert CapacityPosting.objects.count() == 2 * CapacityEntry.objects.count()
    tonnes = sum(b.total for b in balances(Asked(unit="t/a")))
    assert tonnes == sum(v.capacity * 10_000 for v in told.filter(capacity_unit="万t/a"))
    assert isinstance(tonnes, Decimal)


@pytest.mark.parametrize(
    ("told", "registered"),
    [("60", 300_000), ("30", 300_000), ("80", 500_000), ("45", 150_000), ("29.9", None)],
)
def test_what_is_gone_is_never_told_away(take_in, person, told, registered):
    """Half of it went into a replacement: 60 says all of it, 30 what is left, less is refused."""
    from phaseout.evidence.keeping import keep
    from phaseout.registry.capacity.by_hand import replace

    by = person("640000", "leader")
    take_in(facts(right("lines")))
    plan = keep([b"plan"], name="plan.txt", by=by)
    replace("L1", "一半", document=plan, by=by, reason="新建项目", today=date(2018, 4, 1))
    if registered is None:
        with pytest.raises(Refusal) as refused:
            take_in(facts(right("lines", capacity=told)), today=LATER)
        assert refused.value.code == "capacity.below_exited"
        assert LineVersion.objects.count() == 1, "nothing of the import is taken"
        registered = 300_000
    else:
        take_in(facts(right("lines", capacity=told)), today=LATER)
    assert stands() == {("水泥", "t/a"): {"registered": registered, "replaced": 300_000}}
