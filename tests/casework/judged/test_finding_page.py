"""The page of a finding: answer and reasoning, what was measured, earlier answers, what next."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casebook import Desk
from casework.judged.conftest import ON
from casework.judged.registry_of_facts import change
from phaseout.accounts.scope import CLAUSES
from phaseout.casework import judging
from phaseout.casework.findings.measuring import measured_behind
from phaseout.casework.models import Finding
from phaseout.findings import Judgement
from phaseout.law.opinions import Opinions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province_judged")]

TOMORROW = ON + timedelta(days=1)


@pytest.fixture(autouse=True)
def _addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = "casework.findings.addresses"


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(Desk().person("government", "auditor"))
    return client


def page(client: Client, finding: Finding, **query: Any) -> Any:
    return client.get(reverse("finding", args=[finding.finding_id]), query)


def measured(client: Client, finding: Finding, **query: Any) -> Any:
    return client.get(reverse("finding-measurements", args=[finding.finding_id]), query)


def of_an_outlet(**more: Any) -> Finding:
    found = (
        Finding.objects.standing()
        .filter(judged_by="environment", verdict="noncompliant", line__isnull=False, **more)
        .exclude(value=None)
        .order_by("finding_id")
        .first()
    )
    assert found is not None
    return found


def test_every_finding_of_the_province_has_its_page(auditor: Client) -> None:
    for kind in ("energy", "environment", "quality", "safety", "technology"):
        for verdict in ("compliant", "noncompliant", "undetermined"):
            for one in Finding.objects.standing().filter(judged_by=kind, verdict=verdict)[:2]:
                response = page(auditor, one)
                assert response.status_code == 200
                assert one.summary_zh in response.content.decode()


def test_the_chart_shows_the_value_that_was_judged(auditor: Client) -> None:
    finding = of_an_outlet()
    behind = measured_behind(finding)
    assert behind is not None and behind.chart["kind"] == "readings"
    values = [value for _, value in behind.chart["points"] if value is not None]
    assert finding.value is not None
    assert max(values) == pytest.approx(float(finding.value), abs=1e-3)
    assert behind.chart["exceeding"], "a miss has spans beyond the limit"
    assert {limit["upper"] for limit in behind.chart["limits"]} == {float(finding.limit_value or 0)}
    assert all(limit["clause"] for limit in behind.chart["limits"])


def test_readings_agree_with_the_judgement_hour_by_hour(small_judgement: Judgement) -> None:
    """`environment_hours.sql` repeats the conversion and the marks of `environment.sql`."""
    rows = small_judgement.connection.execute(
        "SELECT finding_id, valid_readings, exceeding_readings, invalid "
        "FROM judged.\"environment_identified\" WHERE line_id IS NOT NULL AND averaging = 'hour' "
        "AND fold_mode = 'one' AND NOT manual > 0 AND mismatched = 0 AND not_judgeable = 0"
    ).fetchall()
    assert len(rows) > 10
    for finding_id, valid, exceeding, invalid in rows[:6]:
        behind = measured_behind(Finding.objects.standing().get(finding_id=finding_id))
        assert behind is not None
        days = behind.rows
        assert sum(day[4] for day in days) == valid
        assert sum(day[5] for day in days) == exceeding
        points = behind.chart["points"]
        assert sum(1 for _, value in points if value is not None) == valid
        assert sum(1 for _, value in points if value is None) >= invalid


def test_the_whole_series_is_drawn_by_day_and_says_so(auditor: Client) -> None:
    finding = of_an_outlet()
    response = measured(auditor, finding, span="all")
    assert response.context["measured"].whole
    assert "按日归并" in response.content.decode()


def test_the_measurements_are_a_page_of_their_own_and_a_piece(auditor: Client) -> None:
    finding = of_an_outlet()
    whole = measured(auditor, finding).content.decode()
    assert "<html" in whole and "measurements-data" in whole and "<table" in whole
    data = re.search(r'id="measurements-data" type="application/json">(.*?)</script>', whole)
    assert data and json.loads(data[1])["points"]
    address = reverse("finding-measurements", args=[finding.finding_id])
    piece = auditor.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in piece and "measurements-data" in piece


def test_every_reading_leaves_as_csv(auditor: Client) -> None:
    finding = of_an_outlet()
    address = reverse("finding-measurements-csv", args=[finding.finding_id])
    text = b"".join(auditor.get(address).streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    behind = measured_behind(finding)
    assert behind is not None and len(rows) == len(behind.chart["points"])
    assert {"time", "value", "flag", "compared", "upper"} <= set(rows[0])


def test_years_of_energy_use_stand_side_by_side(auditor: Client) -> None:
    finding = (
        Finding.objects.standing().filter(judged_by="energy", verdict="noncompliant").order_by("pk")
    )[0]
    behind = measured_behind(finding)
    assert behind is not None and behind.chart["kind"] == "periods"
    here = [point for point in behind.chart["points"] if point["here"]]
    assert [point["value"] for point in here] == [float(finding.value or 0)]
    address = reverse("finding-measurements-csv", args=[finding.finding_id])
    assert b"".join(auditor.get(address).streaming_content).count(b"\n") == len(behind.rows) + 1


def test_what_was_not_measured_has_no_chart(auditor: Client) -> None:
    permit = Finding.objects.standing().filter(subject="emission_permit").order_by("pk")[0]
    assert not page(auditor, permit).context["has_measurements"]
    hazard = Finding.objects.standing().filter(judged_by="safety", line__isnull=False)
    assert all(measured_behind(one) is None for one in hazard)


def test_earlier_answers_say_what_changed(auditor: Client) -> None:
    finding = (
        Finding.objects.standing()
        .filter(judged_by="energy", verdict="compliant", norm_row__isnull=False)
        .order_by("finding_id")[0]
    )
    where = f"line_id = '{finding.line_id}' AND indicator = '{finding.indicator}'"
    change("energy", {"value": 987_654}, where, TOMORROW)
    judging.judge_touched(on=TOMORROW)
    response = page(auditor, finding)
    now, before = response.context["answers"]
    assert now.finding.verdict == "noncompliant" and before.first
    changed = {label: (old, new) for label, old, new in now.changes}
    assert changed["结论"][0].startswith("达标") and changed["结论"][1].startswith("不达标")
    assert "987654" in changed["实测值"][1]
    earlier = page(auditor, finding, version=finding.pk)
    assert earlier.context["finding"].pk == finding.pk
    assert "较早的结论" in earlier.content.decode()


def test_a_firm_miss_leads_to_a_case(auditor: Client, client: Client) -> None:
    firm = Finding.objects.standing().filter(effect="opens", provisional=False)
    miss = firm.exclude(line=None).order_by("finding_id")[0]
    assert not page(auditor, miss).context["can_be_opened"], "an auditor opens no case"
    clause = next(clause for clause, dimension in CLAUSES.items() if dimension == miss.dimension)
    client.force_login(Desk().person(Opinions.of().lead(clause)[0], division="640000"))
    response = page(client, miss)
    assert response.context["can_be_opened"]
    assert f"finding={miss.finding_id}" in response.content.decode()


def test_a_provisional_miss_says_what_to_settle(client: Client) -> None:
    miss = Finding.objects.standing().filter(
        effect="opens",
        provisional=True,
        dimension="energy",
        reasons__contains=["norm_not_verified"],
    )[0]
    client.force_login(Desk().person("eic", division="640000"))
    response = page(client, miss)
    assert not response.context["can_be_opened"]
    assert response.context["unsettled"]
    assert "不能据以立案" in response.content.decode()


def test_another_city_s_finding_is_not_there(client: Client) -> None:
    finding = of_an_outlet()
    other = next(c for c in ("640100", "640200", "640300", "640400", "640500")
                 if not finding.division_code.startswith(c[:4]))  # fmt: skip
    client.force_login(Desk().person("cities", division=other))
    for name in ("finding", "finding-measurements", "finding-measurements-csv"):
        assert client.get(reverse(name, args=[finding.finding_id])).status_code == 404
    assert client.get(reverse("finding", args=["F0"])).status_code == 404


def test_another_dimension_s_finding_is_not_there(client: Client) -> None:
    finding = of_an_outlet()
    client.force_login(Desk().person("eic"))
    assert page(client, finding).status_code == 404


def test_the_page_asks_the_database_as_often_whatever_is_on_it(
    auditor: Client, django_assert_max_num_queries: Any
) -> None:
    for one in Finding.objects.standing().filter(norm_row__isnull=False).order_by("?")[:4]:
        with django_assert_max_num_queries(12):
            page(auditor, one)


def test_a_day_between_versions_is_read_from_the_facts_of_then(auditor: Client) -> None:
    finding = of_an_outlet(period_start=date(2017, 10, 1))
    before = measured_behind(finding)
    outlet = finding.subject.rpartition(" ")[0]
    change("monitoring", {"value": 1.0}, f"outlet_id = '{outlet}' AND value > 1", TOMORROW)
    judging.judge_touched(on=TOMORROW)
    old = Finding.objects.get(pk=finding.pk)
    assert old.ended_on == TOMORROW
    then = measured_behind(old)
    assert before is not None and then is not None
    assert then.chart["points"] == before.chart["points"]


def test_a_missing_permit_waits_for_its_rule_to_be_confirmed_and_for_nothing_else(
    client: Client,
) -> None:
    """That no permit was reported is what was found, not a doubt that somebody could settle."""
    found = (
        Finding.objects.standing()
        .filter(
            subject="emission_permit", reasons__contains=["permit_missing", "norm_not_verified"]
        )
        .order_by("finding_id")
        .first()
    )
    assert found is not None
    client.force_login(Desk().person("epd"))
    shown = page(client, found).content.decode()
    block = shown[shown.index("确定以下各项后") :].split("</ul>")[0]
    assert block.count("<li>") == 1
    assert reverse("confirm-row", args=[found.norm_row]) in block
    assert "<dd>排污许可证</dd>" in shown
    assert "emission_permit" not in shown
