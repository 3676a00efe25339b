"""The page of an act: what it says before, what it keeps when refused, that it happens once."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ordered_case import DUE, ORDERED
from phaseout.accounts.powers import Role
from phaseout.casework.models import Act, Case, Proposal
from phaseout.desk.models import DemoDay
from phaseout.evidence.models import EvidenceFile

PDF = b"%PDF-1.4 "


def pdf(name="立案报告.pdf", content=b"1"):
    return SimpleUploadedFile(name, PDF + content, content_type="application/pdf")


def address(case, kind):
    return reverse("case-act", args=[case.pk, kind])


def hidden(page):
    """The hidden fields and ticked files of the form, as a browser would send them."""
    fields: dict[str, list[str]] = {}
    pattern = r'<input type="(?:hidden|checkbox)" name="([\w.-]+)" value="([^"]*)"[^>]*>'
    for name, value in re.findall(pattern, page):
        if name not in ("csrfmiddlewaretoken", "consent", "urgent"):
            fields.setdefault(name, []).append(value)
    return fields


def on_day(day):
    if DemoDay.objects.filter(day__gte=day).exists():
        return
    DemoDay.objects.create(day=day)


@pytest.fixture
def at(client, desk):
    """A client of a person on a day."""

    def sign_in(person, day=None):
        if day is not None:
            on_day(day)
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def case(desk):
    return desk.open_(desk.finding(desk.line())).case


def sent(client, case, kind, **given):
    fields = hidden(client.get(address(case, kind)).content.decode())
    return client.post(address(case, kind), {**fields, **given})


def test_before_the_act_the_page_says_what_will_happen(desk, at, case):
    desk.walk(case, *ORDERED[:-1])
    page = at(desk.person(), date(2018, 4, 2)).get(address(case, "order.serve_decision"))
    text = page.content.decode()
    for words in (
        "从“整改·已决定待送达”进入“限期整改中”",
        "“整改期限”开始；按所填（未填则按今天）送达计算，最后一日为2018年10月8日",
        "产生任务“督促企业按期整改”：银川市人民政府",
        "文书：送达回证",
        "云岭水泥001厂",
        "自治区经济和信息化委员会经办人",
        "无须签发",
        "不能撤销或更改",
    ):
        assert words in text


def test_an_act_that_wants_no_signature_is_done(desk, at, case):
    desk.walk(case, "order.file")
    client = at(desk.person())
    answer = sent(client, case, "order.collect_evidence", evidence=[pdf(), pdf("照片.pdf", b"2")])
    assert answer.url == reverse("case", args=[case.pk])
    act = Act.objects.get(kind="order.collect_evidence")
    assert len(act.facts["evidence"]) == 2
    page = client.get(answer.url).content.decode()
    assert "照片.pdf" in page
    file = client.get(reverse("case-file", args=[case.pk, act.facts["evidence"][0]]))
    assert b"".join(file.streaming_content) == PDF + b"1"


def test_an_act_that_wants_a_signature_is_prepared(desk, at, case):
    answer = sent(at(desk.person()), case, "order.file", filing_report=pdf(), reason="证据充分")
    proposal = Proposal.objects.get()
    assert answer.url == reverse("proposal", args=[proposal.pk])
    assert (proposal.state, proposal.reason) == ("waiting", "证据充分")
    assert Act.objects.filter(case=case).count() == 1


def test_without_its_file_the_form_says_so_and_keeps_the_rest(desk, at, case):
    answer = sent(at(desk.person()), case, "order.file", reason="证据充分")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请附上文件" in page
    assert "证据充分" in page
    assert not Proposal.objects.exists()


def test_a_file_that_came_stays_attached_when_something_else_is_wrong(desk, at, case):
    desk.walk(case, "order.file", "order.collect_evidence", "order.notice")
    client, kind = at(desk.person()), "order.serve_notice"
    answer = sent(client, case, kind, service_proof=pdf("回证.pdf"), service_way="in_person",
                  served_from="2018-03-16")  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "不能晚于今天" in page
    assert "回证.pdf" in page
    again = client.post(address(case, kind), {**hidden(page), "service_way": "in_person",
                                              "served_from": "2018-03-15"})  # fmt: skip
    assert again.status_code == 302
    assert EvidenceFile.objects.filter(name="回证.pdf").count() == 1


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("脚本.html", b"<script>"), "不是 PDF"),
        (SimpleUploadedFile("假.docx", b"PK\x03\x04 not a package"), "不是 PDF"),
        (SimpleUploadedFile("空.pdf", b""), "空文件"),
    ],
)
def test_a_file_we_do_not_take_is_refused_by_its_bytes(desk, at, case, file, words):
    answer = sent(at(desk.person()), case, "order.file", filing_report=file)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Proposal.objects.exists()


def test_nobody_attaches_a_file_by_its_digest_alone(desk, at, case):
    strange = desk.file(by=desk.person("epd"))
    given = {"filing_report-kept": strange}
    answer = sent(at(desk.person()), case, "order.file", **given)
    assert answer.status_code == 422
    assert not Proposal.objects.exists()


def test_out_of_order_it_is_refused_and_the_page_says_why(desk, at, case):
    answer = at(desk.person()).get(address(case, "order.serve_decision"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "act.wrong-stage" in page
    assert "填写并办理" not in page


def test_an_empty_form_of_an_act_out_of_order_is_told_that_first(desk, at, case):
    client = at(desk.person(role=Role.LEADER))
    answer = client.post(address(case, "order_rectification"), {"key": str(uuid4()), "seen": "1"})
    assert answer.status_code == 409
    assert "act.wrong-stage" in answer.content.decode()


def test_an_act_the_procedure_does_not_know_is_refused(desk, at, case):
    answer = at(desk.person()).get(address(case, "sell_the_line"))
    assert answer.status_code == 409
    assert "act.unknown" in answer.content.decode()


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ({"function": "drc"}, 409),
        ({"role": Role.REVIEWER}, 409),
        ({"role": Role.INSPECTOR}, 409),
        ({"function": "cities", "division": "640100"}, 409),
        ({"function": "cities", "division": "640200"}, 404),
        ({"function": "epd"}, 404),
        ({"role": Role.ENTERPRISE, "uscc": "91640100MA00000001"}, 404),
        ({"role": Role.ENTERPRISE, "uscc": "91640100MA00000002"}, 404),
        ({"role": Role.AUDITOR, "function": "inspection"}, 403),
    ],
)
def test_whose_act_it_is_not(desk, at, case, person, status):
    client = at(desk.person(**person))
    for answer in (
        client.get(address(case, "order.file")),
        client.post(
            address(case, "order.file"), {"key": str(uuid4()), "seen": 1, "filing_report": pdf()}
        ),
    ):
        assert answer.status_code == status
        if status == 409:
            assert "act.of-another" in answer.content.decode()
    assert not EvidenceFile.objects.exists()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("day", "kind", "status", "code"),
    [
        (DUE, "record_overdue", 409, "act.period-running"),
        (date(2018, 10, 9), "record_overdue", 302, ""),
    ],
)
def test_on_the_last_day_it_is_not_overdue_and_on_the_next_it_is(
    desk, at, case, day, kind, status, code
):
    desk.walk(case, *ORDERED)
    client = at(desk.person(), day)
    fields = {"key": str(uuid4()), "seen": str(Act.objects.filter(case=case).count())}
    answer = client.post(address(case, kind), {**fields, "overdue_report": pdf()})
    assert answer.status_code == status
    assert code in answer.content.decode()
    assert Act.objects.filter(kind=kind).exists() == (status == 302)


def test_on_a_closed_case_nothing_more_is_done(desk, at, case):
    desk.walk(case, *ORDERED, "recheck_passed", "close_met")
    client = at(desk.person(), date(2018, 4, 2))
    for kind in ("close_met", "record_overdue", "pause_case"):
        assert client.get(address(case, kind)).status_code == 409
    page = client.get(reverse("case", args=[case.pk])).content.decode()
    assert "本案已结" in page


def test_sent_twice_it_happens_once(desk, at, case):
    desk.walk(case, "order.file")
    client, kind = at(desk.person()), "order.collect_evidence"
    fields = hidden(client.get(address(case, kind)).content.decode())
    answers = [client.post(address(case, kind), {**fields, "evidence": pdf()}) for _ in "12"]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Act.objects.filter(kind=kind).count() == 1
    fields = hidden(client.get(address(case, "order.notice")).content.decode())
    told = {"facts_found": "超限额", "basis_told": "节能法", "rights_told": "可以申辩"}
    urls = {client.post(address(case, "order.notice"), {**fields, **told}).url for _ in "12"}
    waits = Proposal.objects.get(kind="order.notice", state="waiting")
    assert urls == {reverse("proposal", args=[waits.pk])}


def test_of_two_at_once_the_second_is_told_what_happened_and_keeps_what_was_typed(desk, at, case):
    desk.walk(case, "order.file")
    client, kind = at(desk.person()), "order.collect_evidence"
    fields = hidden(client.get(address(case, kind)).content.decode())
    desk.do(case, kind, desk.today)
    answer = client.post(address(case, kind), {**fields, "evidence": pdf(), "reason": "现场照片"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "act.case-moved-on" in page
    assert "现场照片" in page
    assert "立案报告.pdf" in page
    assert hidden(page)["seen"] == ["3"]
    assert client.post(address(case, kind), hidden(page)).status_code == 302


def test_a_defence_is_answered_field_by_field(desk, at, case):
    desk.walk(case, *ORDERED[:4])
    desk.do(case, "order.defence", desk.today, points=["数据有误", "设备检修"])
    client = at(desk.person())
    page = client.get(address(case, "order.answer_defence")).content.decode()
    assert "数据有误" in page
    one = {"answers-0": "不采纳：与监测数据不符。"}
    assert sent(client, case, "order.answer_defence", **one).status_code == 422
    answer = sent(client, case, "order.answer_defence", **one, **{"answers-1": "采纳。"})
    assert answer.status_code == 302
    proposal = Proposal.objects.get(kind="order.answer_defence")
    assert proposal.facts["answers"] == {
        "数据有误": "不采纳：与监测数据不符。",
        "设备检修": "采纳。",
    }


def test_licences_are_rows_and_more_can_be_asked_for(desk, at, case):
    desk.walk(case, *ORDERED)
    desk.walk(
        case, ("record_overdue", date(2018, 10, 9)), "closure.file", "closure.collect_evidence",
        "closure.notice", "closure.serve_notice", ("closure.legal_review", date(2018, 11, 1)),
        "closure.collective", "closure.submit_for_approval", "closure.approve",
    )  # fmt: skip
    leader = desk.person("government", Role.LEADER)
    client, kind = at(leader, date(2018, 11, 1)), "order_closure"
    assert "licences-2-licence" in client.get(address(case, kind)).content.decode()
    given = {
        "seriousness": "逾期不改", "exit_by": "2019-03-01", "licences-0-licence": "排污许可证",
        "licences-0-issuer": "银川市环境保护局", "licences-1-licence": "生产许可证",
    }  # fmt: skip
    more = sent(client, case, kind, **given, more="licences").content.decode()
    assert "licences-5-licence" in more
    assert "银川市环境保护局" in more
    assert "须一并填写" not in more
    assert "须一并填写" in sent(client, case, kind, **given).content.decode()
    answer = sent(client, case, kind, **given, **{"licences-1-issuer": "银川市质监局"})
    assert answer.status_code == 302
    act = Act.objects.get(kind=kind)
    assert act.signed_by == leader
    assert [one["licence"] for one in act.facts["licences"]] == ["排污许可证", "生产许可证"]
    assert Case.objects.get(pk=case.pk).tasks.filter(task="revoke_licence").count() == 2


def test_junk_in_a_form_is_not_an_error(desk, at, case):
    client = at(desk.person())
    for junk in ("\x00", "' OR 1=1 --", "9" * 400):
        given = {"key": junk, "seen": junk, "filing_report-kept": junk, "reason": junk, "more": ""}
        answer = client.post(address(case, "order.file"), given)
        assert answer.status_code == 422
    assert client.get(address(case, "a\x00b")).status_code in (404, 409)
