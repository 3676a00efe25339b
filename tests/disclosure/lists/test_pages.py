"""The pages: an officer drafts, a firm objects, a leader signs, it is published; who may not."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from phaseout.casework.audit.keys import private_key
from phaseout.desk.models import DemoDay
from phaseout.disclosure.lists.log import heads
from phaseout.disclosure.lists.log.verifying import checked
from phaseout.disclosure.lists.models import Draft, Edition, Notice, Objection

YINCHUAN = "91640100MA00000001"


class Seat:
    """A browser in which somebody is signed in."""

    def __init__(self, user) -> None:
        self.client = Client()
        self.client.force_login(user)

    def get(self, name, *about, **query):
        return self.client.get(reverse(name, args=about), query)

    def do(self, name, *about, **given):
        return self.client.post(reverse(name, args=about), {"key": str(uuid4()), **given})


@pytest.fixture
def on_the_day(settings):
    """Has the site live on a day."""
    settings.DEMO = True

    def at(on):
        day = DemoDay.objects.first() or DemoDay()
        day.day = on
        day.save()

    return at


def test_from_a_draft_to_a_verified_edition_by_clicks(office, on_the_day) -> None:
    journey = office.ordered()
    officer, leader = Seat(office.officer), Seat(office.leader)
    firm, other = Seat(office.firm(YINCHUAN)), Seat(office.desk.person("epd"))
    on_the_day(journey.day)
    assert officer.get("lists").status_code == 200
    assert officer.do("list", "yellow-energy").status_code == 302
    draft = Draft.objects.get()
    page = officer.get("list-draft", draft.pk).content.decode()
    assert journey.case.number in page and "告知并征求异议" in page
    assert leader.do("list-draft", draft.pk, do="sign", digest=draft.digest).status_code == 409
    assert officer.do("list-draft", draft.pk, do="sign", digest=draft.digest).status_code == 403
    assert other.do("list-draft", draft.pk, do="tell").status_code == 403
    assert officer.do("list-draft", draft.pk, do="tell").status_code == 302

    notice = Notice.objects.get()
    assert "拟列入" in firm.get("own-lists").content.decode()
    assert firm.do("own-list", notice.ground, statement="").status_code == 422
    assert firm.do("own-list", notice.ground, statement="检测有误。").status_code == 302
    objection = Objection.objects.get()
    assert "检测有误" in officer.get("list-objection", objection.pk).content.decode()
    answer = {"decision": "no", "reason": "经核数据无误。"}
    assert officer.do("list-objection", objection.pk, **answer).status_code == 302
    assert "经核数据无误" in firm.get("own-list", notice.ground).content.decode()

    on_the_day(notice.last_day + timedelta(days=1))
    assert leader.do("list-draft", draft.pk, do="sign", digest=draft.digest).status_code == 302
    assert officer.do("list-draft", draft.pk, do="publish").status_code == 302
    heads.sign(office.home)
    edition = Edition.objects.get()
    _downloads(officer, edition)
    key = private_key(office.home).public_key()
    assert checked(officer.get("list-proof", "yellow-energy", 1).json(), [key]).sound
    assert checked(firm.get("own-list-proof", notice.ground).json(), [key]).sound
    assert "在列" in firm.get("own-list", notice.ground).content.decode()
    for name, about in (
        ("list", ["yellow-energy"]), ("list-edition", ["yellow-energy", 1]),
        ("list-correct", ["yellow-energy", 1]), ("list-objections", []),
        ("list-difference", ["yellow-energy", 1, 1]),
    ):  # fmt: skip
        assert officer.get(name, *about).status_code == 200, name
    assert other.get("list-correct", "yellow-energy", 1).status_code == 403
    wrong = {"entry_1": str(notice.ground), "column_1": "address", "value_1": "工业路1号"}
    made = officer.do("list-correct", "yellow-energy", 1, reason="地址有误。", **wrong)
    assert made.status_code == 302
    assert "工业路1号" in officer.client.get(made.url).content.decode()
    assert (
        leader.do("list-edition", "yellow-energy", 1, place="1", reason="误列").status_code == 302
    )
    assert "已撤销列入" in firm.get("own-list", notice.ground).content.decode()


def _downloads(officer: Seat, edition: Edition) -> None:
    def file(form):
        response = officer.get("list-file", "yellow-energy", 1, form)
        assert response.status_code == 200
        return response.content

    assert hashlib.sha256(file("json")).hexdigest() == edition.digest
    assert json.loads(file("json"))["entries"][0]["uscc"] == YINCHUAN
    assert YINCHUAN in file("csv").decode("utf-8-sig").splitlines()[1]
    sheet = load_workbook(io.BytesIO(file("xlsx")))["名单"]
    assert sheet.cell(2, 3).value == YINCHUAN
    assert file("xlsx") == file("xlsx")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(file("pdf"))).pages)
    assert edition.document in text.replace(" ", "")


@pytest.mark.parametrize(
    ("who", "name", "about", "status"),
    [
        (("cities", "officer", "640200"), "lists", [], 200),
        (("eic",), "list", ["green"], 404),
        (("eic",), "list-edition", ["yellow-energy", 9], 404),
        (("eic",), "list-file", ["yellow-energy", 9, "csv"], 404),
        (("eic",), "list-draft", [9], 404),
        (("eic",), "own-lists", [], 403),
    ],
)
def test_who_comes_to_what(office, who, name, about, status) -> None:
    assert Seat(office.desk.person(*who)).get(name, *about).status_code == status


def test_a_firm_sees_its_own_only_and_no_page_of_officials(office) -> None:
    journey = office.ordered()
    office.told(office.draft(journey.day), journey.day)
    ground = Notice.objects.get().ground
    assert Seat(office.firm("91640200MA00000002")).get("own-list", ground).status_code == 404
    assert Seat(office.firm(YINCHUAN)).get("lists").status_code == 403
    assert Client().get(reverse("lists")).status_code == 302
