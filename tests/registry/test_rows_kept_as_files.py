"""Rows that meet nothing registered go from the check's files straight to the versions: the same
registry as by way of the staging tables, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from django.conf import settings
from django.db import connection

from phaseout.law.refusals import Refusal
from phaseout.registry.imports import abandon, kept_rows, take_import
from phaseout.registry.imports.kept_rows import Kept
from phaseout.registry.loading import load_facts
from phaseout.registry.models import (
    VERSIONS,
    EnergyVersion,
    Enterprise,
    Import,
    MonitoringVersion,
    ProductionLine,
    Touched,
)
from phaseout.registry.standing import VERSIONED
from registry.given import USCC, all_right, csv_files, right

from .conftest import TODAY


@pytest.fixture(autouse=True)
def however_few(monkeypatch):
    monkeypatch.setattr(kept_rows, "WORTH_IT", 1)


def files_of(brought) -> list[Path]:
    return sorted((Path(settings.EVIDENCE_ROOT) / ".checked").glob(f"{brought.pk}-*/*"))


def kept(brought) -> Kept:
    return Kept.of(brought.pk, brought.kept)


def versions() -> dict[str, int]:
    return {table: model.objects.count() for table, model in VERSIONS.items()}


def test_the_first_import_is_kept_as_files_and_leaves_the_facts_that_were_taken(
    registered, small_facts, rows_of, book
):
    assert set(kept(registered).tables) == set(registered.staged)
    with duckdb.connect() as engine:
        load_facts(engine, book=book)
        for table in VERSIONED:
            assert rows_of(engine, table) == rows_of(small_facts, table), table
    assert ProductionLine.objects.count() == registered.counts["lines"]["new"]
    assert Touched.objects.values("uscc").distinct().count() == Enterprise.objects.count()


def test_what_is_new_is_counted_and_shown_as_by_the_other_way(check_in, monkeypatch):
    rows = csv_files(all_right())
    straight = check_in(rows)
    monkeypatch.setattr(kept_rows, "WORTH_IT", 1_000)
    staged = check_in(csv_files(all_right()))
    assert (straight.counts, straight.samples) == (staged.counts, staged.samples)
    assert straight.kept
    assert not staged.kept


def test_what_meets_something_is_staged_and_compared(take_in, check_in, officer):
    take_in(csv_files(all_right()))
    month = right("monitoring", time="2017-07-01 08:00:00")
    brought = check_in(csv_files({"energy": [right("energy", value="93")], "monitoring": [month]}))
    assert set(kept(brought).tables) == {"monitoring"}
    take_import(brought.pk, by=officer, today=TODAY)
    assert EnergyVersion.objects.count() == 2
    assert MonitoringVersion.objects.count() == 2
    again = take_in(csv_files({"monitoring": [month]}))
    assert again.counts["monitoring"]["unchanged"] == 1
    assert MonitoringVersion.objects.count() == 2


def test_the_versions_name_the_import_and_the_day_of_the_taking(check_in, officer):
    brought = check_in(csv_files(all_right()))
    later = TODAY.replace(day=20)
    take_import(brought.pk, by=officer, today=later)
    for table, model in VERSIONS.items():
        found = model.objects.values_list("taken_by_id", "known_on", "replaced_by_id").distinct()
        assert list(found) in ([(brought.pk, later, None)], []), table


@pytest.mark.parametrize(
    "spoil", [Path.unlink, lambda file: file.write_bytes(b""), lambda file: file.write_bytes(b"x")]
)
@pytest.mark.django_db(transaction=True)
def test_files_that_are_not_whole_are_made_again_and_nothing_of_them_is_taken(
    check_in, officer, spoil
):
    brought = check_in(csv_files(all_right()))
    before = versions()
    spoil(next(file for file in files_of(brought) if file.name == "permits.csv"))
    with pytest.raises(Refusal) as refused:
        take_import(brought.pk, by=officer, today=TODAY)
    assert refused.value.code == "check_again"
    assert versions() == before
    assert take_import(brought.pk, by=officer, today=TODAY).state == Import.State.TAKEN
    assert files_of(brought) == []


@pytest.mark.django_db(transaction=True)
def test_what_another_import_registered_meanwhile_is_not_registered_twice(check_in, officer):
    mine, yours = check_in(csv_files(all_right())), check_in(csv_files(all_right()))
    take_import(mine.pk, by=officer, today=TODAY)
    with pytest.raises(Refusal) as refused:
        take_import(yours.pk, by=officer, today=TODAY)
    assert refused.value.code == "registry_changed"
    taken = take_import(yours.pk, by=officer, today=TODAY)
    assert taken.counts["energy"]["unchanged"] == 1
    assert EnergyVersion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_given_up_or_checked_anew_nothing_is_left_on_the_disk(check_in, officer, book):
    from phaseout.registry.imports import check

    brought = check_in(csv_files(all_right()))
    first = files_of(brought)
    check(brought.pk, book=book)
    assert len(files_of(brought)) == len(first)
    assert not set(files_of(brought)) & set(first)
    abandon(brought.pk, by=officer, today=TODAY)
    assert files_of(brought) == []


def test_a_cell_with_line_breaks_and_quotes_comes_through(take_in):
    name = 'a "quoted", name\r\nof two lines'
    take_in(csv_files({"enterprises": [right("enterprises", name=name)]}))
    assert Enterprise.objects.get(pk=USCC).name == name


@pytest.mark.django_db(transaction=True)
def test_only_the_months_that_came_get_a_partition(take_in):
    rows = [right("monitoring", time=f"{year}-11-30 23:00:00") for year in (1998, 2016, 2051)]
    take_in(csv_files({**all_right("enterprises", "lines", "outlets"), "monitoring": rows}))
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tableoid::regclass::text FROM fact_monitoring ORDER BY 1")
        parts = [name for (name,) in cursor.fetchall()]
    assert parts == ["fact_monitoring_2016_11", "fact_monitoring_other"]
