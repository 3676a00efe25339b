"""Energy: the corrections of energy_method.md section 3, each with numbers worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from energy_bench import facts, line, of_case, of_indicator, together, value

PERIODS = {
    "GB16780-2012": ("2017-01-01", "2017-12-31"),
    "GB16780-2021": ("2023-01-01", "2023-12-31"),
    "GB21256-2025": ("2026-07-01", "2026-09-30"),
    "GB21341-2008": ("2017-01-01", "2017-12-31"),
    "GB21341-2022": ("2025-01-01", "2025-12-31"),
    "GB21342-2025": ("2026-05-01", "2026-09-30"),
    "GB29140-2024": ("2026-01-01", "2026-06-30"),
    "GB29141-2024": ("2026-01-01", "2026-06-30"),
    "GB29446-2019": ("2023-01-01", "2023-12-31"),
    "GB31825-2024": ("2026-01-01", "2026-06-30"),
}


def case(source, product, process, indicator, amount, unit, given, built="2005-01-01"):
    fact = value(product, process, indicator, amount, unit, PERIODS[source])
    return facts(fact, line(product, commissioned_on=built), **given)


def ask_all(judged, cases):
    """The finding of each case's own value, all from one judgement."""
    rows = [
        row for row in judged("energy", "2026-11-23", together(cases)) if row["how"] == "direct"
    ]
    return [of_case(rows, number)[0] for number in range(len(cases))]


def ask(judged, *args):
    (found,) = ask_all(judged, [case(*args)])
    assert found["source_id"] == args[0]
    return found


CLINKER = ("GB16780-2021", "水泥熟料", None, "熟料单位产品综合能耗")
CEMENT = ("GB16780-2021", "水泥", None, "水泥单位产品综合能耗")
SINTER = ("GB21256-2025", "烧结矿", "烧结工序", "工序单位产品能耗")
IRON = ("GB21256-2025", "生铁", "高炉工序", "工序单位产品能耗")
CONVERTER = ("GB21256-2025", "转炉钢", "转炉工序", "工序单位产品能耗")
FURNACE = ("GB21256-2025", "电弧炉钢", "电弧炉工序，容量≥70t", "工序单位产品能耗")
TOP = ("GB21342-2025", "焦炭", "顶装焦炉", "焦炭单位产品能耗")
STAMP = ("GB21342-2025", "焦炭", "捣固焦炉", "焦炭单位产品能耗")
SILICON = ("GB21341-2022", "硅铁", "矿热炉", "单位产品冶炼电耗")
CHROME = ("GB21341-2022", "高碳铬铁", "矿热炉", "单位产品冶炼电耗")
MANGANESE_2008 = ("GB21341-2008", "电炉锰铁", "矿热炉", "单位产品冶炼电耗")
SODA = ("GB29140-2024", "轻质纯碱", "联碱法", "单位产品综合能耗")
ACID = ("GB29141-2024", "工业硫酸", "硫铁矿制酸", "单位产品综合能耗")
PAPER = ("GB31825-2024", "热敏原纸、无碳复写纸原纸", None, "单位产品能耗")

NO_ORE = {"rare_earth_ore_share": 0, "vanadium_titanium_ore_share": 0, "laterite_ore_share": 0}
COKE = {
    "mixed_gas_share": 0,
    "coal_moisture": 10,
    "volatile_matter": 23,
    "oven_age": 5,
    "quenching": "dry",
}
STAMPED = {**COKE, "coal_moisture": "10.5", "volatile_matter": 25}
FURNACE_PLAIN = {"hot_metal_ratio": 0, "stainless": "no", "steel_kind": "plain_carbon"}
CONVERTED = {"converter_kind": "ordinary", "scrap_ratio": 0, "steel_kind": "plain_carbon"}


CORRECTED_LIMITS = [
    # GB 16780-2021 5.4: 94 + (r - 75) x 1.20; grade 2: 87 + (r - 75) x 1.15
    (CEMENT, "kgce/t", {"clinker_ratio": 77, "altitude": 1000}, "2005-01-01", "96.4"),
    (CEMENT, "kgce/t", {"clinker_ratio": 70, "altitude": 1000}, "2005-01-01", "88"),
    (CEMENT, "kgce/t", {"clinker_ratio": 77, "altitude": 1000}, "2023-01-01", "89.3"),
    # 5.3: 1.179 - 0.211 x 81060/101325 = 1.179 - 0.1688 = 1.0102; 117 x 1.0102 = 118.1934
    (
        CLINKER,
        "kgce/t",
        {"altitude": 1501, "atmospheric_pressure": 81060},
        "2005-01-01",
        "118.1934",
    ),
    (CLINKER, "kgce/t", {"altitude": 1500, "atmospheric_pressure": 81060}, "2005-01-01", "117"),
    (CLINKER, "kgce/t", {"altitude": 1501, "atmospheric_pressure": 81060}, "2023-01-01", "107"),
    # 5.4 then 5.3: (94 + 2 x 1.20) x 1.0102 = 96.4 x 1.0102 = 97.38328
    (
        CEMENT,
        "kgce/t",
        {"clinker_ratio": 77, "altitude": 1800, "atmospheric_pressure": 81060},
        "2005-01-01",
        "97.38328",
    ),
    # GB 21256-2025 4.1: 52 + 10 x 0.15 + 20 x 0.2 + 1 x 1.2 = 58.7
    (
        SINTER,
        "kgce/t",
        {
            "rare_earth_ore_share": 10,
            "vanadium_titanium_ore_share": 20,
            "laterite_ore_share": 1,
        },
        "2005-01-01",
        "58.7",
    ),
    # 4.3: 415 + 10 x 0.45 + (62 - 60) x 3.61 = 415 + 4.5 + 7.22 = 426.72
    (
        IRON,
        "kgce/t",
        {**NO_ORE, "vanadium_titanium_ore_share": 10, "feed_grade": 60},
        "2005-01-01",
        "426.72",
    ),
    (IRON, "kgce/t", {**NO_ORE, "feed_grade": 57}, "2005-01-01", "433.05"),  # 5 x 3.61
    (IRON, "kgce/t", {**NO_ORE, "feed_grade": 50}, "2005-01-01", "433.05"),  # at most 5 points
    (IRON, "kgce/t", {**NO_ORE, "feed_grade": 62}, "2005-01-01", "415"),
    (IRON, "kgce/t", {**NO_ORE, "feed_grade": 65}, "2005-01-01", "415"),  # no reduction
    # 4.4: -12 + 20 x 0.23 + 1.2 = -6.2
    (
        CONVERTER,
        "kgce/t",
        {**CONVERTED, "scrap_ratio": 20, "steel_kind": "轴承钢"},
        "2005-01-01",
        "-6.2",
    ),
    (CONVERTER, "kgce/t", {**CONVERTED, "steel_kind": "quality_carbon"}, "2005-01-01", "-11.2"),
    (CONVERTER, "kgce/t", {**CONVERTED, "steel_kind": "pipeline"}, "2005-01-01", "-10.5"),
    # 4.5: 72 x 1.10 - 0.8 x 30 + 0 = 79.2 - 24 = 55.2; 72 - 24 + 15 = 63
    (
        FURNACE,
        "kgce/t",
        {"hot_metal_ratio": 30, "stainless": "yes", "steel_kind": "plain_carbon"},
        "2005-01-01",
        "55.2",
    ),
    (
        FURNACE,
        "kgce/t",
        {**FURNACE_PLAIN, "hot_metal_ratio": 30, "steel_kind": "gear"},
        "2005-01-01",
        "63",
    ),
    (
        FURNACE,
        "kgce/t",
        {**FURNACE_PLAIN, "steel_kind": "优质碳素结构钢"},
        "2026-07-01",
        "72",
    ),  # 64 + 8
    # GB 21342-2025 5.3, top-charging grade 3, base 135
    (TOP, "kgce/t", COKE, "2005-01-01", "135"),
    (TOP, "kgce/t", {**COKE, "mixed_gas_share": 50}, "2005-01-01", "139"),  # 8.00 x 0.5
    (TOP, "kgce/t", {**COKE, "coal_moisture": 12}, "2005-01-01", "142.34"),  # 2 x 3.67
    (TOP, "kgce/t", {**COKE, "volatile_matter": 21}, "2005-01-01", "126.7"),  # -8.30
    (
        TOP,
        "kgce/t",
        {**COKE, "volatile_matter": "24.5"},
        "2005-01-01",
        "141.4",
    ),  # (4.25+8.55)/2
    (TOP, "kgce/t", {**COKE, "volatile_matter": 28}, "2005-01-01", "153.71"),
    (TOP, "kgce/t", {**COKE, "oven_age": 15}, "2005-01-01", "135"),
    (TOP, "kgce/t", {**COKE, "oven_age": "15.1"}, "2005-01-01", "137.5"),
    (TOP, "kgce/t", {**COKE, "oven_age": 25}, "2005-01-01", "137.5"),
    (TOP, "kgce/t", {**COKE, "oven_age": "25.1"}, "2005-01-01", "140.5"),
    (TOP, "kgce/t", {**COKE, "quenching": "湿熄焦"}, "2005-01-01", "181.46"),  # 46.46
    # grade 2 takes neither oven age nor quenching: base 110
    (TOP, "kgce/t", {**COKE, "oven_age": 30, "quenching": "wet"}, "2026-05-01", "110"),
    (STAMP, "kgce/t", STAMPED, "2005-01-01", "140"),
    (STAMP, "kgce/t", {**STAMPED, "mixed_gas_share": 25}, "2005-01-01", "143"),  # 12.00 x 0.25
    (STAMP, "kgce/t", {**STAMPED, "coal_moisture": "9.5"}, "2005-01-01", "136.29"),  # -3.71
    (
        STAMP,
        "kgce/t",
        {**STAMPED, "volatile_matter": "31.5"},
        "2005-01-01",
        "162.865",
    ),  # 22.865
    # GB 21341-2022: 8400 - (96 - 98) x 40 = 8480; chrome 3500 - (42 - 40) x 80 = 3340
    (SILICON, "kWh/t", {"ore_grade": 96}, "2005-01-01", "8480"),
    (SILICON, "kWh/t", {"ore_grade": 99}, "2005-01-01", "8360"),
    (CHROME, "kWh/t", {"ore_grade": 42, "cr_fe_ratio": "2.2"}, "2005-01-01", "3340"),
    (CHROME, "kWh/t", {"ore_grade": 42, "cr_fe_ratio": "2.19"}, "2005-01-01", "3500"),
    # GB 21341-2008: 2700 - (36 - 38) x 60 = 2820
    (
        MANGANESE_2008,
        "kWh/t",
        {"ore_grade": 36, "product_grade": "FeMn68C7.0"},
        "2005-01-01",
        "2820",
    ),
    # GB 29140-2024: 200 x 1.18; GB 29141-2024: -90 + 35; GB 31825-2024: 500 + 200
    (SODA, "kgce/t", {"salt": "sun_dried"}, "2005-01-01", "236"),
    (SODA, "kgce/t", {"salt": "精制盐"}, "2005-01-01", "200"),
    (ACID, "kgce/t", {"acid_grade": "oleum_20"}, "2005-01-01", "-55"),
    (ACID, "kgce/t", {"acid_grade": "98"}, "2005-01-01", "-90"),
    (PAPER, "kgce/t", {"made_together": "yes", "drying": "none"}, "2005-01-01", "700"),
]


def test_a_limit_is_corrected_as_the_clause_says(judged):
    cases, expected = [], []
    for norm, unit, given, built, limit in CORRECTED_LIMITS:
        for excess, verdict in (("0", "compliant"), ("0.000001", "noncompliant")):
            amount = Decimal(limit) + Decimal(excess)
            cases.append(case(*norm, amount, unit, given, built))
            expected.append((norm, given, Decimal(limit), verdict, False))
    found = ask_all(judged, cases)
    assert [
        (norm, given, row["limit_value"], row["verdict"], row["provisional"])
        for (norm, given, *_), row in zip(expected, found, strict=True)
    ] == expected


CORRECTED_VALUES = [
    # K = sqrt(91192.5/101325) = sqrt(0.9) = 0.948683298; 100 x K = 94.86833
    (
        "水泥熟料",
        None,
        "可比熟料综合能耗",
        "kgce/t",
        {"altitude": 1001, "atmospheric_pressure": "91192.5", "clinker_strength": "52.5"},
        "100",
        "94.86833",
    ),
    # at 1000 m nothing is corrected
    (
        "水泥熟料",
        None,
        "可比熟料综合能耗",
        "kgce/t",
        {"altitude": 1000, "atmospheric_pressure": "91192.5", "clinker_strength": "52.5"},
        "100",
        "100",
    ),
    # a = (52.5/840)^(1/4) = (1/16)^(1/4) = 0.5
    (
        "水泥熟料",
        None,
        "可比熟料综合电耗",
        "kWh/t",
        {"altitude": 500, "clinker_strength": "840"},
        "100",
        "50",
    ),
    # K = sqrt(0.81) = 0.9 (P = 82073.25), a = 0.5: 100 x 0.9 x 0.5 = 45
    (
        "水泥熟料",
        None,
        "可比熟料综合煤耗",
        "kgce/t",
        {"altitude": 1800, "atmospheric_pressure": "82073.25", "clinker_strength": "840"},
        "100",
        "45",
    ),
    # d = (42.5/680)^(1/4) = 0.5
    (
        "水泥",
        "无外购熟料",
        "可比水泥综合能耗",
        "kgce/t",
        {"altitude": 500, "cement_strength": "680"},
        "100",
        "50",
    ),
    # a value that is already the comparable one is not corrected again
    (
        "水泥",
        "无外购熟料",
        "可比水泥综合能耗",
        "kgce/t",
        {
            "value_kind": "可比",
            "altitude": 1800,
            "atmospheric_pressure": 80000,
            "cement_strength": 50,
        },
        "90",
        "90",
    ),
]


def test_the_cement_edition_of_2012_corrects_the_value(judged):
    cases = [
        case("GB16780-2012", product, process, indicator, reported, unit, given)
        for product, process, indicator, unit, given, reported, _ in CORRECTED_VALUES
    ]
    found = ask_all(judged, cases)
    for row, (*_, given, reported, comparable) in zip(found, CORRECTED_VALUES, strict=True):
        assert (given, row["value"]) == (given, Decimal(comparable))
        assert row["value_as_reported"] == Decimal(reported)
        assert row["reasons"] == ["norm_not_verified"]


@pytest.mark.parametrize(
    ("product", "process", "k", "verdict"),
    [
        # GB 29446-2019: coking coal 8.5 kWh/t, power coal 4.5 kWh/t; actual x k
        ("炼焦煤", "jig", "1.26", "noncompliant"),  # 7 x 1.26 = 8.82
        ("炼焦煤", "dense_medium", "1.12", "compliant"),  # 7.84
        ("炼焦煤", "重介+浮选", "0.83", "compliant"),
        ("动力煤", "dry", "1.04", "noncompliant"),  # 7.28
        ("炼焦煤", "dry", None, "undetermined"),  # dry is a process of power coal only
    ],
)
def test_the_washing_process_decides_the_coefficient(judged, product, process, k, verdict):
    given = {"washing_process": process}
    found = ask(judged, "GB29446-2019", product, "选煤", "选煤电力单耗", 7, "kWh/t", given)
    assert found["verdict"] == verdict
    if k is None:
        assert found["reasons"] == ["correction_outside_table"]
    else:
        assert found["value"] == 7 * Decimal(k)


@pytest.mark.parametrize("volatile", ["20.9", "28.1"])
def test_no_figure_is_made_up_outside_a_correction_table(judged, volatile):
    given = {**COKE, "volatile_matter": volatile}
    found = ask(judged, *TOP, 100, "kgce/t", given)
    assert (found["verdict"], found["reasons"]) == ("undetermined", ["correction_outside_table"])


def without(given, *keys):
    return {key: text for key, text in given.items() if key not in keys}


NO_RATIO = without(FURNACE_PLAIN, "hot_metal_ratio")
TAD = {"drying": "TAD", "made_together": "no"}
WHAT_HANGS_ON_INPUTS = [
        # a correction that could only relax the limit leaves a value within the base settled
        (CLINKER, "kgce/t", {}, 117, "compliant", []),
        (CLINKER, "kgce/t", {}, 118, "noncompliant", ["condition_not_given"]),
        (CLINKER, "kgce/t", {"altitude": 1600}, 118, "noncompliant", ["condition_not_given"]),
        (CLINKER, "kgce/t", {"altitude": 1400}, 118, "noncompliant", []),
        (SODA, "kgce/t", {}, 200, "compliant", []),
        (SODA, "kgce/t", {}, 201, "noncompliant", ["condition_not_given"]),
        # one that could only tighten it leaves a value above settled
        (FURNACE, "kgce/t", NO_RATIO, 60, "compliant", ["condition_not_given"]),
        (FURNACE, "kgce/t", NO_RATIO, 73, "noncompliant", []),
        # one that could do either settles nothing
        (SILICON, "kWh/t", {}, 8000, "compliant", ["condition_not_given"]),
        (SILICON, "kWh/t", {}, 9000, "noncompliant", ["condition_not_given"]),
        (CEMENT, "kgce/t", {"altitude": 1000}, 90, "compliant", ["condition_not_given"]),
        (TOP, "kgce/t", without(COKE, "coal_moisture"), 100, "compliant", ["condition_not_given"]),
        # a drying addition whose figure was not seen
        (PAPER, "kgce/t", TAD, 501, "noncompliant", ["correction_not_established"]),
        (PAPER, "kgce/t", TAD, 500, "compliant", []),
]  # fmt: skip


def test_an_input_not_given_matters_only_where_it_could_turn_the_verdict(judged):
    cases = [
        case(*norm, amount, unit, given) for norm, unit, given, amount, *_ in WHAT_HANGS_ON_INPUTS
    ]
    found = ask_all(judged, cases)
    assert [
        (norm, given, row["verdict"], row["reasons"], row["provisional"])
        for row, (norm, _, given, *_) in zip(found, WHAT_HANGS_ON_INPUTS, strict=True)
    ] == [
        (norm, given, verdict, reasons, bool(reasons))
        for norm, _, given, _, verdict, reasons in WHAT_HANGS_ON_INPUTS
    ]


@pytest.mark.parametrize(
    ("product", "process", "indicator", "period", "amount", "reason"),
    [
        ("焦炭", "顶装焦炉", "焦炭单位产品能耗", ("2017-01-01", "2017-12-31"), 100, True),
        ("原煤", "井工开采", "煤炭开采单位产品能耗", ("2026-08-01", "2026-09-30"), 1, True),
        ("原煤", "露天开采", "煤炭开采单位产品能耗", ("2026-08-01", "2026-09-30"), 9, True),
        # the yield correction only lowers the value: within the limit nothing hangs on it
        ("兰炭", None, "兰炭单位产品能耗", ("2026-01-01", "2026-06-30"), 210, False),
        ("兰炭", None, "兰炭单位产品能耗", ("2026-01-01", "2026-06-30"), 211, True),
    ],
)
def test_a_correction_whose_figures_we_lack_makes_the_finding_provisional(
    judged, product, process, indicator, period, amount, reason
):
    fact = value(product, process, indicator, amount, period=period)
    rows = judged("energy", "2026-11-23", facts(fact, line(product)))
    found = of_indicator([row for row in rows if row["how"] == "direct"], indicator)
    assert ("correction_not_established" in found["reasons"]) is reason
    assert found["provisional"] is True or not reason


def test_a_condition_of_a_sibling_value_counts_for_the_same_line_and_period(judged):
    one = value("水泥熟料", None, "熟料单位产品综合能耗", 118, period=PERIODS["GB16780-2021"])
    two = value("水泥熟料", None, "熟料单位产品综合煤耗", 110, period=PERIODS["GB16780-2021"])
    both = facts(one, line("水泥熟料", "cement"), altitude=1800, atmospheric_pressure=81060)
    both["energy"] = [one, two]
    found = of_indicator(judged("energy", "2026-11-23", both), "熟料单位产品综合煤耗")
    assert found["limit_value"] == Decimal("110.1118")  # 109 x 1.0102
    assert (found["verdict"], found["reasons"]) == ("compliant", [])


def test_only_ordinary_converters_are_covered(judged):
    given = {**CONVERTED, "converter_kind": "提钒转炉"}
    found = ask(judged, *CONVERTER, -20, "kgce/t", given)
    assert (found["verdict"], found["reasons"]) == ("undetermined", ["norm_has_no_row"])
