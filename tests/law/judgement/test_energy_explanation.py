"""Energy: what the explanation says, in both languages, and that it never fails."""

from __future__ import annotations

import json
from datetime import date

import pytest
from energy_bench import conditions, facts, inputs, line, of_indicator, output, together, value

from phaseout.law.judgement.authority import Decision
from phaseout.law.judgement.explain.energy import explain

ALUMINIUM = ("电解铝", "电解", "铝液交流电耗")


def explained(judged, on, facts_, indicator, **more):
    return explain(of_indicator(judged("energy", on, facts_, **more), indicator))


def test_an_exceeded_limit_is_told_with_value_edition_clause_and_what_would_pass(judged):
    fact = value(*ALUMINIUM, 14100, "kWh/t")
    said = explained(judged, "2018-06-30", facts(fact, line("电解铝")), ALUMINIUM[2])
    assert said.zh == (
        "2017年电解铝（电解）铝液交流电耗为14100 kWh/t，超过限定值13700 kWh/t达400 kWh/t（3%），"
        "未达到强制性能耗限额标准。填报值14100 kWh/t。"
        "依据《电解铝企业单位产品能源消耗限额》（GB 21346-2013）第4.1条，限定值13700 kWh/t，"
        "自2014年9月1日起至2023年12月31日有效。"
        "2005年1月1日投产，早于该版标准实施日2014年9月1日，按现有装置适用限定值。"
        "先进值为12650 kWh/t（引导性，不作为判定依据），距先进值尚差1450 kWh/t。"
        "单位产品能耗下降2.9%（400 kWh/t）即可达标。"
    )
    assert "Would pass if unit consumption fell by 2.9 % (400 kWh/t)." in said.en
    assert "GB 21346-2013" in said.en and "clause 4.1" in said.en


@pytest.mark.parametrize(
    ("amount", "share"),
    [
        ("13701", "0.0073%（1 kWh/t）"),  # 1/13701 = 0.007298…: a fall by 0.0072 % would not do
        ("13840", "1.1%（140 kWh/t）"),  # 1.0115… rounded up
        ("27400", "50%（13700 kWh/t）"),
    ],
)
def test_the_fall_that_would_pass_is_rounded_up(judged, amount, share):
    fact = value(*ALUMINIUM, amount, "kWh/t")
    said = explained(judged, "2018-06-30", facts(fact, line("电解铝")), ALUMINIUM[2])
    assert f"单位产品能耗下降{share}即可达标" in said.zh


def test_a_negative_limit_is_told_without_percentages(judged):
    fact = value("转炉钢", "转炉工序", "工序单位产品能耗", -5)
    said = explained(judged, "2018-06-30", facts(fact, line("转炉钢")), "工序单位产品能耗")
    assert "单位产品能耗下降5 kgce/t即可达标" in said.zh and "%" not in said.zh


def test_corrections_are_told_step_by_step_with_their_numbers(judged):
    fact = value("水泥", None, "水泥单位产品综合能耗", 98, period=("2023-01-01", "2023-12-31"))
    given = {"clinker_ratio": 77, "altitude": 1800, "atmospheric_pressure": 81060}
    said = explained(
        judged, "2024-06-30", facts(fact, line("水泥"), **given), "水泥单位产品综合能耗"
    )
    assert (
        "限额94 kgce/t修正为97.38328 kgce/t："
        "熟料配比修正（第5.4条，熟料配比77：1.2×(77−75)）+2.4 kgce/t，"
        "海拔修正（第5.3条，当地大气压81060：1.179-0.211×81060/101325）×1.0102" in said.zh
    )
    (step,) = [s for s in said.root.because if s.kind == "correction"]
    assert [part.cites.split("/")[0] for part in step.because] == ["methods.energy_corrections"] * 2


def test_the_computation_is_told_with_its_largest_inputs(judged):
    energies = [("电力", 1000000, "kWh"), ("焦炭", 1000, "t"), ("柴油", 1, "t"), ("汽油", 2, "t")]
    facts_ = {
        "lines": [line("电石")],
        "energy_inputs": inputs("电石", "单位产品综合能耗", *energies),
        "outputs": output("电石", 1000),
    }
    said = explained(judged, "2018-06-30", facts_, "单位产品综合能耗")
    # 971400 + 122900 + 2942.8 + 1457.1 = 1098699.9
    assert (
        "按GB/T 2589计算：E＝1098699.9 kgce（焦炭1000 t×0.9714，电力1000000 kWh×0.1229，"
        "汽油2 t×1.4714等），P＝1000 t，e＝E/P＝1098.6999 kgce/t" in said.zh
    )
    (step,) = [s for s in said.root.because if s.kind == "arithmetic"]
    assert len(step.because) == 4


def test_the_document_that_fixed_the_edition_is_cited(judged):
    fact = value(*ALUMINIUM, 13500, "kWh/t", ("2023-07-01", "2024-06-30"))
    days = (date(2024, 1, 1), date(2024, 12, 31), date(2024, 7, 1))
    taken = Decision(
        "edition",
        "GB21346-2022",
        "",
        "GB21346-2013",
        *days[:2],
        "宁工信函〔2024〕8号",
        days[2],
        "厅",
    )
    said = explained(
        judged, "2024-12-31", facts(fact, line("电解铝")), ALUMINIUM[2], decisions=[taken]
    )
    assert "主管部门以宁工信函〔2024〕8号确定该期间适用GB 21346-2013" in said.zh
    said = explained(judged, "2024-12-31", facts(fact, line("电解铝")), ALUMINIUM[2])
    assert "按此前的GB 21346-2013，限额13700 kWh/t，达标" in said.zh


def test_what_is_missing_is_named_with_its_key(judged):
    fact = value("水泥", None, "可比水泥综合能耗", 50)
    facts_ = facts(fact, line("水泥"), value_kind="comparable")
    said = explained(judged, "2018-06-30", facts_, "可比水泥综合能耗")
    assert "未填报的条件：工序名称（process_name）" in said.zh
    assert "若为现有、外购熟料（粉磨）（可比水泥综合能耗），限额8 kgce/t，超标" in said.zh
    assert "限额98 kgce/t，达标" in said.zh


def test_a_hole_is_told_with_the_document_that_holds(judged):
    fact = value("碳化硅", None, "单位产品综合能耗", 1)
    facts_ = facts(fact, line("碳化硅", "silicon_carbide"))
    said = explained(judged, "2018-06-30", facts_, "单位产品综合能耗")
    assert "《宁夏用能单位能耗限额指标》（DB64 1147-2015）" in said.zh
    assert "DB64 1147-2015" in said.en


def test_every_kind_of_finding_can_be_explained(judged):
    period = ("2026-05-01", "2026-09-30")
    coke = value("焦炭", "顶装焦炉", "焦炭单位产品能耗", 100, period=period)
    zinc = value("电锌锭", "湿法炼锌", "单位产品综合能耗", 800, period=("2024-01-01", "2024-12-31"))
    cases = [
        {"lines": [line("皮革", "leather")]},
        {"lines": [line("电石")]},
        facts(value("电石", None, "单位产品综合能耗", 1, "furlong"), line("电石")),
        facts(value("电石", None, "别的指标", 1), line("电石")),
        facts(value("白糖", None, "单位产品综合能耗", 1), line("白糖", None)),
        facts(coke, line("焦炭", commissioned_on=None), volatile_matter=30),
        facts(value("硅铁", None, "单位产品综合能耗", 1980), line("硅铁", commissioned_on=None)),
        facts(zinc, line("电锌锭")),
    ]
    rows = judged("energy", "2026-11-23", together(cases))
    assert {row["line_id"][-1] for row in rows} == set("01234567")
    for row in rows:
        said = explain(row)
        assert said.zh.endswith("。") and said.en.endswith(".")
        assert "None" not in said.zh + said.en
        assert json.loads(said.dumps())["schema"]


def test_conditions_of_a_bench_fact_carry_numbers_and_days():
    fact = value(*ALUMINIUM, 1)
    given = {row["key"]: row for row in conditions(fact, altitude=1200, rebuilt_on="2017-01-01")}
    assert given["altitude"]["number"] == "1200"
    assert given["rebuilt_on"]["day"] == "2017-01-01"
