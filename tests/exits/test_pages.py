"""The pages as officials use them, and what a phone sends."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from exit_site import PNG
from phaseout.accounts import rows
from phaseout.accounts.powers import Role
from phaseout.accounts.reach import show_only
from phaseout.accounts.scope import scope_of
from phaseout.desk.models import DemoDay
from phaseout.exits.models import ExitAct, ExitFile

PART = "E1/mill_identified"
DRAWN = "data:image/png;base64," + base64.b64encode(PNG + b"drawn").decode()


@pytest.fixture
def seen(site, client: Client) -> Client:
    DemoDay.objects.create(day=site.day)
    client.force_login(site.inspector)
    return client


def text(answer: Any) -> str:
    return answer.content.decode()


def test_the_list_and_the_page_show_where_it_stands(site, seen) -> None:
    assert "尚无方案" in text(seen.get("/exits/"))
    site.plan()
    site.record(PART, "tick", "before", done="no")
    page = text(seen.get(f"/exits/{site.pk}/"))
    assert "完成0项，共10项" in page and "◇" in page and "现场.png" in page
    assert "设备在位，完成0项，共10项" in text(seen.get(f"/cases/{site.pk}/"))
    for which in ("open", "unplanned", "visits", "to_accept", "accepted", "all"):
        assert seen.get(f"/exits/?which={which}").status_code == 200
    assert seen.get("/exits/?which=nothing").status_code == 404
    assert seen.get("/exits/put-off/").status_code == 200


def test_a_plan_is_made_by_its_form(site, seen) -> None:
    address = f"/exits/{site.pk}/plan/"
    chosen = {
        "form": "dismantle", "new_name_1": "水泥磨 Φ2.4×8", "new_kind_1": "cement_mill",
    }  # fmt: skip
    assert "磨机筒体" in text(seen.get(address, chosen))
    sent = {
        **{"form": "dismantle", "eq": "手工1", "name:手工1": "水泥磨", "kind:手工1": "cement_mill"},
        **{f"responsible:手工1/{p}": "" for p in ("mill_identified", "shell", "drive")},
        **{"all_responsible": "王工", "all_begins": f"{site.day}", "all_ends": f"{site.day}"},
        "destination": "本市废钢企业", "after": "", "key": str(uuid4()),
    }  # fmt: skip
    assert seen.post(address, {**sent, "destination": ""}).status_code == 409
    for _ in range(2):
        assert seen.post(address, sent).status_code == 302
    plan = site.now.plan
    assert plan["version"] == 1 and site.now.items["手工1/shell"]["responsible"] == "王工"
    ditiaogang = {"form": "seal", "eq": "E9", "kind:E9": "ditiaogang"}
    refused = seen.get(address, ditiaogang)
    assert refused.status_code == 409 and "plan.form-unfit" in text(refused)


def test_a_record_by_the_form_keeps_its_photo_and_is_made_once(site, seen) -> None:
    site.plan()
    address = f"/exits/{site.pk}/record/"
    assert "拆除前照片" in text(seen.get(address, {"item": PART}))
    key = str(uuid4())
    for _ in range(2):
        photo = SimpleUploadedFile("前.png", PNG + b"1")
        sent = {"item": PART, "field:done": "no", "at": f"{site.day}T00:01", "slot:before": photo,
                "key": key}  # fmt: skip
        assert seen.post(address, sent).status_code == 302
    assert site.now.seen[PART].slots == {"before": 1}
    wrong = seen.post(address, {"item": PART, "field:done": "yes", "at": f"{site.day}T00:01"})
    assert wrong.status_code == 409 and "缺拆除中照片" in text(wrong)
    assert seen.get(address, {"item": "E1/nowhere"}).status_code == 404


def test_acceptance_from_the_sheet_to_the_act_by_clicks(site, seen) -> None:
    site.plan()
    site.complete()
    incomplete = seen.post(f"/exits/{site.pk}/acts/acceptance_passed/", {"key": str(uuid4())})
    assert incomplete.status_code == 409 and "exit.incomplete" in text(incomplete)
    assert seen.post(f"/exits/{site.pk}/acts/dismantle/", {"key": str(uuid4())}).status_code == 302
    address = f"/exits/{site.pk}/acceptance/"
    names = {f"name:{p}": f"{p}方" for p in ("company", "county", "city", "lead")}
    assert seen.post(address, {"do": "lay", "key": str(uuid4()), **names}).status_code == 302
    digest = site.now.sheet.digest
    for party in ("company", "county", "city", "lead"):
        sent = {
            "do": "sign", "party": party, "digest": digest, "opinion": "agree", "name": "某某",
            "role": "负责人", "key": str(uuid4()),
            "signature": DRAWN,
        }  # fmt: skip
        assert seen.post(address, {**sent, "signature": ""}).status_code == 409
        assert seen.post(address, sent).status_code == 302
    assert "办理验收" in text(seen.get(address))
    done = seen.post(f"/exits/{site.pk}/acts/acceptance_passed/", {"key": str(uuid4())})
    assert "/cases/proposals/" in done.url or "proposal" in done.url
    pack = seen.get(f"/exits/{site.pk}/pack.zip")
    assert pack["Content-Type"] == "application/zip" and pack.content[:2] == b"PK"


def test_what_lies_elsewhere_is_not_there_and_an_enterprise_is_refused(site, client, desk) -> None:
    site.plan()
    client.force_login(desk.person("cities", Role.OFFICER, "640200"))
    assert client.get(f"/exits/{site.pk}/").status_code == 404
    client.force_login(desk.person(role=Role.ENTERPRISE, uscc=site.case.enterprise_id, function=""))
    assert client.get(f"/exits/{site.pk}/").status_code == 403
    client.force_login(desk.person("epd"))
    assert client.get(f"/exits/{site.pk}/").status_code == 404
    client.force_login(
        desk.person()
    )  # an officer reads; the reviewer of another office does not act
    assert client.get(f"/exits/{site.pk}/").status_code == 200


def test_the_database_shows_rows_of_cases_within_reach_only(site, desk) -> None:
    site.plan()
    site.record(PART, "tick", "before", done="no")
    seen = {}
    for place in ("640100", "640200"):
        person = desk.person("cities", Role.OFFICER, place)
        rows.begin()
        try:
            show_only(scope_of(person, on=site.day))
            seen[place] = (ExitAct.objects.count(), ExitFile.objects.count())
        finally:
            rows.end()
    assert seen == {"640100": (2, 1), "640200": (0, 0)}


# What a phone sends


def body(site, **given: Any) -> dict[str, Any]:
    photo = PNG + b"from the phone"
    record = {
        "key": str(uuid4()), "by": site.inspector.username, "record": "tick", "item": PART,
        "fields": {"done": "no"}, "at": site.moment().isoformat(),
        "place": {"latitude": 38.4872, "longitude": 106.2309, "accuracy": 9},
        "plan": site.now.plan_act.digest, "agreed": "",
        "files": [{"slot": "before", "name": "IMG_1.png", "taken_at": site.moment().isoformat(),
                   "sha256": hashlib.sha256(photo).hexdigest()}],
        **given,
    }  # fmt: skip
    return {"record": json.dumps(record), "file:0": SimpleUploadedFile("x", photo)}


@pytest.fixture
def phone(site, seen, monkeypatch) -> Any:
    site.plan()
    monkeypatch.setattr("phaseout.exits.pages.field.now_of", lambda request: site.moment(12))
    return lambda **given: seen.post(f"/exits/{site.pk}/records/", body(site, **given))


def test_a_phone_takes_along_plan_rules_and_clock(site, phone, seen) -> None:
    told = seen.get(f"/exits/{site.pk}/field.json").json()
    assert told["plan"]["digest"] == site.now.plan_act.digest and told["csrf"]
    assert set(told["rules"]["records"]) == {"tick", "paper", "seal", "inventory", "meter", "visit"}
    listed = seen.get("/exits/field/cases.json").json()
    assert [one["pk"] for one in listed["cases"]] == [site.pk]
    shell = seen.get("/exits/field/shell.json").json()
    assert "/exits/field/" in shell["files"] and len(shell["version"]) == 16
    for name in ("worker.js", "app.webmanifest", ""):
        assert seen.get(f"/exits/field/{name}").status_code == 200


def test_a_record_arrives_once_with_time_place_and_digest(site, phone) -> None:
    key = str(uuid4())
    answers = [phone(key=key) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    act = ExitAct.objects.get(kind="record")
    file = ExitFile.objects.get(act=act)
    assert (str(file.act.latitude), act.accuracy, file.slot) == ("38.487200", 9, "before")
    assert act.content["device"] == "phone" and file.taken_at == site.moment()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"fields": {"done": "yes"}}, "record.wrong"),
        ({"by": "somebody-else"}, "record.of-another"),
        ({"key": "no key"}, "record.unreadable"),
        ({"at": "yesterday"}, "record.unreadable"),
        ({"place": {"latitude": "north"}}, "record.unreadable"),
        ({"place": {"latitude": 100, "longitude": 0}}, "record.unreadable"),
        ({"files": [{"slot": "before", "name": "a.png", "sha256": "0" * 64}]},
         "record.file-differs"),
        ({"files": [{"slot": "before"}, {"slot": "during"}]}, "record.unreadable"),
        ({"files": "no list"}, "record.unreadable"),
        ({"plan": "0" * 64}, "record.unreadable"),
    ],
)  # fmt: skip
def test_the_server_checks_all_again(site, phone, given, code) -> None:
    answer = phone(**given)
    assert (answer.status_code, answer.json()["refused"]) == (409, code)
    assert not ExitAct.objects.filter(kind="record").exists()


def test_a_conflict_comes_back_with_both_versions(site, phone) -> None:
    before = site.now.plan_act.digest
    site.plan(filled={"E1/drive": {"left_out": "传动装置保留，与另一线共用"}})
    answer = phone(item="E1/drive", plan=before)
    told = answer.json()
    assert (answer.status_code, told["refused"]) == (409, "record.plan-changed")
    assert told["then"]["left_out"] == "" and told["now"]["left_out"]
