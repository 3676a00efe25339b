"""The pages of land as each person sees them."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from phaseout.accounts.scope import scope_of
from phaseout.measures.land.models import LandAct, Parcel
from phaseout.measures.land.shown import ending


def _client(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_from_entering_a_parcel_to_paying_employees_by_its_forms(office):
    line = office.desk.line()
    client = _client(office.land)
    sent = client.post(
        reverse("parcel-new"),
        {
            "key": uuid4(), "uscc": line.enterprise_id, "line_id": line.pk, "number": "640104-7",
            "address": "（虚构）望远", "area": "1200.50", "right": "allocated",
            "division_code": "640104",
        },
    )  # fmt: skip
    parcel = Parcel.objects.get()
    assert sent.url == reverse("parcel", args=[parcel.pk])
    office.exited()
    scan = SimpleUploadedFile("收回决定.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    decided = {
        "do": "dispose", "key": uuid4(), "way": "take_back", "document": "宁国土资发〔2018〕9号",
        "decided_on": str(office.day), "file": scan,
    }  # fmt: skip
    assert client.post(sent.url, decided).status_code == 302
    money = {"key": uuid4(), "amount": "5000000", "document": "宁财发〔2018〕3号"}
    assert client.post(sent.url, {"do": "receive", **money}).status_code == 404
    finance = _client(office.finance)
    assert finance.post(sent.url, {"do": "receive", **money}).status_code == 302
    beyond = {"do": "assign", **money, "key": uuid4(), "amount": "5000000.01"}
    refused = finance.post(sent.url, beyond)
    assert refused.status_code == 409
    assert "尚可安排的为5,000,000.00元" in refused.content.decode()
    assert finance.post(sent.url, {**beyond, "amount": "5000000"}).status_code == 302
    page = finance.get(sent.url).content.decode()
    for words in ("由地方政府收回", "宁国土资发〔2018〕9号", "安排职工安置费用", "收回决定.pdf"):
        assert words in page
    assert LandAct.objects.count() == 4


def test_another_city_finds_no_such_parcel_and_an_enterprise_its_own_only(office):
    parcel = office.parcel()
    address = reverse("parcel", args=[parcel.pk])
    other = office.desk.person("cities", division="640200")
    assert _client(other).get(address).status_code == 404
    assert parcel.number not in _client(other).get(reverse("parcels")).content.decode()
    assert _client(office.desk.person("hr")).get(address).status_code == 200
    assert Client().get(address).status_code == 302


def test_a_form_that_is_not_understood_says_so_beside_its_field(office):
    sent = {"key": uuid4(), "uscc": "1", "area": "-3", "number": "1", "right": "allocated"}
    answer = _client(office.land).post(reverse("parcel-new"), sent)
    assert answer.status_code == 422
    assert len(re.findall('class="errorlist', answer.content.decode())) >= 3
    assert not Parcel.objects.exists()


@pytest.mark.parametrize(("before", "waits"), [(91, 0), (90, 1), (0, 1), (-1, 1)])
def test_years_that_end_within_ninety_days_wait_for_their_office(office, before, waits):
    from datetime import timedelta

    from phaseout.measures.land import acts
    from phaseout.measures.land.models import ContinuedUse

    parcel = office.parcel(right="granted")
    office.exited()
    wanted = office.decided("encouraged", planning="1号", encouraged=True, trade="现代物流")
    office.do(acts.dispose, parcel.pk, wanted)
    last = ContinuedUse.objects.get().last_day
    scope = scope_of(office.land, on=office.day)
    assert ending(scope, last - timedelta(days=before)) == waits
