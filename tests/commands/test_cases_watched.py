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
from phaseout.commands import cases


@pytest.fixture
def told(db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    desk = Desk()
    desk.walk(desk.open_(desk.finding(desk.line())).case, *ORDERED)
    monkeypatch.setattr(cases, "of_the_site", nullcontext)

    def ask(*arguments: str) -> Any:
        answer = CliRunner().invoke(main, ["cases", *arguments, "--json"])
        assert answer.exit_code == 0, answer.output
        return json.loads(answer.stdout)

    return ask


def test_a_day_is_swept_once_and_twice_does_no_harm(told: Any) -> None:
    on = (DUE + days(1)).isoformat()
    first = told("sweep", "--on", on)
    assert (first["on"], first["lapses"] > 0) == (on, True)
    assert told("sweep", "--on", on) == {"on": on, "lapses": 0, "notices": 0}


def test_with_the_calendar_of_before_nothing_is_recounted(told: Any) -> None:
    assert told("recount") == {"recounted": False}


def test_cases_are_listed_with_their_next_last_day(told: Any) -> None:
    (one,) = told("list")["cases"]
    assert (one["stage"], one["office"], one["closed_on"]) == ("rectifying", "eic", None)
    assert one["due"] is not None
    assert told("list", "--office", "epd")["cases"] == []
