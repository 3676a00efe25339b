"""One small tree: the paragraph, the page and the JSON come from the same steps."""

from __future__ import annotations

import json

from phaseout.law.judgement.explanation import SCHEMA, Explanation, Step
from phaseout.law.judgement.reasons import reasons

TREE = Explanation(
    Step(
        "verdict",
        "不达标",
        "noncompliant",
        because=(
            Step("measured", "实测120 kgce/t", "measured 120 kgce/t"),
            Step(
                "limit",
                "限值112 kgce/t。",
                "limit 112 kgce/t.",
                "energy_limits/GB/1",
                (Step("edition", "GB 1 第4.1条", "GB 1 clause 4.1"),),
            ),
        ),
    )
)


def test_the_paragraph_is_the_root_and_the_steps_right_below_it() -> None:
    assert TREE.zh == "不达标。实测120 kgce/t。限值112 kgce/t。"
    assert TREE.en == "noncompliant. measured 120 kgce/t. limit 112 kgce/t."


def test_the_tree_is_json_with_a_schema_version() -> None:
    data = json.loads(TREE.dumps())
    assert data["schema"] == SCHEMA
    assert data["explanation"]["because"][1]["because"][0]["zh"] == "GB 1 第4.1条"
    assert data["explanation"]["because"][1]["cites"] == "energy_limits/GB/1"
    assert "cites" not in data["explanation"]


def test_walking_gives_every_step_with_its_depth() -> None:
    assert [(depth, step.kind) for depth, step in TREE.root.walk()] == [
        (0, "verdict"),
        (1, "measured"),
        (1, "limit"),
        (2, "edition"),
    ]


def test_every_reason_has_words_in_both_languages() -> None:
    assert reasons()
    assert all(zh.strip() and en.strip() for zh, en in reasons().values())
