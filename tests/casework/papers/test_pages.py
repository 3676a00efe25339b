"""The page of a document: what it says, who may read it, its PDF and DOCX."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from phaseout.accounts.powers import Role
from phaseout.casework.models import IssuedPaper

AGAIN = ("order.defence", "order.withdraw_defence") * 3


def get(client, person, paper, page="paper"):
    client.force_login(person)
    return client.get(reverse(page, args=[paper.pk]))


def paper(case, kind):
    return IssuedPaper.objects.get(case=case, act__kind=kind)


def test_the_page_tells_number_service_and_text(client, desk, ordered):
    answer = get(client, desk.person(), paper(ordered, "order_rectification"))
    text = answer.content.decode()
    for words in ("宁经信改〔2018〕1号", "2018年4月2日", "直接送达", "查明的事实和证据"):
        assert words in text, words


def test_rights_are_shown_with_the_last_day_and_how_it_was_counted(client, desk, ordered, on):
    on(date(2018, 4, 3))
    text = get(client, desk.person(), paper(ordered, "order_rectification")).content.decode()
    assert "2018-06-01" in text, "reconsideration: 60 days from 2 April"
    assert "2018-10-08" in text, "rectification and suit: 6 months, moved over the holidays"
    assert "期限怎样计算" in text


def test_pdf_and_docx_come_under_number_and_title(client, desk, ordered):
    order = paper(ordered, "order_rectification")
    pdf = get(client, desk.person(), order, "paper-pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    docx = get(client, desk.person(), order, "paper-docx")
    assert docx.content.startswith(b"PK")
    assert "attachment" in docx["Content-Disposition"]


def test_what_was_taken_back_says_by_which_act(client, desk, ordered, on):
    on(date(2018, 5, 2))
    case = desk.walk(ordered, ("order.apply_reconsideration", date(2018, 4, 16)))
    case = desk.walk(case, ("order.decision_annulled", date(2018, 5, 2)))
    text = get(client, desk.person(), paper(case, "order_rectification")).content.decode()
    assert "已被2018年5月2日的“整改·决定被撤销”撤销" in text


@pytest.mark.parametrize(
    ("function", "role", "division", "code"),
    [
        ("eic", Role.LEADER, "640000", 200),
        ("inspection", Role.AUDITOR, "640000", 200),
        ("qts", Role.OFFICER, "640000", 404),
        ("cities", Role.OFFICER, "640200", 404),
    ],
)
def test_who_may_read_it(client, desk, ordered, function, role, division, code):
    for page in ("paper", "paper-pdf", "paper-docx"):
        person = desk.person(function, role, division)
        assert get(client, person, paper(ordered, "order.file"), page).status_code == code


def test_nobody_signed_in_goes_to_the_sign_in_page(client, ordered):
    answer = client.get(reverse("paper", args=[paper(ordered, "order.file").pk]))
    assert answer.status_code == 302


def test_queries_do_not_grow_with_the_acts(client, desk, case):
    steps = "order.file", "order.collect_evidence", "order.notice", "order.serve_notice"
    case, counts = desk.walk(case, *steps), []
    client.force_login(desk.person())
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("paper", args=[paper(case, "order.notice").pk]))
        counts.append(len(asked))
        case = desk.walk(case, *AGAIN)
    assert counts[0] == counts[1]


def test_in_english(client, desk, ordered):
    client.cookies["django_language"] = "en"
    text = get(client, desk.person(), paper(ordered, "order_rectification")).content.decode()
    assert "order to rectify within a time limit" in text
    assert "Text of the document" in text
