"""The text of PDF and DOCX is read by a job and can be searched, in Chinese too."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from phaseout.evidence.attaching import attach
from phaseout.evidence.models import FileText
from phaseout.evidence.text import around, containing, grams


def test_text_is_read_by_the_job_and_found(desk, pdf, docx, run_jobs):
    order = attach(SimpleUploadedFile("通知书.pdf", pdf), by=desk.person())
    contract = attach(SimpleUploadedFile("合同.docx", docx), by=desk.person())
    assert "evidence.read_text" in run_jobs()
    found = {text.digest for text in containing("整改期限")}
    assert found == {order.digest}
    assert {t.digest for t in containing("交货推迟")} == {contract.digest}
    assert not containing("推迟交货"), "the words stand in another order"
    hit = containing("交货推迟").get()
    assert "余热发电改造合同" in around(hit.text, "交货推迟")


def test_a_file_that_cannot_be_read_says_why(desk, run_jobs):
    file = attach(SimpleUploadedFile("坏.pdf", b"%PDF-1.7\nnothing"), by=desk.person())
    run_jobs()
    text = FileText.objects.get(digest=file.digest)
    assert text.text == ""
    assert text.problem


def test_the_same_bytes_brought_twice_are_read_once(desk, docx, run_jobs):
    for _ in range(2):
        attach(SimpleUploadedFile("合同.docx", docx), by=desk.person())
    assert run_jobs().count("evidence.read_text") == 1
    assert FileText.objects.count() == 1


def test_a_search_goes_by_the_index(db):
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
    plan = containing("整改期限").explain()
    assert "evidence_text_grams" in plan


def test_grams_are_pairs_of_chinese_and_whole_words():
    assert grams("GB 16780-2012 超标") == {"gb", "16780", "2012", "超标"}
    assert grams("超") == set()
