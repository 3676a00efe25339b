"""The second wall: a page that forgets every condition still shows nobody else's rows."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.utils import ProgrammingError
from django.http import HttpRequest, JsonResponse
from django.test import Client
from django.urls import include, path

from capacity_book import register
from casebook import Desk
from phaseout.accounts.demo import enterprise_user, load_people
from phaseout.accounts.models import User
from phaseout.accounts.rows import whole_reach
from phaseout.casework.models import Case, CaseTask, Finding, LineStanding
from phaseout.database.reach import NOTHING, ROLE, Reach, cleared, not_indexed, show
from phaseout.evidence.keeping import keep
from phaseout.registry.models import (
    VERSIONS,
    Distinction,
    Enterprise,
    Import,
    ImportFile,
    ImportProblem,
    Merge,
    ProductionLine,
    Site,
)
from phaseout.registry.models.beijing_time import BeijingTimeField
from phaseout.web.environment import django_database

pytestmark = pytest.mark.django_db
YINCHUAN, SHIZUISHAN = "91640100MA00000001", "91640200MA00000002"

OPEN_TO_ALL = {
    "casework_findingtally": "counts by place; its page narrows them",
    "registry_import": "the history of a fact names it; its files and problems are within reach",
    "registry_touched": "for the judgement only",
    "casework_judgementrun": "figures of a run over all",
    "casework_savedfilter": "one's own",
    "casework_register": "the last number of an office",
    "casework_sweep": "figures of a sweep over all",
    "casework_recount": "figures of a recount over all",
    "casework_checkpoint": "a digest over all cases",
    "casework_calendarfeed": "one's own",
}
"""Tables of these rooms without a policy, and why."""


OPEN_ABOVE: dict[str, str] = {
    "lists_edition": "a published list; its draft has a policy",
    "lists_entry": "a published list: public columns only",
    "sanctions_bank": "names of the banks that get the credit lists; says nothing of an enterprise",
}
"""Tables of the rooms above that lead to an enterprise and have no policy, and why."""

NOT_FILLED = {
    f"casework_{table}"
    for table in (
        "proposal", "taskact", "lapse", "latecomer", "deadlineamendment", "namedfile",
        "paperreceipt", "handedin", "casedeadline", "casetask", "taskstanding",
    )
}  # fmt: skip
"""What the opening of a case alone does not write: all seen with their case, like its acts."""


OF_OFFICES = ("registry_importfile", "registry_importproblem")
"""What an import brought is the business of who brought it and of the offices of its territory."""


def policied() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        return {name for (name,) in cursor.fetchall()}


def _counts(request: HttpRequest) -> JsonResponse:
    """A page that forgets every condition."""
    found = {}
    for model in _models():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
            found[model._meta.db_table] = cursor.fetchone()[0]
    return JsonResponse(found)


def _within(request: HttpRequest) -> JsonResponse:
    """One whose transaction is undone before it reads on, and one that must see everything."""
    with transaction.atomic():
        transaction.set_rollback(True)
    seen = Enterprise.objects.count()
    with whole_reach():
        everything = Enterprise.objects.count()
    return JsonResponse({"seen": seen, "all": everything, "again": Enterprise.objects.count()})


def _elsewhere(request: HttpRequest) -> JsonResponse:
    """One that would write a row where its person cannot look."""
    line = ProductionLine(pk="new", enterprise_id=SHIZUISHAN, division_code="640202")
    try:
        with transaction.atomic():
            line.save(force_insert=True)
    except ProgrammingError as refused:
        return JsonResponse({"refused": str(refused)})
    return JsonResponse({})


@pytest.fixture
def forgetful(settings: Any) -> None:
    from phaseout.web.urls import urlpatterns

    module = ModuleType("forgetful_addresses")
    module.urlpatterns = [  # type: ignore[attr-defined]
        path("counts/", _counts),
        path("within/", _within),
        path("elsewhere/", _elsewhere),
        path("", include(urlpatterns)),
    ]
    settings.ROOT_URLCONF = module


@pytest.fixture
def world() -> dict[str, Case]:
    """In each of two cities an enterprise with one row of everything."""
    load_people()
    desk, officer, cases = Desk(), User.objects.get(username="eic-officer"), {}
    for uscc, place in ((YINCHUAN, "640104"), (SHIZUISHAN, "640202")):
        enterprise = desk.enterprise(uscc, division_code=place)
        line = desk.line(f"L-{place}", enterprise)
        Site.objects.create(enterprise=enterprise, division_code=place)
        cases[place] = desk.open_(desk.finding(line), by=officer).case
        LineStanding.objects.create(
            line=line, enterprise=enterprise, division_code=place, industry="cement", detail={},
            outdated="yes", run=desk.run(), found_on=desk.today, digest="0" * 32,
        )  # fmt: skip
        register(line)
        for model in VERSIONS.values():
            model.objects.create(**_filled(model, uscc, line.pk))
        _brought(desk, enterprise, officer)
    return cases


def _brought(desk: Desk, enterprise: Enterprise, by: User) -> None:
    """An import of that place with a file and a problem, and a merging that it says."""
    place = enterprise.division_code
    twin = desk.enterprise(f"{enterprise.pk[:-1]}9", division_code=place, merged_into=enterprise)
    brought = Import.objects.create(by=by, reach=place[:4], received_on=desk.today)
    file = keep([place.encode()], name=f"{place}.csv", by=by)
    ImportFile.objects.create(of_import=brought, evidence=file, position=0)
    ImportProblem.objects.create(
        of_import=brought, position=0, file="a", sheet="", row=1, column="", value="",
        expected_zh="", expected_en="", code="", severity="notice", count=1, table="", head="",
        place=-1,
    )  # fmt: skip
    said = {"reason": "同一企业", "by": by, "done_on": desk.today}
    Merge.objects.create(of_import=brought, keep=enterprise, drop=twin, **said)
    Distinction.objects.create(one=enterprise, other=twin, **said)


def _filled(model: type[models.Model], uscc: str, line_id: str) -> dict[str, Any]:
    """A row of facts of that enterprise and line: what names its owner, and anything else."""
    owners = {"uscc": uscc, "line_id": line_id, "outlet_id": f"O-{line_id}"}
    owners |= {"owner_kind": "outlet", "owner_id": f"O-{line_id}", "taken_by_id": 1}
    given: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.null:
            continue
        if isinstance(field, models.DateField):
            value: Any = "2018-03-15"
        elif isinstance(field, BeijingTimeField):
            value = "1999-12-31 00:00"  # of no month that has a partition of its own
        else:
            value = f"{line_id}" if isinstance(field, models.TextField) else 1
        given[field.attname] = owners.get(field.attname, value)
    return given


def _models() -> list[type[models.Model]]:
    rooms = ("registry", "casework")
    found = [m for room in rooms for m in apps.get_app_config(room).get_models()]
    return [model for model in found if model._meta.db_table not in OPEN_TO_ALL]


def _asked(username: str, page: str = "/counts/") -> Any:
    client = Client()
    if username:
        client.force_login(User.objects.get(username=username))
    return client.get(page).json()


def test_every_table_of_facts_findings_and_cases_has_its_policy() -> None:
    tables = {model._meta.db_table for model in _models()}
    assert tables - policied() == set(), "a new table: give it a policy, or say why it needs none"


def test_every_table_of_a_room_above_that_leads_to_an_enterprise_has_its_policy() -> None:
    """Exits, measures, inspections and what stands above them: a table that names an enterprise,
    a line or a case, or a row of such a table."""
    leading = {Enterprise, ProductionLine, Case}
    above = [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("phaseout.") and config.label not in ("registry", "casework")
        for model in config.get_models()
    ]
    for _ in above:  # until nothing more is reached
        leading |= {model for model in above if leading & _pointed_at(model)}
    bare = {m._meta.db_table for m in leading & set(above)} - policied() - set(OPEN_ABOVE)
    assert bare == set(), "a new table: give it a policy, or say why it needs none"


def _pointed_at(model: type[models.Model]) -> set[Any]:
    return {field.related_model for field in model._meta.get_fields() if field.many_to_one}


def test_a_request_of_nobody_sees_nothing(world: Any, forgetful: None) -> None:
    assert set(_asked("").values()) == {0}


@pytest.mark.parametrize("username", ["administrator", "without-a-post"])
def test_who_may_read_nothing_sees_nothing(world: Any, forgetful: None, username: str) -> None:
    User.objects.create(username="without-a-post")
    assert set(_asked(username).values()) == {0}


@pytest.mark.parametrize("username", ["yinchuan-officer", "shizuishan-leader"])
def test_a_query_without_any_condition_shows_a_city_its_own_rows_only(
    world: Any, forgetful: None, username: str
) -> None:
    """Half of every table: there are two cities, alike."""
    everything = {m._meta.db_table: m._default_manager.count() for m in _models()}
    seen = _asked(username)
    assert {table: 2 * count for table, count in seen.items()} == everything
    empty = {table for table, count in everything.items() if not count}
    assert empty <= NOT_FILLED, "a table without rows proves nothing"


def test_an_enterprise_sees_its_own_rows_only(world: Any, forgetful: None) -> None:
    user = enterprise_user(YINCHUAN)
    seen = _asked(user.username)
    assert seen == _asked("yinchuan-officer") | dict.fromkeys(OF_OFFICES, 0)


def test_a_department_sees_findings_and_cases_of_its_dimensions_only(
    world: Any, forgetful: None
) -> None:
    energy, environment = _asked("eic-officer"), _asked("epd-officer")
    assert (energy["casework_finding"], energy["casework_case"]) == (2, 2)
    for table in ("casework_finding", "casework_reasoning", "casework_case", "casework_act"):
        assert environment[table] == 0, table
    assert environment["registry_productionline"] == energy["registry_productionline"] == 2


def test_a_task_opens_the_case_to_its_office_alone_without_what_it_rests_on(
    world: dict[str, Case], forgetful: None
) -> None:
    assert _asked("hr-officer")["casework_case"] == 0
    CaseTask.objects.create(
        case=world["640104"], task="settle_employees", office="hr", arisen_by=1,
        arisen_on=Desk.today, reported=True, division_code="640104",
    )  # fmt: skip
    seen = _asked("hr-officer")
    assert seen["casework_case"] == seen["casework_act"] == 1
    for table in ("casework_ground", "casework_finding", "casework_reasoning"):
        assert seen[table] == 0, table
    assert _asked("grid-officer")["casework_case"] == 0


def test_an_enterprise_whose_seat_is_elsewhere_is_seen_with_its_line(
    world: Any, forgetful: None
) -> None:
    Desk().line("abroad", Enterprise.objects.get(pk=SHIZUISHAN), division_code="640104")
    # its own, the entry that was merged with it, and the one with a line here
    assert _asked("yinchuan-officer")["registry_enterprise"] == 3
    assert _asked("shizuishan-officer")["registry_enterprise"] == 2


def test_what_one_brought_oneself_is_seen_wherever_it_lies(world: Any, forgetful: None) -> None:
    by = User.objects.get(username="shizuishan-officer")
    brought = Import.objects.create(by=by, reach="6401", received_on=Desk.today)
    file = keep([b"elsewhere"], name="elsewhere.csv", by=by)
    ImportFile.objects.create(of_import=brought, evidence=file, position=0)
    assert _asked("shizuishan-officer")["registry_importfile"] == 2
    assert _asked("shizuishan-leader")["registry_importfile"] == 1


def test_nobody_writes_where_he_could_not_look(world: Any, forgetful: None) -> None:
    assert "row-level security" in _asked("yinchuan-officer", "/elsewhere/")["refused"]
    assert not ProductionLine.objects.filter(pk="new").exists()


def test_what_is_undone_does_not_undo_the_reach_and_the_whole_is_seen_only_inside(
    world: Any, forgetful: None
) -> None:
    assert _asked("yinchuan-officer", "/within/") == {"seen": 2, "all": 4, "again": 2}


def test_after_a_request_this_process_sees_everything_again(world: Any, forgetful: None) -> None:
    assert _asked("yinchuan-officer")["casework_finding"] == 1
    assert Finding.objects.count() == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user <> %s, current_setting('phaseout.places')", [ROLE])
        assert cursor.fetchone() == (True, "")


def test_who_serves_pages_sees_nothing_until_it_is_told_and_nothing_of_who_came_before() -> None:
    """As granian's process connects: over its pool, in the role, whatever was shown before."""
    from django.db.backends.postgresql.base import DatabaseWrapper

    from phaseout.database.embedded import address

    settings = {**connection.settings_dict}
    serving = django_database(address(_home()), threads=1, serves_pages=True)
    settings["OPTIONS"] = serving["OPTIONS"] | {
        "pool": serving["OPTIONS"]["pool"] | {"max_size": 1, "timeout": 180}
    }
    site = DatabaseWrapper(settings, alias="default")
    try:
        for _ in range(2):
            site.ensure_connection()
            assert _said(site.connection) == (ROLE, None) or _said(site.connection) == (ROLE, "")
            show(site.connection, Reach(places=frozenset({"64"})))
            assert _said(site.connection) == (ROLE, "64%")
            site.close()
    finally:
        site.close_pool()


def _said(raw: Any) -> Any:
    return raw.execute("SELECT current_user, current_setting('phaseout.places', true)").fetchone()


def _home() -> Any:
    from pathlib import Path

    import site_settings

    return Path(site_settings.HOME)


def test_the_comparisons_that_pages_find_rows_by_are_declared(db: None) -> None:
    assert not_indexed(connection.connection or _open()) == ()


def _open() -> Any:
    connection.ensure_connection()
    return connection.connection


def test_a_connection_that_cannot_be_cleared_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import psycopg

    connection.ensure_connection()
    raw = connection.connection
    show(raw, NOTHING)
    with pytest.raises(psycopg.Error), transaction.atomic():
        cleared("nobody-of-this-name")(raw)
