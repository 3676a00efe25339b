"""The pieces that recur: what they say in both languages, and what they make of what they get."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from phaseout.law.judgement.explanation import Explanation, Step
from phaseout.law.refusals import Refusal
from phaseout.pages.explaining import read, row_url, row_words
from phaseout.pages.keyset import Page

TODAY = date(2018, 3, 15)
ROW = "energy_limits/GB21346-2013/1"
REASONING = Explanation(
    Step(
        "verdict",
        "2017年电解铝液交流电耗14416 kWh/t，超过限定值13700 kWh/t",
        "AC electricity 14416 kWh/t, above the limit value of 13700 kWh/t",
        cites=ROW,
        because=(
            Step("measured", "填报值14416 kWh/t", "Reported value 14416 kWh/t"),
            Step(
                "limit",
                "依据GB 21346-2013第4.1条",
                "Basis: GB 21346-2013, clause 4.1",
                cites=ROW,
                because=(Step("remark", "记录备注", "Remark", cites="GB 21346-2013 4.1"),),
            ),
            Step("would_pass", "下降5%即可达标", "Would pass if it fell by 5 %"),
        ),
    )
)


def said(template: str, language: str = "zh-hans", **context: Any) -> str:
    """The visible text of a piece, blanks put together."""
    request = RequestFactory().get("/findings/?dimension=energy&cursor=old")
    with translation.override(language):
        html = render_to_string(f"pages/{template}.html", context, request=request)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def markup(template: str, **context: Any) -> str:
    request = RequestFactory().get("/findings/?dimension=energy&cursor=old")
    return render_to_string(f"pages/{template}.html", context, request=request)


@pytest.mark.parametrize(
    ("verdict", "provisional", "zh", "en"),
    [
        ("compliant", False, "达标 ✓", "compliant ✓"),
        ("noncompliant", True, "不达标 ✕ 暂定 ◇", "noncompliant ✕ provisional ◇"),
        ("undetermined", False, "无法判定 ？", "undetermined ?"),
    ],
)
def test_a_verdict_is_a_word_with_its_mark(
    verdict: str, provisional: bool, zh: str, en: str
) -> None:
    assert said("_verdict", verdict=verdict, provisional=provisional) == zh
    assert said("_verdict", "en", verdict=verdict, provisional=provisional) == en


@pytest.mark.parametrize(
    ("due", "zh", "en", "shade"),
    [
        (date(2018, 3, 14), "已逾期 1 天", "1 day past", "past"),
        (date(2018, 3, 15), "今天是最后一天", "today is the last day", "soon"),
        (date(2018, 3, 16), "还有 1 天", "1 day left", "soon"),
        (date(2018, 3, 25), "还有 10 天", "10 days left", "soon"),
        (date(2018, 3, 26), "还有 11 天", "11 days left", ""),
    ],
)
def test_a_deadline_says_its_weekday_and_the_days_left(
    due: date, zh: str, en: str, shade: str
) -> None:
    assert zh in said("_deadline", due=due, today=TODAY)
    assert en in said("_deadline", "en", due=due, today=TODAY)
    assert f'class="chip deadline{" " + shade if shade else ""}"' in markup(
        "_deadline", due=due, today=TODAY
    )


def test_a_deadline_that_was_met_is_quiet_and_links_its_certificate() -> None:
    html = markup("_deadline", due=date(2018, 1, 1), today=TODAY, met=True, certificate="/c/1/")
    assert "chip deadline met" in html
    assert 'href="/c/1/"' in html
    assert "逾期" not in html


def test_an_explanation_says_the_paragraph_then_the_tree() -> None:
    context = {"explanation": REASONING.as_json(), "verdict": "noncompliant", "provisional": False}
    assert REASONING.zh in said("_explanation", **context)
    assert REASONING.en in said("_explanation", "en", **context)
    html = markup("_explanation", **context)
    assert "<details open>" in html
    assert html.count("<li") == 5
    assert "<details>" in markup("_explanation", **{**context, "verdict": "compliant"})


def test_a_step_links_the_row_it_cites_and_only_rows() -> None:
    assert row_url(ROW) == f"/norms/rows/{ROW}/"
    assert row_url("GB/T 21346-2013/4.1") == ""
    assert row_url("GB 21346-2013 4.1") == ""
    html = markup(
        "_explanation", explanation=REASONING.as_json(), verdict="compliant", provisional=False
    )
    assert html.count(f'href="/norms/rows/{ROW}/"') == 2
    assert '<span class="cites" title="GB 21346-2013 4.1">GB 21346-2013 4.1</span>' in html
    assert row_words(ROW) == ("GB 21346-2013 4.1", "GB 21346-2013 4.1")
    assert row_words("GB 1-2 x") == ("GB 1-2 x", "GB 1-2 x")


def test_what_is_stored_is_read_back_as_it_was() -> None:
    assert read(REASONING.as_json()) == REASONING
    with pytest.raises(Refusal, match="explanation_unreadable"):
        read({"schema": "phaseout.explanation/9", "explanation": {}})


def test_a_text_of_a_step_is_never_markup() -> None:
    step = Step("verdict", "<script>alert(1)</script>", "<b>x</b>", cites="<i>")
    html = markup(
        "_explanation",
        explanation=Explanation(step).as_json(),
        verdict="compliant",
        provisional=False,
    )
    assert "<script" not in html
    assert "<i>" not in html


def test_the_pager_keeps_the_filters_and_changes_the_cursor() -> None:
    html = markup("_pages", page=Page([1], after="next", before="prev"))
    links = re.findall(r'href="([^"]+)"', html)
    assert links == [
        "?dimension=energy",
        "?dimension=energy&amp;cursor=prev",
        "?dimension=energy&amp;cursor=next",
        "?dimension=energy&amp;cursor=last",
    ]
    assert markup("_pages", page=Page([1], after=None, before=None)).strip() == ""


def test_two_people_or_the_wait_for_the_second() -> None:
    first = {"first": "马某", "first_on": TODAY, "digest": "ab" * 32}
    assert "待另一人复核" in said("_two_person", **first)
    both = {**first, "second": "丁某", "second_on": date(2018, 3, 16), "demo": True}
    assert "丁某， 2018-03-16" in said("_two_person", **both)
    assert "means nothing elsewhere" in said("_two_person", "en", **both)
    assert "abababababab" in said("_two_person", **both)


def test_the_trail_ends_where_one_is() -> None:
    html = markup("_trail", trail=[("企业", "/enterprises/"), ("甲厂", "")])
    assert '<a href="/enterprises/">企业</a>' in html
    assert '<span aria-current="page">甲厂</span>' in html


def test_a_history_says_what_changed_and_what_stands() -> None:
    version = {"start": TODAY, "end": None, "by": "马某", "source": "导入 3", "source_url": "/i/3/"}
    rows = [
        {**version, "changes": [("产能", None, "20 万t/a")]},
        {**version, "end": TODAY, "changes": [], "source_url": ""},
    ]
    text = said("_table_of_history", history=rows)
    assert "产能： — → 20 万t/a" in text
    assert "现行" in text
    assert "首次登记" in text


def test_the_standing_line_names_where_we_are() -> None:
    stages = [
        SimpleNamespace(label="立案", state="behind", on=TODAY),
        SimpleNamespace(label="限期整改", state="here", on=None),
        SimpleNamespace(label="延期", state="next", on=None),
        SimpleNamespace(label="关停", state="beyond", on=None),
    ]
    html = markup("_standing", stages=stages)
    assert html.count('aria-current="step"') == 1
    assert "限期整改 现在 延期 可以进入 关停 其后" in said("_standing", stages=stages)
