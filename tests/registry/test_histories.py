"""Who changed what, when, by which import: old and new, read off the versions."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from phaseout.accounts.scope import scope_of
from phaseout.registry import showing
from phaseout.registry.histories import history
from phaseout.registry.models import Enterprise, ProductionLine
from registry.given import USCC, all_right, csv_files, right

FIRST, SECOND, THIRD = date(2018, 3, 15), date(2018, 4, 2), date(2018, 5, 3)
EVERYTHING = Q()


def told(entries):
    return [(e.start, e.end, e.source, e.changes) for e in entries]


def test_three_imports_leave_three_entries(take_in):
    one = take_in(csv_files(all_right("enterprises")), today=FIRST)
    two = take_in(
        csv_files({"enterprises": [right("enterprises", name="虚构建材有限公司", employees="98")]}),
        today=SECOND,
    )
    three = take_in(
        csv_files({"enterprises": [right("enterprises", name="虚构建材有限公司", employees="")]}),
        today=THIRD,
    )
    entries = history([("enterprises", Q(uscc=USCC))], visible=EVERYTHING)
    assert told(entries) == [
        (THIRD, None, f"导入 {three.pk}", [("职工人数", "98", "")]),
        (
            SECOND,
            THIRD,
            f"导入 {two.pk}",
            [("企业名称", "虚构水泥有限公司", "虚构建材有限公司"), ("职工人数", "120", "98")],
        ),
        (FIRST, SECOND, f"导入 {one.pk}", []),
    ]
    assert [entry.by for entry in entries] == ["officer-640000"] * 3
    assert entries[0].source_url == f"/imports/{three.pk}/"


def test_an_import_that_the_reader_may_not_open_is_no_link(take_in):
    take_in(csv_files(all_right("enterprises")))
    (entry,) = history([("enterprises", Q(uscc=USCC))], visible=Q(pk__in=[]))
    assert entry.source_url == ""


def test_a_line_tells_of_its_equipment_and_of_what_its_outlets_may_emit(take_in, officer):
    take_in(csv_files(all_right()), today=FIRST)
    two = take_in(
        csv_files(
            {
                "equipment": [right("equipment", value="2.4", status="封存")],
                "outlets": [right("outlets", permitted_concentrations="a21026=80 mg/m3")],
            }
        ),
        today=SECOND,
    )
    line = ProductionLine.objects.get(pk="L1")
    entries = showing.history_of_line(line, scope_of(officer, on=THIRD), officer)
    assert [change for e in entries if e.source == f"导入 {two.pk}" for change in e.changes] == [
        ("设备 E1 直径 数值", "2.2", "2.4"),
        ("设备 E1 直径 状态", "在用", "封存"),
        ("许可浓度 O1 二氧化硫 许可浓度", "100", "80"),
        ("许可浓度 O1 颗粒物", "20 mg/m³", ""),
    ]


def test_an_enterprise_tells_of_its_permits(take_in, officer):
    take_in(csv_files(all_right()), today=FIRST)
    take_in(csv_files({"permits": [right("permits", valid_to="2019-12-31")]}), today=SECOND)
    enterprise = Enterprise.objects.get(pk=USCC)
    entries = showing.history_of_enterprise(enterprise, scope_of(officer, on=THIRD), officer)
    assert entries[0].changes == [("许可证 排污许可证 P-1 有效期止", "", "2019-12-31")]


def test_a_change_taken_back_on_the_same_day_stays_in_the_history(take_in):
    for value in ("95.5", "93", "95.5"):
        take_in(
            csv_files(
                {**all_right("enterprises", "lines"), "energy": [right("energy", value=value)]}
            )
        )
    entries = history([("energy", Q(line_id="L1"))], visible=EVERYTHING)
    assert [e.changes for e in entries] == [
        [("数值", "93", "95.5")],
        [("数值", "95.5", "93")],
        [],
    ]
