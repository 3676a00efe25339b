"""An import is taken whole or not at all, and only if it does what its preview said."""

from __future__ import annotations

from datetime import date

import pytest

from phaseout.law.refusals import Refusal
from phaseout.registry.imports import abandon, check, receive, take_import
from phaseout.registry.models import (
    VERSIONS,
    EnergyVersion,
    Enterprise,
    EnterpriseVersion,
    Import,
    LineVersion,
    MonitoringVersion,
    PermittedVersion,
    ProductionLine,
    Site,
    Touched,
)
from registry.given import OTHER_USCC, USCC, all_right, csv_files, right, workbook

TODAY = date(2018, 3, 15)


def versions() -> dict[str, int]:
    return {table: model.objects.count() for table, model in VERSIONS.items()}


def test_a_workbook_is_taken_and_the_present_state_follows(take_in):
    brought = take_in(workbook(all_right()))
    assert brought.state == Import.State.TAKEN
    assert {t: c["new"] for t, c in brought.counts.items()} == dict.fromkeys(all_right(), 1)
    enterprise = Enterprise.objects.get(pk=USCC)
    assert (enterprise.name, enterprise.employees) == ("虚构水泥有限公司", 120)
    line = ProductionLine.objects.get(pk="L1")
    # The line named no place of its own: it lies where its enterprise does.
    assert (line.enterprise_id, line.division_code) == (USCC, "640104")
    assert line.site == Site.objects.get(enterprise=enterprise, division_code="640104")
    assert list(Touched.objects.values_list("uscc", flat=True)) == [USCC]


def test_the_same_workbook_again_changes_nothing(take_in):
    take_in(workbook(all_right()))
    before = versions()
    Touched.objects.all().delete()
    again = take_in(workbook(all_right()))
    assert {t: c["unchanged"] for t, c in again.counts.items()} == dict.fromkeys(all_right(), 1)
    assert versions() == before
    assert not Touched.objects.exists()


def test_a_changed_value_is_a_new_version_and_the_old_one_stays(take_in):
    first = take_in(csv_files(all_right()))
    second = take_in(csv_files({"energy": [right("energy", value="93")]}), today=date(2018, 4, 2))
    old, new = EnergyVersion.objects.order_by("pk")
    assert (old.value, old.taken_by, old.replaced_by) == (95.5, first, second)
    assert (old.known_on, old.replaced_on) == (TODAY, date(2018, 4, 2))
    assert (new.value, new.taken_by, new.replaced_by) == (93, second, None)
    sample = second.samples["energy"]["changed"]
    assert [row["cells"] for row in sample] == [{"value": ["95.500000", "93.000000"]}]


def test_one_code_with_another_name_is_the_same_enterprise_and_shown_as_changed(take_in, check_in):
    take_in(csv_files(all_right()))
    brought = check_in(csv_files({"enterprises": [right("enterprises", name="虚构建材有限公司")]}))
    assert brought.counts["enterprises"]["changed"] == 1
    assert brought.samples["enterprises"]["changed"][0]["cells"] == {
        "name": ["虚构水泥有限公司", "虚构建材有限公司"]
    }
    assert Enterprise.objects.count() == 1


def test_a_list_is_told_as_a_whole(take_in):
    take_in(csv_files(all_right()))
    brought = take_in(
        csv_files({"outlets": [right("outlets", permitted_concentrations="a21026=80 mg/m3")]})
    )
    assert brought.counts["outlets"]["changed"] == 1
    standing = PermittedVersion.objects.filter(replaced_by=None)
    assert [(p.pollutant_code, p.value) for p in standing] == [("a21026", 80)]
    assert PermittedVersion.objects.filter(replaced_by=brought).count() == 2


def test_facts_may_refer_to_what_is_registered(take_in):
    take_in(csv_files(all_right("enterprises", "lines", "outlets")))
    brought = take_in(csv_files(all_right("energy", "monitoring", "permits")))
    assert {t: c["new"] for t, c in brought.counts.items()} == {
        "energy": 1,
        "monitoring": 1,
        "permits": 1,
    }


def test_facts_of_nobody_are_refused(check_in):
    brought = check_in(csv_files(all_right("energy")))
    assert brought.counts["energy"] | {"refused": 1, "new": 0} == brought.counts["energy"]
    assert [p.code for p in brought.problems.all()] == ["unknown_reference"]


def test_all_or_nothing_takes_nothing_when_a_row_is_refused(check_in, officer):
    rows = [right("outputs"), right("outputs", line_id="L2", quantity="-1")]
    brought = check_in(csv_files({**all_right("enterprises", "lines"), "outputs": rows}))
    with pytest.raises(Refusal) as refused:
        take_import(brought.pk, by=officer, today=TODAY)
    assert refused.value.code == "rows_refused"
    assert not EnterpriseVersion.objects.exists()


def test_the_good_rows_are_taken_when_asked_for(check_in, officer):
    rows = [right("outputs"), right("outputs", line_id="L2", quantity="-1")]
    brought = check_in(csv_files({**all_right("enterprises", "lines"), "outputs": rows}))
    brought = take_import(brought.pk, by=officer, today=TODAY, bad_rows="leave_out")
    assert brought.state == Import.State.TAKEN
    assert VERSIONS["outputs"].objects.count() == 1


def test_what_was_taken_or_given_up_is_not_taken_again(check_in, officer):
    brought = check_in(csv_files(all_right()))
    abandon(brought.pk, by=officer, today=TODAY)
    with pytest.raises(Refusal) as refused:
        take_import(brought.pk, by=officer, today=TODAY)
    assert refused.value.code == "import_not_checked"
    check(brought.pk)  # a job that comes late does no harm
    brought.refresh_from_db()
    assert brought.state == Import.State.ABANDONED


def test_a_taking_that_runs_twice_does_no_harm(take_in, officer):
    brought = take_in(csv_files(all_right()))
    before = versions()
    take_import(brought.pk, by=officer, today=TODAY)
    assert versions() == before


def test_a_registry_that_changed_since_the_preview_refuses_the_taking(check_in, take_in, officer):
    take_in(csv_files(all_right()))
    brought = check_in(csv_files({"energy": [right("energy", value="93")]}))
    take_in(csv_files({"energy": [right("energy", value="94")]}))
    with pytest.raises(Refusal) as refused:
        take_import(brought.pk, by=officer, today=TODAY)
    assert refused.value.code == "registry_changed"
    brought.refresh_from_db()
    assert brought.state == Import.State.CHECKED
    assert brought.samples["energy"]["changed"][0]["cells"] == {"value": ["94.000000", "93.000000"]}
    assert take_import(brought.pk, by=officer, today=TODAY).state == Import.State.TAKEN


def test_a_change_elsewhere_does_not_stand_in_the_way(check_in, take_in, officer):
    take_in(csv_files(all_right()))
    brought = check_in(csv_files({"energy": [right("energy", value="93")]}))
    take_in(csv_files({"outputs": [right("outputs", quantity="56")]}))
    assert take_import(brought.pk, by=officer, today=TODAY).state == Import.State.TAKEN


def test_what_a_crash_emptied_is_checked_again(check_in, officer):
    from django.db import connection

    brought = check_in(csv_files(all_right()))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE staging.import_{brought.pk}_energy")
    with pytest.raises(Refusal) as refused:
        take_import(brought.pk, by=officer, today=TODAY)
    assert refused.value.code == "check_again"
    assert take_import(brought.pk, by=officer, today=TODAY).state == Import.State.TAKEN


def test_readings_stand_in_the_partition_of_their_month(take_in):
    rows = [right("monitoring", time=f"{year}-12-31 23:00:00") for year in (1998, 2016, 2017, 2051)]
    take_in(csv_files({**all_right("enterprises", "lines", "outlets"), "monitoring": rows}))
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tableoid::regclass::text FROM fact_monitoring ORDER BY 1")
        assert [name for (name,) in cursor.fetchall()] == [
            "fact_monitoring_2016_12",
            "fact_monitoring_2017_12",
            "fact_monitoring_other",
        ]
    first = MonitoringVersion.objects.order_by("time").first()
    assert str(first.time) == "1998-12-31 23:00:00"


def test_a_line_does_not_move_to_another_enterprise_by_an_import(take_in, check_in):
    take_in(csv_files(all_right("enterprises", "lines")))
    brought = check_in(
        csv_files(
            {
                "enterprises": [right("enterprises", uscc=OTHER_USCC, name="另一家")],
                "lines": [right("lines", uscc=OTHER_USCC)],
            }
        )
    )
    assert [(p.table, p.code, p.value) for p in brought.problems.all()] == [
        ("lines", "registered_elsewhere", "L1")
    ]
    assert LineVersion.objects.count() == 1


def test_a_sample_of_another_enterprise_keeps_its_id(take_in, check_in):
    take_in(csv_files(all_right()))
    brought = check_in(
        csv_files(
            {
                "enterprises": [right("enterprises", uscc=OTHER_USCC, name="另一家")],
                "lines": [right("lines", uscc=OTHER_USCC, line_id="L9")],
                "tests": [right("tests", line_id="L9")],
                "outlets": [right("outlets", line_id="L9")],
            }
        )
    )
    assert [(p.table, p.code) for p in brought.problems.order_by("table")] == [
        ("outlets", "registered_elsewhere"),
        ("tests", "registered_elsewhere"),
    ]


def test_a_period_that_shares_days_with_a_registered_one_is_refused(take_in, check_in):
    take_in(csv_files(all_right()))
    brought = check_in(csv_files({"energy": [right("energy", period_end="2017-06-30")]}))
    (problem,) = brought.problems.all()
    assert (problem.code, problem.row) == ("overlaps_registered", 2)
    assert "2017-01-01/2017-12-31" in problem.expected_zh


def test_the_act_names_who_did_it_and_on_which_day(take_in, officer):
    brought = take_in(csv_files(all_right()), today=date(2018, 5, 3))
    assert (brought.decided_by, brought.decided_on) == (officer, date(2018, 5, 3))
    assert receive(csv_files(all_right()), by=officer, today=TODAY).state == Import.State.RECEIVED
