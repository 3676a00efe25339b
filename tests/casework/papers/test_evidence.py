"""The page of a case's files: images shown, text searched, for the offices of the case."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from casebook import TODAY
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework.models import HandedIn
from phaseout.casework.own.handing_in import hand_in
from phaseout.evidence.attaching import attach

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def docx(text):
    made, out = Document(), io.BytesIO()
    made.add_paragraph(text)
    made.save(out)
    return out.getvalue()


def get(client, person, case, **query):
    client.force_login(person)
    return client.get(reverse("case-evidence", args=[case.pk]), query)


def with_evidence(desk, case):
    """A report and a photograph collected by the office, a contract handed in by the firm."""
    officer = desk.person()
    report = attach(SimpleUploadedFile("监测.docx", docx("烟气二氧化硫超标，见附表。")), by=officer)
    photo = attach(SimpleUploadedFile("现场.png", PNG), by=officer)
    case = desk.walk(case, "order.file")
    desk.do(case, "order.collect_evidence", evidence=[report.digest, photo.digest])
    firm = desk.person(role=Role.ENTERPRISE, uscc=case.enterprise_id, function="")
    hand_in(
        case,
        SimpleUploadedFile("合同.docx", docx("设备交货推迟至十月。")),
        note="设备采购合同",
        by=firm,
        scope=scope_of(firm, on=desk.today),
        today=desk.today,
        expires_on=date(2018, 3, 1),
    )
    return case


def test_all_files_are_there_with_act_image_and_expiry(client, desk, case):
    text = get(client, desk.person(), with_evidence(desk, case)).content.decode()
    for words in ("监测.docx", "现场.png", "合同.docx", "整改·调查取证", "设备采购合同", "已过期"):
        assert words in text, words
    assert "<img" in text


@pytest.mark.parametrize(("days", "expired"), [(-1, True), (0, False), (1, False)])
def test_an_act_says_which_of_its_files_had_expired_by_its_day(client, desk, case, days, expired):
    officer, last = desk.person(), TODAY + timedelta(days=days)
    report = attach(SimpleUploadedFile("监测.png", PNG), by=officer, expires_on=last)
    attach(SimpleUploadedFile("监测.png", PNG), by=officer)  # again, and nothing said of its end
    case = desk.walk(case, "order.file")
    act = desk.do(case, "order.collect_evidence", evidence=[report.digest])
    assert act.done_on == TODAY
    client.force_login(officer)
    text = client.get(reverse("case", args=[case.pk])).content.decode()
    assert (f"有效期至{last}，早于该行为" in text) is expired
    assert ("已过期" in get(client, officer, case).content.decode()) is expired


def test_what_an_enterprise_hands_in_has_expired_or_is_of_a_later_day(client, desk, case):
    firm = desk.person(role=Role.ENTERPRISE, uscc=case.enterprise_id, function="")
    client.force_login(firm)
    page, before = reverse("own-evidence", args=[case.pk]), TODAY - timedelta(days=1)
    given = {"file": SimpleUploadedFile("许可.png", PNG), "note": "许可证", "expires_on": before}
    text = client.post(page, given, follow=True).content.decode()
    assert "该文件的有效期已过" in text
    assert f"有效期至 {before} <strong>已过期</strong>" in text
    later = {"dated_on": TODAY + timedelta(days=1), "expires_on": ""}
    again = {**given, **later, "file": SimpleUploadedFile("许可.png", PNG)}
    refused = client.post(page, again)
    assert (refused.status_code, HandedIn.objects.count()) == (409, 1)
    assert "own.dated-later" in refused.content.decode()


def test_a_search_finds_by_text_and_by_name(client, desk, case, run_jobs):
    case = with_evidence(desk, case)
    run_jobs()
    found = get(client, desk.person(), case, q="二氧化硫超标").content.decode()
    assert "监测.docx" in found
    assert "合同.docx" not in found
    assert "烟气二氧化硫超标，见附表" in found
    by_name = get(client, desk.person(), case, q="现场").content.decode()
    assert "现场.png" in by_name
    none = get(client, desk.person(), case, q="没有这几个字").content.decode()
    assert "没有找到" in none


def test_queries_do_not_grow_with_files(client, desk, case):
    counts = []
    case = with_evidence(desk, case)
    client.force_login(desk.person())
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("case-evidence", args=[case.pk]))
        counts.append(len(asked))
        desk.do(case, "order.collect_evidence")
    assert counts[0] == counts[1]


def test_it_is_not_there_for_the_enterprise_nor_for_another_city(client, desk, case):
    firm = desk.person(role=Role.ENTERPRISE, uscc=case.enterprise_id, function="")
    other = desk.person("cities", division="640200")
    assert [get(client, one, case).status_code for one in (firm, other)] == [404, 404]
