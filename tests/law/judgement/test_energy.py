"""Energy: edition, grade, row, comparison (energy_method.md section 2), and what is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from energy_bench import YEAR_2017, facts, line, of_case, of_indicator, together, value

from phaseout.law.judgement.authority import Decision
from phaseout.law.judgement.explain.energy import explain
from phaseout.law.norms import NormBook
from phaseout.law.norms.confirmation import confirm, countersign
from phaseout.law.norms.records import Confidence, EnergyLimit, Source

ALUMINIUM = ("电解铝", "电解", "铝液交流电耗")


def aluminium(amount, built="2005-01-01", period=YEAR_2017, **cells):
    fact = value(*ALUMINIUM, amount, "kWh/t", period)
    return facts(fact, line("电解铝", "electrolytic_aluminium", commissioned_on=built, **cells))


def outcomes(judged, on, cases, indicator):
    """The finding of that indicator for each case, all from one judgement."""
    rows = judged("energy", on, together(cases))
    return [of_indicator(of_case(rows, number), indicator) for number in range(len(cases))]


BUILD_DATES = [
    # GB 21346-2013 (in force 2014-09-01): existing 13700, new 12750
    ("13700", "2005-01-01", "compliant", "13700"),  # exactly at the limit
    ("13700.000001", "2005-01-01", "noncompliant", "13700"),
    ("13699.99", "2005-01-01", "compliant", "13700"),
    ("13000", "2014-08-31", "compliant", "13700"),  # the day before the edition: existing
    ("13000", "2014-09-01", "noncompliant", "12750"),  # its first day: new
    ("13000", "2014-09-02", "noncompliant", "12750"),
    ("12750", "2016-01-01", "compliant", "12750"),
]


def test_the_value_is_compared_with_the_grade_of_the_build_date(judged):
    cases = [aluminium(amount, built) for amount, built, *_ in BUILD_DATES]
    found = outcomes(judged, "2018-06-30", cases, "铝液交流电耗")
    for row, (_, built, verdict, limit) in zip(found, BUILD_DATES, strict=True):
        assert (built, row["verdict"], row["limit_value"]) == (built, verdict, Decimal(limit))
        assert row["provisional"] is False and row["reasons"] == []
        assert row["effect"] == ("opens" if verdict == "noncompliant" else "records")
        assert row["source_id"] == "GB21346-2013"


@pytest.mark.parametrize(
    ("amount", "built", "limit"),
    [
        # GB 21346-2022 (in force 2024-01-01): grade 3 13350, grade 2 13000, grade 1 12950
        ("13350", "2023-12-31", "13350"),
        ("13000", "2024-01-01", "13000"),
    ],
)
def test_the_new_scheme_takes_grade_3_for_existing_and_grade_2_for_new(
    judged, amount, built, limit
):
    period = ("2025-01-01", "2025-12-31")
    found = of_indicator(
        judged("energy", "2026-06-30", aluminium(amount, built, period)), "铝液交流电耗"
    )
    assert (found["verdict"], found["limit_value"]) == ("compliant", Decimal(limit))
    assert found["target_value"] == Decimal(12950)


@pytest.mark.parametrize(
    ("approved", "commissioned", "tier"),
    [
        ("2014-09-01", None, "new"),  # the approval stands in for the unknown commissioning
        ("2014-08-31", None, "existing"),
        ("2013-01-01", "2015-01-01", "new"),  # commissioning comes first
    ],
)
def test_the_approval_counts_where_the_commissioning_is_not_known(
    judged, approved, commissioned, tier
):
    facts_ = aluminium("13000", commissioned, approved_on=approved)
    found = of_indicator(judged("energy", "2018-06-30", facts_), "铝液交流电耗")
    assert found["tier"] == tier


def test_a_rebuilt_plant_counts_as_new(judged):
    fact = value(*ALUMINIUM, "13000", "kWh/t")
    a_line = line("电解铝", "electrolytic_aluminium")
    rebuilt = facts(fact, a_line, rebuilt_on="2015-06-01")
    found = of_indicator(judged("energy", "2018-06-30", rebuilt), "铝液交流电耗")
    assert (found["tier"], found["verdict"]) == ("new", "noncompliant")


WITHOUT_BUILD_DATE = [
    ("12750", "compliant", True),  # meets both 13700 and 12750
    ("12751", "undetermined", False),
    ("13700", "undetermined", False),
    ("13701", "noncompliant", True),  # exceeds both
]


def test_an_unknown_build_date_is_answered_only_where_both_grades_agree(judged):
    cases = [aluminium(amount, None) for amount, *_ in WITHOUT_BUILD_DATE]
    found = outcomes(judged, "2018-06-30", cases, "铝液交流电耗")
    for row, (amount, verdict, provisional) in zip(found, WITHOUT_BUILD_DATE, strict=True):
        assert (amount, row["verdict"], row["provisional"]) == (amount, verdict, provisional)
        assert row["reasons"] == ["build_date_not_given"]


@pytest.mark.parametrize(
    ("last_day", "source", "limit"),
    [
        ("2023-12-30", "GB21346-2013", "13700"),
        ("2023-12-31", "GB21346-2013", "13700"),  # both ends are inside
        ("2024-01-01", "GB21346-2022", "13350"),
    ],
)
def test_the_edition_is_that_of_the_last_day_of_the_period(judged, last_day, source, limit):
    found = of_indicator(
        judged("energy", "2024-06-30", aluminium("13300", period=("2023-12-01", last_day))),
        "铝液交流电耗",
    )
    assert (found["source_id"], found["limit_value"]) == (source, Decimal(limit))
    assert found["verdict"] == "compliant"
    assert found["reasons"] == []  # both editions answer alike


ACROSS = ("2023-07-01", "2024-06-30")


def test_a_period_across_two_editions_that_differ_is_provisional(judged):
    found = of_indicator(
        judged("energy", "2024-12-31", aluminium("13500", period=ACROSS)), "铝液交流电耗"
    )
    assert (found["verdict"], found["provisional"]) == ("noncompliant", True)
    assert found["reasons"] == ["edition_changed_in_period"]


def decision(subject, taken, day_from="2024-01-01", day_to="2024-12-31", decided="2024-07-01"):
    days = [date.fromisoformat(day) for day in (day_from, day_to, decided)]
    return Decision(
        "edition", subject, "", taken, days[0], days[1], "宁工信函〔2024〕8号", days[2], "工信厅"
    )


@pytest.mark.parametrize(
    ("taken", "verdict", "source"),
    [
        (decision("GB21346-2022", "GB21346-2013"), "compliant", "GB21346-2013"),
        # the authority fixes the edition that is in force anyway: the question is settled
        (decision("GB21346-2013", "GB21346-2022"), "noncompliant", "GB21346-2022"),
    ],
)
def test_a_decision_of_the_authority_fixes_the_edition(judged, taken, verdict, source):
    found = of_indicator(
        judged("energy", "2024-12-31", aluminium("13500", period=ACROSS), decisions=[taken]),
        "铝液交流电耗",
    )
    assert (found["verdict"], found["source_id"]) == (verdict, source)
    assert (found["provisional"], found["reasons"]) == (False, [])


@pytest.mark.parametrize(
    "taken",
    [
        decision("GB21346-2022", "GB21346-2013", day_to="2024-06-29"),  # ends a day too early
        decision("GB21346-2022", "GB21346-2013", decided="2025-01-01"),  # not yet made
    ],
)
def test_a_decision_that_does_not_cover_the_last_day_or_is_not_yet_made_changes_nothing(
    judged, taken
):
    found = of_indicator(
        judged("energy", "2024-12-31", aluminium("13500", period=ACROSS), decisions=[taken]),
        "铝液交流电耗",
    )
    assert found["source_id"] == "GB21346-2022"
    assert found["reasons"] == ["edition_changed_in_period"]


def test_an_edition_without_a_known_predecessor_that_starts_inside_the_period_is_provisional(
    judged,
):
    # GB 25323-2023 from 2024-06-01; the figures of GB 21249-2014 are not in our record
    fact = value(
        "电锌锭",
        "湿法炼锌（无渣处理）（精矿-电锌锭）",
        "单位产品综合能耗",
        800,
        period=("2024-01-01", "2024-12-31"),
    )
    found = of_indicator(
        judged("energy", "2025-06-30", facts(fact, line("电锌锭", "lead_zinc"))),
        "单位产品综合能耗",
    )
    assert (found["verdict"], found["provisional"]) == ("compliant", True)
    assert found["reasons"] == ["edition_changed_in_period"]


@pytest.mark.parametrize(
    ("amount", "verdict", "fall"),
    [("-10", "compliant", None), ("-9.99", "noncompliant", "0.01"), ("-25", "compliant", None)],
)
def test_a_negative_limit_is_compared_like_any_other(judged, amount, verdict, fall):
    fact = value("转炉钢", "转炉工序", "工序单位产品能耗", amount)
    found = of_indicator(
        judged("energy", "2018-06-30", facts(fact, line("转炉钢"))), "工序单位产品能耗"
    )
    assert (found["verdict"], found["limit_value"]) == (verdict, Decimal(-10))
    assert found["ratio"] is None
    assert found["reasons"] == ["norm_not_verified"]


def test_every_mandatory_indicator_is_judged_and_the_missing_ones_are_named(judged):
    found = judged("energy", "2018-06-30", aluminium("13700"))
    assert {(row["indicator"], row["verdict"]) for row in found} == {
        ("铝液交流电耗", "compliant"),
        ("铝液综合交流电耗", "undetermined"),
        ("铝锭综合交流电耗", "undetermined"),
        ("铝锭综合能源单耗", "undetermined"),
    }
    for row in found:
        if row["verdict"] == "undetermined":
            assert row["reasons"] == ["indicator_not_reported"]
            assert row["value"] is None and row["provisional"] is False


def test_a_stage_that_every_plant_has_is_missed_by_its_indicator(judged):
    period = ("2025-01-01", "2025-12-31")
    fact = value("电石", None, "单位产品综合能耗", 900, period=period)
    found = judged("energy", "2026-06-30", facts(fact, line("电石", "calcium_carbide")))
    assert of_indicator(found, "单位产品电炉电耗")["reasons"] == ["indicator_not_reported"]


@pytest.mark.parametrize(
    ("status", "commissioned", "expected"),
    [
        (None, "2005-01-01", ["energy_not_reported"]),
        ("in_operation", "2017-12-31", ["energy_not_reported"]),
        ("in_operation", "2018-01-01", None),  # built after the year
        ("exited", "2005-01-01", None),
        ("under_construction", None, None),
    ],
)
def test_a_line_in_production_without_any_energy_figure_gets_one_finding(
    judged, status, commissioned, expected
):
    a_line = line("电解铝", "electrolytic_aluminium", status=status, commissioned_on=commissioned)
    found = judged("energy", "2018-06-30", {"lines": [a_line]})
    assert [row["reasons"] for row in found] == ([expected] if expected else [])
    for row in found:
        assert (row["period_start"], row["period_end"]) == (date(2017, 1, 1), date(2017, 12, 31))


def test_figures_of_another_year_do_not_answer_for_the_last_one(judged):
    facts_ = aluminium("13700", period=("2015-01-01", "2015-12-31"))
    reasons = [row["reasons"] for row in judged("energy", "2018-06-30", facts_)]
    assert reasons.count(["energy_not_reported"]) == 1


HOLES = [
    ("碳化硅", "silicon_carbide", "640200", "local_standard_not_loaded", "DB64-1147-2015"),
    ("皮革", "leather", "640100", "no_mandatory_limit_found", "TAN-2014"),
    ("电锌锭", "lead_zinc", "640100", "no_norm_in_force", "GB21249-2014"),
    ("尿素", "fertilizer", "640100", "no_norm_in_force", "GB32035-2015"),
    ("粗铅", "lead_zinc", "640100", "no_norm_in_force", "GB21250-2014"),
    ("新闻纸", "pulp_paper", "640100", "no_norm_in_force", "GB31825-2015"),
    ("白糖", "sugar", "640100", "no_norm_for_product", None),
    # another province has another local standard, or none
    ("碳化硅", "silicon_carbide", "410100", "no_norm_for_product", None),
]


def test_a_hole_of_the_record_is_named_and_never_passes(judged):
    cases = [
        facts(
            value(product, None, "单位产品综合能耗", 1),
            line(product, industry, division_code=division),
        )
        for product, industry, division, *_ in HOLES
    ]
    found = outcomes(judged, "2018-06-30", cases, "单位产品综合能耗")
    for row, (product, _, _, reason, gap) in zip(found, HOLES, strict=True):
        assert (product, row["verdict"], row["reasons"]) == (product, "undetermined", [reason])
        assert row["source_id"] == gap
        assert row["effect"] == "records"


@pytest.mark.parametrize(
    ("last_day", "gap"), [("2022-04-16", "DB64-1147-2015"), ("2022-04-17", "DB64T-1147-2022")]
)
def test_the_local_standard_that_is_not_loaded_is_that_of_the_day(judged, last_day, gap):
    fact = value("碳化硅", None, "单位产品综合能耗", 1, period=("2022-01-01", last_day))
    found = of_indicator(
        judged("energy", "2022-12-31", facts(fact, line("碳化硅", "silicon_carbide"))),
        "单位产品综合能耗",
    )
    assert found["source_id"] == gap


def test_a_silent_line_of_an_industry_without_limit_says_so(judged):
    (found,) = judged("energy", "2018-06-30", {"lines": [line("皮革", "leather")]})
    assert found["reasons"] == ["no_mandatory_limit_found"]


LOCAL = Source(
    "DB64-9-2017",
    "DB64 9-2017",
    "碳化硅限额",
    "limits",
    "宁夏",
    "2017",
    "2017-01-01",
    "",
    "",
    "",
    Confidence.VERIFIED,
)
LOCAL_ROW = EnergyLimit(
    "energy_limits/DB64-9-2017/1", "DB64-9-2017", "4.1", "test", Confidence.VERIFIED,
    date(2017, 1, 1), None, "silicon_carbide", "碳化硅", "silicon carbide", "", "",
    "单位产品综合能耗", "energy", "kgce/t", "existing", "limit", "<=", Decimal(1200), "",
)  # fmt: skip


@pytest.mark.parametrize(
    ("division", "verdict"),
    [("640221", "noncompliant"), ("410100", "undetermined"), (None, "undetermined")],
)
def test_a_local_limit_holds_in_its_area_only(judged, division, verdict):
    book = NormBook.load().with_rows(
        LOCAL_ROW, sources=(LOCAL,), jurisdictions={"DB64-9-2017": "640000"}
    )
    fact = value("碳化硅", None, "单位产品综合能耗", 1300)
    a_line = line("碳化硅", "silicon_carbide", division_code=division)
    (found,) = judged("energy", "2018-06-30", facts(fact, a_line), book=book)
    assert found["verdict"] == verdict
    assert ("division_not_given" in found["reasons"]) is (division is None)


@pytest.mark.parametrize(
    ("last_day", "reasons"),
    [("2018-06-30", []), ("2018-07-01", ["period_not_ended"])],
)
def test_a_period_that_ends_after_the_day_of_judgement_waits(judged, last_day, reasons):
    facts_ = aluminium("13700", period=("2018-01-01", last_day))
    found = of_indicator(
        [row for row in judged("energy", "2018-06-30", facts_) if row["how"] == "direct"],
        "铝液交流电耗",
    )
    assert found["reasons"] == reasons


def test_a_unit_of_the_same_kind_is_converted(judged):
    fact = value("电石", None, "单位产品综合能耗", "1.0", "tce/t")
    found = of_indicator(
        judged("energy", "2018-06-30", facts(fact, line("电石", "calcium_carbide"))),
        "单位产品综合能耗",
    )
    assert (found["value"], found["verdict"], found["unit"]) == (1000, "compliant", "kgce/t")


def test_a_unit_of_another_kind_is_named_and_not_judged(judged):
    fact = value("电石", None, "单位产品综合能耗", "1.0", "GJ/m2")
    found = of_indicator(
        judged("energy", "2018-06-30", facts(fact, line("电石", "calcium_carbide"))),
        "单位产品综合能耗",
    )
    assert (found["verdict"], found["reasons"]) == ("undetermined", ["unit_not_convertible"])
    assert (found["value"], found["unit"]) == (None, "kgce/t"), "the limit is not in GJ/m2"
    assert found["limit_value"] is not None
    assert "填报值1 GJ/m2" in explain(found).zh


CEMENT = "可比水泥综合能耗"


PROCESSES = [
    # GB 16780-2012 existing: with own clinker 98, grinding bought clinker 8
    ("无外购熟料", "98", "compliant", False),
    ("外购熟料（粉磨）", "98", "noncompliant", False),
    ("外购熟料", "8", "compliant", False),  # the process without its bracket
    (None, "8", "compliant", True),  # meets both
    (None, "50", "undetermined", True),
    (None, "99", "noncompliant", True),  # exceeds both
    ("湿磨", "1", "undetermined", False),  # a process the edition does not know
]


def test_a_process_not_given_is_answered_only_where_all_agree(judged):
    cases = [
        facts(value("水泥", process, CEMENT, amount), line("水泥"), value_kind="comparable")
        for process, amount, *_ in PROCESSES
    ]
    found = outcomes(judged, "2018-06-30", cases, CEMENT)
    for row, (process, amount, verdict, missing) in zip(found, PROCESSES, strict=True):
        assert (process, amount, row["verdict"]) == (process, amount, verdict)
        assert ("condition_not_given" in row["reasons"]) is missing
        if process == "湿磨":
            assert row["reasons"] == ["norm_has_no_row"]


FURNACE = "电弧炉冶炼单位产品能耗"


FURNACES = [
    # GB 32050-2015: 30 t < capacity < 50 t 86; 50 t and more 72
    ("电弧炉冶炼，30t＜公称容量＜50t", None, "compliant", "86"),
    ("电弧炉冶炼", "45", "compliant", "86"),
    ("电弧炉冶炼", "50", "noncompliant", "72"),
    ("电弧炉冶炼", "49.9", "compliant", "86"),
    ("电弧炉冶炼", "30", "undetermined", None),  # outside both
    ("电弧炉冶炼", None, "undetermined", None),
]


def test_a_size_in_the_process_name_is_a_condition(judged):
    cases = [
        facts(
            value("电弧炉钢", process, FURNACE, 80),
            line("电弧炉钢"),
            **({"nominal_capacity": capacity} if capacity else {}),
        )
        for process, capacity, *_ in FURNACES
    ]
    found = outcomes(judged, "2018-06-30", cases, FURNACE)
    for row, (process, capacity, verdict, limit) in zip(found, FURNACES, strict=True):
        assert (process, capacity, row["verdict"]) == (process, capacity, verdict)
        assert row["limit_value"] == (Decimal(limit) if limit else None)


def test_a_grade_without_a_row_is_not_filled_from_a_neighbour(judged):
    # GB 21256-2025 sets no grade 2 below 70 t
    fact = value(
        "电弧炉钢",
        "电弧炉工序，容量＜50t",
        "工序单位产品能耗",
        1,
        period=("2026-08-01", "2026-08-31"),
    )
    a_line = line("电弧炉钢", commissioned_on="2026-07-01")
    found = of_indicator(judged("energy", "2026-10-01", facts(fact, a_line)), "工序单位产品能耗")
    assert (found["verdict"], found["reasons"]) == ("undetermined", ["grade_without_row"])
    assert found["limit_value"] is None


FERROSILICON = "单位产品综合能耗"


CONVENTIONS = [
    # GB 21341-2008 existing: 1980 at 0.1229, 4600 at 0.404 kgce/kWh
    ("单位产品综合能耗（电当量值0.1229）", {}, 2000, "noncompliant"),
    ("单位产品综合能耗（电等价值0.404）", {}, 2000, "compliant"),
    (FERROSILICON, {}, 2000, "undetermined"),
    (FERROSILICON, {}, 1980, "compliant"),
    (FERROSILICON, {}, 4601, "noncompliant"),
    (FERROSILICON, {"electricity_factor": "0.404"}, 2000, "compliant"),
    (FERROSILICON, {"electricity_factor": "0.1229"}, 2000, "noncompliant"),
]


def test_the_two_electricity_conventions_of_2008_are_told_apart(judged):
    cases = [
        facts(
            value("硅铁", "矿热炉", indicator, amount),
            line("硅铁"),
            product_grade="FeSi75-A",
            **given,
        )
        for indicator, given, amount, _ in CONVENTIONS
    ]
    rows = judged("energy", "2018-06-30", together(cases))
    for number, (indicator, given, amount, verdict) in enumerate(CONVENTIONS):
        # one finding for the value, one for the missing electricity; the other column of the
        # same limit is not asked for as well
        assert len(of_case(rows, number)) == 2
        found = of_indicator(of_case(rows, number), indicator)
        assert (indicator, given, amount, found["verdict"]) == (indicator, given, amount, verdict)
        named = "name_by_correspondence" in found["reasons"]
        assert named is (indicator == FERROSILICON and verdict != "undetermined")


@pytest.mark.parametrize(
    ("grade", "verdict", "reasons"),
    [
        ("FeSi75-A", "compliant", []),
        (None, "compliant", ["condition_not_given"]),
        ("FeSi45", "undetermined", ["norm_has_no_row"]),
    ],
)
def test_a_product_grade_is_a_condition_of_the_row(judged, grade, verdict, reasons):
    fact = value("硅铁", "矿热炉", "单位产品冶炼电耗", 8800, "kWh/t")
    given = {"product_grade": grade} if grade else {}
    facts_ = facts(fact, line("硅铁", "ferroalloy"), **given)
    found = of_indicator(judged("energy", "2018-06-30", facts_), "单位产品冶炼电耗")
    assert (found["verdict"], found["reasons"]) == (verdict, reasons)


def test_a_person_can_settle_the_conditions_of_a_row(judged):
    fact = value("硅铁", "矿热炉", "单位产品冶炼电耗", 8800, "kWh/t")
    settled = Decision(
        "condition", "L1", "energy_limits/GB21341-2008/1", "yes", None, None, "宁工信〔2018〕3号",
        date(2018, 5, 1), "某人",
    )  # fmt: skip
    facts_ = facts(fact, line("硅铁", "ferroalloy"))
    found = of_indicator(
        judged("energy", "2018-06-30", facts_, decisions=[settled]), "单位产品冶炼电耗"
    )
    assert (found["provisional"], found["reasons"]) == (False, [])


@pytest.mark.parametrize(
    ("amount", "uncertainty", "borderline"),
    [("13705", "6", True), ("13705", "5", False), ("13695", "5.1", True), ("13705", None, False)],
)
def test_a_value_nearer_than_its_uncertainty_is_borderline(judged, amount, uncertainty, borderline):
    fact = value(*ALUMINIUM, amount, "kWh/t")
    given = {"uncertainty": uncertainty} if uncertainty else {}
    facts_ = facts(fact, line("电解铝", "electrolytic_aluminium"), **given)
    found = of_indicator(judged("energy", "2018-06-30", facts_), "铝液交流电耗")
    assert found["verdict"] == ("noncompliant" if amount == "13705" else "compliant")
    assert (found["reasons"] == ["borderline"]) is borderline
    assert found["provisional"] is borderline


def test_two_people_make_a_recalled_row_final(judged):
    row = NormBook.load().row("energy_limits/GB21256-2013/1")
    first = confirm(row, document="GB 21256-2013", page="2", by="甲", on=date(2018, 1, 2))
    both = countersign(first, row, by="乙", on=date(2018, 1, 3))
    facts_ = facts(value("烧结矿", "烧结工序", "工序单位产品能耗", 56), line("烧结矿"))
    before = judged("energy", "2018-01-02", facts_, confirmations=[both])
    after = judged("energy", "2018-01-03", facts_, confirmations=[both])
    assert [row["provisional"] for row in before] == [True]
    assert [row["provisional"] for row in after] == [False]


def test_an_indicator_the_edition_does_not_know_is_undetermined(judged):
    fact = value("电解铝", "电解", "单位产品水耗", 1)
    facts_ = facts(fact, line("电解铝", "electrolytic_aluminium"))
    found = of_indicator(judged("energy", "2018-06-30", facts_), "单位产品水耗")
    assert found["reasons"] == ["indicator_not_in_norm"]


def cement_of_2022(indicator, amount):
    """Ningxia judged 2022 by GB 16780-2012, though the 2021 edition held from November."""
    fact = value("水泥熟料", None, indicator, amount, period=("2022-01-01", "2022-12-31"))
    return facts(fact, line("水泥熟料", "cement"), value_kind="comparable", altitude=900)


@pytest.mark.parametrize("indicator", ["熟料单位产品综合能耗", "可比熟料综合能耗"])
def test_an_indicator_renamed_by_the_next_edition_is_followed_and_said_so(judged, indicator):
    # existing: 120 by the 2012 edition, 117 by that of 2021
    rows = outcomes(
        judged, "2023-06-30", [cement_of_2022(indicator, n) for n in (117, 118)], indicator
    )
    assert [(row["source_id"], row["verdict"]) for row in rows] == [
        ("GB16780-2021", "compliant"),
        ("GB16780-2021", "noncompliant"),
    ]
    assert ["edition_changed_in_period" in row["reasons"] for row in rows] == [False, True]
    assert all(
        ("name_by_correspondence" in row["reasons"]) is (indicator == "可比熟料综合能耗")
        for row in rows
    )


def test_the_authority_can_judge_the_whole_of_2022_by_the_edition_of_2012(judged):
    taken = decision("GB16780-2021", "GB16780-2012", "2022-01-01", "2022-12-31", "2023-03-01")
    facts_ = cement_of_2022("可比熟料综合能耗", 118)
    found = of_indicator(
        judged("energy", "2023-06-30", facts_, decisions=[taken]), "可比熟料综合能耗"
    )
    assert (found["verdict"], found["limit_value"]) == ("compliant", Decimal(120))
    assert found["reasons"] == ["norm_not_verified"]


def test_the_order_of_the_rows_changes_nothing(judged):
    cases = [aluminium(amount, built) for amount, built, *_ in BUILD_DATES]
    forward = together(cases)
    backward = {table: rows[::-1] for table, rows in forward.items()}
    assert judged("energy", "2018-06-30", forward) == judged("energy", "2018-06-30", backward)


def test_no_two_findings_have_the_same_identity(judged):
    cases = [aluminium(amount, built) for amount, built, *_ in BUILD_DATES]
    cases += [facts(value("水泥", process, CEMENT, 9), line("水泥")) for process, *_ in PROCESSES]
    cases += [facts(value("硅铁", "矿热炉", name, 9), line("硅铁")) for name, *_ in CONVENTIONS]
    rows = judged("energy", "2018-06-30", together(cases))
    identity = (
        "line_id",
        "subject",
        "indicator",
        "period_start",
        "period_end",
        "norm_row",
        "source_id",
    )
    seen = [tuple(row[name] for name in identity) for row in rows]
    assert len(seen) == len(set(seen))
