"""`phaseout cases list | sweep | recount`: what an operator types, in the site's own database."""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import Any

import pytest
from click.testing import CliRunner

from casebook import Desk
from ordered_case import DUE, ORDERED, days
from phaseout.cli import main
from phaseout.commands import audit, cases
from phaseout.law.refusals import Refusal
from phaseout.web.environment import state_home
from phaseout.web.serving import preparing


@pytest.fixture
def told(db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    desk = Desk()
    desk.walk(desk.open_(desk.finding(desk.line())).case, *ORDERED)
    for commands in (audit, cases):
        monkeypatch.setattr(commands, "of_the_site", nullcontext)

    def ask(*arguments: str) -> Any:
        answer = CliRunner().invoke(main, ["cases", *arguments, "--json"])
        assert answer.exit_code == 0, answer.output
        return json.loads(answer.stdout)

    return ask


@pytest.mark.parametrize("applied", [(), ("casework.0001_initial",)])
def test_a_database_without_our_tables_is_refused_with_what_to_run(
    applied: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "connected", lambda address: nullcontext())
    monkeypatch.setattr(preparing, "migrations_of", lambda connection: applied)
    with pytest.raises(Refusal, match="phaseout serve") as refused:
        preparing.must_be_prepared(state_home())
    assert refused.value.code == "database_not_prepared"


def test_a_day_is_swept_once_and_twice_does_no_harm(
    told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phaseout.desk.day.today", lambda: DUE + days(1))
    on = (DUE + days(1)).isoformat()
    first = told("sweep", "--on", on)
    assert (first["on"], first["lapses"] > 0) == (on, True)
    assert told("sweep", "--on", on) == {"on": on, "lapses": 0, "notices": 0}


@pytest.mark.parametrize("command", [("cases", "sweep"), ("audit", "checkpoint")])
def test_nothing_is_done_for_a_day_to_come(command: tuple[str, ...], told: Any) -> None:
    answer = CliRunner().invoke(main, [*command, "--on", "2018-03-16"])
    assert (answer.exit_code, "[day_not_reached]" in answer.stderr) == (1, True)


def test_with_the_calendar_of_before_nothing_is_recounted(told: Any) -> None:
    assert told("recount") == {"recounted": False}


def test_cases_are_listed_with_their_next_last_day(told: Any) -> None:
    (one,) = told("list")["cases"]
    assert (one["stage"], one["office"], one["closed_on"]) == ("rectifying", "eic", None)
    assert one["due"] is not None
    assert told("list", "--office", "epd")["cases"] == []
