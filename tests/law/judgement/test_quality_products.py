"""Quality: a tested product meets the rows of its grade, its kind and its family."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.norms import NormBook
from phaseout.law.norms.methods import method_rows

LATER = "2026-11-01"
LINE = {"line_id": "L1", "uscc": "U1", "industry": "cement", "division_code": "640100"}
BLANKS = str.maketrans({"(": "（", ")": "）", " ": None, "　": None, "Φ": None, "φ": None})


def name_key(name: str) -> str:
    return name.translate(BLANKS).replace("毫米", "").replace("mm", "").upper()


@pytest.fixture
def sampled(judged):
    """sampled([(product, characteristic, value, unit, day), …]) → per case its rows."""

    def run(cases, on=LATER):
        tests = [
            {
                "sample_id": f"S{at:03}",
                "line_id": "L1",
                "product": product,
                "characteristic": characteristic,
                "value": Decimal(value),
                "unit": unit,
                "sampled_on": day,
            }
            for at, (product, characteristic, value, unit, day) in enumerate(cases)
        ]
        rows = judged(Dimension.QUALITY, on, {"lines": [LINE], "tests": tests})
        return [[r for r in rows if r["subject"] == f"S{at:03}"] for at in range(len(cases))]

    return run


# product as tested, characteristic, a passing value, unit, day → the rows that reach it
FAMILIES = [
    ("普通硅酸盐水泥 42.5", "28天抗压强度", "50", "MPa", "2018-01-01", ["普通硅酸盐水泥 42.5"]),
    ("P·O 42.5", "28天抗压强度", "50", "MPa", "2018-01-01", ["普通硅酸盐水泥 42.5"]),
    ("P.O42.5", "三氧化硫", "3", "%", "2018-01-01", ["普通硅酸盐水泥P·O"]),
    ("普通硅酸盐水泥 42.5", "水溶性六价铬", "5", "mg/kg", "2018-01-01", ["水泥"]),
    ("普通硅酸盐水泥 42.5", "水溶性六价铬", "5", "mg/kg", "2016-09-30", [None]),
    ("普通硅酸盐水泥 42.5", "28天抗压强度", "50", "MPa", "2024-06-01", ["通用硅酸盐水泥 42.5"]),
    ("普通硅酸盐水泥 42.5", "终凝时间", "500", "min", "2024-06-01", ["其他通用水泥"]),
    ("硅酸盐水泥P·II 52.5R", "终凝时间", "380", "min", "2024-06-01", ["硅酸盐水泥"]),
    (
        "矿渣水泥 32.5",
        "28天抗压强度",
        "40",
        "MPa",
        "2015-11-30",
        ["矿渣、火山灰、粉煤灰、复合水泥 32.5"],
    ),
    ("矿渣水泥 32.5", "28天抗压强度", "40", "MPa", "2015-12-01", ["矿渣、火山灰、粉煤灰水泥 32.5"]),
    ("HRB400E", "屈服强度", "450", "MPa", "2017-01-01", ["热轧带肋钢筋HRB400"]),
    ("HRB400E", "实测抗拉与实测屈服之比", "1.3", "-", "2017-01-01", ["抗震带肋钢筋"]),
    ("HRB400", "实测抗拉与实测屈服之比", "1.3", "-", "2017-01-01", [None]),
    ("HRB400E", "最大力总伸长率", "9.5", "%", "2017-01-01", ["抗震带肋钢筋", "热轧带肋钢筋HRB400"]),
    ("HRB400E Φ16", "重量偏差（绝对值）", "3", "%", "2017-01-01", ["带肋钢筋 14-20毫米"]),
    (
        "热轧带肋钢筋HRB400E 6-12毫米",
        "重量偏差（绝对值）",
        "3",
        "%",
        "2017-01-01",
        ["带肋钢筋 6-12毫米"],
    ),
    (
        "商品煤 褐煤（运距超600公里）",
        "灰分",
        "15",
        "%",
        "2018-01-01",
        ["商品煤 褐煤", "商品煤 褐煤（运距超600公里）"],
    ),
    ("商品煤 褐煤", "汞", "0.1", "ug/g", "2018-01-01", ["商品煤"]),
    ("农业用尿素 合格品", "缩二脲", "1", "%", "2021-01-01", ["农业用尿素 合格品", "无机肥料"]),
    ("农业用尿素 合格品", "标识内容齐全", "1", None, "2021-01-01", ["肥料"]),
    (
        "日用皮革和毛皮 C类 白羊剪绒",
        "游离甲醛",
        "500",
        "mg/kg",
        "2018-01-01",
        ["日用皮革和毛皮 C类 白羊剪绒"],
    ),
    (
        "日用皮革和毛皮 C类 白羊剪绒",
        "可分解有害芳香胺",
        "5",
        "mg/kg",
        "2018-01-01",
        ["日用皮革和毛皮 C类 非直接接触皮肤"],
    ),
    ("电石 优等品", "乙炔中硫化氢", "0.05", "% (vol)", "2016-01-01", ["电石"]),
    ("硅铁FeSi75", "硅", "75", "%", "2018-01-01", ["硅铁FeSi75"]),
]


def test_every_row_of_the_grade_the_kind_and_the_family_reaches_the_product(judged):
    tests = [
        {
            "sample_id": f"S{at:03}",
            "line_id": "L1",
            "product": product,
            "characteristic": characteristic,
            "value": Decimal(value),
            "unit": unit,
            "sampled_on": day,
        }
        for at, (product, characteristic, value, unit, day, _) in enumerate(FAMILIES)
    ]
    units = [{"from_unit": u, "to_unit": u, "factor": 1} for u in ("ug/g", "% (vol)")]
    facts = {"lines": [LINE], "tests": tests, "unit_factors": units}
    rows = judged(Dimension.QUALITY, LATER, facts)
    for at, case in enumerate(FAMILIES):
        mine = [row for row in rows if row["subject"] == f"S{at:03}"]
        assert (case, sorted(str(row["row_product"]) for row in mine)) == (
            case,
            sorted(str(name) for name in case[5]),
        )


# a product whose name leaves open which of several rows holds
OPEN_NAMES = [
    # between the insoluble residue of P·I (0.75) and of P·II (1.50)
    ("硅酸盐水泥 42.5", "不溶物", "0.70", "%", "2018-01-01", "compliant"),
    ("硅酸盐水泥 42.5", "不溶物", "1.00", "%", "2018-01-01", "undetermined"),
    ("硅酸盐水泥 42.5", "不溶物", "1.60", "%", "2018-01-01", "noncompliant"),
    # the class of the carbide: 260, 280 or 300
    ("电石", "发气量", "259", "L/kg", "2016-01-01", "noncompliant"),
    ("电石", "发气量", "270", "L/kg", "2016-01-01", "undetermined"),
    ("电石", "发气量", "300", "L/kg", "2016-01-01", "compliant"),
    # class C, perhaps white sheared sheepskin
    ("日用皮革和毛皮 C类 非直接接触皮肤", "游离甲醛", "300", "mg/kg", "2018-01-01", "compliant"),
    ("日用皮革和毛皮 C类 非直接接触皮肤", "游离甲醛", "301", "mg/kg", "2018-01-01", "undetermined"),
    ("日用皮革和毛皮 C类 非直接接触皮肤", "游离甲醛", "601", "mg/kg", "2018-01-01", "noncompliant"),
    # the diameter of the bar
    ("HRB400", "重量偏差（绝对值）", "4", "%", "2017-01-01", "compliant"),
    ("HRB400", "重量偏差（绝对值）", "6", "%", "2017-01-01", "undetermined"),
    ("HRB400", "重量偏差（绝对值）", "8", "%", "2017-01-01", "noncompliant"),
]


def test_a_name_that_leaves_the_row_open_is_answered_only_where_all_rows_agree(judged):
    tests = [
        {
            "sample_id": f"S{at:03}",
            "line_id": "L1",
            "product": product,
            "characteristic": characteristic,
            "value": Decimal(value),
            "unit": unit,
            "sampled_on": day,
        }
        for at, (product, characteristic, value, unit, day, _) in enumerate(OPEN_NAMES)
    ]
    units = [{"from_unit": "L/kg", "to_unit": "L/kg", "factor": 1}]
    facts = {"lines": [LINE], "tests": tests, "unit_factors": units}
    rows = judged(Dimension.QUALITY, LATER, facts)
    for at, case in enumerate(OPEN_NAMES):
        (row,) = (row for row in rows if row["subject"] == f"S{at:03}")
        assert (case, row["verdict"]) == (case, case[5])
        assert "condition_not_given" in row["reasons"]
        assert row["provisional"] or row["verdict"] == "undetermined"


def test_coal_carried_far_is_a_condition_beside_the_row_that_always_holds(sampled):
    answers = sampled(
        [("商品煤 其他煤种", "灰分", ash, "%", "2018-01-01") for ash in ("30", "31", "40", "41")]
    )
    got = [{row["clause"]: row["verdict"] for row in rows} for rows in answers]
    assert got == [
        {"第六条": "compliant", "第七条": "compliant"},
        {"第六条": "compliant", "第七条": "undetermined"},
        {"第六条": "compliant", "第七条": "undetermined"},
        {"第六条": "noncompliant", "第七条": "undetermined"},
    ]


WITHDRAWN = [
    # the grade, the day, the source that withdrew it (None: not withdrawn)
    ("复合硅酸盐水泥32.5", "2015-11-30", None),
    ("复合硅酸盐水泥32.5", "2015-12-01", "GB-175-2007-XG2"),
    ("复合硅酸盐水泥32.5", "2024-05-31", "GB-175-2007-XG2"),
    ("复合硅酸盐水泥32.5", "2024-06-01", "GB-175-2023"),
    ("复合硅酸盐水泥32.5R", "2019-09-30", None),
    ("复合硅酸盐水泥32.5R", "2019-10-01", "GB-175-2007-XG3"),
    ("复合硅酸盐水泥32.5R", "2024-06-01", "GB-175-2023"),
    ("P.C32.5R", "2019-10-01", "GB-175-2007-XG3"),
    ("矿渣硅酸盐水泥 32.5", "2019-10-01", None),
    ("复合硅酸盐水泥42.5", "2024-06-01", None),
]


def test_making_a_withdrawn_grade_misses_the_standard_from_its_day_on(sampled):
    cases = [(product, "28天抗压强度", "60", "MPa", day) for product, day, _ in WITHDRAWN]
    for case, rows in zip(WITHDRAWN, sampled(cases), strict=True):
        missed = [row["source_id"] for row in rows if row["verdict"] == "noncompliant"]
        assert (case, missed) == (case, [case[2]] if case[2] else [])
        assert all(row["effect"] == "opens" for row in rows if row["verdict"] == "noncompliant")


def test_a_withdrawn_grade_gives_one_finding_a_sample_however_much_was_tested(judged):
    tests = [
        {"sample_id": "S1", "line_id": "L1", "product": "复合硅酸盐水泥32.5R", "value": value,
         "characteristic": characteristic, "unit": unit, "sampled_on": "2019-10-01"}
        for characteristic, value, unit in (
            ("28天抗压强度", 40, "MPa"), ("3天抗压强度", 20, "MPa"), ("三氧化硫", 3, "%"),
        )
    ]  # fmt: skip
    rows = judged(Dimension.QUALITY, LATER, {"lines": [LINE], "tests": tests})
    assert [(r["indicator"], r["verdict"]) for r in rows] == [
        ("三氧化硫", "compliant"),
        ("强度等级已取消", "noncompliant"),
    ]


# --- the tables


def test_every_product_of_the_store_can_be_tested_under_its_own_name():
    known = {name_key(row.product_zh) for row in method_rows("product_scopes")}
    assert {row.product_zh for row in NormBook.load().product_standards if
            name_key(row.product_zh) not in known} == set()  # fmt: skip


def test_every_scope_covers_a_product_of_the_store_and_every_row_is_reached():
    store = {row.product_zh for row in NormBook.load().product_standards}
    covered = {row.covers_zh for row in method_rows("product_scopes") if row.mode != "outside"}
    assert covered == store


def test_a_name_means_one_product_only():
    scopes = {(name_key(r.product_zh), r.product_zh) for r in method_rows("product_scopes")}
    names = {(name_key(r.name), r.product_zh) for r in method_rows("product_names")}
    counted = Counter(key for key, _ in scopes | names)
    assert [key for key, count in counted.items() if count > 1] == []
    assert {p for _, p in names} <= {p for _, p in scopes}


def test_modes_are_known_and_every_open_mode_asks_a_question():
    for row in method_rows("product_scopes"):
        assert row.mode in ("every", "one_of", "only_if", "outside"), row
        assert (row.mode == "every") == (row.question_zh == "" == row.question_en), row
    pairs = Counter((r.product_zh, r.covers_zh) for r in method_rows("product_scopes"))
    assert max(pairs.values()) == 1


def test_characteristic_names_lead_to_characteristics_of_the_store_or_to_a_companion_test():
    store = {row.characteristic_zh for row in NormBook.load().product_standards}
    companions = {row.settled_by for row in method_rows("alternative_limits")} - {""}
    assert {r.characteristic_zh for r in method_rows("characteristic_names")} <= store | companions


def test_mandatory_clauses_name_clauses_of_the_store_and_do_not_overlap():
    book = NormBook.load()
    standing = method_rows("mandatory_clauses")
    assert {row.standing for row in standing} == {"mandatory", "recommended", "order", "unsettled"}
    for source in {row.source_id for row in standing}:
        written = {row.clause for row in book.product_standards if row.source_id == source}
        named = {row.clause for row in standing if row.source_id == source}
        assert "*" in named, source
        assert written & named or written, source
    spans = Counter((row.source_id, row.clause) for row in standing)
    assert max(spans.values()) == 1


def test_the_unsettled_standing_of_carbide_begins_with_the_announcement_of_2017():
    (row,) = (r for r in method_rows("mandatory_clauses") if r.standing == "unsettled")
    assert (row.source_id, row.effective_from) == ("GB-10665-2004", date(2017, 3, 23))


def test_every_method_row_of_quality_names_a_source_we_hold():
    sources = NormBook.load().sources
    for table in ("product_names", "product_scopes", "characteristic_names", "mandatory_clauses",
                  "alternative_limits"):  # fmt: skip
        assert {r.source_id for r in method_rows(table)} <= set(sources)
