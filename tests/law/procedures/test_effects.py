"""What acts do to production: from the table, with its sources; what is in force after them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phaseout.law.procedures import PROCEDURES, checks, procedure, versions
from phaseout.law.procedures.effects import STOPS, effects_of, in_force, kinds_with_effect
from phaseout.law.procedures.rows import EffectRow, citation, rows


def newest(name):
    return procedure(name, version=versions(name)[-1][0].isoformat())


def test_every_row_has_a_source_and_our_own_say_so():
    for row in rows(EffectRow, "effects"):
        assert citation(row.source_id, row.clause, row.confidence).zh
        assert row.clause or row.note.startswith("ours"), row


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_row_is_of_acts_that_there_are(name):
    one = newest(name)
    own = {row.act for row in rows(EffectRow, "effects") if row.procedure == name}
    assert own <= set(effects_of(one)) <= set(one.acts)
    assert set(effects_of(one)) <= kinds_with_effect()


def kinds_in_force(name, *kinds):
    found = in_force(newest(name), kinds)
    return [kinds[i] for i in found.stops], [kinds[i] for i in found.allows]


STOP, SUSPEND = "order_temporary_stop", "suspension.serve_decision"
RESTRICT = "restriction.serve_decision"


@pytest.mark.parametrize(
    ("name", "kinds", "stops", "allows"),
    [
        ("safety", [], [], []),
        ("safety", ["open", "record_hazard"], [], []),
        ("safety", [STOP], [STOP], []),
        ("safety", [STOP, SUSPEND], [SUSPEND], []),
        ("safety", [STOP, "cut_supplies"], [STOP, "cut_supplies"], []),
        ("safety", [STOP, "reacceptance_passed"], [], ["reacceptance_passed"]),
        # whom the supply was cut it is not restored to by passing
        ("safety", [STOP, "cut_supplies", "reacceptance_passed"],
         ["cut_supplies"], ["reacceptance_passed"]),
        ("safety", [STOP, "cut_supplies", "restore_supplies"], [STOP], ["restore_supplies"]),
        ("environment", [RESTRICT, "stricter.serve_decision"], ["stricter.serve_decision"], []),
        ("environment", [RESTRICT, "report_completion"], [], ["report_completion"]),
        ("environment", [RESTRICT, "report_completion", "follow_up_same"], [], []),
        ("environment", [RESTRICT, "restriction.stay_execution"], [], []),
        ("environment", [RESTRICT, "restriction.stay_execution", "restriction.lift_stay"],
         [RESTRICT], []),
        ("environment", [RESTRICT, "restriction.decision_annulled"], [], []),
        ("environment", [RESTRICT, "fine.decision_annulled"], [RESTRICT], []),
        ("energy", ["grant_extension"], [], ["grant_extension"]),
        ("energy", ["grant_extension", "record_overdue"], [], []),
        ("energy", ["closure.serve_decision", "reopen"], [], []),
        ("quality", ["recheck_passed", SUSPEND], [SUSPEND], []),  # the later word counts
    ],
)  # fmt: skip
def test_what_is_in_force_after_these_acts(name, kinds, stops, allows):
    assert kinds_in_force(name, *kinds) == (stops, allows)


def test_the_gravest_stands_last():
    one = newest("safety")
    kinds = ["closure.serve_decision", "cut_supplies"]
    assert [kinds[i] for i in in_force(one, kinds).stops] == ["cut_supplies", kinds[0]]


@pytest.mark.parametrize(
    ("name", "act", "changes", "code"),
    [
        ("energy", "closure.serve_decision", {"effect": "restricts"}, "effect.closing-unsaid"),
        ("energy", "grant_extension", {"act": "dance"}, "effect.no-act"),
        ("energy", "grant_extension", {"over": "moon"}, "effect.over-what"),
        ("energy", "record_overdue", {"ends": "dance"}, "effect.ends-nothing"),
        ("safety", "restore_supplies", {"ends": ""}, "effect.without-end"),
    ],
)
def test_a_faulty_row_is_found(monkeypatch, name, act, changes, code):
    from phaseout.law.procedures import effects

    planted = tuple(
        replace(row, **changes) if (row.procedure, row.act) == (name, act) else row
        for row in rows(EffectRow, "effects")
    )

    def read(kind, table):
        return planted if kind is EffectRow else rows(kind, table)

    monkeypatch.setattr(checks, "rows", read)
    monkeypatch.setattr(effects, "rows", read)
    effects._effects.cache_clear()
    try:
        assert code in {problem.code for problem in checks.check_version(newest(name))}
    finally:
        effects._effects.cache_clear()


@pytest.mark.parametrize("name", PROCEDURES)
def test_whatever_stops_is_served_or_done_on_the_spot_by_an_office(name):
    """An enterprise stops nothing by decree: the acts that do are of authorities."""
    one = newest(name)
    for kind, effect in effects_of(one).items():
        if effect.effect in STOPS:
            assert one.acts[kind].by != "enterprise", kind
