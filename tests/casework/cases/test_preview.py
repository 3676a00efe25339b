"""The document of an act before it is done: as it will be issued, marked, and nothing written."""

from __future__ import annotations

import io
import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from casebook import TODAY
from journeys import Journey
from ordered_case import ORDERED
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework import acts
from phaseout.casework.models import Act, IssuedPaper, Proposal, Register
from phaseout.casework.papers.plain import as_plain
from phaseout.casework.papers.previewing import previewed
from phaseout.casework.proceeding.facts import read
from phaseout.casework.proceeding.holders import Holder, holder
from phaseout.casework.proceeding.standing import acts_of
from phaseout.desk.models import DemoDay
from phaseout.documents.typesetting import DRAFT_MARK
from phaseout.evidence.models import EvidenceFile
from phaseout.law.procedures import Done

NOTICE = "order.notice"
BEFORE = ("order.file", "order.collect_evidence")
ROWS = (Act, EvidenceFile, IssuedPaper, Proposal, Register)


@pytest.fixture
def case(desk):
    return desk.walk(desk.open_(desk.finding(desk.line())).case, *BEFORE)


@pytest.fixture
def prepared(desk, case):
    rule = desk.rule(case, NOTICE)
    by = desk.doer(rule, case)
    return acts.propose(
        case.pk,
        desk.asked(rule, case, TODAY, facts_found="生料磨电耗超限"),
        by=by,
        scope=scope_of(by, on=TODAY),
        today=TODAY,
        key=uuid4(),
    )


def counted():
    return {model: list(model.objects.order_by("pk").values()) for model in ROWS}


def said(answer):
    """The text of the PDF, without blanks."""
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Cache-Control"] == "private, no-store"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


MARK = re.sub(r"\s", "", DRAFT_MARK)


def test_what_is_signed_is_what_was_previewed(desk, case, prepared):
    leader = desk.leader(desk.rule(case, NOTICE), case)
    name = ("自治区经济和信息化委员会", "Economic and Information Commission")
    draft = previewed(
        case,
        acts_of(case),
        desk.rule(case, NOTICE),
        Done(NOTICE, TODAY, None, read(prepared.facts)),
        by=prepared.prepared_by,
        held=Holder("eic", "eic", name),
        reason=prepared.reason,
        signed_by=leader,
    )
    issued = IssuedPaper.objects.get(act=desk.sign(prepared, leader))
    assert issued.number
    content = issued.content
    content["imprint"] |= {"number": "", "signed": False}
    assert as_plain(draft) == content


def test_the_signing_page_leads_to_it_and_looking_writes_nothing(desk, client, case, prepared):
    address = reverse("proposal-preview", args=[prepared.pk])
    for person in (desk.person(role=Role.LEADER), desk.person()):
        client.force_login(person)
        before = counted()
        assert address in client.get(reverse("proposal", args=[prepared.pk])).content.decode()
        text = said(client.get(address))
        assert MARK in text
        assert "生料磨电耗超限" in text
        assert "宁经信告" not in text
        assert counted() == before


@pytest.mark.parametrize(
    ("function", "role"),
    [
        ("eic", Role.REVIEWER),
        ("drc", Role.LEADER),
        ("government", Role.LEADER),
        ("epd", Role.LEADER),
    ],
)
def test_who_may_neither_sign_nor_prepare_finds_nothing(desk, client, prepared, function, role):
    client.force_login(desk.person(function, role))
    assert client.get(reverse("proposal-preview", args=[prepared.pk])).status_code == 404


def test_settled_or_unlawful_there_is_nothing_to_preview(desk, client, case, prepared):
    address = reverse("proposal-preview", args=[prepared.pk])
    desk.do(case, "pause_case")
    client.force_login(desk.person(role=Role.LEADER))
    assert client.get(address).url == reverse("proposal", args=[prepared.pk])
    acts.withdraw(prepared.pk, by=prepared.prepared_by, today=TODAY)
    assert client.get(address).status_code == 404


def form(client, case, kind, **given):
    address = reverse("case-act", args=[case.pk, kind])
    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([\w.-]+)" value="([^"]*)"', page))
    hidden.pop("csrfmiddlewaretoken", None)
    return client.post(address, {**hidden, "preview": "1", **given})


def test_before_it_is_sent_the_form_shows_its_document_and_keeps_no_file(desk, client, case):
    desk.do(case, NOTICE)
    client.force_login(desk.person())
    before = counted()
    proof = SimpleUploadedFile("签收单.pdf", b"%PDF-1.4 slip")
    served = {"service_way": "in_person", "served_from": TODAY.isoformat(), "service_proof": proof}
    text = said(form(client, case, "order.serve_notice", **served))
    assert MARK in text
    assert "签收单" in text and "签收单.pdf" not in text
    assert counted() == before


def test_a_form_that_is_not_filled_in_says_so(desk, client, case):
    client.force_login(desk.person())
    answer = form(client, case, NOTICE)
    assert answer.status_code == 422
    assert "不能预览" in answer.content.decode()


def test_the_form_of_another_is_not_previewed(desk, client, case):
    client.force_login(desk.person(role=Role.REVIEWER))
    address = reverse("case-act", args=[case.pk, NOTICE])
    assert client.post(address, {"preview": "1"}).status_code == 404


def test_an_act_without_a_document_has_no_preview(desk, client, case):
    rule = desk.rule(case, "order.collect_evidence")
    assert not rule.document
    held = holder(rule, case, scope_of(desk.person(), on=TODAY), TODAY)
    act = Done(rule.kind, TODAY, None, {})
    assert previewed(case, acts_of(case), rule, act, by=desk.person(), held=held) is None


def looked(client, address, **given):
    """The document that a page would issue; nothing is written by looking at it."""
    page = client.get(address).content.decode()
    assert 'name="preview"' in page
    hidden = {}
    for name, value in re.findall(r'<input type="hidden" name="([\w.-]+)" value="([^"]*)"', page):
        hidden.setdefault(name, []).append(value)
    before = counted()
    post = address.partition("?")[0]
    assert client.post(post, {**hidden, "preview": "1", "line": ""}).status_code == 422
    text = said(client.post(post, {**hidden, "preview": "1", **given}))
    assert MARK in text
    assert counted() == before
    return text


def pdf(name):
    return SimpleUploadedFile(f"{name}.pdf", b"%PDF-1.4 " + name.encode())


def test_the_form_that_opening_a_case_issues_is_seen_before(desk, client):
    finding = desk.finding(desk.line())
    client.force_login(desk.person())
    address = f"{reverse('case-open')}?finding={finding.finding_id}"
    text = looked(client, address, reason="经查超限，建议受理。", line="L1")
    assert "经查超限，建议受理。" in text
    assert "131.5" in text
    assert "〔2018〕1号" not in text
    act = desk.open_(finding)
    assert act.case.number == "宁经信能立〔2018〕1号"  # looking took no number


def test_the_form_that_opens_an_exit_is_seen_before(desk, client):
    journey = Journey(desk, "energy")
    journey.decided("order").after("rectification").do("record_overdue").decided("closure")
    DemoDay.objects.create(day=journey.day)
    client.force_login(desk.person())
    address = reverse("case-exit", args=[journey.case.pk])
    given = {"decision_served": pdf("送达回证"), "exit_form": "拆除主体设备"}
    assert "拆除主体设备" in looked(client, address, **given)


def test_an_enterprise_sees_what_it_would_hand_in(desk, client):
    case = desk.walk(desk.open_(desk.finding(desk.line())).case, *ORDERED)
    DemoDay.objects.create(day=date(2018, 9, 3))
    user = desk.person(role=Role.ENTERPRISE, uscc=case.enterprise_id, function="")
    client.force_login(user)
    address = reverse("own-act", args=[case.pk, "apply_extension"])
    given = {"months": "2", "reason": "设备到货延迟。", "proof": pdf("供货合同")}
    text = looked(client, address, **given)
    assert "设备到货延迟。" in text
    assert "供货合同" in text


def test_an_application_for_exit_is_seen_before(desk, client):
    line = desk.line()
    client.force_login(desk.person(role=Role.ENTERPRISE, uscc=line.enterprise_id, function=""))
    given = {"line": line.pk, "application": pdf("申请书"), "exit_form": "拆除主体设备"}
    text = looked(client, reverse("own-exit"), **given)
    assert "拆除主体设备" in text
    assert "L1号线" in text
