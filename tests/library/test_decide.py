"""What an authority decides by a document with a number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from phaseout.law.refusals import Refusal

from .conftest import EMISSION, RECALLED, TODAY

SAID = {
    "kind": "condition",
    "subject": "L000022-1-A1",
    "key": EMISSION,
    "value": "yes",
    "document": "宁环函〔2018〕6号",
    "decided_on": TODAY,
    "division": "640100",
    "today": TODAY,
}


def decide(by: Any, **changes: Any) -> Any:
    from phaseout.library import confirming

    return confirming.decide(by=by, **(SAID | changes))


@pytest.fixture
def leader(person):
    return person("负责人", "leader", "epd")


def test_is_recorded_under_the_name_the_office_bore(leader):
    made = decide(leader)
    assert made.decided_by_name == "自治区环境保护厅"
    assert (made.recorded_by, made.value) == (leader, "yes")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"document": "  "}, "decision_without_document"),
        ({"decided_on": TODAY + timedelta(days=1)}, "decision_of_a_day_to_come"),
        ({"valid_from": TODAY, "valid_to": TODAY - timedelta(days=1)}, "decision_ends_early"),
        ({"kind": "whim"}, "decision_unreadable"),
        ({"value": "maybe"}, "decision_unreadable"),
        ({"subject": ""}, "decision_unreadable"),
        ({"key": "emission_limits/none/1"}, "row_unknown"),
        ({"document": "号" * 201}, "text_too_long"),
        ({"kind": "parameter", "subject": "x", "key": ""}, "decision_unreadable"),
        (
            {"kind": "parameter", "subject": "serious_min_valid_days", "value": "many"},
            "decision_unreadable",
        ),
        ({"kind": "area", "subject": "银川", "key": "steel", "value": "*"}, "decision_unreadable"),
        ({"kind": "edition", "subject": "GB-none", "value": "GB16780-2012"}, "decision_unreadable"),
    ],
)
def test_refused(leader, changes, code):
    with pytest.raises(Refusal) as refused:
        decide(leader, **changes)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("role", "function", "division", "key", "may"),
    [
        ("leader", "epd", "640000", EMISSION, True),
        ("reviewer", "epd", "640000", EMISSION, True),
        ("officer", "epd", "640000", EMISSION, False),
        ("leader", "eic", "640000", EMISSION, False),
        ("leader", "eic", "640000", RECALLED, True),
        ("leader", "cities", "640100", EMISSION, True),
        ("leader", "cities", "640200", EMISSION, False),  # another city's line
    ],
)
def test_who_may_decide_where(person, role, function, division, key, may):
    from django.core.exceptions import PermissionDenied

    by = person("某", role, function, division)
    if may:
        assert decide(by, key=key).pk
    else:
        with pytest.raises(PermissionDenied):
            decide(by, key=key)


@pytest.mark.parametrize("days, known", [(-1, 0), (0, 1), (1, 1)])
def test_counts_from_the_day_it_was_made(leader, days, known):
    from phaseout.library.records import decisions_on

    decide(leader)
    assert len(decisions_on(TODAY + timedelta(days=days))) == known


def test_a_later_one_succeeds_an_earlier_one(leader):
    from phaseout.library.records import decisions_on

    decide(leader, decided_on=TODAY - timedelta(days=1))
    decide(leader, value="no", document="宁环函〔2018〕7号")
    assert [d.value for d in decisions_on(TODAY)] == ["no"]
    assert [d.value for d in decisions_on(TODAY - timedelta(days=1))] == ["yes"]


def test_a_later_one_takes_only_the_days_it_covers(leader):
    from phaseout.library.records import decisions_on

    decide(leader)
    decide(leader, value="no", valid_from=date(2018, 1, 1), valid_to=date(2018, 1, 31))
    assert [(d.value, d.valid_from, d.valid_to) for d in decisions_on(TODAY)] == [
        ("yes", date(2018, 2, 1), None),
        ("yes", None, date(2017, 12, 31)),
        ("no", date(2018, 1, 1), date(2018, 1, 31)),
    ]
