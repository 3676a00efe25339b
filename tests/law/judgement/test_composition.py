# ruff: noqa: E501 - the tables read better with one case a line
"""What follows for a line failing several standards: what governs, what is first, who leads."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date
from typing import Any

import duckdb
import pytest
from norms_bench import norms_of

from phaseout.law.judgement import engine
from phaseout.law.judgement.authority import Decision
from phaseout.law.judgement.dimensions import JUDGED_COLUMNS, Dimension
from phaseout.law.norms import NormBook
from phaseout.law.norms.methods import method_rows

Row = dict[str, Any]
Found = tuple[str, str | None, str, bool, list[str], str]
"""dimension, line (None: the whole enterprise), verdict, provisional, reasons, effect."""

USCC = "91640200FICTION001"


def fails(
    dimension: str, line: str | None = "L1", *reasons: str, provisional: bool = False
) -> Found:
    return dimension, line, "noncompliant", provisional, list(reasons), "opens"


def composed(
    on: str,
    findings: Iterable[Found],
    *,
    lines: Iterable[tuple[str, str]] = (("L1", "steel"),),
    division: str | None = "640221",
    decisions: Iterable[Decision] = (),
) -> dict[str, Row]:
    """The composition of hand-made judgements: line id → row."""
    with norms_of(date.fromisoformat(on), decisions=decisions) as connection:
        for line_id, industry in lines:
            connection.execute(
                "INSERT INTO facts.lines (line_id, uscc, industry, division_code, capacity, "
                "capacity_unit) VALUES (?, ?, ?, ?, 100, 't')",
                [line_id, USCC, industry, division],
            )
        _lay_judged(connection, findings)
        assert engine.compose(connection) == "judged.composition"
        found = connection.execute("SELECT * FROM judged.composition ORDER BY line_id")
        names = [column[0] for column in found.description]
        return {row[0]: dict(zip(names, row, strict=True)) for row in found.fetchall()}


def _lay_judged(connection: duckdb.DuckDBPyConnection, findings: Iterable[Found]) -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind in JUDGED_COLUMNS)
    for dimension in Dimension:
        connection.execute(f"CREATE TABLE judged.{dimension} ({columns})")
    for dimension_, line, verdict, provisional, reasons, effect in findings:
        connection.execute(
            f"INSERT INTO judged.{dimension_} (dimension, uscc, line_id, verdict, provisional, "
            "reasons, effect) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [dimension_, USCC, line, verdict, provisional, reasons, effect],
        )


ALL_FIVE = [
    fails("energy"),
    fails("environment"),
    fails("quality"),
    fails("safety"),
    fails("technology"),
]


def test_elimination_governs_safety_comes_first_and_nothing_milder_is_lost() -> None:
    row = composed("2017-07-01", ALL_FIVE)["L1"]
    assert row["outdated"] == "yes"
    assert (row["governing_dimension"], row["governing"]) == ("technology", "dismantle")
    assert row["opinions_clause"] == 8
    assert row["first_act"] == "suspend_at_once"
    assert row["others"] == [
        "suspend_at_once",
        "suspend_and_rectify",
        "restrict_or_suspend",
        "rectify_in_time",
    ]
    assert len(row["others_zh"]) == len(row["others_en"]) == 4


LADDER = [
    # failing dimensions → what governs, what comes first
    (["energy"], "rectify_in_time", "rectify_in_time"),
    (["energy", "environment"], "restrict_or_suspend", "restrict_or_suspend"),
    (["environment", "quality"], "suspend_and_rectify", "suspend_and_rectify"),
    (["quality", "safety"], "suspend_at_once", "suspend_at_once"),
    (["safety", "technology"], "dismantle", "suspend_at_once"),
    (["technology", "energy"], "dismantle", "dismantle"),
]


def test_the_order_of_consequences() -> None:
    lines = [(f"L{at}", "cement") for at in range(len(LADDER))]
    findings = [
        fails(dimension, f"L{at}")
        for at, (dimensions, _, _) in enumerate(LADDER)
        for dimension in dimensions
    ]
    result = composed("2017-07-01", findings, lines=lines)
    for at, (dimensions, governing, first) in enumerate(LADDER):
        row = result[f"L{at}"]
        assert (row["governing"], row["first_act"]) == (governing, first), dimensions
        assert len(row["others"]) == len(dimensions) - 1


def test_ditiaogang_is_dismantled_outright_and_sealing_is_not_offered_beside_it() -> None:
    row = composed("2017-07-01", [fails("technology", "L1", "dismantle_outright")])["L1"]
    assert (row["governing"], row["others"]) == ("dismantle_outright", [])
    row = composed(
        "2017-07-01", [fails("technology", "L1", "dismantle_outright"), fails("technology")]
    )["L1"]
    assert (row["governing"], row["others"]) == ("dismantle_outright", ["dismantle"])


def test_serious_exceedance_is_submitted_for_closure_and_still_restricted_meanwhile() -> None:
    findings = [fails("environment", "L1", "serious_exceedance"), fails("safety")]
    row = composed("2017-07-01", findings)["L1"]
    assert row["governing"] == "submit_for_closure"
    assert row["first_act"] == "suspend_at_once"
    assert row["others"] == ["suspend_at_once", "restrict_or_suspend"]


STANDINGS: list[tuple[list[Found], str]] = [
    ([], "undetermined"),  # a line nothing is known about does not pass
    ([("energy", "L1", "compliant", False, [], "records")], "no"),
    (
        [
            ("energy", "L1", "compliant", False, [], "records"),
            ("quality", "L1", "undetermined", False, ["x"], "records"),
        ],
        "undetermined",
    ),
    ([("technology", "L1", "compliant", False, ["limit_class_warning"], "warns")], "no"),
    ([("quality", "L1", "noncompliant", False, ["recommended_standard_only"], "warns")], "no"),
    ([fails("energy", provisional=True)], "provisionally"),
    ([fails("energy", provisional=True), fails("quality")], "yes"),
    ([fails("energy")], "yes"),
    ([fails("safety")], "not_yet"),  # outdated only once the stop has not cured it
    ([fails("safety"), fails("energy", provisional=True)], "provisionally"),
]


@pytest.mark.parametrize(("findings", "standing"), STANDINGS)
def test_whether_a_line_is_outdated(findings: list[Found], standing: str) -> None:
    row = composed("2017-07-01", findings)["L1"]
    assert row["outdated"] == standing
    assert (row["governing"] is None) == (standing in ("no", "undetermined"))


def test_a_sealed_line_has_left_and_still_owes_its_dismantling() -> None:
    sealed = ("technology", "L1", "noncompliant", False, ["sealed_not_dismantled"], "records")
    row = composed("2017-07-01", [sealed])["L1"]
    assert (row["outdated"], row["governing"], row["others"]) == ("no", "dismantle_sealed", [])
    row = composed("2017-07-01", [sealed, fails("energy")])["L1"]
    assert (row["outdated"], row["governing"]) == ("yes", "dismantle_sealed")
    assert row["others"] == ["rectify_in_time"]


def test_what_stands_governs_before_what_is_provisional() -> None:
    findings = [fails("technology", provisional=True), fails("energy")]
    row = composed("2017-07-01", findings)["L1"]
    assert (row["governing"], row["governing_provisional"]) == ("rectify_in_time", False)
    assert row["others"] == ["dismantle"]
    assert row["others_zh"][0].endswith("（暂定）")
    assert row["others_en"][0].endswith("(provisional)")


def test_findings_on_the_enterprise_are_shown_on_its_lines_and_decide_none() -> None:
    findings = [
        fails("safety", None),
        ("environment", None, "undetermined", False, ["x"], "records"),
        ("energy", "L1", "compliant", False, [], "records"),
    ]
    row = composed("2017-07-01", findings)["L1"]
    assert row["outdated"] == "no"
    assert (row["enterprise_noncompliant"], row["enterprise_undetermined"]) == (1, 1)
    assert len(row["enterprise_zh"]) == len(row["enterprise_en"]) == 1
    assert row["governing"] is None


PERMITS = [
    # day, dimension, reason → consequence, basis
    ("2017-07-01", "environment", "permit_missing", "stop_without_emission_permit", "E-AIRLAW-2015"),
    ("2021-02-28", "environment", "permit_expired", "stop_without_emission_permit", "E-AIRLAW-2018"),
    ("2021-03-01", "environment", "permit_expired", "stop_without_emission_permit", "E-SC-736"),
    ("2017-07-01", "quality", "permit_expired", "stop_without_production_licence", "SC-PERMIT-2005"),
    ("2017-07-01", "safety", "permit_not_yet_valid", "stop_without_safety_licence", "SC-SAFELIC-2014"),
]  # fmt: skip


@pytest.mark.parametrize(("on", "dimension", "reason", "consequence", "basis"), PERMITS)
def test_a_missing_permit_has_its_own_consequence(
    on: str, dimension: str, reason: str, consequence: str, basis: str
) -> None:
    """Of one line, and of the enterprise as a whole, where permits belong."""
    row = composed(on, [fails(dimension, "L1", reason)])["L1"]
    assert (row["governing"], row["basis_source"]) == (consequence, basis)
    assert (row["outdated"], row["others"]) == ("not_yet", [])
    row = composed(on, [fails(dimension, None, reason), fails(dimension, None, reason)])["L1"]
    assert len(row["enterprise_zh"]) == 1
    assert row["enterprise_zh"][0].startswith("无")


def test_counts_are_by_dimension_and_verdict() -> None:
    findings = [
        fails("energy"),
        fails("energy", provisional=True),
        ("energy", "L1", "compliant", False, [], "records"),
        ("environment", "L1", "undetermined", False, ["x"], "records"),
        ("technology", "L1", "compliant", False, ["limit_class_warning"], "warns"),
    ]
    row = composed("2017-07-01", findings)["L1"]
    assert (row["energy_noncompliant"], row["energy_compliant"]) == (2, 1)
    assert row["environment_undetermined"] == 1
    assert (row["technology_compliant"], row["warnings"]) == (1, 1)
    assert row["safety_noncompliant"] == row["quality_compliant"] == 0


@pytest.mark.parametrize(
    ("on", "name"),
    [("2018-11-12", "自治区经济和信息化委员会"), ("2018-11-13", "自治区工业和信息化厅")],
)
def test_the_lead_bears_the_name_of_the_day(on: str, name: str) -> None:
    row = composed(on, [fails("energy")])["L1"]
    assert (row["lead"], row["lead_zh"]) == ("eic", name)
    assert row["cooperating"] == "drc;city_640200"
    assert row["cooperating_zh"].endswith("石嘴山市人民政府")


def test_the_coal_mine_bureau_leads_on_coal_lines_only() -> None:
    lines = [("L1", "coal"), ("L2", "cement")]
    findings = [fails("safety", "L1"), fails("safety", "L2"), ]  # fmt: skip
    result = composed("2017-07-01", findings, lines=lines)
    assert (result["L1"]["lead"], result["L2"]["lead"]) == ("wsb;cms", "wsb")
    result = composed(
        "2017-07-01", [fails("technology", "L1"), fails("technology", "L2")], lines=lines
    )
    assert result["L1"]["lead"] == "eic;drc;qts;cms"
    assert result["L2"]["lead"] == "eic;drc;qts"


def test_without_a_division_the_cities_stay_unnamed() -> None:
    row = composed("2017-07-01", [fails("energy")], division=None)["L1"]
    assert row["cooperating"] == "drc;cities"


BASES = [
    # day, dimension → source of the law that is cited
    ("2016-07-01", "energy", "ECL-2016", "《节约能源法》（2007年）第十六条、第七十二条"),
    ("2016-07-02", "energy", "ECL-2016", "《节约能源法》（2016年）第十六条、第七十二条"),
    ("2018-10-25", "energy", "ECL-2016", "《节约能源法》（2016年）第十六条、第七十二条"),
    ("2018-10-26", "energy", "ECL-2018", "《节约能源法》（2018年）第十六条、第七十二条"),
    ("2021-08-31", "safety", "LAW-SAFETY-2014", None),
    ("2021-09-01", "safety", "LAW-SAFETY-2021", None),
    ("2026-08-14", "environment", "MEP-30", None),
    ("2026-08-15", "environment", "E-ECOCODE-2026", None),
]


@pytest.mark.parametrize(("on", "dimension", "source", "basis"), BASES)
def test_the_legal_basis_is_that_of_the_day(
    on: str, dimension: str, source: str, basis: str | None
) -> None:
    row = composed(on, [fails(dimension)])["L1"]
    assert row["basis_source"] == source
    if basis:
        assert row["basis_zh"] == basis


def test_the_periods_come_from_the_procedural_terms() -> None:
    row = composed("2017-07-01", [fails("energy")])["L1"]
    assert (row["months"], row["extension_months"]) == (6, 3)
    row = composed("2017-07-01", [fails("quality")])["L1"]
    assert (row["months"], row["extension_months"]) == (6, None)
    row = composed("2017-07-01", [fails("safety")])["L1"]
    assert (row["months"], row["extension_months"]) == (None, None)


def test_a_day_before_the_law_on_record_says_so_and_loses_nothing() -> None:
    """The Work Safety Law of 2014 is in force from 2014-12-01; no earlier text is on record."""
    row = composed("2014-11-30", [fails("safety")])["L1"]
    assert (row["outdated"], row["governing"], row["governing_rank"]) == (
        "yes", "not_on_record", None,
    )  # fmt: skip
    assert row["lead"] is None


def switch(value: str) -> Decision:
    return Decision(
        "parameter", "energy_link.NDRC-CAT-2024", "", value, None, None,
        "宁工信函〔2024〕1号", date(2024, 3, 1), "虚构",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("on", "decisions", "linked"),
    [
        ("2024-01-31", [], False),
        ("2024-02-01", [], True),
        ("2024-03-01", [switch("off")], False),
        ("2024-02-29", [switch("off")], True),  # not decided yet
    ],
)
def test_the_link_of_2024_adds_a_note_to_an_energy_failure(
    on: str, decisions: list[Decision], linked: bool
) -> None:
    row = composed(on, [fails("energy")], decisions=decisions)["L1"]
    assert (row["link_zh"] is not None) == linked
    assert row["governing"] == "rectify_in_time"  # the note changes no act by itself
    row = composed(on, [fails("quality")], decisions=decisions)["L1"]
    assert row["link_zh"] is None


def test_the_result_does_not_depend_on_the_order_of_findings() -> None:
    assert composed("2017-07-01", ALL_FIVE) == composed("2017-07-01", ALL_FIVE[::-1])


def test_consequences_of_one_kind_never_overlap_in_time() -> None:
    rows: dict[str, list[Any]] = {}
    for row in method_rows("consequences"):
        kind = f"{row.consequence} {row.when_reason}"  # type: ignore[attr-defined]
        rows.setdefault(kind, []).append(row)
    for versions in rows.values():
        ordered = sorted(versions, key=lambda row: row.effective_from or date.min)
        for earlier, later in itertools.pairwise(ordered):
            assert earlier.effective_to is not None
            assert earlier.effective_to < later.effective_from
        assert len({row.rank for row in versions}) == 1


def test_every_period_named_is_a_procedural_term() -> None:
    book = NormBook.load()
    for row in method_rows("consequences"):
        for term in (row.term, row.extension_term):  # type: ignore[attr-defined]
            if term:
                assert book.row(term).unit == "month"  # type: ignore[attr-defined]
        book.source(row.source_id)
