"""The page of a case: where it stands, what comes next, until when, who contradicts whom."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ordered_case import ORDERED
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework import acts
from phaseout.casework.cases.conflicts import conflicts_of
from phaseout.desk.models import DemoDay


def page_of(client, case, person):
    client.logout()
    client.force_login(person)
    return client.get(reverse("case", args=[case.pk]))


def prepared(desk, case, kind):
    """The act prepared by whose it is, waiting for its signature."""
    doer, rule = desk.doer(desk.rule(case, kind), case), desk.rule(case, kind)
    return acts.propose(
        case.pk,
        desk.asked(rule, case, desk.today),
        by=doer,
        scope=scope_of(doer, on=desk.today),
        today=desk.today,
        key=uuid4(),
    )


@pytest.fixture
def case(desk):
    return desk.open_(desk.finding(desk.line())).case


@pytest.fixture
def ordered(desk, case):
    DemoDay.objects.create(day=date(2018, 4, 2))
    return desk.walk(case, *ORDERED)


def test_what_is_next_is_a_button_for_whose_it_is(desk, client, case):
    page = page_of(client, case, desk.person()).content.decode()
    assert f'href="{reverse("case-act", args=[case.pk, "order.file"])}"' in page
    assert "拟办后由负责人签发" in page
    other = page_of(client, case, desk.person(role=Role.REVIEWER)).content.decode()
    assert "目前没有须由您办理的行为" in other
    assert "自治区经济和信息化委员会经办人" in other


def test_what_is_not_lawful_yet_is_folded_with_the_reason(desk, client, case):
    desk.walk(case, *ORDERED[:4])
    page = page_of(client, case, desk.person(role=Role.LEADER)).content.decode()
    assert "目前还不能办理的行为及原因" in page
    assert "尚未届满" in page


def test_what_waits_for_a_day_is_said_and_what_waits_for_an_occasion_is_no_button(
    desk, client, case
):
    desk.walk(case, *ORDERED[:4])
    page = page_of(client, case, desk.person()).content.decode()
    awaited = page.partition("期满后办理")[2]
    assert "负责人批准" in awaited.partition("由他人办理")[0]
    again = reverse("case-act", args=[case.pk, "order.new_facts"])
    assert f'class="button" href="{again}"' not in page
    assert f'href="{again}"' in page.partition("有关情形发生时办理")[2]


def test_a_proposal_that_waits_stands_where_its_button_was(desk, client, case):
    proposal = prepared(desk, case, "order.file")
    page = page_of(client, case, desk.person()).content.decode()
    assert f'href="{reverse("proposal", args=[proposal.pk])}"' in page
    assert reverse("case-act", args=[case.pk, "order.file"]) not in page


def test_deadlines_rights_and_tasks_of_an_order_that_was_served(desk, client, ordered):
    page = page_of(client, ordered, desk.person()).content.decode()
    for words in (
        "整改期限",
        "2018-10-08",
        "如逾期：逾期未整改：认定逾期",
        "企业现有的权利",
        "延期申请",
        "整改·申请行政复议",
        "督促企业按期整改",
        "银川市人民政府",
        "● 限期整改中",
        "✓ 整改·已告知",
    ):
        assert words in page


def test_the_certificate_of_a_deadline_tells_each_step_with_its_citation(desk, client, ordered):
    client.force_login(desk.person())
    place = ordered.deadlines.get(period="rectification").opened_by
    answer = client.get(reverse("case-deadline", args=[ordered.pk, place, "rectification"]))
    page = answer.content.decode()
    for words in ("整改期限", "2018-10-08", "计算过程", "整改·送达决定", "日历版本"):
        assert words in page
    assert client.get(reverse("case-deadline", args=[ordered.pk, 99, "suit"])).status_code == 404


def test_the_picture_marks_where_it_stands(desk, client, ordered):
    client.force_login(desk.person())
    answer = client.get(reverse("case-diagram", args=[ordered.pk]))
    assert answer["Content-Type"] == "image/svg+xml"
    assert "● 现在：限期整改中" in answer.content.decode()
    assert "✓ 已告知" in answer.content.decode()


def test_an_act_shows_its_facts_in_words_and_its_digest_short(desk, client, ordered):
    page = page_of(client, ordered, desk.person()).content.decode()
    act = ordered.acts.get(kind="order.serve_decision")
    assert f'title="{act.digest}">{act.digest[:10]}<' in page
    for words in ("送达方式", "直接送达", "送达凭证", "送达日", "签发"):
        assert words in page


def safety_case(desk, line, on):
    """A safety case of the line in which the stop was ordered."""
    finding = desk.finding(
        line, dimension="safety", judged_by="safety", norm_row=None, source_id="SAWS-85"
    )
    case = desk.open_(finding, by=desk.person("wsb"), reason="重大隐患。").case
    return desk.walk(case, "record_hazard", "order_temporary_stop", on=on)


def test_a_stop_against_an_extension_is_a_conflict_told_in_both_cases(desk, client, ordered):
    on = date(2018, 4, 2)
    desk.do(ordered, "apply_extension", on)
    stopped = safety_case(desk, ordered.line, on)
    assert conflicts_of(ordered) == []
    desk.do(ordered, "grant_extension", on)
    for one in (ordered, stopped):
        (conflict,) = conflicts_of(one)
        assert (conflict.measure.case, conflict.grant.case) == (stopped, ordered)
        assert conflict.same_line
    page = page_of(client, ordered, desk.person()).content.decode()
    assert "部门措施不一致" in page
    assert "安全生产监督管理局" in page


def test_a_stop_that_was_lifted_contradicts_nobody(desk, ordered):
    on = date(2018, 4, 2)
    desk.do(ordered, "apply_extension", on)
    desk.do(ordered, "grant_extension", on)
    stopped = safety_case(desk, ordered.line, on)
    assert conflicts_of(ordered)
    desk.walk(stopped, "apply_acceptance", "reacceptance_passed", on=on)
    assert conflicts_of(ordered) == []


def test_another_line_is_concerned_where_the_measure_is_over_the_whole_enterprise(desk, ordered):
    on = date(2018, 4, 2)
    desk.do(ordered, "apply_extension", on)
    desk.do(ordered, "grant_extension", on)
    stopped = safety_case(desk, desk.line("L2"), on)
    assert conflicts_of(ordered) == []  # the stop is of that line alone
    desk.walk(stopped, ("notify_power_cut", on), ("cut_supplies", date(2018, 4, 4)))
    (conflict,) = conflicts_of(ordered)
    assert (conflict.measure.kind, conflict.same_line) == ("cut_supplies", False)


@pytest.mark.parametrize(
    ("person", "before", "after"),
    [
        ({"function": "grid"}, 404, 200),
        ({"function": "hr"}, 404, 404),  # its task comes with the exit, once
        ({"function": "epd"}, 404, 404),
        ({"function": "cities", "division": "640200"}, 404, 404),
        ({"role": Role.LEADER, "function": "government"}, 200, 200),
    ],
)
def test_who_has_a_task_in_a_case_sees_it(desk, client, ordered, person, before, after):
    somebody = desk.person(**person)
    assert page_of(client, ordered, somebody).status_code == before
    DemoDay.objects.create(day=date(2018, 11, 5))
    desk.walk(
        ordered, ("record_overdue", date(2018, 10, 9)), "closure.file",
        "closure.collect_evidence", "closure.notice", "closure.serve_notice",
        ("closure.legal_review", date(2018, 11, 5)), "closure.collective",
        "closure.submit_for_approval", "closure.approve", "order_closure",
        "closure.serve_decision",
    )  # fmt: skip
    answer = page_of(client, ordered, somebody)
    assert answer.status_code == after
    listed = client.get(reverse("cases")).content.decode()
    assert (ordered.number in listed) == (after == 200)


def test_the_number_of_queries_does_not_grow_with_acts(desk, client, case):
    client.force_login(desk.person())
    address = reverse("case", args=[case.pk])

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        return len(queries)

    desk.walk(case, *ORDERED[:4])
    few = asked()
    DemoDay.objects.create(day=date(2018, 10, 9))
    desk.walk(case, *ORDERED[4:], ("record_overdue", date(2018, 10, 9)), "closure.file")
    assert asked() <= few + 1


def test_files_of_another_case_are_not_there(desk, client, ordered):
    client.force_login(desk.person())
    strange = desk.file()
    assert client.get(reverse("case-file", args=[ordered.pk, strange])).status_code == 404
    own = ordered.acts.get(kind="order.serve_decision").facts["service_proof"][0]
    assert client.get(reverse("case-file", args=[ordered.pk, own])).status_code == 200
    client.force_login(desk.person("epd"))
    assert client.get(reverse("case-file", args=[ordered.pk, own])).status_code == 404
