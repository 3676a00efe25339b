"""An enterprise with all that is known of it; an industry side by side, names kept where due."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casebook import Desk
from phaseout.casework.models import LineStanding

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(settings: Any) -> Desk:
    settings.ROOT_URLCONF = "casework.findings.addresses"
    return Desk()


@pytest.fixture
def auditor(desk: Desk, client: Client) -> Client:
    client.force_login(desk.person("government", "auditor"))
    return client


def several(desk: Desk) -> list[Any]:
    """Five cement works of five enterprises, from 20 % beyond the limit down."""
    made = []
    for n in range(5):
        enterprise = desk.enterprise(f"9164010{n}MA0000000{n}", name=f"水泥{n}厂")
        line = desk.line(f"L{n}", enterprise)
        ratio = Decimal("1.2") - Decimal(n) / 10
        made.append(
            desk.finding(
                line,
                ratio=ratio,
                verdict="noncompliant" if ratio > 1 else "compliant",
                period_start=date(2017, 1, 1),
                period_end=date(2017, 12, 31),
            )
        )
    return made


def enterprise_page(client: Client, uscc: str) -> Any:
    return client.get(reverse("enterprise", args=[uscc]))


def compared(client: Client, industry: str = "cement", **query: Any) -> Any:
    return client.get(reverse("comparison", args=[industry]), query)


def test_an_enterprise_shows_lines_standing_and_findings_by_dimension(
    desk: Desk, auditor: Client
) -> None:
    line = desk.line()
    desk.finding(line, provisional=True, reasons=["norm_not_verified"])
    desk.finding(line, dimension="environment", verdict="compliant", effect="records")
    LineStanding.objects.create(
        line=line, enterprise=line.enterprise, digest="0" * 32, division_code="640104",
        industry="cement", outdated="provisionally", run=desk.run(), found_on=desk.today,
        detail={"governing_zh": "责令限期整改", "governing_en": "order", "lead_zh": "经信委"},
    )  # fmt: skip
    response = enterprise_page(auditor, line.enterprise_id)
    text = response.content.decode()
    assert "暂定不达标" in text and "责令限期整改" in text and line.name in text
    energy, environment, *_ = response.context["dimensions"]
    assert (dict(energy["counts"])["noncompliant"], energy["tentative"]) == (1, 1)
    assert dict(environment["counts"])["compliant"] == 1


def test_an_enterprise_of_another_city_is_not_there(desk: Desk, client: Client) -> None:
    line = desk.line()
    client.force_login(desk.person("cities", division="640500"))
    assert enterprise_page(client, line.enterprise_id).status_code == 404


def test_a_city_sees_an_enterprise_that_has_a_line_there(desk: Desk, client: Client) -> None:
    here = desk.line("L1")
    desk.line("L2", here.enterprise, division_code="640502", name="异地线")
    client.force_login(desk.person("cities", division="640500"))
    response = enterprise_page(client, here.enterprise_id)
    assert [row["line"].line_id for row in response.context["lines"]] == ["L2"]


def test_the_enterprise_page_asks_as_often_whatever_its_size(
    desk: Desk, auditor: Client, django_assert_max_num_queries: Any
) -> None:
    owner = desk.line().enterprise
    for n in range(12):
        desk.finding(desk.line(f"M{n}", owner))
    with django_assert_max_num_queries(14):
        enterprise_page(auditor, owner.pk)


def test_lines_stand_in_the_order_of_their_distance_to_the_limit(
    desk: Desk, auditor: Client
) -> None:
    several(desk)
    (group,) = compared(auditor).context["groups"]
    assert [bar.distance for bar in group.bars] == [
        Decimal(d) for d in ("20.0", "10.0", "0.0", "-10.0", "-20.0")
    ]
    assert (group.lines, group.beyond, group.median) == (5, 2, Decimal("0.0"))


def test_only_the_newest_period_of_a_line_counts_unless_a_year_is_asked(
    desk: Desk, auditor: Client
) -> None:
    old, *_ = several(desk)
    desk.finding(
        old.line, ratio=Decimal("0.5"), verdict="compliant",
        period_start=date(2018, 1, 1), period_end=date(2018, 12, 31),
    )  # fmt: skip
    (newest,) = compared(auditor).context["groups"]
    assert [bar.distance for bar in newest.bars][-1] == Decimal("-50.0")
    (then,) = compared(auditor, year="2017").context["groups"]
    assert then.bars[0].distance == Decimal("20.0")
    assert compared(auditor, city="6402").context["groups"] == []


def test_an_enterprise_sees_its_own_name_and_no_other(desk: Desk, client: Client) -> None:
    own, *others = several(desk)
    client.force_login(desk.person(role="enterprise", uscc=own.enterprise_id))
    response = compared(client)
    text = response.content.decode()
    (group,) = response.context["groups"]
    assert [bar.own for bar in group.bars] == [True, False, False, False, False]
    assert own.enterprise.name in text
    for other in others:
        assert other.enterprise.name not in text and other.finding_id not in text


def test_few_others_are_not_even_shown_without_a_name(desk: Desk, client: Client) -> None:
    own = several(desk)[0]
    client.force_login(desk.person(role="enterprise", uscc=own.enterprise_id))
    lone = desk.finding(
        own.line, subject="水泥", indicator="可比水泥综合电耗", ratio=Decimal("0.9")
    )
    desk.finding(
        desk.line("L1"), subject="水泥", indicator="可比水泥综合电耗", ratio=Decimal("0.8")
    )
    group = next(g for g in compared(client).context["groups"] if "电耗" in g.title)
    assert group.hidden
    assert [bar.finding for bar in group.bars] == [lone]


def test_an_unknown_industry_is_not_found(desk: Desk, auditor: Client) -> None:
    assert compared(auditor, "tea").status_code == 404


def test_the_comparison_asks_as_often_whatever_the_lines(
    desk: Desk, auditor: Client, django_assert_max_num_queries: Any
) -> None:
    several(desk)
    with django_assert_max_num_queries(9):
        compared(auditor)


def test_runs_are_listed_latest_first(desk: Desk, auditor: Client) -> None:
    desk.finding(desk.line())
    text = auditor.get(reverse("runs")).content.decode()
    assert "2018-03-15" in text and "全部重判" in text
