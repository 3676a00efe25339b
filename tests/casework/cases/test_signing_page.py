"""Reading what was prepared, and signing, returning or taking it back on the site."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework import acts
from phaseout.casework.models import Act, Proposal
from phaseout.casework.papers.plain import of_plain
from phaseout.desk.models import DemoDay


@pytest.fixture
def case(desk):
    return desk.open_(desk.finding(desk.line())).case


def prepare(desk, case, kind="order.file", reason=""):
    rule = desk.rule(case, kind)
    doer = desk.doer(rule, case)
    return acts.propose(
        case.pk,
        replace(desk.asked(rule, case, desk.today), reason=reason),
        by=doer,
        scope=scope_of(doer, on=desk.today),
        today=desk.today,
        key=uuid4(),
    )


def address(proposal):
    return reverse("proposal", args=[proposal.pk])


def leader(desk, client):
    client.force_login(desk.person(role=Role.LEADER))
    return client


def signature(page):
    """What the button that signs sends."""
    fields = dict(re.findall(r'<input type="hidden" name="(digest|key)" value="([^"]*)"', page))
    return {**fields, "do": "sign"}


def test_the_leader_reads_all_of_it_and_signs(desk, client, case):
    proposal = prepare(desk, case, reason="证据充分。")
    client = leader(desk, client)
    page = client.get(address(proposal)).content.decode()
    for words in (
        "签发后将发生什么",
        "从“立案待查”进入“整改·已立案”",
        "立案报告",
        "证据充分。",
        str(desk.person()),
        proposal.digest[:12],
        "自治区经济和信息化委员会负责人",
    ):
        assert words in page
    answer = client.post(address(proposal), signature(page))
    assert answer.url == reverse("case", args=[case.pk])
    act = Act.objects.get(kind="order.file")
    assert (act.by, act.signed_by) == (desk.person(), desk.person(role=Role.LEADER))
    assert "已签发" in client.get(address(proposal)).content.decode()


def test_signed_twice_it_is_done_once(desk, client, case):
    proposal = prepare(desk, case)
    client = leader(desk, client)
    fields = signature(client.get(address(proposal)).content.decode())
    answers = [client.post(address(proposal), fields) for _ in "12"]
    assert {answer.status_code for answer in answers} == {302}
    assert Act.objects.filter(kind="order.file").count() == 1


def test_it_is_returned_with_a_reason_and_not_without(desk, client, case):
    proposal = prepare(desk, case)
    client = leader(desk, client)
    without = client.post(address(proposal), {"do": "decline", "answer": " "})
    assert without.status_code == 409
    assert "proposal.no-reason" in without.content.decode()
    client.post(address(proposal), {"do": "decline", "answer": "证据不足，请补充。"})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer) == ("declined", "证据不足，请补充。")
    client.force_login(desk.person())
    assert "证据不足，请补充。" in client.get(address(proposal)).content.decode()


def test_who_prepared_it_takes_it_back_and_does_not_sign_it(desk, client, case):
    proposal = prepare(desk, case)
    client.force_login(desk.person())
    page = client.get(address(proposal)).content.decode()
    assert "撤回拟办" in page
    assert 'value="sign"' not in page
    refused = client.post(address(proposal), {"do": "sign", "digest": proposal.digest})
    assert refused.status_code == 409
    client.post(address(proposal), {"do": "withdraw"})
    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.WITHDRAWN


def test_what_was_settled_meanwhile_is_told(desk, client, case):
    proposal = prepare(desk, case)
    client = leader(desk, client)
    fields = signature(client.get(address(proposal)).content.decode())
    acts.withdraw(proposal.pk, by=desk.person(), today=desk.today)
    answer = client.post(address(proposal), fields)
    assert answer.status_code == 409
    assert "proposal.settled" in answer.content.decode()


def test_a_signature_on_another_content_does_not_hold(desk, client, case):
    proposal = prepare(desk, case)
    client = leader(desk, client)
    fields = {**signature(client.get(address(proposal)).content.decode()), "digest": "0" * 64}
    answer = client.post(address(proposal), fields)
    assert answer.status_code == 409
    assert "proposal.not-what-was-read" in answer.content.decode()
    assert not Act.objects.filter(kind="order.file").exists()


def test_acts_since_are_shown_and_what_became_unlawful_is_not_offered(desk, client, case):
    desk.walk(case, "order.file")
    waits = prepare(desk, case, "withdraw_case")
    desk.do(case, "order.collect_evidence")
    page = leader(desk, client).get(address(waits)).content.decode()
    assert "拟办之后的办理" in page
    assert "整改·调查取证" in page
    assert 'value="sign"' in page
    desk.do(case, "transfer_out")
    page = client.get(address(waits)).content.decode()
    assert "该行为已不能办理" in page
    assert 'value="sign"' not in page


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ({"role": Role.REVIEWER}, 409),
        ({"role": Role.LEADER, "function": "drc"}, 409),
        ({"role": Role.LEADER, "function": "epd"}, 404),
        ({"role": Role.LEADER, "function": "cities", "division": "640200"}, 404),
    ],
)
def test_others_do_not_sign(desk, client, case, person, status):
    proposal = prepare(desk, case)
    client.force_login(desk.person(**person))
    fields = {"do": "sign", "digest": proposal.digest, "key": str(uuid4())}
    assert client.post(address(proposal), fields).status_code == status
    assert not Act.objects.filter(kind="order.file").exists()


def test_the_list_holds_what_waits_for_me_and_for_nobody_else(desk, client, case):
    waits = prepare(desk, case)
    other = desk.open_(desk.finding(desk.line("L9"))).case
    signed = prepare(desk, other)
    desk.sign(signed, desk.person(role=Role.LEADER))
    listed = leader(desk, client).get(reverse("to-sign"))
    assert [one.pk for one in listed.context["page"].rows] == [waits.pk]
    assert "待我签发" in client.get(reverse("home")).content.decode()
    for person in ({"function": "drc"}, {"function": "cities", "division": "640200"}):
        client.logout()
        client.force_login(desk.person(role=Role.LEADER, **person))
        assert not client.get(reverse("to-sign")).context["page"].rows
    client.force_login(desk.person())
    assert client.get(reverse("to-sign")).status_code == 403


def test_the_number_of_queries_does_not_grow(desk, client, django_assert_max_num_queries):
    for n in range(4):
        prepare(desk, desk.open_(desk.finding(desk.line(f"L{n}"))).case)
    client = leader(desk, client)
    with django_assert_max_num_queries(6):
        client.get(reverse("to-sign"))


def test_the_day_of_signing_is_the_day_of_the_act(desk, client, case):
    proposal = prepare(desk, case)
    DemoDay.objects.create(day=date(2018, 3, 20))
    client = leader(desk, client)
    client.post(address(proposal), signature(client.get(address(proposal)).content.decode()))
    assert Act.objects.get(kind="order.file").done_on == date(2018, 3, 20)


def test_the_office_bears_the_name_of_the_day_on_which_it_prepared_the_act(desk, client, case):
    proposal = prepare(desk, case)
    DemoDay.objects.create(day=date(2018, 12, 3))
    client = leader(desk, client)
    for page in (address(proposal), reverse("to-sign")):
        content = client.get(page).content.decode()
        assert f"{proposal.prepared_by}，自治区经济和信息化委员会" in content, page


def test_what_was_written_in_several_lines_is_signed_as_well(desk, client, case):
    proposal = prepare(desk, case, reason="证据充分。\r\n程序合法。")  # as a browser sends it
    client = leader(desk, client)
    page = client.get(address(proposal)).content.decode()
    client.post(address(proposal), signature(page))
    paper = Act.objects.get(kind="order.file").paper
    assert any("证据充分。\n程序合法。" in text for _, text in of_plain(paper.content).texts())
