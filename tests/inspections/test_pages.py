"""The pages: who may enter, who finds what, in a number of queries that does not grow."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phaseout.accounts.powers import Role
from phaseout.commands.inspections import inspections
from phaseout.inspections.models import Assignment, Plan

LISTS = ("", "visits/", "mine/", "tips/", "figures/", "figures.csv", "plans/new/energy/")


def addresses(office) -> list[str]:
    visits = office.assigned(wanted=4)
    visit = next(one for one in visits if one.division_code.startswith("6401"))
    plan = Plan.objects.get()
    return [
        f"plans/{plan.pk}/", f"draws/{visit.draw_id}/", f"draws/{visit.draw_id}/draw.json",
        f"visits/{visit.pk}/",
    ]  # fmt: skip


def statuses(client, user, paths) -> set[int]:
    client.force_login(user)
    return {client.get(f"/inspections/{path}").status_code for path in paths}


def test_people_of_the_department_see_every_page(office, client) -> None:
    shown = addresses(office)
    for user in (office.officer, office.leader):
        lists = LISTS if user == office.officer else LISTS[:-1]
        assert statuses(client, user, [*lists, *shown]) == {200}


def test_nobody_signs_in_first_and_a_firm_is_told_nothing(office, client) -> None:
    shown = addresses(office)
    assert {client.get(f"/inspections/{p}").status_code for p in (*LISTS, *shown)} == {302}
    firm = Assignment.objects.first().enterprise_id
    user = office.desk.person(role=Role.ENTERPRISE, uscc=firm, function="")
    assert statuses(client, user, [*LISTS, *shown]) == {403}
    administrator = office.desk.person(role=Role.ADMINISTRATOR)
    assert statuses(client, administrator, [*LISTS, *shown]) == {403}


def test_another_city_and_another_duty_find_nothing(office, client) -> None:
    shown = addresses(office)
    shizuishan = office.desk.person("cities", division="640200")
    assert statuses(client, shizuishan, shown) == {404}
    listed = client.get("/inspections/visits/?which=all").content.decode()
    own = Assignment.objects.filter(division_code__startswith="6402")
    others = Assignment.objects.exclude(pk__in=own)
    assert own and all(f"/inspections/visits/{one.pk}/" in listed for one in own)
    assert others and all(f"/inspections/visits/{one.pk}/" not in listed for one in others)
    assert statuses(client, office.desk.person("qts"), shown) == {404}


def test_a_city_sees_the_visits_in_its_own_place(office, client) -> None:
    addresses(office)
    client.force_login(office.desk.person("cities", division="640200"))
    page = client.get("/inspections/visits/?which=all").content.decode()
    here = Assignment.objects.filter(division_code__startswith="6402")
    assert page.count("/inspections/visits/") >= here.count() > 0
    for one in Assignment.objects.filter(division_code__startswith="6401"):
        assert one.enterprise.name not in page


def test_only_its_inspectors_open_the_record(office, client) -> None:
    (visit, *_) = office.assigned()
    client.force_login(office.officer)
    assert client.get(f"/inspections/visits/{visit.pk}/record/").status_code == 403


def test_my_visits_lead_to_the_record_once_their_day_has_come(office, client) -> None:
    from phaseout.inspections import acts

    draw = office.drawn(wanted=2)
    acts.assign(draw.pk, office.desk.today, a_day=1, **office.ways(office.officer))
    today, tomorrow = Assignment.objects.order_by("begins")
    client.force_login(today.team.first().inspector)
    page = client.get("/inspections/mine/").content.decode()
    assert f"/inspections/visits/{today.pk}/record/" in page
    assert f"/inspections/visits/{tomorrow.pk}/record/" not in page


def test_the_home_page_says_what_waits_for_whom(office) -> None:
    from phaseout.accounts.scope import scope_of
    from phaseout.inspections.waiting import plans_to_approve, tips_to_settle, visits_to_make

    day = office.desk.today
    leader, inspector = (scope_of(u, on=day) for u in (office.leader, office.inspectors[0]))
    office.plan()
    assert (plans_to_approve(leader, day), plans_to_approve(inspector, day)) == (1, 0)
    visits = office.assigned(wanted=6 - 2)
    assert plans_to_approve(leader, day) == 0
    goes = visits[0].team.first().inspector  # the first visit is of today, others may be later
    own = sum(one.begins <= day and one.team.filter(inspector=goes).exists() for one in visits)
    assert visits_to_make(scope_of(goes, on=day), day, goes) == own > 0
    assert visits_to_make(leader, day, office.leader) == tips_to_settle(leader, day) == 0


def test_plan_draw_and_assignment_are_done_on_the_pages(office, client) -> None:
    client.force_login(office.officer)
    form = client.get("/inspections/plans/new/energy/").context["form"]
    sent = {"key": form["key"].value(), "year": 2018, "firms_cement": 3, "due_cement": "2018-06-29"}
    made = client.post("/inspections/plans/new/energy/", sent)
    assert made.status_code == 302
    client.force_login(office.leader)
    page = client.get(made.url)
    sent = {
        "do": "approve",
        "digest": page.context["plan"].digest,
        "key": page.context["form"]["key"].value(),
    }
    assert client.post(made.url, sent).status_code == 302
    client.force_login(office.officer)
    page = client.get(made.url)
    (line,) = page.context["lines"]
    sent = {"do": "draw", "line": line["line"].pk, "wanted": 2, "key": line["form"]["key"].value()}
    drawn = client.post(made.url, sent)
    assert drawn.status_code == 302
    page = client.get(drawn.url)
    assert page.context["wrong"] == []
    sent = {
        "first_day": "2018-03-16",
        "a_day": 1,
        "span": 1,
        "key": page.context["form"]["key"].value(),
    }
    assert client.post(drawn.url, sent).status_code == 302
    assert Assignment.objects.count() == 2


@pytest.mark.parametrize("path", ["visits/?which=all", "mine/", "figures/"])
def test_the_number_of_queries_does_not_grow_with_rows(office, client, path) -> None:
    client.force_login(office.inspectors[0])
    counts = []
    draw = office.drawn(wanted=1, firms=6)
    from phaseout.inspections import acts

    acts.assign(draw.pk, office.desk.today, **office.ways(office.officer))
    for wanted in (0, 5):
        if wanted:
            more = acts.draw(draw.plan_line_id, wanted, **office.ways(office.officer))
            acts.assign(more.pk, office.desk.today, **office.ways(office.officer))
        client.get(f"/inspections/{path}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/inspections/{path}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_numbers_lead_to_their_rows(office, client) -> None:
    addresses(office)
    client.force_login(office.leader)
    page = client.get("/inspections/figures/")
    (row,) = page.context["rows"]
    counts = [count for count, _ in row["cells"]]
    assert counts[:5] == [4, 4, 0, 4, 0]
    for count, url in row["cells"][1:7]:
        listed = client.get(url)
        assert len(listed.context["rows"]) == count, url
    assert "节能监察" in client.get("/inspections/figures.csv").content.decode()


def test_a_downloaded_draw_is_checked_without_the_site(office, client, tmp_path) -> None:
    draw = office.drawn()
    client.force_login(office.officer)
    file = tmp_path / "draw.json"
    file.write_bytes(client.get(f"/inspections/draws/{draw.pk}/draw.json").content)
    told = CliRunner().invoke(inspections, ["check-draw", str(file), "--lang", "en"])
    assert told.exit_code == 0 and "it agrees" in told.output
    data = json.loads(file.read_text())
    data["sheet"]["firms"].pop()
    file.write_text(json.dumps(data))
    told = CliRunner().invoke(inspections, ["check-draw", str(file), "--json"])
    assert told.exit_code == 1 and not json.loads(told.stdout)["agrees"]
    missing = CliRunner().invoke(inspections, ["check-draw", "nowhere.json"])
    assert missing.exit_code == 1


def test_every_table_is_shown_within_the_reach_of_the_request_or_says_why_not(db) -> None:
    from django.apps import apps

    open_to_all = {
        "inspections_recusal": "a draw must know every conflict of interest, whoever draws",
        "inspections_knock": "digests for the rate limit",
    }
    tables = {m._meta.db_table for m in apps.get_app_config("inspections").get_models()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        policied = {name for (name,) in cursor.fetchall()}
    assert tables - policied == set(open_to_all)
