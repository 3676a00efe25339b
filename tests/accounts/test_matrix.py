"""The responsibility matrix: what the table of duties says, under the names of the business day."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from phaseout.accounts.matrix import columns, rows
from phaseout.desk.models import DemoDay
from phaseout.law.opinions import Opinions

pytestmark = pytest.mark.django_db


def test_each_mark_stands_where_the_table_of_duties_puts_it() -> None:
    opinions = Opinions.of()
    order = columns(opinions, date(2018, 3, 15))
    shown = rows(opinions, order)
    assert [row.clause.number for row in shown] == [duty.clause for duty in opinions.duties]
    for row, duty in zip(shown, opinions.duties, strict=True):
        told = dict(zip((column.function for column in order), row.parts, strict=True))
        assert {f for f, part in told.items() if part == "lead"} == set(duty.lead)
        assert {f for f, part in told.items() if part == "cooperate"} == set(duty.cooperating)


def test_anybody_reads_it_under_the_names_of_the_day(client: Client) -> None:
    page = client.get("/duties/").content.decode()
    assert "自治区环境保护厅" in page
    assert "自治区生态环境厅" not in page
    DemoDay.objects.update_or_create(defaults={"day": date(2018, 11, 13)})
    page = client.get("/duties/").content.decode()
    assert "自治区生态环境厅" in page
    assert "自治区环境保护厅" not in page


def test_a_clause_with_several_subjects_names_each(client: Client) -> None:
    page = client.get("/duties/").content.decode()
    assert page.count("（十六）") == 4
    assert "节能监察" in page
    assert "安全生产执法" in page


def test_each_clause_has_its_text_and_those_whose_duty_it_is(client: Client) -> None:
    page = client.get("/duties/4/").content.decode()
    assert Opinions.of().clause(4).text_zh.splitlines()[0] in page
    assert "自治区经济和信息化委员会" in page
    assert client.get("/duties/1/").status_code == 200
    assert "本项没有列出责任单位" in client.get("/duties/1/").content.decode()
    assert client.get("/duties/22/").status_code == 404
    assert client.get("/duties/0/").status_code == 404


def test_it_is_english_too(client: Client) -> None:
    client.cookies["django_language"] = "en"
    page = client.get("/duties/").content.decode()
    assert "(9) Exit of capacity" in page
    assert "Department of Environmental Protection" in page
