"""The days of a file are stated anew: recorded, by who brought it, until an act rests on it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework import acts
from phaseout.casework.models import HandedIn, Proposal
from phaseout.evidence.attaching import attach
from phaseout.evidence.keeping import by_digest
from phaseout.evidence.restating import Days, restate
from phaseout.law.refusals import Refusal

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
FIRST, LAST = date(2017, 1, 1), date(2018, 3, 14)


@pytest.fixture
def officer(desk):
    return desk.person()


@pytest.fixture
def file(officer):
    return attach(SimpleUploadedFile("许可证.png", PNG), by=officer, expires_on=date(2018, 3, 31))


def again(file, by, on, *, days=(FIRST, LAST), reason="证载日期", key=None):
    return restate(file, Days(*days), reason=reason, by=by, today=on, key=key or uuid4())


def test_the_page_restates_keeps_the_history_and_takes_it_once(client, desk, officer, file):
    client.force_login(officer)
    address = reverse("evidence-file", args=[file.pk])
    given = {"key": uuid4(), "dated_on": FIRST, "expires_on": LAST, "reason": "证载日期"}
    for _ in range(2):  # the button pressed twice
        client.post(address, given)
    file.refresh_from_db()
    assert (file.expired(LAST), file.expired(date(2018, 3, 15))) == (False, True)
    page = client.get(address).content.decode()
    for words in ("已经过期", "随文件提交", "<del>2018-03-31</del> → 2018-03-14", "证载日期"):
        assert words in page, words
    told = file.stated.order_by("place").values_list("place", "was_expires_on", "expires_on")
    assert list(told) == [(1, None, date(2018, 3, 31)), (2, date(2018, 3, 31), LAST)]
    assert client.post(address, {**given, "key": uuid4(), "reason": ""}).status_code == 422


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"days": (None, date(2018, 3, 31))}, "days-same"),
        ({"days": (LAST, FIRST)}, "expires-before-it-begins"),
        ({"days": (date(2018, 3, 16), None)}, "dated-later"),
        ({"reason": " "}, "reason-missing"),
    ],
)
def test_what_makes_no_sense_is_refused(desk, officer, file, given, code):
    with pytest.raises(Refusal) as refused:
        again(file, officer, desk.today, **given)
    assert refused.value.code == f"evidence.{code}"
    assert file.stated.count() == 1


def test_somebody_else_does_not(desk, file):
    with pytest.raises(Refusal, match=r"evidence\.not-yours"):
        again(file, desk.person(role=Role.LEADER), desk.today)


@pytest.mark.parametrize("stated", [None, LAST])
def test_the_same_bytes_brought_again_state_no_other_last_day(desk, officer, stated):
    def brought(by, last):
        return attach(SimpleUploadedFile("许可证.png", PNG), by=by, expires_on=last)

    first, other = brought(officer, stated), desk.person("epd")
    for by in (officer, other):
        with pytest.raises(Refusal, match=r"evidence\.days-stated"):
            brought(by, date(2018, 3, 31))
    for last in {None, stated}:
        assert by_digest([first.digest])[brought(other, last).digest].expires_on == stated
    again(first, officer, desk.today, days=(None, date(2018, 3, 31)))
    assert by_digest([first.digest])[first.digest].expires_on == date(2018, 3, 31)


def test_once_an_act_rests_on_it_its_days_stand(client, desk, officer, file):
    case = desk.walk(desk.open_(desk.finding(desk.line())).case, "order.file")
    HandedIn.objects.create(case=case, file=file, note="-", by=officer, handed_on=desk.today)
    again(file, officer, desk.today)  # handed in only: nobody has decided by it
    desk.do(case, "order.collect_evidence", evidence=[file.digest])
    with pytest.raises(Refusal, match=r"evidence\.days-relied-on"):
        again(file, officer, desk.today, days=(FIRST, date(2019, 1, 1)))
    client.force_login(officer)
    page = client.get(reverse("evidence-file", args=[file.pk])).content.decode()
    assert "案件中的行为已经以该文件为依据" in page
    assert 'name="dated_on"' not in page


def test_what_waits_for_a_signature_with_it_is_void(client, desk, officer, file):
    case = desk.open_(desk.finding(desk.line())).case
    asked = desk.asked(desk.rule(case, "order.file"), case, desk.today, filing_report=[file.digest])
    ways = {"scope": scope_of(officer, on=desk.today), "today": desk.today, "key": uuid4()}
    proposal = acts.propose(case.pk, asked, by=officer, **ways)
    again(file, officer, desk.today)
    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.VOID
    with pytest.raises(Refusal, match=r"proposal\.settled"):
        desk.sign(proposal, desk.person(role=Role.LEADER))
    client.force_login(officer)
    page = client.get(reverse("proposal", args=[proposal.pk])).content.decode()
    assert "许可证.png”的日期于2018-03-15更正" in page


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence_evidencefile SET expires_on = '2030-01-01'",
        "UPDATE evidence_evidencefile SET name = '另.png'",
        "DELETE FROM evidence_evidencefile",
        "UPDATE evidence_stateddays SET reason = '另'",
        "DELETE FROM evidence_stateddays",
    ],
)
def test_the_database_refuses_any_other_way(file, statement):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
