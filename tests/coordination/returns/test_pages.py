"""The pages of returns by clicks: fill in, report, reconcile; what others may not see."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from phaseout.accounts.models import User
from phaseout.coordination.returns.models import Draft
from phaseout.coordination.returns.standing import State
from returns_book import IN_TIME, Round, outside

PLACE = "/coordination/returns/2018/eic/640100/"


def client(user: User) -> Client:
    made = Client()
    made.force_login(user)
    return made


def hidden(page: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page.content.decode())
    assert found, name
    return found[1]


def test_a_city_reports_and_the_department_accepts(round_: Round, settings: Any) -> None:
    settings.DEMO_FIRST_DAY = IN_TIME
    city, department = client(round_.city), client(round_.eic)
    assert "待我办理" in city.get("/coordination/returns/?year=2018").content.decode()
    page = city.get(f"{PLACE}draft/")
    made = city.post(
        f"{PLACE}draft/",
        {"do": "report", "draft": hidden(page, "draft"), "key": hidden(page, "key")},
    )
    assert made.status_code == 409 and "return.empty" in made.content.decode()
    round_.drafts(outside())
    page = city.get(f"{PLACE}draft/")
    assert "台账中没有" in page.content.decode()
    sent = {"do": "report", "draft": hidden(page, "draft"), "key": hidden(page, "key")}
    assert city.post(f"{PLACE}draft/", sent).status_code == 302
    page = department.get(PLACE)
    assert "市报，台账没有" in page.content.decode()
    accepting = {"do": "accept", "seen": hidden(page, "seen"), "key": hidden(page, "key")}
    assert department.post(PLACE, accepting).status_code == 409
    accepting |= {"choice-0": "city", "why-0": "已核查。"}
    assert department.post(PLACE, accepting).status_code == 302
    assert round_.at().state is State.ACCEPTED
    assert department.get(f"{PLACE}form.xlsx").status_code == 200


def test_a_row_is_added_by_the_form_and_a_file_refused_whole(round_: Round, settings: Any) -> None:
    settings.DEMO_FIRST_DAY = IN_TIME
    city = client(round_.city)
    row = outside()
    sent = {name: value or "" for name, value in row.plain.items()}
    sent |= {"county": row.division_code, "capacity": "20", "do": "keep"}
    assert city.post(f"{PLACE}draft/new/", sent | {"capacity": "x"}).status_code == 422
    assert city.post(f"{PLACE}draft/new/", sent | {"reason": ""}).status_code == 409
    assert not Draft.objects.exists()
    assert city.post(f"{PLACE}draft/new/", sent).status_code == 302
    assert Draft.objects.get().rows[0]["amount"] == "200000"
    upload = {"do": "upload", "file": SimpleUploadedFile("x.xlsx", b"nothing")}
    page = city.post(f"{PLACE}draft/", upload)
    assert page.status_code == 409 and "x.xlsx" in page.content.decode()
    assert city.post(f"{PLACE}draft/1/", {"do": "drop"}).status_code == 302
    assert Draft.objects.get().rows == []


def test_others_do_not_see_it(round_: Round, settings: Any) -> None:
    settings.DEMO_FIRST_DAY = IN_TIME
    round_.drafts(outside())
    round_.files()
    other = client(round_.desk.person("cities", "officer", "640200"))
    assert other.get(PLACE).status_code == 404
    assert client(round_.epd).get(PLACE).status_code == 200
    assert client(round_.epd).get(f"{PLACE}draft/").status_code == 404
    assert client(round_.epd).post(PLACE, {"do": "accept"}).status_code == 404
    firm = round_.desk.person(role="enterprise", uscc=round_.desk.enterprise().pk, function="")
    assert client(firm).get(PLACE).status_code == 403
    assert Client().get(PLACE).status_code == 302
    for bad in ("2016/eic/640100", "2018/land/640100", "2018/eic/640104", "2018/eic/1"):
        assert client(round_.eic).get(f"/coordination/returns/{bad}/").status_code == 404
