"""What the enterprise reads on its own site, and what it must never see, by address."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from phaseout.accounts.powers import Role
from phaseout.casework.models import IssuedPaper
from phaseout.evidence.models import EvidenceFile

CLOSING = (
    ("record_overdue", date(2018, 10, 9)),
    "closure.file",
    "closure.collect_evidence",
    "closure.notice",
    "closure.serve_notice",
    ("closure.legal_review", date(2018, 10, 29)),
    "closure.collective",
    "closure.submit_for_approval",
    "closure.approve",
    "order_closure",
)
INTERNAL = (
    "open",
    "order.file",
    "closure.file",
    "closure.legal_review",
    "closure.collective",
    "closure.submit_for_approval",
    "closure.approve",
)


@pytest.fixture
def closing(desk, ordered):
    """Everything up to the decision to close, which is signed and not yet served."""
    return desk.walk(ordered, *CLOSING)


def paper(case, kind):
    return IssuedPaper.objects.get(case=case, act__kind=kind)


def status(client, name, *args):
    return client.get(reverse(name, args=args)).status_code


def all_pages(client, case):
    told = [
        reverse("own-home"),
        reverse("own-case", args=[case.pk]),
        reverse("own-evidence", args=[case.pk]),
        *(
            reverse("paper", args=[one.pk])
            for one in IssuedPaper.objects.filter(case=case)
            if client.get(reverse("paper", args=[one.pk])).status_code == 200
        ),
    ]
    return {address: client.get(address).content.decode() for address in told}


def test_home_and_case_show_what_was_served_and_days_left(signed_in, ordered, on):
    on(date(2018, 4, 3))
    home = signed_in.get(reverse("own-home")).content.decode()
    assert "责令限期整改通知书" in home
    assert "2018-10-08" in home
    page = signed_in.get(reverse("own-case", args=[ordered.pk])).content.decode()
    assert "还有 188 天" in page
    assert "延期申请" in page
    assert "延期最长3个月" in page
    assert "131.5 kgce/t" in page, "the same explanation the official sees"


@pytest.mark.parametrize("kind", INTERNAL)
def test_an_internal_paper_is_not_there(signed_in, closing, kind):
    one = paper(closing, kind)
    for page in ("paper", "paper-pdf", "paper-docx"):
        assert status(signed_in, page, one.pk) == 404, page
    assert one.number not in signed_in.get(reverse("own-case", args=[closing.pk])).content.decode()


def test_a_decision_is_not_there_before_it_is_served(signed_in, desk, closing):
    decision = paper(closing, "order_closure")
    assert status(signed_in, "paper", decision.pk) == 404
    desk.walk(closing, ("closure.serve_decision", date(2018, 10, 30)))
    assert status(signed_in, "paper", decision.pk) == 200


def test_no_page_names_the_people_of_the_offices(signed_in, desk, closing, on):
    on(date(2018, 10, 30))
    desk.walk(closing, "closure.serve_decision", on=date(2018, 10, 30))
    people = {
        str(person)
        for act in closing.acts.select_related("by", "signed_by")
        for person in (act.by, act.signed_by)
        if person is not None and act.function != "enterprise"
    }
    reviewers = {name for name in people if "reviewer" in name or "leader" in name}
    assert reviewers
    for address, text in all_pages(signed_in, closing).items():
        assert not [name for name in reviewers if name in text], address
    for name in people:
        assert name not in signed_in.get(reverse("own-case", args=[closing.pk])).content.decode()


def test_files_of_the_office_are_not_there(signed_in, closing):
    own = {
        d for a in closing.acts.filter(function="enterprise") for f in a.facts.values() for d in f
    }
    for act in closing.acts.exclude(kind__endswith="serve_notice"):
        for item in ("filing_report", "evidence", "review_opinion", "minutes", "case_file"):
            for digest in act.facts.get(item, ()):
                file = EvidenceFile.objects.filter(digest=digest).first()
                assert digest not in own
                assert status(signed_in, "evidence-file", file.pk) == 404, item
                assert status(signed_in, "evidence-raw", file.pk) == 404, item
                assert status(signed_in, "case-file", closing.pk, digest) == 404, item


def test_the_proof_of_service_on_it_is_there(signed_in, ordered):
    receipt = paper(ordered, "order.serve_decision")
    assert status(signed_in, "paper", receipt.pk) == 200
    digest = receipt.act.facts["service_proof"][0]
    file = EvidenceFile.objects.get(digest=digest)
    assert status(signed_in, "evidence-file", file.pk) == 200


def test_pages_of_the_offices_lead_to_its_own_or_are_not_there(signed_in, desk, closing):
    proposal = closing.proposals.first()
    assert status(signed_in, "case", closing.pk) in (302, 404)
    for name, *args in (
        ("case-act", closing.pk, "closure.serve_decision"),
        ("case-diagram", closing.pk),
        ("case-deadline", closing.pk, 8, "rectification"),
        ("proposal", proposal.pk),
        ("to-sign",),
    ):
        assert status(signed_in, name, *args) in (302, 403, 404), name


@pytest.mark.parametrize("name", ["workbench", "search", "tasks", "foresight", "notices", "home"])
def test_pages_over_several_cases_tell_nothing_internal(signed_in, closing, name):
    answer = signed_in.get(reverse(name), {"q": "宁经信"})
    if answer.status_code != 200:
        assert answer.status_code in (302, 403, 404)
        return
    text = answer.content.decode()
    for kind in INTERNAL:
        assert paper(closing, kind).number not in text, kind
    assert "reviewer" not in text
    assert "leader" not in text


def test_another_enterprise_sees_nothing(client, desk, ordered):
    other = desk.person(role=Role.ENTERPRISE, uscc="91640200MA00000002", function="")
    client.force_login(other)
    assert ordered.number not in client.get(reverse("own-home")).content.decode()
    for name, *args in (
        ("own-case", ordered.pk),
        ("own-evidence", ordered.pk),
        ("own-act", ordered.pk, "report_completion"),
        ("paper", paper(ordered, "order_rectification").pk),
        ("paper-pdf", paper(ordered, "order_rectification").pk),
    ):
        assert status(client, name, *args) == 404, name


def test_an_official_has_no_business_here(client, desk, ordered):
    client.force_login(desk.person())
    home = client.get(reverse("own-home"))
    assert home.status_code == 403
    assert "这一页由企业使用" in home.content.decode()
    assert status(client, "own-case", ordered.pk) == 403


def test_queries_do_not_grow_with_cases(signed_in, desk, ordered, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as first:
        signed_in.get(reverse("own-home"))
    for n in range(2, 5):
        other = desk.open_(desk.finding(desk.line(f"L{n}"))).case
        desk.walk(
            other, "order.file", "order.collect_evidence", "order.notice", "order.serve_notice"
        )
    with CaptureQueriesContext(connection) as then:
        signed_in.get(reverse("own-home"))
    assert len(then) == len(first)
