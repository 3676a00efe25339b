"""`phaseout ledger balance | check`: what an operator types, in the site's own database."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection

from capacity_book import register
from casebook import Desk
from phaseout.cli import main
from phaseout.commands import ledger
from phaseout.registry.models import CapacityEntry


@pytest.fixture
def ask(db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    desk = Desk()
    register(desk.line(), 600_000)
    other = desk.enterprise("91640200MA00000002", division_code="640202", industry="coke")
    register(desk.line("L2", other), 45_000, product="焦炭", since=date(2017, 7, 1))
    monkeypatch.setattr(ledger, "of_the_site", nullcontext)

    def asked(*arguments: str, code: int = 0) -> Any:
        answer = CliRunner().invoke(main, ["ledger", *arguments])
        assert answer.exit_code == code, answer.output
        return json.loads(answer.stdout) if "--json" in arguments else answer.stdout

    return asked


@pytest.mark.parametrize(
    ("narrowed", "totals"),
    [
        ([], {"水泥": "600000", "焦炭": "45000"}),
        (["--year", "2016"], {"水泥": "600000"}),
        (["--year", "2017"], {"水泥": "600000", "焦炭": "45000"}),
        (["--on", "2017-06-30"], {"水泥": "600000"}),
        (["--known-on", "2018-01-01"], {}),
        (["--city", "石嘴山"], {"焦炭": "45000"}),
        (["--city", "640100"], {"水泥": "600000"}),
        (["--industry", "焦炭"], {"焦炭": "45000"}),
    ],
)
def test_a_balance_is_told_in_the_unit_of_the_ledger(ask: Any, narrowed: Any, totals: Any) -> None:
    told = ask("balance", *narrowed, "--json")
    assert {one["product"]: one["total"] for one in told["balances"]} == totals
    assert all(one["unit"] == "t/a" for one in told["balances"])


def test_it_is_said_as_officials_write_it(ask: Any) -> None:
    assert "水泥  60万吨/年  在册 60万吨/年" in ask("balance")
    assert "in the register" not in ask("balance", "--year", "2017", "--lang", "en")


def test_two_days_at_once_and_a_city_nobody_knows_are_wrong_usage(ask: Any) -> None:
    ask("balance", "--year", "2017", "--on", "2017-06-30", code=2)
    ask("balance", "--city", "上海", code=2)


def test_what_was_changed_by_hand_is_named(ask: Any) -> None:
    told = ask("check", "--json")
    assert (told["agrees"], told["entries"], told["postings"]) == (True, 2, 4)
    second = CapacityEntry.objects.get(line="L2")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE registry_capacityposting DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE registry_capacityposting SET amount = amount + 1 WHERE entry_id = %s "
            "AND account = 'registered'",
            [second.pk],
        )
    found = ask("check", "--json", code=1)["wrong"]
    assert (found["entry"], found["line"]) == (second.pk, "L2")
    assert "不平衡" in found["what"]["zh"]
