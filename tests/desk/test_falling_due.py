"""What the law's tables change between two days: the first excluded, the last inside."""

from __future__ import annotations

from datetime import date

from phaseout.desk.falling_due import changes


def test_an_edition_begins_on_its_first_day_and_the_old_one_ceases_then() -> None:
    """GB 21341-2017 is in force from 2018-11-01; the 2008 edition's last day is 2018-10-31."""
    for since, until, seen in (
        (date(2018, 10, 30), date(2018, 10, 31), False),
        (date(2018, 10, 31), date(2018, 11, 1), True),
        (date(2018, 11, 1), date(2018, 11, 2), False),
    ):
        found = changes(since, until)
        begun = {edition.source.number for edition in found.begins}
        ceased = {edition.source.number for edition in found.ceases}
        assert ("GB 21341-2017" in begun) is seen
        assert ("GB 21341-2008" in ceased) is seen


def test_an_office_is_renamed_on_the_first_day_of_its_new_name() -> None:
    found = changes(date(2018, 11, 12), date(2018, 11, 13))
    assert ("自治区环境保护厅", "自治区生态环境厅") in [
        (before.name_zh, after.name_zh) for before, after in found.renamed
    ]
    assert not changes(date(2018, 11, 13), date(2018, 11, 14)).renamed


def test_a_quiet_day_brings_nothing() -> None:
    assert not changes(date(2018, 3, 15), date(2018, 3, 16))
