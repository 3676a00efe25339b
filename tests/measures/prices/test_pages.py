"""The pages as people of each office, of a city and of an enterprise see them."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from phaseout.accounts.powers import Role
from phaseout.evidence.models import EvidenceFile
from phaseout.measures.prices.models import Consumption, Determination, Edition, Payment, Run

ROOT = "/measures/prices/"


@pytest.fixture
def seen(office, client):
    """A bill of Shizuishan, and a way to look at a page as somebody."""
    bill = office.billed("1000")
    one = bill.lines.get().determination
    pages = {
        "": "谁付多少",
        "years/2018/?state=charged": "K1号线",
        f"assessments/{one.assessment_id}/": "淘汰类",
        f"determinations/{one.pk}/": "怎样算出",
        f"enterprises/{bill.enterprise_id}/": bill.number,
        f"consumption/{bill.lines.get().consumption.file_id}/": "已收取",
        f"editions/{bill.edition_id}/": bill.edition.digest,
        f"bills/{bill.pk}/": "300.00",
        "ledger/": "应收加价",
    }

    def look(user, page, status=200):
        client.force_login(user)
        answer = client.get(ROOT + page)
        assert answer.status_code == status, (user, page, answer.status_code)
        return answer.content.decode()

    look.bill, look.one, look.pages = bill, one, pages
    return look


def test_every_page_says_what_it_is_for(office, seen) -> None:
    for page, says in seen.pages.items():
        assert says in seen(office.price, page), page
        assert says in seen(office.desk.person("cities", Role.OFFICER, "640200"), page), page


def test_another_city_sees_nothing_of_it(office, seen) -> None:
    other = office.desk.person("cities", Role.OFFICER, "640100")
    for page in seen.pages:
        hidden = page.startswith(("assess", "determin", "enterprises", "bills"))
        text = seen(other, page, 404 if hidden else 200)
        assert seen.bill.number not in text and "K1号线" not in text
        assert "300.00" not in text


def test_an_enterprise_sees_its_own_and_no_office_page(office, seen) -> None:
    own = office.desk.person("", Role.ENTERPRISE, uscc=seen.bill.enterprise_id)
    other = office.desk.person("", Role.ENTERPRISE, uscc="91640100MA00000001")
    for page in ("own/", f"determinations/{seen.one.pk}/", f"bills/{seen.bill.pk}/"):
        assert "元" in seen(own, page)
    assert seen.bill.number in seen(own, "own/")
    office.desk.enterprise()
    assert seen.bill.number not in seen(other, "own/")
    seen(other, f"bills/{seen.bill.pk}/", 404)
    for page in ("", "years/2018/", "ledger/", "consumption/", f"editions/{seen.bill.edition_id}/"):
        seen(own, page, 403)
    assert 'name="do"' not in seen(own, f"bills/{seen.bill.pk}/")


def test_nobody_signed_in_goes_to_the_sign_in_page(seen, client) -> None:
    client.logout()
    for page in (*seen.pages, "own/"):
        assert client.get(ROOT + page).status_code == 302


def test_the_whole_road_on_the_pages(office, client) -> None:
    """Assess, determine, send the kWh, issue, receive, notify, pay, remit: as officials do it."""
    line = office.carbide(found_on=date(2018, 2, 1))
    client.force_login(office.price)
    post(client, "", do="assess", year="2018")
    run = Run.objects.get()
    chosen = run.assessments.get(line=line)
    assert f'value="{chosen.pk}"' in client.get(f"{ROOT}years/2018/").content.decode()
    post(client, "years/2018/", chosen=str(chosen.pk))
    assert Determination.objects.get().line == line
    client.force_login(office.grid)
    upload(client, b"line_id,kwh\nK1,1000\nK9,1\n", status=302)
    assert not Consumption.objects.exists()
    upload(client, b"line_id,kwh\nK1,1000\n", status=302)
    assert Consumption.objects.count() == 1
    client.force_login(office.price)
    post(client, "", do="issue", month="2018-02")
    edition = Edition.objects.get()
    bill = edition.bills.get()
    client.force_login(office.grid)
    post(client, f"editions/{edition.pk}/")
    assert client.get(f"/evidence/{edition.csv_id}/raw/").status_code == 200
    page = f"bills/{bill.pk}/"
    given = {"received_on": "2018-03-05", "pay_by": "2018-03-10", "contract_percent": "0.2"}
    post(client, page, do="notify", **given)
    post(client, page, do="late-contract")
    post(client, page, do="collect", amount="303.00", paid_on="2018-03-15")
    post(client, page, status=409, do="late-document")
    post(client, "ledger/")
    assert Payment.objects.get().amount == 303
    text = client.get(f"{ROOT}ledger/").content.decode()
    assert "已缴国库" in text and "300.00" in text


def test_a_refusal_is_shown_with_what_to_do_and_the_wrong_department_is_refused(
    office, client
) -> None:
    client.force_login(office.desk.person("epd"))
    text = post(client, "", status=409, do="assess", year="2018")
    assert "prices.not-yours" in text and "第（十二）项" in text
    client.force_login(office.price)
    assert "prices.nothing-to-bill" in post(client, "", status=409, do="issue", month="2018-02")
    assert post(client, "", status=422, do="issue", month="February")
    assert upload(client, b"nothing", status=409)
    assert not EvidenceFile.objects.exists()


def post(client, page, status=302, **given) -> str:
    answer = client.post(ROOT + page, {"key": str(uuid4()), **given})
    assert answer.status_code == status, (page, answer.status_code, answer.content.decode()[:3000])
    return answer.content.decode()


def upload(client, content, status) -> str:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("kwh.csv", content, "text/csv")
    given = {"key": str(uuid4()), "month": "2018-02", "file": file}
    answer = client.post(f"{ROOT}consumption/", given)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()
