"""Each procedure goes by the real acts, by the right people only, to each of its ends."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from journeys import ENDS, EVERYWHERE, Journey, technology_sealed_first
from phaseout.accounts.scope import scope_of
from phaseout.casework import acts
from phaseout.casework.models import Case, TaskStanding
from phaseout.casework.proceeding.choosing import choices
from phaseout.casework.proceeding.preparing import Asked
from phaseout.casework.proceeding.replaying import differences
from phaseout.casework.proceeding.standing import acts_of, standing_of
from phaseout.law.procedures import versions
from phaseout.law.procedures.records import MAIN, StageKind
from phaseout.law.refusals import Refusal


@pytest.mark.parametrize(
    ("dimension", "end"),
    [(dimension, end) for dimension, ends in ENDS.items() for end in (*ends, *EVERYWHERE)],
)
def test_a_case_is_carried_to_its_end(desk, dimension, end):
    journey = Journey(desk, dimension)
    (ENDS[dimension] | EVERYWHERE)[end](journey)
    case = Case.objects.get(pk=journey.case.pk)
    assert (case.stage, case.closed_on) == (end, journey.day)
    assert differences(case) == []
    assert not case.deadlines.filter(going=True).exclude(kind="right").exists()


def test_a_case_is_merged_only_into_an_open_one_of_its_party(desk):
    journey, stranger = Journey(desk, "energy"), desk.enterprise("91640100MA00000002")
    theirs = desk.open_(desk.finding(desk.line("L9", enterprise=stranger))).case
    for named in (journey.case.number, theirs.number, "经查属实。"):
        with pytest.raises(Refusal, match=r"no-case-to-merge-into") as refused:
            journey.do("merge_into", other_case=named)
        assert refused.value.code == "act.no-case-to-merge-into"


COAL = "国家煤矿安全监察局宁夏局"


@pytest.mark.parametrize(("named", "shown"), [(COAL, COAL), ("receiver", "接收机关")])
def test_who_takes_a_case_over_is_shown_by_name(desk, client, named, shown):
    journey = Journey(desk, "energy")
    journey.do("transfer_out", receiver=named)
    client.force_login(desk.person())
    task = TaskStanding.objects.get(case=journey.case, task="take_over")
    for address in (reverse("case", args=[journey.case.pk]), reverse("task", args=[task.pk])):
        assert f"由其跟踪：{shown}" in client.get(address).content.decode()


def test_another_version_is_offered_only_where_there_is_a_newer_one(desk):
    journey = Journey(desk, "energy")
    leader = desk.person("eic", "leader")

    def offered(on):
        now = standing_of(journey.case, acts_of(journey.case), on=on)
        found = choices(journey.case, now, scope_of(leader, on=on), on)
        return "move_version" in [one.rule.kind for one in found if one.yours]

    later = [first for first, _last in versions("energy") if first > journey.day]
    assert not offered(later[0] - timedelta(days=1))
    assert offered(later[0])


def test_sealed_first_and_dismantled_by_the_day_set(desk):
    journey = Journey(desk, "technology")
    technology_sealed_first(journey)
    assert Case.objects.get(pk=journey.case.pk).stage == "closed_exited"


@pytest.fixture
def decided(desk):
    """An energy case whose decision to close was served."""
    journey = Journey(desk, "energy")
    journey.decided("order").after("rectification").do("record_overdue").decided("closure")
    return journey


def exit_of(journey, by=None, key=None):
    """The exit opened on the decision of the case."""
    desk, case = journey.desk, journey.case
    by = by or desk.person()
    return acts.open_exit(
        case.pk,
        Asked(
            "open_on_decision",
            {"decision_served": [desk.file()], "exit_form": "整体关停"},
        ),
        by=by,
        scope=scope_of(by, on=journey.day),
        today=journey.day,
        key=key or uuid4(),
    )


def test_the_exit_is_a_case_of_its_own_beside_the_decision(desk, decided):
    key = uuid4()
    act = exit_of(decided, key=key)
    assert act.case.number.startswith("宁经信退立〔2018〕1号")
    assert (act.case.procedure, act.case.stage) == ("exit", "opened")
    assert list(act.case.findings.all()) == list(decided.case.findings.all())
    assert exit_of(decided, key=key).pk == act.pk


@pytest.mark.parametrize("form", ["begin_removal", "shut_down", "close_enterprise", "ban"])
def test_an_exit_goes_to_its_confirmation(desk, decided, form):
    exit_ = Journey.of(decided, exit_of(decided).case)
    if form == "begin_removal":
        exit_.do(form, "set_dismantling_date", "dismantle", "acceptance_passed")
    else:
        exit_.do(form, "verify_stopped")
    if form in ("shut_down", "close_enterprise"):
        exit_.do("record_revocation", licence="排污许可证")
    exit_.do("settlement_confirmed", "publish_exit").after("objection").do("confirm_exit")
    assert (exit_.case.stage, exit_.case.closed_on) == ("exited", exit_.day)
    assert differences(exit_.case) == []
    (settling,) = TaskStanding.objects.filter(task="settle_employees")  # once for the line
    assert (settling.case, settling.ended_on is not None) == (exit_.case, True)
    decided.day = exit_.day
    assert decided.exited().case.stage == "closed_exited"


def test_an_objection_upheld_leads_back_to_removal(desk, decided):
    exit_ = Journey.of(decided, exit_of(decided).case)
    exit_.do("shut_down", "verify_stopped", "publish_exit", "object", "objection_upheld")
    assert exit_.case.stage == "to_remove"


def test_a_restart_after_the_exit_opens_the_case_again(desk, decided):
    exit_ = Journey.of(decided, exit_of(decided).case)
    exit_.do("begin_removal", "set_dismantling_date", "dismantle", "acceptance_passed")
    exit_.do("settlement_confirmed", "publish_exit").after("objection").do("confirm_exit")
    exit_.later(60).do("restart_after_exit")
    assert (exit_.case.stage, exit_.case.closed_on) == ("to_remove", None)


def test_no_exit_without_a_decision_that_was_served_and_only_one(desk, decided):
    fresh = Journey(desk, "environment")
    with pytest.raises(Refusal) as refusal:
        exit_of(fresh, by=desk.person("epd"))
    assert refusal.value.code == "act.no-decision-served"
    exit_of(decided)
    with pytest.raises(Refusal) as refusal:
        exit_of(decided)
    assert refusal.value.code == "act.exit-already-open"


@pytest.mark.parametrize("dimension", ENDS)
def test_there_is_no_other_end(desk, dimension):
    procedure = Journey(desk, dimension).procedure
    ends = {s.id for s in procedure.stages_of(MAIN) if s.kind is StageKind.END}
    assert ends == {*ENDS[dimension], *EVERYWHERE}
