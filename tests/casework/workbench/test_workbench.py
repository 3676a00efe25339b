"""The workbench: what waits for an official, by urgency, within the scope; at a fixed cost."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ordered_case import DUE, ORDERED, SERVED, days
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework import acts
from phaseout.casework.watching.sweeping import sweep
from phaseout.casework.workbench.gathering import gather


def bench_of(user, on):
    return gather(user, scope_of(user, on=on), on)


@pytest.mark.parametrize(
    ("day", "section"),
    [(DUE - days(11), "later"), (DUE - days(10), "soon"), (DUE, "soon"), (DUE + days(1), "lapsed")],
)
def test_a_deadline_stands_where_its_day_puts_it(desk, ordered, day, section):
    found = bench_of(desk.person("eic"), day)
    periods = {
        key: [one.period for one in rows if one.period == "rectification"]
        for key, rows in found.deadlines.items()
    }
    assert periods.get(section) == ["rectification"]
    assert sum(len(rows) for rows in periods.values()) == 1


def test_what_is_of_another_office_or_city_is_not_shown(desk, ordered):
    for user in (desk.person("epd"), desk.person("cities", division="640200")):
        found = bench_of(user, DUE + days(1))
        assert found.empty, user


def test_tasks_of_ones_office_and_those_that_others_hold(desk, ordered):
    mine = bench_of(desk.person("eic"), SERVED)
    assert [one.task for one in mine.tasks] == ["yellow_list"]
    assert [one.task for one in mine.others] == ["assist_rectification"]
    city = bench_of(desk.person("cities", division="640100"), SERVED)
    assert [one.task for one in city.tasks] == ["assist_rectification"]
    assert city.others == []


def test_what_i_sign_what_came_back_what_i_wait_for(desk):
    case = desk.open_(desk.finding(desk.line())).case
    rule = desk.rule(case, "order.file")
    officer, leader = desk.doer(rule, case), desk.leader(rule, case)
    asked = desk.asked(rule, case, SERVED)
    given = {"scope": scope_of(officer, on=SERVED), "today": SERVED}
    proposal = acts.propose(case.pk, asked, by=officer, key=uuid4(), **given)
    assert [one.pk for one in bench_of(leader, SERVED).proposals["sign"]] == [proposal.pk]
    assert [one.pk for one in bench_of(officer, SERVED).proposals["waiting"]] == [proposal.pk]
    acts.decline(
        proposal.pk,
        by=leader,
        scope=scope_of(leader, on=SERVED),
        today=SERVED,
        answer="请补充理由。",
    )
    back = bench_of(officer, SERVED)
    assert [one.pk for one in back.proposals["returned"]] == [proposal.pk]
    assert back.counts["returned"] == 1
    assert "sign" not in bench_of(leader, SERVED).proposals


def test_an_auditor_oversees_what_lies_in_scope(desk, ordered):
    found = bench_of(desk.person("inspection", Role.AUDITOR), DUE + days(1))
    assert "rectification" in [one.period for one in found.deadlines["lapsed"]]
    assert not found.works


def test_the_page_is_where_officials_land_and_others_are_sent_on(desk, ordered, signed_in, on_day):
    on_day(DUE + days(1))
    sweep(DUE + days(1))
    page = signed_in(desk.person("eic")).get("/workbench/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "已逾期" in text
    assert ordered.number in text
    user = desk.person(role=Role.ENTERPRISE, uscc=ordered.enterprise_id, function="")
    assert signed_in(user).get("/workbench/").url == "/own/"
    administrator = desk.person(role=Role.ADMINISTRATOR)
    assert signed_in(administrator).get("/workbench/").url == "/"


def test_nobody_signed_in_is_asked_to(client, db):
    assert client.get("/workbench/").status_code == 302


def test_the_sql_of_the_page(desk, ordered, snapshot):
    officer = desk.person("eic")

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            bench_of(officer, DUE + days(1))
        return [_plain(one["sql"]) for one in captured]

    first = asked()
    assert first == snapshot
    for name in ("L2", "L3"):
        desk.walk(desk.open_(desk.finding(desk.line(name))).case, *ORDERED)
    assert len(asked()) == len(first)


def _plain(sql: str) -> str:
    """Without columns and numbers."""
    sql = re.sub(r"SELECT .+? FROM", "SELECT … FROM", sql)
    return re.sub(r"(?<![\w.'-])\d+(?![\w.'-])", "1", sql)
