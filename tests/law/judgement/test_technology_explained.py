# ruff: noqa: E501 - Chinese sentences stand in one line
"""What a technology finding says, and that every wording behind it has been read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from phaseout.law.judgement.explain.technology import explain
from phaseout.law.judgement.explanation import SCHEMA
from phaseout.law.judgement.reasons import reasons
from phaseout.law.norms import NormBook
from phaseout.law.norms.confirmation import confirm, countersign
from phaseout.law.norms.methods import method_rows
from phaseout.law.norms.reading import Kind, read, unread

Row = dict[str, Any]
Judged = Callable[..., list[Row]]


def one(judged: Judged, on: str, industry: str, type_: str, **attributes: Any) -> list[Row]:
    return judged(
        "technology",
        on,
        {
            "lines": [
                {
                    "line_id": "L1",
                    "uscc": "91640200FICTION001",
                    "name": "虚构线",
                    "industry": industry,
                    "division_code": "640200",
                }
            ],
            "equipment": [
                {
                    "equipment_id": "E1",
                    "line_id": "L1",
                    "type": type_,
                    "attribute": attribute,
                    "value": Decimal(value),
                    "unit": unit,
                }
                for attribute, (value, unit) in attributes.items()
            ],
        },
    )


def test_a_hit_is_told_with_value_item_edition_date_and_what_would_help(judged: Judged) -> None:
    [row] = one(judged, "2012-06-30", "steel", "炼铁高炉", useful_volume=("380", "m3"))
    said = explain(row)
    assert said.zh == (
        "炼铁高炉有效容积380 m³（条目：不超过400 m³），属淘汰类，应予淘汰。"
        "有效容积380 m³。"
        "《国务院关于进一步加强淘汰落后产能工作的通知》（国发〔2010〕7号）“第二部分 目标任务 钢铁”"
        "淘汰类：炼铁高炉有效容积不超过400 m³，自2010年2月6日起有效。"
        "淘汰期限2011年12月31日已过。"
        "有效容积大于400 m³即不属该条。"
    )
    assert said.en == (
        "Ironmaking blast furnace with useful volume 380 m³ (item: at most 400 m³) is in the "
        "eliminate class and must go. Useful volume 380 m³. State Council notice on "
        "further eliminating backward capacity, “part 2 targets and tasks steel”, "
        "eliminate class: ironmaking blast furnace useful volume at most 400 m³, in force from "
        "2010-02-06. Elimination was due by 2011-12-31. Outside the item with useful volume more "
        "than 400 m³."
    )
    data = json.loads(said.dumps())
    assert data["schema"] == SCHEMA
    assert data["explanation"]["cites"] == "equipment_catalogue/SC-2010-7/4"
    kinds = [step["kind"] for step in data["explanation"]["because"]]
    assert kinds == ["measured", "limit", "period", "would_pass"]


def test_a_conversion_and_a_group_show_their_arithmetic(judged: Judged) -> None:
    [row] = one(
        judged, "2017-06-30", "calcium_carbide", "电石炉", transformer_capacity=("12.5", "MVA")
    )
    assert "变压器容量12.5 MVA，合12500 kVA。" in explain(row).zh
    rows = judged(
        "technology",
        "2017-06-30",
        {
            "unit_factors": [{"from_unit": "m/min", "to_unit": "m/min", "factor": 1}],
            "lines": [{"line_id": "L1", "uscc": "U", "name": "n", "industry": "pulp_paper"}],
            "equipment": [
                {
                    "equipment_id": "E1",
                    "line_id": "L1",
                    "type": "文化纸生产线",
                    "attribute": attribute,
                    "value": value,
                    "unit": unit,
                }
                for attribute, value, unit in (
                    ("trimmed_width", Decimal("1.575"), "m"),
                    ("machine_speed", Decimal("100"), "m/min"),
                )
            ],
        },
    )
    said = explain(rows[0])
    assert (
        "该条各项须同时满足：幅宽1.575 m（条目：不超过1.76 m），车速100 m/min（条目：不超过120 m/min）。"
        in said.zh
    )
    assert "本认定为暂定" in said.zh


def test_every_verdict_has_words_in_both_languages(judged: Judged) -> None:
    cases = [
        ("2017-06-30", "steel", "炼铁高炉", {"useful_volume": ("1000", "m3")}),
        ("2017-06-30", "steel", "炼铁高炉", {"useful_volume": ("2000", "m3")}),
        ("2017-06-30", "steel", "炼铁高炉", {"presence": ("1", None)}),
        (
            "2017-06-30",
            "coke",
            "焦炉",
            {"chamber_height": ("4", "m"), "stamp_charged": ("1", None)},
        ),
        ("2017-06-30", "steel", "生产建筑用钢的工频炉、中频炉", {"presence": ("1", None)}),
        ("2017-06-30", "steel", "不知名设备", {"presence": ("1", None)}),
        ("2015-01-01", "steel", "Ⅰ级螺纹钢筋", {"presence": ("0", None)}),
    ]
    for on, industry, type_, attributes in cases:
        for row in one(judged, on, industry, type_, **attributes):
            said = explain(row)
            assert said.zh.endswith("。")
            assert said.en.endswith(".")
            assert "None" not in said.zh + said.en
            assert set(row["reasons"]) <= set(reasons())


def test_a_confirmed_row_makes_a_finding_that_stands(judged: Judged) -> None:
    row = NormBook.load().row("equipment_catalogue/NDRC-CAT-2011R/88")
    first = confirm(row, document="国家发展改革委令第21号", page="41", by="甲", on=date(2017, 6, 1))
    both = countersign(first, row, by="乙", on=date(2017, 6, 2))
    facts = {
        "lines": [{"line_id": "L1", "uscc": "U", "name": "n", "industry": "calcium_carbide"}],
        "equipment": [
            {
                "equipment_id": "E1",
                "line_id": "L1",
                "type": "电石炉",
                "attribute": "transformer_capacity",
                "value": 12499,
                "unit": "kVA",
            }
        ],
    }
    for confirmations, provisional in (((), True), ((first,), True), ((both,), False)):
        [found] = judged("technology", "2017-06-30", facts, confirmations=confirmations)
        assert found["provisional"] is provisional
        assert ("norm_not_verified" in found["reasons"]) is provisional


def test_every_exception_wording_has_been_read() -> None:
    for row in NormBook.load().equipment_catalogue:
        assert unread("equipment_catalogue", "exceptions_en", row.exceptions_en) == []


def test_every_condition_asks_for_a_key_that_is_described() -> None:
    keys = {row.key for row in method_rows("equipment_keys")}  # type: ignore[attr-defined]
    asked = {row.key for row in method_rows("equipment_scopes")}  # type: ignore[attr-defined]
    for entry in NormBook.load().equipment_catalogue:
        for part in read("equipment_catalogue", "exceptions_en", entry.exceptions_en):
            if part.kind is Kind.CONDITION:
                asked.add(part.key)
    assert asked <= keys


def test_every_method_row_speaks_of_a_wording_of_the_catalogue() -> None:
    wordings = {row.equipment_type_zh for row in NormBook.load().equipment_catalogue}
    for table in (
        "equipment_scopes",
        "equipment_areas",
        "equipment_new_building",
        "ditiaogang_entries",
    ):
        for row in method_rows(table):
            assert row.equipment_type_zh in wordings, row.row_id  # type: ignore[attr-defined]


def test_every_wording_of_new_building_is_marked_so() -> None:
    marked = {row.equipment_type_zh for row in method_rows("equipment_new_building")}  # type: ignore[attr-defined]
    says_so = {
        row.equipment_type_zh
        for row in NormBook.load().equipment_catalogue
        if "新建" in row.equipment_type_zh
    }
    assert marked == says_so
