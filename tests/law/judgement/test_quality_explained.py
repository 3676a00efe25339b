"""Quality: what the explanation tells an official."""

from __future__ import annotations

from decimal import Decimal

import pytest

from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.judgement.explain.quality import explain

LATER = "2026-11-01"
LINE = {"line_id": "L1", "uscc": "U1", "industry": "cement", "division_code": "640100"}


@pytest.fixture
def told(judged):
    def run(product, characteristic, value, unit, day="2018-01-01", on=LATER, **more):
        test = {
            "sample_id": "A",
            "line_id": "L1",
            "product": product,
            "characteristic": characteristic,
            "value": Decimal(value),
            "unit": unit,
            "sampled_on": day,
            **more,
        }
        rows = judged(Dimension.QUALITY, on, {"lines": [LINE], "tests": [test]})
        return [explain(row) for row in rows]

    return run


def test_a_miss_is_told_with_limit_clause_rounding_standing_and_the_way_out(told):
    (explanation,) = told("普通硅酸盐水泥 42.5", "28天抗压强度", "42.44", "MPa")
    assert explanation.zh == (
        "普通硅酸盐水泥 42.5的28天抗压强度为42.44 MPa，不符合不小于42.5 MPa的要求。"
        "样品A于2018年1月1日抽取，28天抗压强度检验结果为42.44 MPa。"
        "依据GB 175-2007第7.3.3条（普通硅酸盐水泥 42.5），2008年6月1日至2024年5月31日有效。"
        "按GB/T 8170修约到0.1：42.44→42.4，42.4＜42.5。"
        "该条当日为强制性要求，属于实施意见第（六）项所称强制性标准。"
        "检验结果提高0.3%即可达标。"
    )
    assert "42.44 → 42.4, and 42.4 < 42.5" in explanation.en
    assert "Would pass if the result rose by 0.3 %" in explanation.en
    assert next(step.kind for _, step in explanation.root.walk()) == "verdict"


@pytest.mark.parametrize(
    ("case", "zh", "en"),
    [
        (("热轧带肋钢筋HRB400", "屈服强度", "390", "MPa"), "当日为推荐性", "was recommended"),
        (("复合硅酸盐水泥32.5", "三氧化硫", "3", "%"), "强度等级已取消", "withdrawn"),
        (
            ("普通硅酸盐水泥 42.5", "氧化镁", "5.5", "%"),
            "是则限值放宽到6%",
            "if so the limit is 6%",
        ),
        (("硅酸盐水泥 42.5", "不溶物", "1.0", "%"), "事实未说明P·I还是P·II", "whether P·I or P·II"),
        (("玩具", "铅", "1", "%"), "没有该产品的标准", "no norm for this product"),
        (
            ("工业用皮革", "游离甲醛", "1", "%"),
            "标准不适用于工业用皮革",
            "does not reach industrial",
        ),
        (
            ("热轧带肋钢筋HRB335", "屈服强度", "300", "MPa", "2018-11-01"),
            "止于2018年10月31日",
            "2018-10-31",
        ),
        (
            ("普通硅酸盐水泥 42.5", "28天抗压强度", "40", "MPa", "2018-01-01", "2018-01-10"),
            "最早2018年1月16日届满",
            "that time ends on 2018-01-16 at the earliest",
        ),
    ],
)
def test_every_kind_of_answer_names_what_decided_it(told, case, zh, en):
    explanations = told(*case)
    assert zh in "".join(e.zh for e in explanations)
    assert en in " ".join(e.en for e in explanations)


def test_no_explanation_shows_an_empty_value_or_a_trailing_zero(told):
    for case in (
        ("普通硅酸盐水泥 42.5", "氯离子", "0.070000", "%"),
        ("肥料", "标识内容齐全", "0", None),
        ("普通硅酸盐水泥 42.5", "三氧化硫", "3", None),
        ("普通硅酸盐水泥 42.5", "三氧化硫", "3", "kWh"),
    ):
        for explanation in told(*case):
            text = explanation.zh + explanation.en + explanation.dumps()
            assert "None" not in text
            assert "0000" not in text
