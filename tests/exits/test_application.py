"""自愿退出: county and city review, the region gives the task, then the same road as any exit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from casebook import TODAY
from exit_site import Site
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework import acts as case_acts
from phaseout.casework.proceeding.preparing import Asked
from phaseout.exits import acts
from phaseout.exits.acts.applying import Reviewed, Task
from phaseout.exits.applying import path_of
from phaseout.exits.models import ExitAct
from phaseout.exits.waiting import reviews_due
from phaseout.law.refusals import Refusal


def refused(act: Any, *args: Any, **given: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


@pytest.fixture
def applied(desk) -> Site:
    line = desk.line("L7")
    firm = desk.person(role=Role.ENTERPRISE, uscc=line.enterprise_id, function="")
    asked = Asked("apply_exit", {"application": [desk.file("申请")], "exit_form": "设备方式"})
    ways = {"by": firm, "scope": scope_of(firm, on=TODAY), "today": TODAY, "key": uuid4()}
    return Site(case_acts.apply_exit(line.pk, asked, **ways).case, desk, TODAY)


@pytest.fixture
def county(desk):
    return desk.person("cities", Role.OFFICER, "640104")


@pytest.fixture
def city(desk):
    return desk.person("cities", Role.OFFICER, "640100")


def review(site: Site, level: str, by: Any, opinion: str = "agree", **given: Any) -> ExitAct:
    return acts.review(site.pk, Reviewed(level, opinion, "情况属实。", **given), **site.ways(by))


def days(first: date = TODAY) -> dict[str, date]:
    names = ("cut_off", "dismantling", "acceptance", "report")
    return {name: first + timedelta(days=30 * n) for n, name in enumerate(names, 1)}


def task(site: Site, notice: str = "宁工信产业发〔2018〕1号", **given: Any) -> ExitAct:
    return acts.set_task(site.pk, Task(notice, {**days(), **given}), **site.ways(site.officer))


def test_the_county_first_then_the_city_then_the_task(applied, county, city) -> None:
    assert refused(review, applied, "city", city) == "apply.not-open"
    assert refused(task, applied) == "apply.not-open"
    review(applied, "county", county)
    assert refused(review, applied, "county", county) == "apply.not-open"
    assert refused(review, applied, "city", county) == "exit.not-yours"
    review(applied, "city", city)
    task(applied)
    done = {step.name[0]: step for step in path_of(applied.now)}
    assert [name for name, step in done.items() if step.done_on] == [
        "提出申请", "县（市、区）审核", "市审核", "列入自治区任务",
    ]  # fmt: skip
    assert done["拆除"].by == days()["dismantling"] and done["受理申请"].by is None


def test_the_city_enters_what_a_county_wrote_on_paper(applied, city) -> None:
    assert refused(review, applied, "county", city) == "apply.incomplete"
    act = review(applied, "county", city, on_paper="金工信函〔2018〕3号")
    assert act.content["on_paper"] == "金工信函〔2018〕3号"


def test_a_refusal_ends_the_road_here(applied, county, city) -> None:
    review(applied, "county", county, "refuse")
    assert refused(review, applied, "city", city) == "apply.not-open"
    (step,) = [one for one in path_of(applied.now) if one.name[0].startswith("县")]
    assert step.note[0] == "不同意：情况属实。"


def test_it_is_accepted_once_both_have_agreed_and_not_before(applied, county, city) -> None:
    def accept() -> Any:
        rule = applied.desk.rule(applied.case, "accept_application")
        asked = applied.desk.asked(rule, applied.case, TODAY)
        return case_acts.propose(applied.pk, asked, **applied.ways(applied.officer))

    def told() -> Refusal:
        with pytest.raises(Refusal) as refusal:
            accept()
        assert refusal.value.code == "apply.not-reviewed"
        return refusal.value

    assert "县（市、区）审核尚未办理、市审核尚未办理" in told().why[0]
    review(applied, "county", county)
    assert "意：市审核尚未办理" in told().why[0]
    review(applied, "city", city, "refuse")
    assert "市审核未同意" in told().why[0] and "不予受理" in told().instead[0]


def test_a_task_wants_number_and_days_in_order(applied, county, city) -> None:
    review(applied, "county", county)
    review(applied, "city", city)
    assert refused(task, applied, " ") == "apply.incomplete"
    assert refused(task, applied, acceptance=TODAY) == "apply.incomplete"


def test_other_cities_have_no_say_and_what_waits_is_told(applied, desk, county, city) -> None:
    other = desk.person("cities", Role.OFFICER, "640200")
    assert refused(review, applied, "county", other) == "exit.not-yours"
    due = lambda person: reviews_due(scope_of(person, on=TODAY), TODAY)  # noqa: E731
    assert (due(county), due(city), due(other)) == (1, 1, 0)
    review(applied, "county", county)
    assert (due(county), due(city)) == (0, 1)
    review(applied, "city", city)
    assert due(city) == 0


def test_accepted_the_road_leads_to_the_public_notice(applied, county, city, client) -> None:
    review(applied, "county", county)
    review(applied, "city", city)
    task(applied)
    applied.does("accept_application")
    applied.plan()
    applied.brings("begin_removal", applied.officer)
    applied.does("cut_water", "cut_power")
    applied.complete()
    applied.brings("dismantle")
    applied.lay()
    applied.all_sign()
    applied.brings("acceptance_passed")
    applied.does("publish_exit")
    assert all(step.done_on for step in path_of(applied.now))
    client.force_login(applied.officer)
    page = client.get(f"/exits/{applied.pk}/application/").content.decode()
    assert "列入自治区任务" in page and "未办" not in page


def test_a_whole_enterprise_that_stops_is_verified_with_its_equipment_standing(applied) -> None:
    """The other form of clause (9): no part goes, and the line may be listed as not dismantled."""
    applied.does("accept_application", "shut_down")
    plan = applied.plan("stop")
    assert not [item for item in plan.content["items"] if item["about"] == "part"]
    assert refused(applied.lay) == "sheet.not-yet"
    applied.complete()
    applied.lay()
    assert refused(applied.brings, "verify_stopped") == "exit.incomplete"
    applied.all_sign()
    act = applied.brings("verify_stopped")
    assert act.facts["waste_secured"] and len(act.facts["acceptance_form"]) == 1
    assert applied.now.state == "accepted"
    ways = applied.ways()
    day = TODAY + timedelta(days=90)
    acts.put_off(applied.pk, "mortgage", note="设备抵押给银行", dismantle_by=day, **ways)
    assert applied.now.state == "closed_not_dismantled"


def test_the_review_is_given_on_its_page(applied, county, client) -> None:
    client.force_login(county)
    address = f"/exits/{applied.pk}/application/"
    assert "县（市、区）来函文号" in client.get(address).content.decode()
    sent = {"key": str(uuid4()), "level": "county", "opinion": "agree", "reason": "同意退出"}
    assert client.post(address, {**sent, "reason": ""}).status_code == 422
    assert client.post(address, sent).status_code == 302
    assert applied.now.own[-1].item == "county"
