"""期限计算 and 办理程序: what the law package says, for anybody to read and recompute."""

from __future__ import annotations

import pytest

from phaseout.disclosure.site.pages.calculator import countable_terms
from phaseout.disclosure.site.pages.procedures import parts_of
from phaseout.law.procedures import PROCEDURES, page

pytestmark = pytest.mark.django_db
AT = "/public/periods/"


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("", 200, "起算日"),
        ("day=2017-08-31&length=6&unit=month", 200, "期间届满日：2018年2月28日"),
        ("day=2017-03-15&length=6&unit=month&extension=3", 200, "2017年12月15日"),
        ("day=2017-09-25&length=5&unit=working_day", 200, "2017年9月30日"),  # a make-up workday
        ("day=2017-09-25&length=5&unit=working_day&direction=backward", 200, "最迟日期"),
        ("day=2018-03-15&term=APL-1996/1", 200, "行政处罚法"),
        ("day=2026-09-01&length=6&unit=month", 200, "暂定"),  # 2027 is not published
        ("day=2026-12-30&length=9&unit=working_day", 409, "period.no-calendar"),
        ("day=2018-03-15", 422, "请选择一项法定期间"),
        ("day=2018-03-15&length=0&unit=month", 422, "起算日"),
        ("day=2018-03-15&length=6&unit=fortnight", 422, "起算日"),
        ("day=yesterday&length=6&unit=month", 422, "起算日"),
        ("day=2018-03-15&length=4&unit=hour", 422, "请填写时刻"),
        ("day=2018-03-15&length=4&unit=hour&at=10:30", 200, "14时30分"),
        ("day=2018-03-15&length=1&unit=month&extension=1&direction=backward", 422, "没有延长"),
        ("day=2018-03-15&term=APL-1996/1&length=3&unit=month", 422, "长度由法律规定"),
        ("day=9999-12-01&length=60&unit=month", 409, "period.beyond-the-calendar"),
    ],
)
def test_the_calculator_answers_or_says_why_not(client, query, status, says) -> None:
    answer = client.get(f"{AT}?{query}")
    assert (answer.status_code, says in answer.content.decode()) == (status, True)


def test_each_step_cites_its_clause_and_leads_to_the_library(client) -> None:
    page = client.get(f"{AT}?day=2022-03-15&term=ACL-2011/7").content.decode()
    assert 'href="/norms/ACL-2011/"' in page and "民法典" in page


def test_every_term_on_offer_can_be_counted(client) -> None:
    from datetime import datetime, timedelta, timezone

    from phaseout.law.refusals import Refusal

    for number, term in countable_terms().items():
        day = datetime(2024, 3, 5, 9, tzinfo=timezone(timedelta(hours=8)))
        try:
            assert term.period_from(day).steps, number
        except Refusal as refusal:  # a law that is not in force on that day
            assert refusal.code == "term.not-in-force", number


def test_every_procedure_is_explained_with_its_picture(client) -> None:
    index = client.get("/public/procedures/").content.decode()
    for name in PROCEDURES:
        shown = client.get(f"/public/procedures/{name}/").content.decode()
        assert f"/public/procedures/{name}/" in index
        assert f"/public/procedures/{name}.zh.svg" in shown and "<table" in shown
        picture = client.get(f"/public/procedures/{name}.en.svg")
        assert picture["Content-Type"] == "image/svg+xml" and picture.content.startswith(b"<svg")
    assert client.get("/public/procedures/tea/").status_code == 404
    assert client.get("/public/procedures/energy.fr.svg").status_code == 404


@pytest.mark.parametrize("name", PROCEDURES)
def test_nothing_of_a_procedures_page_is_lost(name) -> None:
    """Every row of its tables is a row here, with as many cells as its head."""
    text = page(name)
    parts = parts_of(text)
    rows = [line for line in text.splitlines() if line.startswith("| ") and "---" not in line]
    tables = [part for part in parts if part.head]
    assert len(rows) == sum(len(part.rows) + 1 for part in tables)
    assert all(len(row) == len(part.head) for part in tables for row in part.rows)
