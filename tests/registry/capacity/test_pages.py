"""The pages of the ledger: every number opens to its entries, each entry to what it rests on."""

from __future__ import annotations

import io
import re
from datetime import date
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from capacity_book import register, stands
from casebook import Desk
from journeys import Journey
from phaseout.casework.booking import book_found
from phaseout.casework.models import LineStanding
from phaseout.registry.models import CapacityEntry, Import, ProductionLine

pytestmark = pytest.mark.django_db
OTHER = "91640200MA00000002"


@pytest.fixture
def desk():
    """A line in Yinchuan under rectification, and one in Shizuishan as it was registered."""
    desk = Desk()
    register(desk.line(), 600_000)
    other = desk.line("L2", desk.enterprise(OTHER, division_code="640202", industry="coke"))
    register(other, 45_000, product="焦炭", since=date(2017, 7, 1))
    Journey(desk, "energy").decided("order")
    return desk


@pytest.fixture
def page(desk, client):
    def asked(name, *args, who=None, status=200, **query):
        client.force_login(who or desk.person())
        url = reverse(name, args=args) + ("?" + urlencode(query) if query else "")
        answer = client.get(url)
        assert answer.status_code == status, answer.content.decode()[-400:]
        return answer if answer.streaming else answer.content.decode()

    return asked


def links(html):
    return [
        u.replace("&amp;", "&") for u in re.findall(r'href="(/capacity/entries/\?[^"]+)"', html)
    ]


def test_every_number_opens_to_entries_that_come_to_it(page, client):
    html = page("capacity")
    numbers = re.findall(r'<a href="(/capacity/entries/\?[^"]+)">([\d,.]+)</a>', html)
    assert {number for _, number in numbers} == {"60", "4.5"}
    for url, number in numbers:
        shown = client.get(url.replace("&amp;", "&")).content.decode()
        assert f"<strong>{number} 万吨/年</strong>" in re.sub(r"\s+", " ", shown), url


def test_an_entry_leads_to_its_act_and_to_its_import(page, desk):
    of_act = CapacityEntry.objects.get(kind="act")
    html = page("capacity-entry", of_act.pk)
    act = of_act.case_no
    assert f'href="/cases/{act}/#act-' in html
    assert "送达决定" in html
    registered = CapacityEntry.objects.get(kind="registration", line="L1")
    assert f'href="/imports/{registered.of_import_id}/"' in page("capacity-entry", registered.pk)


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ({"city": "640100"}, {"60"}), ({"city": "640200"}, {"4.5"}),
        ({"industry": "coke"}, {"4.5"}), ({"industry": "steel"}, set()),
        ({"uscc": OTHER}, {"4.5"}), ({"on": "2017-06-30"}, {"60"}),
        ({"on": "2017-07-01"}, {"60", "4.5"}), ({"year": "2016"}, {"60"}),
        ({"known_on": "2018-01-01"}, set()), ({"known_on": "2018-01-02"}, {"60", "4.5"}),
    ],
)  # fmt: skip
def test_it_is_narrowed_by_place_industry_and_day(page, asked, there):
    assert {
        n for _, n in re.findall(r'(/entries/\?[^"]+)">([\d,.]+)</a>', page("capacity", **asked))
    } == there


@pytest.mark.parametrize(
    "asked",
    [{"on": "2018-02-30"}, {"year": "1066"}, {"city": "110000"}, {"uscc": "x"},
     {"year": "2017", "on": "2017-01-01"}],
)  # fmt: skip
def test_what_cannot_be_asked_is_said_and_not_guessed(page, asked):
    assert "errorlist" in page("capacity", status=422, **asked)


def test_by_industry_and_by_city_each_number_stays_in_its_row(page, client):
    for by in ("industry", "city"):
        html = page("capacity", by=by)
        for url in links(html):
            shown = client.get(url).content.decode()
            assert len(re.findall(r"<strong>", shown)) == 1
    assert "石嘴山市" in page("capacity", by="city")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_files_say_what_the_page_says(desk, client, ending):
    client.force_login(desk.person())
    answer = client.get(reverse("capacity-export", args=[ending]), {"by": "industry"})
    assert "attachment" in answer["Content-Disposition"]
    if ending == "csv":
        rows = [line.split(",") for line in answer.content.decode("utf-8-sig").splitlines()]
    else:
        sheet = load_workbook(io.BytesIO(answer.content)).active
        rows = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    heads = rows[0]
    found = {row[0]: dict(zip(heads, row, strict=True)) for row in rows[1:]}
    assert found["水泥"]["整改中"] == found["水泥"]["登记产能合计"] == "60"
    assert found["焦炭"]["在册"] == "4.5"
    assert client.get(reverse("capacity-export", args=["pdf"])).status_code == 404


def test_a_city_sees_its_own(page, desk):
    city = desk.person("cities", division="640200")
    html = page("capacity", who=city)
    assert ">焦炭</th>" in html
    assert ">水泥</th>" not in html
    cement = CapacityEntry.objects.filter(line="L1").first()
    page("capacity-entry", cement.pk, who=city, status=404)
    page("capacity-line", "L1", who=city, status=404)
    assert "L1号线" not in page("capacity-entries", who=city)


def test_an_enterprise_sees_its_own_line_and_the_way_to_its_own_case(page, desk):
    own = desk.person("", "enterprise", uscc="91640100MA00000001")
    html = page("capacity-line", "L1", who=own)
    assert "整改中" in html
    assert (
        f'href="{reverse("own-case", args=[CapacityEntry.objects.get(kind="act").case_no])}' in html
    )
    assert "用于产能置换</a>" not in html


def test_the_page_of_a_line_says_where_its_capacity_stands(page):
    html = page("line", "L1")
    assert "产能 · 整改中" in html
    assert 'href="/capacity/lines/L1/"' in html


def test_an_entry_is_corrected_on_its_page(desk, client):
    entry = CapacityEntry.objects.get(line="L2")
    client.force_login(desk.person(role="leader"))
    url = reverse("capacity-correct", args=[entry.pk])
    key = re.search(r'name="key" value="([^"]+)"', client.get(url).content.decode())[1]
    assert client.post(url, {"reason": " ", "key": key}).status_code == 422
    sent = {"reason": "漏了一位", "amount": "45", "key": key}
    answer = client.post(url, sent, follow=True)
    assert "漏了一位" in answer.content.decode()
    assert stands(city="6402") == {"registered": 450_000}
    assert client.post(url, sent).status_code == 302, "sent twice it happens once"
    assert CapacityEntry.objects.filter(line="L2").count() == 3
    # Who looks at it as it was known before sees what was published then.
    assert stands(city="6402", known_on=date(2018, 1, 2)) == {"registered": 45_000}


def test_what_has_moved_on_is_not_corrected(desk, client):
    entry = CapacityEntry.objects.get(line="L1", kind="registration")
    client.force_login(desk.person(role="leader"))
    page = client.get(reverse("capacity-correct", args=[entry.pk])).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    answer = client.post(
        reverse("capacity-correct", args=[entry.pk]), {"reason": "记错", "key": key}
    )
    assert answer.status_code == 409
    assert "capacity.moved_on" in answer.content.decode()


def test_who_may_not_decide_corrects_nothing(desk, client):
    entry = CapacityEntry.objects.get(line="L2")
    for person, status in ((desk.person(), 403), (desk.person("cities", "leader", "640100"), 404)):
        client.force_login(person)
        url = reverse("capacity-correct", args=[entry.pk])
        assert client.post(url, {"reason": "记错"}).status_code == status
    assert CapacityEntry.objects.count() == 3


def plan():
    return SimpleUploadedFile("置换方案.pdf", b"%PDF-1.4\n%demo\n")


def test_capacity_used_for_replacement_counts_once(desk, client):
    client.force_login(desk.person(role="reviewer"))
    sent = {"how_much": "一半", "reason": "用于新建项目", "document": plan(),
            "key": "11111111-1111-4111-8111-111111111111"}  # fmt: skip
    answer = client.post(reverse("capacity-replace", args=["L2"]), sent, follow=True)
    assert "用于产能置换" in answer.content.decode()
    assert stands(city="6402") == {"registered": 22_500, "replaced": 22_500}
    # What is in a case of rectification is no capacity for a replacement.
    refused = client.post(reverse("capacity-replace", args=["L1"]), {**sent, "document": plan(),
        "key": "21111111-1111-4111-8111-111111111111"})  # fmt: skip
    assert refused.status_code == 409
    assert "capacity.not_replaceable" in refused.content.decode()


def test_a_line_that_is_sold_takes_along_what_is_live(desk, client):
    from phaseout.registry.models import LineVersion

    line = ProductionLine.objects.get(pk="L2")
    LineVersion.objects.create(
        line_id="L2", uscc=OTHER, name=line.name, industry=line.industry,
        division_code=line.division_code, product="焦炭", capacity="4.5", capacity_unit="万t/a",
        taken_by=Import.objects.first(), known_on=date(2018, 1, 2),
    )  # fmt: skip
    client.force_login(desk.person(role="reviewer"))
    url = reverse("capacity-transfer", args=["L2"])
    for to in ("91640100MA0000011Q", OTHER):
        refused = client.post(url, {"to": to, "reason": "收购", "document": plan()})
        assert "capacity.no_such_owner" in refused.content.decode()
    buyer = desk.enterprise().pk
    client.post(url, {"to": buyer, "reason": "收购", "document": plan()})
    assert stands(uscc=OTHER) == {}
    assert stands(uscc=buyer, line_id="L2") == {"registered": 45_000}
    assert ProductionLine.objects.get(pk="L2").enterprise_id == buyer
    assert CapacityEntry.objects.get(kind="transfer").of_import.kind == "transfer"


def test_found_outdated_leads_to_the_findings_of_the_line(page, desk):
    line = ProductionLine.objects.get(pk="L2")
    LineStanding.objects.create(
        line=line, enterprise=line.enterprise, division_code=line.division_code, detail={},
        industry=line.industry, outdated="yes", run=desk.run(), found_on=desk.today,
        digest="0" * 32,
    )  # fmt: skip
    book_found([OTHER], on=desk.today)
    entry = CapacityEntry.objects.get(kind="found")
    assert 'href="/findings/?line=L2"' in page("capacity-entry", entry.pk)


def test_nobody_signed_in_is_asked_to_sign_in(db):
    assert Client().get(reverse("capacity")).status_code == 302
