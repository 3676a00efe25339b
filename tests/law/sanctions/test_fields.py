"""Records of the national credit publicity: every edition, all that is wrong at once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaseout.law.norms import NormBook
from phaseout.law.sanctions import fields
from phaseout.law.sanctions.fields import Problem, edition, edition_on, fields_of, problems
from phaseout.law.uscc import DUMMY, SIGNS, check_sign, uscc_mistake

CODE = "91640100MA000000" + "1"
CODE += check_sign(CODE)
PENALTY = {
    "CF_XDR_MC": "云岭水泥（虚构）", "CF_XDR_LB": "法人及非法人组织", "CF_XDR_SHXYM": CODE,
    "CF_FRDB": "某某", "CF_WSH": "文号1", "CF_WFXW": "逾期未整改", "CF_SY": "超限额",
    "CF_YJ": "第七十二条", "CF_CFLB": "警告", "CF_NR": "责令关闭", "CF_JDRQ": "2019/03/15",
    "CF_YXQ": "2099/12/31", "CF_CFJG": "经信委", "CF_CFJGDM": CODE, "CF_SJLY": "发改委",
    "CF_SJLYDM": CODE,
}  # fmt: skip


def told(**given: str) -> list[tuple[str, str]]:
    values = {**PENALTY, **given}
    found = problems(edition("penalty"), {k: v for k, v in values.items() if v != "—"})
    return [(problem.field, problem.code) for problem in found]


@pytest.mark.parametrize("form", fields.editions(), ids=lambda form: form.record)
def test_every_condition_and_format_of_the_norm_rows_is_known(form) -> None:
    assert fields_of(form)
    for field in fields_of(form):
        fields.is_required(field, PENALTY)
        assert field.format in fields._FORMATS


def test_no_row_of_the_norm_store_is_left_without_a_form() -> None:
    seen = {f.row_id for form in fields.editions() for f in fields_of(form)}
    assert seen == {row.row_id for row in NormBook.load().credit_fields}


@pytest.mark.parametrize(
    ("use", "day", "record"),
    [
        ("penalty", date(2015, 8, 31), None),
        ("penalty", date(2018, 7, 24), "penalty_2015"),
        ("penalty", date(2018, 7, 25), "penalty"),
        ("licence", date(2018, 7, 24), None),
        ("licence", date(2018, 7, 25), "licence"),
    ],
)
def test_the_form_is_that_of_the_day(use, day, record) -> None:
    form = edition_on(use, day)
    assert (form.record if form else None) == record


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, []),
        ({"CF_XDR_MC": ""}, [("CF_XDR_MC", "missing")]),
        ({"CF_XDR_MC": "长" * 201}, [("CF_XDR_MC", "too-long")]),
        ({"CF_XDR_LB": "企业"}, [("CF_XDR_LB", "not-listed")]),
        ({"CF_XDR_SHXYM": CODE[:-1] + "0"}, [("CF_XDR_SHXYM", "bad-code")]),
        ({"CF_XDR_LB": "自然人", "CF_XDR_SHXYM": "—", "CF_FRDB": "—"},
         [("CF_XDR_ZJLX", "missing"), ("CF_XDR_ZJHM", "missing")]),
        ({"CF_XDR_LB": "个体工商户", "CF_XDR_SHXYM": DUMMY, "CF_FRDB": "—"},
         [("CF_XDR_GSZC", "missing")]),
        ({"CF_FR_ZJLX": "身份证"}, [("CF_FR_ZJHM", "missing")]),
        ({"CF_CFLB": "罚款"}, [("CF_NR_FK", "missing")]),
        ({"CF_CFLB": "罚款", "CF_NR_FK": "0.2"}, []),
        ({"CF_CFLB": "罚款", "CF_NR_FK": "0.0000001"}, [("CF_NR_FK", "bad-figure")]),
        ({"CF_CFLB": "罚款", "CF_NR_FK": "-1"}, [("CF_NR_FK", "bad-figure")]),
        ({"CF_CFLB": "警告;没收违法所得、没收非法财物"}, [("CF_NR_WFFF", "missing")]),
        ({"CF_CFLB": "警告;通报"}, [("CF_CFLB", "not-listed")]),
        ({"CF_CFLB": "其他-责令关闭"}, []),
        ({"CF_CFLB": "其他-"}, [("CF_CFLB", "not-listed")]),
        ({"CF_JDRQ": "2019/02/29"}, [("CF_JDRQ", "bad-date")]),
        ({"CF_CFMC": "x"}, [("CF_CFMC", "unknown-field")]),
        ({"CF_WSH": "", "CF_JDRQ": "明天", "CF_CFJGDM": "1"},
         [("CF_WSH", "missing"), ("CF_JDRQ", "bad-date"), ("CF_CFJGDM", "bad-code")]),
    ],
)  # fmt: skip
def test_all_that_is_wrong_is_said_at_once(given, wrong) -> None:
    assert told(**given) == wrong


def test_a_problem_names_field_value_and_what_is_expected() -> None:
    wrong = {**PENALTY, "CF_XDR_SHXYM": CODE[:-1] + "0"}
    (problem,) = problems(edition("penalty"), wrong)
    assert isinstance(problem, Problem)
    assert problem.value == CODE[:-1] + "0"
    assert check_sign(CODE) in problem.expected[0]


signs = st.text(SIGNS, min_size=9, max_size=9)


@given(st.text("0123456789", min_size=8, max_size=8), signs, st.integers(0, 16), st.data())
def test_a_code_with_one_sign_changed_is_found(head, rest, place, data) -> None:
    code = head + rest
    code += check_sign(code)
    assert uscc_mistake(code) is None
    allowed = SIGNS[:10] if place < 8 else SIGNS
    other = data.draw(st.sampled_from([sign for sign in allowed if sign != code[place]]))
    assert uscc_mistake(code[:place] + other + code[place + 1 :]) is not None
