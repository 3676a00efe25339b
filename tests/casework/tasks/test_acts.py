"""What organisations do with a task: by whom, in which order, until when."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from ordered_case import SERVED, days
from phaseout.accounts.leaving import left_by
from phaseout.accounts.scope import scope_of
from phaseout.casework.models import CaseTask, TaskAct, TaskStanding
from phaseout.casework.proceeding.deriving import derive
from phaseout.casework.proceeding.standing import acts_of
from phaseout.casework.tasks import acts
from phaseout.casework.tasks.clocks import last_day
from phaseout.casework.watching.sweeping import sweep
from phaseout.casework.workbench.leaving import accepted_tasks
from phaseout.law.refusals import Refusal
from phaseout.notices.models import Notice


@pytest.fixture
def city(desk):
    return desk.person("cities", division="640100")


@pytest.fixture
def officer(desk):
    return desk.person("eic")


def refused(code, act, *arguments, **given):
    with pytest.raises(Refusal) as refusal:
        act(*arguments, **given)
    assert refusal.value.code == code


def test_a_task_waits_with_the_office_it_arose_for(assist):
    assert (assist.office, assist.case_office, assist.state) == ("city_640100", "eic", "arisen")
    assert (assist.arisen_on, assist.due, assist.reported) == (SERVED, date(2018, 4, 8), True)


def test_who_leaves_is_known_to_have_accepted_it(doing, city):
    post = city.posts.get()
    assert accepted_tasks(post) == 0
    doing.accept(city, SERVED)
    assert accepted_tasks(post) == 1
    assert left_by(post) == [("已接受、尚未报告的任务", 1)]


def test_the_office_of_the_case_has_its_own_tasks_without_accepting_them(ordered):
    assert TaskStanding.objects.get(task="yellow_list").state == "accepted"


@pytest.mark.parametrize(
    ("state", "due"),
    [
        ("arisen", date(2018, 4, 8)),  # 3, 4 and, after the holiday, the 8th
        ("accepted", date(2018, 5, 16)),
        ("reported", None),
    ],
)
def test_the_clocks_run_in_working_days(state, due):
    assert last_day("assist_rectification", state, SERVED) == due


def test_accepted_then_reported_with_a_file_it_is_done(desk, doing, city):
    task = doing.accept(city, SERVED + days(1))
    assert (task.state, task.accepted_by, task.due) == ("accepted", city, date(2018, 5, 17))
    file = desk.file("办理情况")
    task = doing.report(city, SERVED + days(9), reason="已督促企业停用落后设备。", files=[file])
    assert (task.state, task.ended_on, task.due) == ("reported", SERVED + days(9), None)
    assert list(TaskAct.objects.values_list("place", "kind")) == [(1, "accept"), (2, "report")]
    assert TaskAct.objects.get(place=2).files == [file]


def test_it_is_accepted_first_and_reported_then(doing, city):
    refused("task.not-now", doing.report, city, SERVED, reason="已办。")


def test_returned_it_waits_for_the_office_of_the_case_which_sends_it_on(desk, doing, city, officer):
    refused("task.no-reason", doing.return_, city, SERVED, reason=" ")
    task = doing.return_(city, SERVED, reason="企业不在本市管辖。")
    assert (task.state, task.office) == ("returned", "city_640100")
    assert Notice.objects.filter(user=officer, step="returned-1").exists()
    refused("task.not-now", doing.accept, city, SERVED)
    task = doing.transfer(officer, SERVED + days(1), reason="请协助。", to_office="hr")
    assert (task.state, task.office) == ("arisen", "hr")
    assert Notice.objects.filter(user=desk.person("hr"), step="transferred-2").exists()
    refused("task.of-another", doing.accept, city, SERVED + days(1))
    assert doing.accept(desk.person("hr"), SERVED + days(2)).state == "accepted"


def test_returned_it_may_be_sent_back_to_the_same_office(doing, city, officer):
    doing.return_(city, SERVED, reason="材料不全。")
    task = doing.transfer(officer, SERVED, reason="材料已补。", to_office="city_640100")
    assert (task.state, task.office) == ("arisen", "city_640100")


def test_a_leader_of_the_holder_transfers_an_officer_does_not(desk, doing, city):
    given = {"reason": "由电网企业办理。", "to_office": "grid"}
    refused("task.of-another", doing.transfer, city, SERVED, **given)
    leader = desk.person("cities", "leader", "640100")
    assert doing.transfer(leader, SERVED, **given).office == "grid"


@pytest.mark.parametrize("office", ["city_640100", "nobody", "land", ""])
def test_it_is_transferred_to_another_office_where_somebody_works(doing, officer, office):
    refused("task.office-unknown", doing.transfer, officer, SERVED, reason="转。", to_office=office)


def test_the_office_of_the_case_urges_once_a_day(doing, city, officer):
    refused("task.of-another", doing.urge, city, SERVED, reason="请快办。")
    doing.urge(officer, SERVED + days(5), reason="请尽快接受。")
    assert Notice.objects.filter(user=city, step="urged-1").exists()
    refused("task.urged-today", doing.urge, officer, SERVED + days(5), reason="请快办。")
    doing.urge(officer, SERVED + days(6), reason="请尽快接受。")


@pytest.mark.parametrize(
    ("office", "division"), [("cities", "640200"), ("eic", "640000"), ("epd", "640000")]
)
def test_wrong_city_and_wrong_office_are_refused(desk, doing, office, division):
    other = desk.person(office, division=division)
    refused("task.of-another", doing.accept, other, SERVED)
    assert not TaskAct.objects.exists()


def test_sent_twice_it_is_done_once(doing, city):
    key = uuid4()
    doing.accept(city, SERVED, key=key)
    doing.accept(city, SERVED, key=key)
    assert TaskAct.objects.count() == 1
    refused("key_used_for_another_act", doing.return_, city, SERVED, key=key, reason="退。")


def test_an_unknown_file_is_refused(doing, city):
    doing.accept(city, SERVED)
    refused("task.file-unknown", doing.report, city, SERVED, reason="已办。", files=["0" * 64])
    assert TaskAct.objects.count() == 1


def test_an_ended_task_stays_ended(doing, city, officer):
    doing.accept(city, SERVED)
    doing.report(city, SERVED, reason="已办。")
    refused("task.ended", doing.urge, officer, SERVED, reason="请快办。")


def test_the_rows_derived_anew_keep_what_was_done_with_the_task(ordered, assist, doing, city):
    doing.accept(city, SERVED)
    CaseTask.objects.filter(case=ordered).delete()
    assist.refresh_from_db()
    assert assist.ended_on is not None
    CaseTask.objects.bulk_create(derive(ordered, acts_of(ordered)).tasks)
    assist.refresh_from_db()
    assert (assist.state, assist.ended_on, assist.accepted_by) == ("accepted", None, city)


def test_an_act_of_the_case_ends_its_task(ordered):
    task = CaseTask.objects.get(task="assist_rectification")
    task.done_on = SERVED + days(3)
    task.save()
    assert TaskStanding.objects.get(task="assist_rectification").ended_on == SERVED + days(3)


@pytest.mark.parametrize(
    ("day", "overdue"),
    [(date(2018, 4, 7), False), (date(2018, 4, 8), False), (date(2018, 4, 9), True)],
)
def test_new_and_overdue_tasks_are_told_once(ordered, city, day, overdue):
    sweep(SERVED)
    assert TaskStanding.objects.get(task="assist_rectification").due == date(2018, 4, 8)
    assert Notice.objects.filter(user=city, step="arisen", about="assist_rectification").exists()
    sweep(day)
    sweep(day)
    told = Notice.objects.filter(about="assist_rectification", step="overdue")
    assert {one.user.username for one in told} == (
        {
            "officer-cities-640100",
            "leader-cities-640100",
            "officer-eic-640000",
            "leader-eic-640000",
        }
        if overdue
        else set()
    )


def test_the_database_keeps_what_was_done(doing, city):
    doing.accept(city, SERVED)
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskAct.objects.update(reason="别的")
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskAct.objects.all().delete()


def test_refusals_are_told_before_as_after(assist, city, officer):
    on = SERVED
    assert acts.refusal_of("accept", assist, [], scope_of(city, on=on), on) is None
    told = acts.refusal_of("accept", assist, [], scope_of(officer, on=on), on)
    assert told is not None
    assert told.code == "task.of-another"
