"""The Opinions as data: clauses, duties, names through time, dates of the year."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from phaseout.law.opinions import CITIES, Opinions, clause_texts
from phaseout.law.refusals import Refusal

OPINIONS = Opinions.of("ningxia")


def test_there_are_twenty_one_clauses_with_heading_and_text() -> None:
    assert [clause.number for clause in OPINIONS.clauses] == list(range(1, 22))
    for clause in OPINIONS.clauses:
        assert clause.text_zh.startswith(f"{clause.title_zh}。")
        assert clause.title_en


def test_a_clause_of_several_paragraphs_keeps_them() -> None:
    paragraphs = OPINIONS.clause(19).text_zh.split("\n")
    assert [paragraph[:8] for paragraph in paragraphs] == [
        "抓好工作落实。每",
        "每年12月底前，",
        "次年1月底前，自",
    ]
    assert OPINIONS.clause(9).text_zh.endswith("分别负责）")  # the chapter heading is not in it


@pytest.mark.parametrize(
    ("clause", "lead", "cooperating"),
    [
        (4, ("eic",), ("drc", CITIES)),
        (5, ("epd",), (CITIES,)),
        (6, ("qts",), (CITIES,)),
        (7, ("wsb", "cms"), (CITIES,)),
        (8, ("eic", "drc", "qts", "cms"), (CITIES, "grid")),
        (9, ("eic", "drc", "epd", "qts", "wsb", "cms", "grid"), ()),
        (13, ("pbc", "cbrc"), (CITIES,)),
    ],
)
def test_who_leads_and_cooperates(
    clause: int, lead: tuple[str, ...], cooperating: tuple[str, ...]
) -> None:
    assert OPINIONS.lead(clause) == lead
    assert OPINIONS.cooperating(clause) == cooperating


def test_clause_sixteen_has_four_subjects_and_needs_one() -> None:
    with pytest.raises(Refusal) as refused:
        OPINIONS.lead(16)
    assert refused.value.code == "duty_unknown"
    assert OPINIONS.lead(16, "safety enforcement") == ("wsb", "cms")


@pytest.mark.parametrize(
    ("function", "on", "name"),
    [
        ("eic", "2018-11-12", "自治区经济和信息化委员会"),
        ("eic", "2018-11-13", "自治区工业和信息化厅"),
        ("wsb", "2018-11-12", "自治区安全生产监督管理局"),
        ("wsb", "2018-11-13", "自治区应急管理厅"),
        ("tax_local", "2018-06-14", "自治区地方税务局"),
        ("tax_local", "2018-06-15", "国家税务总局宁夏回族自治区税务局"),
        ("cbrc", "2018-12-16", "宁夏银监局"),
        ("cbrc", "2018-12-17", "宁夏银保监局"),
        ("cbrc", "2023-07-19", "宁夏银保监局"),
        ("cbrc", "2023-07-20", "国家金融监督管理总局宁夏监管局"),
        ("drc", "2030-01-01", "自治区发展和改革委员会"),
    ],
)
def test_the_name_of_a_function_on_a_day(function: str, on: str, name: str) -> None:
    assert OPINIONS.name_of(function, date.fromisoformat(on))[0] == name


def test_every_function_of_a_duty_has_exactly_one_holder_on_every_day() -> None:
    for function in {f for duty in OPINIONS.duties for f in duty.lead + duty.cooperating} - {
        CITIES
    }:
        holders = sorted(
            (holder for holder in OPINIONS.holders if holder.function == function),
            key=lambda holder: holder.held_from or date.min,
        )
        assert holders[0].held_from is None, function
        assert holders[-1].held_to is None, function
        for earlier, later in itertools.pairwise(holders):
            assert earlier.held_to is not None
            assert later.held_from == earlier.held_to + timedelta(days=1), function


@pytest.mark.parametrize(
    ("division", "function"), [("640100", "city_640100"), ("640221", "city_640200")]
)
def test_the_city_follows_from_the_division(division: str, function: str) -> None:
    assert OPINIONS.city_function(division) == function


def test_what_is_not_there_is_refused_with_its_code() -> None:
    asked = {
        "clause_unknown": lambda: OPINIONS.clause(22),
        "duty_unknown": lambda: OPINIONS.lead(1),
        "function_unknown": lambda: OPINIONS.name_of("xyz", date(2017, 1, 1)),
        "region_unknown": lambda: Opinions.of("atlantis"),
    }
    for code, ask in asked.items():
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.code == code
    for unsafe in ("../ningxia", "", "ningxia/demo"):
        with pytest.raises(Refusal):
            Opinions.of(unsafe)
    with pytest.raises(Refusal) as refused:
        OPINIONS.city_function("110101")
    assert refused.value.code == "function_unknown"


def test_clause_marks_are_taken_in_order_only() -> None:
    """A mark inside a sentence, or out of order, opens no clause."""
    text = "（一）甲（二）乙。\n（三）丙。\n（二）丁。"
    assert clause_texts(text) == {1: "甲（二）乙。\n（三）丙。", 2: "丁。"}
