"""The pages: what an official sees and does, and who is kept out."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phaseout.accounts.powers import Role
from phaseout.desk.models import DemoDay
from phaseout.exits.restart.models import Alarm, Batch, Meter

LISTS = ("", "alarms/", "readings/", "alarms/?which=dismissed", "?state=cut&answer=restarted")


@pytest.fixture
def site(watch):
    DemoDay.objects.create(day=watch.today)
    return watch


def pages(site) -> list[str]:
    alarm = site.alarmed()
    batch = Batch.objects.get()
    line = site.case.line_id
    return [f"lines/{line}/", f"lines/{line}/load.csv", f"alarms/{alarm.pk}/",
            f"readings/{batch.pk}/", f"readings/{batch.pk}/file/"]  # fmt: skip


def statuses(client, user, paths) -> set[int]:
    client.force_login(user)
    return {client.get(f"/exits/restart/{path}").status_code for path in paths}


def test_officials_of_the_place_see_every_page_and_others_nothing(site, client):
    shown = pages(site)
    assert statuses(client, site.officer, [*LISTS, *shown, "readings/new/"]) == {200}
    assert statuses(client, site.desk.person(role=Role.AUDITOR), [*LISTS, *shown]) == {200}
    other = site.desk.person("cities", division="640200")
    assert statuses(client, other, LISTS) == {200}
    assert statuses(client, other, shown) == {404}
    firm = site.desk.person(role=Role.ENTERPRISE, uscc=site.case.enterprise_id, function="")
    assert statuses(client, firm, [*LISTS, *shown]) == {403}
    client.logout()
    assert {client.get(f"/exits/restart/{path}").status_code for path in shown} == {302}


def test_a_city_reads_what_was_said_of_its_line_and_not_the_file_of_the_region(site, client):
    """A file of the whole region holds the readings of other cities too."""
    shown = pages(site)
    city = site.desk.person("cities", division="640100")
    assert statuses(client, city, shown[:3]) == {200}
    assert statuses(client, city, shown[3:]) == {404}


def test_the_page_of_a_line_shows_its_load_as_chart_and_as_table(site, client):
    pages(site)
    client.force_login(site.officer)
    text = client.get(f"/exits/restart/lines/{site.case.line_id}/").content.decode()
    day = Alarm.objects.get().days[0]
    assert 'id="load-data"' in text
    assert text.count(day) >= 3
    assert "持续生产性负荷" in text and "疑似恢复生产" in text


def test_an_alarm_is_confirmed_on_its_page_once(site, client):
    pages(site)
    alarm = Alarm.objects.get()
    client.force_login(site.officer)
    sent = {"do": "confirm", "key": uuid4(), "digest": alarm.digest, "reason": "现场核实"}
    place = f"/exits/restart/alarms/{alarm.pk}/"
    assert client.post(place, {**sent, "reason": ""}).status_code == 422
    assert client.post(place, sent).status_code == 302
    assert client.post(place, {**sent, "key": uuid4()}).status_code == 409
    assert "没有“发现恢复生产”的行为可办" in client.get(place).content.decode()
    assert client.post(place, {"do": "carry"}).status_code == 409


def test_a_file_is_brought_and_a_meter_put_on_record_on_the_pages(site, client):
    client.force_login(site.officer)
    line = f"/exits/restart/lines/{site.case.line_id}/"
    meter = {"do": "assign", "key": uuid4(), "number": "DB001", "covers": "line",
             "held_from": "2018-01-01", "multiplier": "1"}  # fmt: skip
    assert client.post(line, {**meter, "held_from": "x"}).status_code == 422
    assert client.post(line, meter).status_code == 302
    assert Meter.objects.get().number == "DB001"
    data = SimpleUploadedFile("a.csv", "电表编号,时间,电量\n".encode())
    sent = {"key": uuid4(), "times": "start", "upload": data}
    answer = client.post("/exits/restart/readings/new/", sent)
    assert answer.status_code == 302
    assert Batch.objects.get().state == "received"
    assert "正在读取" in client.get(answer["Location"]).content.decode()


def test_the_list_asks_the_same_of_the_database_however_long_it_is(site, client):
    client.force_login(site.officer)
    client.get("/exits/restart/")
    with CaptureQueriesContext(connection) as few:
        client.get("/exits/restart/")
    from phaseout.exits.restart.models import WatchedLine

    first = WatchedLine.objects.get()
    for number in range(5):
        line = site.desk.line(f"W{number}", site.case.enterprise)
        WatchedLine.objects.create(
            line=line, enterprise=site.case.enterprise, case=site.case, state="cut",
            division_code=line.division_code, cut_on=first.cut_on, since=first.since,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        client.get("/exits/restart/")
    assert len(many) == len(few)
