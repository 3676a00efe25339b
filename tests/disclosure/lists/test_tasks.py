"""The tasks of cases that lists fulfil: by the edition, by the end of a ground."""

from __future__ import annotations

from datetime import timedelta

import pytest

from journeys import Journey, technology_exited
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework.models import TaskAct, TaskStanding
from phaseout.disclosure.lists import acts
from phaseout.disclosure.lists.beside import way
from phaseout.disclosure.lists.log import heads
from phaseout.law.refusals import Refusal


def task(case, name):
    return TaskStanding.objects.get(case=case, task=name)


def said_of(office, journey):
    found = way(journey.case, scope_of(office.officer, on=journey.day), journey.day)
    return found.says[0] if found else ""


def test_publication_and_the_end_of_the_ground_do_the_tasks_and_the_case_says_so(office) -> None:
    one = office.ordered()
    assert "尚待" in said_of(office, one) and "能耗“黄牌”企业名单" in said_of(office, one)
    edition, on = office.edition(one.day)
    done = task(one.case, "yellow_list")
    assert (done.state, done.ended_on) == ("reported", on)
    act = TaskAct.objects.get(case=one.case, task="yellow_list")
    assert (act.by, act.office) == (office.officer, "eic")
    assert edition.document in act.reason and edition.title[0] in act.reason
    assert edition.document in said_of(office, one) and "尚待" not in said_of(office, one)

    one.day = on
    one.do("report_completion", "recheck_passed", "close_met")
    left = task(one.case, "leave_yellow_list")
    assert (left.state, left.ended_on) == ("reported", on)
    assert "移出" in said_of(office, one)


def test_one_who_met_the_requirement_before_publication_has_no_task_left(office) -> None:
    one = office.ordered().do("report_completion", "recheck_passed", "close_met")
    acts.end_what_is_over(one.day)
    assert task(one.case, "yellow_list").ended_on is None, "the day after"
    acts.end_what_is_over(one.day + timedelta(days=1))
    for name in ("yellow_list", "leave_yellow_list"):
        assert task(one.case, name).state == "reported", name
    reasons = (
        TaskAct.objects.filter(case=one.case).order_by("task").values_list("reason", flat=True)
    )
    assert ["没有列入过" in reasons[0], "不再列入" in reasons[1]] == [True, True]


def test_a_publication_that_is_refused_does_no_task(office) -> None:
    one = office.ordered()
    draft = office.draft(one.day)
    on = office.told(draft, one.day)
    office.signed(draft, on)
    one.day = on
    one.do("withdraw_case")
    with pytest.raises(Refusal):
        acts.publish(draft.pk, **office.ways(on))
    assert not TaskAct.objects.filter(case=one.case, task="yellow_list").exists()


def test_a_firm_closed_by_environment_law_enters_the_red_list_and_leaves_by_its_exit(
    office,
) -> None:
    officer, leader = office.desk.person("epd"), office.desk.person("epd", Role.LEADER)
    journey = Journey(office.desk, "environment")
    journey.do("accept_exceedance").decided("suspension").do("record_serious").decided("closure")
    draft = acts.draft("red-environment", **office.ways(journey.day, officer))
    on = office.told(draft, journey.day, officer)
    acts.sign(draft.pk, digest=draft.digest, **office.ways(on, leader))
    edition = acts.publish(draft.pk, **office.ways(on, officer))
    heads.sign(office.home)
    assert edition.count == 1 and edition.organisation_zh == "自治区环境保护厅"
    assert task(journey.case, "red_list").state == "reported"
    journey.day = on
    journey.exited()
    assert edition.entered.get().ending.cause == "exited"


def test_the_edition_that_names_the_firm_is_its_announcement_of_clause_8(office) -> None:
    one = Journey(office.desk, "technology").do("record_match").decided("elimination")
    assert said_of(office, one).count("尚待") == 1, "whichever of two lists is first"
    one.do("cut_water", "cut_power", "remove_drive", "seal", "commitment", "publish_commitment")
    one.do("set_dismantling_date", "record_sealed")
    edition, on = office.edition(one.day, "sealed")
    done = task(one.case, "publish_name")
    assert (done.state, done.ended_on) == ("reported", on)
    assert edition.document in TaskAct.objects.get(case=one.case, task="publish_name").reason


def test_a_case_that_was_announced_when_it_was_closed_has_no_announcement_left(office) -> None:
    one = Journey(office.desk, "technology")
    technology_exited(one)
    acts.end_what_is_over(one.day + timedelta(days=1))
    assert task(one.case, "publish_name").state == "reported"
    assert "公告并结案" in TaskAct.objects.get(case=one.case, task="publish_name").reason
