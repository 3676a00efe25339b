"""A condition that only an authority can settle, settled by a document with a number."""

from __future__ import annotations

from datetime import date

import pytest

ON = date(2018, 3, 15)
OUTLET_ROW = "emission_limits/E-GB20426-2006/33"
TOLD = {
    "subject": "L1-A1",
    "value": "yes",
    "document": "宁环函〔2018〕6号",
    "decided_on": "2018-03-15",
}


@pytest.fixture
def open_finding(desk):
    return desk.finding(
        desk.line(),
        dimension="environment",
        judged_by="environment",
        subject="L1-A1 a34013",
        norm_row=OUTLET_ROW,
        source_id="E-GB20426-2006",
        provisional=True,
        reasons=["open_condition"],
    )


@pytest.fixture
def leader(signed_in):
    return signed_in("导", "leader", "epd")


def page_of(browser, finding):
    return browser.get("/confirming/settle/", {"finding": finding.finding_id})


def settle(browser, finding, **changes):
    return browser.post(f"/confirming/settle/?finding={finding.finding_id}", TOLD | changes)


def test_the_condition_and_for_whom_it_may_be_answered_are_shown(leader, open_finding):
    page = page_of(leader, open_finding).content.decode()
    for said in ("待定条件", "该排放口 L1-A1", "整条生产线 L1", "自治区环境保护厅"):
        assert said in page


def test_a_decision_is_recorded_and_what_rests_on_the_row_judged_anew(leader, open_finding):
    from procrastinate.contrib.django.models import ProcrastinateJob

    from phaseout.library.records import decisions_on

    answer = settle(leader, open_finding)
    assert answer.status_code == 302
    (made,) = decisions_on(ON)
    assert (made.kind, made.subject, made.key, made.value) == (
        "condition",
        "L1-A1",
        OUTLET_ROW,
        "yes",
    )
    assert made.decided_by == "自治区环境保护厅"
    job = ProcrastinateJob.objects.get(task_name="casework.judge_rows")
    assert job.args == {"row_ids": [OUTLET_ROW]}


def test_what_was_decided_is_shown_before_it_is_decided_again(leader, open_finding):
    settle(leader, open_finding)
    page = page_of(leader, open_finding).content.decode()
    assert "宁环函〔2018〕6号" in page and "再次登记的决定将接替它" in page


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"document": ""}, 422),
        ({"value": "maybe"}, 422),
        ({"subject": "L2-A1"}, 422),  # another line's outlet
        ({"decided_on": "2018-03-16"}, 409),
        ({"decided_on": "soon"}, 422),
    ],
)
def test_refused(leader, open_finding, changes, status):
    from phaseout.library.models import Decision

    assert settle(leader, open_finding, **changes).status_code == status
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("role", "function", "division", "status"),
    [
        ("leader", "epd", "640000", 200),
        ("reviewer", "epd", "640000", 200),
        ("leader", "cities", "640100", 200),
        ("leader", "cities", "640200", 404),  # another city: it is not told that there is one
        ("leader", "eic", "640000", 404),
        ("officer", "epd", "640000", 403),
    ],
)
def test_who_may_settle(signed_in, open_finding, role, function, division, status):
    browser = signed_in("某", role, function, division)
    assert page_of(browser, open_finding).status_code == status
    done = settle(browser, open_finding).status_code
    assert done == (302 if status == 200 else status)


def test_a_finding_that_leaves_nothing_open_says_what_else_it_waits_for(desk, leader):
    finding = desk.finding(
        desk.line(), dimension="environment", judged_by="quality", provisional=True,
        reasons=["norm_not_verified"],
    )  # fmt: skip
    page = page_of(leader, finding).content.decode()
    assert "没有可以由文件确定的条件" in page
    assert "<button>" not in page[page.index("<main") :]


@pytest.mark.parametrize("asked", ["", "F-none", "x" * 500, "F\x00"])
def test_a_finding_that_is_not_there_is_not_found(leader, asked):
    assert leader.get("/confirming/settle/", {"finding": asked}).status_code == 404


@pytest.mark.parametrize(
    ("role", "function", "there"),
    [("leader", "epd", True), ("leader", "eic", False), ("officer", "epd", False)],
)
def test_the_way_there_is_shown_to_those_who_may_settle(
    signed_in, open_finding, role, function, there
):
    from django.template import Context, Template

    from phaseout.accounts.scope import scope_of

    user = signed_in("某", role, function).user
    way = Template("{% load confirming %}{% settle_address finding %}")
    told = way.render(Context({"finding": open_finding, "scope": scope_of(user, on=ON)}))
    assert bool(told) is there
