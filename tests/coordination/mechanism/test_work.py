"""Open and late work: a number is as long as its list, clause by clause and office by office."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from api_machine import machine_of
from phaseout.accounts.scope import scope_of
from phaseout.coordination.mechanism.waiting import minutes_to_write
from phaseout.coordination.mechanism.work import BY_KEY, KINDS, Load, rows, tally
from phaseout.law.opinions import CITIES
from phaseout.measures.retrofit.models import Project


def test_every_number_is_as_long_as_its_list(mechanism) -> None:
    desk = mechanism.desk
    desk.open_(desk.finding(desk.line()), by=mechanism.officer)
    point = mechanism.issued()
    on = point.due + timedelta(days=1)
    scope = scope_of(mechanism.officer, on=on)
    loads = tally(scope, on)
    assert loads[4, "eic"]["cases"].open == 1
    assert (loads[18, "epd"]["points"].open, loads[18, "epd"]["points"].late) == (1, 1)
    for (clause, office), kinds in loads.items():
        for key, load in kinds.items():
            listed = rows(BY_KEY[key], scope, on, clause=clause, offices=[office])
            assert (len(listed), sum(one.late for one in listed)) == (load.open, load.late)
            assert len(
                rows(BY_KEY[key], scope, on, clause=clause, offices=[office], late=True)
            ) == (load.late)


def test_what_measures_have_open_counts_too_and_is_late_by_its_last_day(mechanism) -> None:
    desk = mechanism.desk
    finding = desk.finding(desk.line())
    project = Project.objects.create(
        finding=finding, enterprise=finding.enterprise, line=finding.line,
        division_code=finding.division_code, dimension="energy", name="余热回收", method="余热",
        unit="kgce/t", before=112, target_row="", aimed=100, expected=99, investment=1,
        begins=desk.today, ends=desk.today,
    )  # fmt: skip
    scope = scope_of(mechanism.officer, on=desk.today)
    for on, late in ((project.ends, 0), (project.ends + timedelta(days=1), 1)):
        load = tally(scope, on)[11, "eic"]["retrofits"]
        assert (load.open, load.late) == (1, late)
        (item,) = rows(BY_KEY["retrofits"], scope, on, clause=11, offices=["eic"])
        assert item.url == reverse("retrofit", args=[project.pk])
    assert len({source.key for source in KINDS}) == len(KINDS)


def test_every_kind_can_be_asked_where_there_is_nothing(mechanism) -> None:
    on = date(2017, 1, 31)  # nothing is owed yet in the first year of the Opinions
    scope = scope_of(mechanism.officer, on=on)
    assert tally(scope, on) == {}
    assert [rows(one, scope, on) for one in KINDS] == [[]] * len(KINDS)


@pytest.mark.parametrize(
    ("on", "office", "kind", "open_", "late"),
    [
        (date(2017, 11, 30), "city_640500", "returns", 0, 0),
        (date(2017, 12, 1), "city_640500", "returns", 6, 0),
        (date(2017, 12, 31), "city_640500", "returns", 6, 0),
        (date(2018, 1, 1), "city_640500", "returns", 6, 6),
        (date(2018, 1, 31), "drc", "report", 1, 0),
        (date(2018, 2, 1), "drc", "report", 1, 1),
        (date(2018, 4, 30), "eic", "plan", 1, 0),
        (date(2018, 5, 1), "eic", "plan", 1, 1),
    ],
)
def test_what_is_owed_in_the_round_is_late_the_day_after(
    mechanism, on, office, kind, open_, late
) -> None:
    scope = scope_of(mechanism.officer, on=on)
    load = tally(scope, on)[19, office].get(kind, Load())
    assert (load.open, load.late) == (open_, late)
    listed = rows(BY_KEY[kind], scope, on, clause=19, offices=[office])
    assert (len(listed), sum(one.late for one in listed)) == (open_, late)


def test_a_meeting_without_minutes_is_work_from_the_day_after(mechanism) -> None:
    meeting = mechanism.called()
    for days, open_ in ((0, 0), (1, 1)):
        on = meeting.on + timedelta(days=days)
        scope = scope_of(mechanism.officer, on=on)
        assert tally(scope, on)[18, "eic"].get("minutes", Load()).open == open_
        assert minutes_to_write(scope, on) == open_
    assert minutes_to_write(scope_of(mechanism.epd, on=on), on) == 0


def test_what_one_may_not_see_is_not_counted(mechanism) -> None:
    desk = mechanism.desk
    desk.open_(desk.finding(desk.line()), by=mechanism.officer)
    scope = scope_of(desk.person("cities", division="640200"), on=desk.today)
    assert not any(key for key in tally(scope, desk.today) if key[0] == 4)


def test_the_pages_show_the_numbers_and_open_to_the_lists(mechanism, client: Client) -> None:
    desk = mechanism.desk
    desk.open_(desk.finding(desk.line()), by=mechanism.officer)
    client.force_login(mechanism.officer)
    page = client.get("/coordination/mechanism/").content.decode()
    assert "clause=4&amp;office=eic" in page
    # energy and technology are theirs; of the three other clauses unknown is not nought
    assert page.count("案件不在您的查阅范围") == 3
    listed = client.get(reverse("duties-work"), {"clause": 4, "office": "eic"})
    assert "宁经信" in listed.content.decode()
    assert client.get("/coordination/mechanism/offices/eic/").status_code == 200
    assert client.get(f"/coordination/mechanism/offices/{CITIES}/").status_code == 200
    for wrong in ("offices/nobody/", "work/?clause=99", "work/?office=nobody"):
        assert client.get(f"/coordination/mechanism/{wrong}").status_code == 404


def test_a_meeting_goes_through_its_pages(mechanism, client: Client) -> None:
    point = mechanism.issued()
    address = f"/coordination/mechanism/meetings/{point.minutes.meeting_id}/"
    client.force_login(mechanism.desk.person("wsb"))
    assert client.get(address).status_code == 404
    client.force_login(mechanism.epd)
    page = client.get(address)
    form = page.context["points"][0]["report"]
    asked = {
        "do": "report",
        "point": point.pk,
        "key": form["key"].value(),
        "text": "",
        "done": "on",
    }
    assert client.post(address, asked).status_code == 422
    assert client.post(address, {**asked, "text": "完成"}).status_code == 302
    assert client.get(f"{address}minutes.pdf").content.startswith(b"%PDF")
    assert client.get("/coordination/mechanism/meetings/").status_code == 200
    assert client.get("/coordination/mechanism/meetings/new/").status_code == 403


def test_matrix_and_meetings_are_read_over_http(mechanism, settings) -> None:
    point = mechanism.issued()
    settings.DEMO_FIRST_DAY = point.due + timedelta(days=1)
    machine = machine_of(mechanism.officer)
    rows = {(one["clause"], one["office"]): one for one in machine.all("/coordination/duties")}
    assert rows[18, "epd"] == {
        "clause": 18, "office": "epd", "part": "cooperate", "open": 1, "late": 1,
    }  # fmt: skip
    assert rows[5, "city_640100"]["part"] == "cooperate" and rows[4, "eic"]["part"] == "lead"
    (meeting,) = machine.all("/coordination/meetings")
    assert (meeting["id"], meeting["digest"]) == (point.minutes.meeting_id, point.minutes.digest)
    assert machine_of(mechanism.desk.person("wsb")).all("/coordination/meetings") == []
