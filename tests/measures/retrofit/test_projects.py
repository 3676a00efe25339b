"""A retrofit project, from the finding it starts from to what came of it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from casebook import ENERGY_ROW, Desk
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.law.refusals import Refusal
from phaseout.law.retrofit import targets
from phaseout.measures.retrofit import acts
from phaseout.measures.retrofit.models import Project, RetrofitAct
from phaseout.measures.retrofit.shown import late
from phaseout.measures.retrofit.standing import achieved, expected_saving, standing, would_meet

TODAY = Desk.today


class Works:
    """A line above its coal limit of 112 kgce/t, and who may do something about it."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.line = self.desk.line()
        self.finding = self.found("131.5")
        self.officer = self.desk.person()

    def found(self, value: str, **given):
        return self.desk.finding(
            self.line, norm_row=ENERGY_ROW, indicator="可比熟料综合煤耗", value=Decimal(value),
            unit="kgce/t", **given,
        )  # fmt: skip

    def planned(self, **given) -> acts.Planned:
        return acts.Planned(
            **{
                "name": "1号窑余热利用", "method": "（虚构）纯低温余热发电",
                "target": ENERGY_ROW, "expected": Decimal(108), "investment": Decimal("12000000"),
                "begins": date(2018, 4, 1), "ends": date(2018, 12, 31),
                "output": Decimal(500000), **given,
            }
        )  # fmt: skip

    def propose(self, by=None, key=None, **given) -> Project:
        by = by or self.officer
        return acts.propose(
            self.finding, self.planned(**given), by=by, scope=scope_of(by, on=TODAY), today=TODAY,
            key=key or uuid4(),
        ).project  # fmt: skip

    def go_on(self, project, kind, by=None, today=TODAY) -> RetrofitAct:
        by = by or self.officer
        ways = {"by": by, "scope": scope_of(by, on=today), "today": today, "key": uuid4()}
        return acts.go_on(project.pk, kind, "照此办理", **ways)


@pytest.fixture
def works(transactional_db: None) -> Works:
    return Works()


def test_a_plan_says_which_limits_it_meets_and_what_it_saves(works):
    project = works.propose()
    assert [(one.row_id, met) for one, met in would_meet(project, TODAY)] == [
        (one.row_id, one.met_by(Decimal(108))) for one in targets(ENERGY_ROW, TODAY)
    ]
    assert expected_saving(project) == (Decimal("23.5") * 500000, "kgce")
    assert project.output_unit == "t"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"expected": Decimal("112")}, None),
        ({"expected": Decimal("112.01")}, "retrofit.misses-its-aim"),
        ({"target": "energy_limits/GB32050-2015/3"}, "retrofit.nothing-to-reach"),
        ({"ends": date(2018, 3, 31)}, "retrofit.days-wrong"),
        ({"ends": date(2018, 4, 1)}, None),
    ],
)
def test_a_plan_must_reach_what_it_aims_at(works, given, code):
    if code is None:
        works.propose(**given)
    else:
        with pytest.raises(Refusal) as refused:
            works.propose(**given)
        assert refused.value.code == code
        assert not Project.objects.exists()


def test_one_project_goes_on_at_a_time_and_another_may_follow_it(works):
    key = uuid4()
    first = works.propose(key=key)
    assert works.propose(key=key).pk == first.pk
    with pytest.raises(Refusal, match=r"retrofit\.going-already"):
        works.propose()
    works.go_on(first, "drop")
    assert works.propose().pk != first.pk


def test_it_is_for_the_offices_of_the_clause_and_the_enterprise_itself(works):
    firm = works.desk.person(role=Role.ENTERPRISE, uscc=works.line.enterprise_id)
    project = works.propose(by=firm)
    assert project.acts.get().office == ""
    for other in (works.desk.person("hr"), works.desk.person("cities", division="640200")):
        with pytest.raises(Refusal, match=r"retrofit\.not-yours"):
            works.go_on(project, "start", by=other)
    with pytest.raises(Refusal, match=r"retrofit\.not-yours"):
        works.go_on(project, "admit", by=firm)
    works.go_on(project, "admit")
    works.go_on(project, "start", by=firm)
    with pytest.raises(Refusal, match=r"retrofit\.not-now"):
        works.go_on(project, "start")
    works.go_on(project, "complete", by=works.desk.person("cities", division="640100"))
    for kind in ("drop", "complete", "admit"):
        with pytest.raises(Refusal, match=r"retrofit\.not-now"):
            works.go_on(project, kind)


def test_what_came_of_it_is_the_first_period_that_began_after_completion(works):
    project = works.propose()
    works.go_on(project, "start")
    done = date(2018, 7, 1)
    works.go_on(project, "complete", today=done)
    now = standing(list(project.acts.all()))
    works.found("109", period_start=done - timedelta(days=1), period_end=date(2018, 12, 31))
    assert achieved(project, now.completed_on) is None
    works.found("108.5", verdict="compliant", period_start=done, period_end=date(2018, 12, 31))
    came = achieved(project, now.completed_on)
    assert (came.value, came.saved) == (Decimal("108.5"), (Decimal("23.0") * 500000, "kgce"))
    assert not came.as_expected


@pytest.mark.parametrize(("day", "waits"), [("2018-12-31", 0), ("2019-01-01", 1)])
def test_a_project_is_late_the_day_after_its_planned_end(works, day, waits):
    works.propose()
    assert late(scope_of(works.officer, on=TODAY), date.fromisoformat(day)) == waits


def test_by_the_pages_from_the_finding_to_the_start(works):
    client = Client()
    client.force_login(works.officer)
    page = client.get(reverse("finding", args=[works.finding.finding_id])).content.decode()
    address = reverse("retrofit-new", args=[works.finding.finding_id])
    assert address in page
    asked = client.get(address).content.decode()
    assert "19.5" in asked  # 131.5 - 112
    sent = {
        "key": uuid4(), "name": "余热利用", "method": "余热发电", "target": ENERGY_ROW,
        "expected": "113", "output": "500000", "investment": "1", "begins": "2018-04-01",
        "ends": "2018-12-31",
    }  # fmt: skip
    refused = client.post(address, sent)
    assert refused.status_code == 409
    assert "达不到所选目标" in refused.content.decode()
    assert client.post(address, {**sent, "expected": "x"}).status_code == 422
    made = client.post(address, {**sent, "expected": "100"})
    assert made.status_code == 302
    started = client.post(made.url, {"do": "start", "key": uuid4(), "note": "已开工"})
    assert started.status_code == 302
    shown = client.get(made.url).content.decode()
    assert "在建" in shown
    assert "已开工" in shown
    assert client.post(made.url, {"do": "start", "key": uuid4(), "note": "再"}).status_code == 404


def test_another_city_finds_neither_the_finding_nor_the_project(works):
    project = works.propose()
    client = Client()
    client.force_login(works.desk.person("cities", division="640200"))
    assert client.get(reverse("retrofit", args=[project.pk])).status_code == 404
    address = reverse("retrofit-new", args=[works.finding.finding_id])
    assert client.get(address).status_code == 404
    assert project.name not in client.get(reverse("retrofits")).content.decode()


def test_rows_of_projects_are_neither_changed_nor_deleted(works):
    project = works.propose()
    for table, row in (
        ("retrofit_project", project.pk),
        ("retrofit_retrofitact", project.acts.get().pk),
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE id = %s", [row])
