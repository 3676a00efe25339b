"""The inbox: what it narrows, how it sorts and pages, what it counts, whom it shows what."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from casebook import Desk
from phaseout.casework.models import Finding, SavedFilter

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(settings: Any) -> Desk:
    settings.ROOT_URLCONF = "casework.findings.addresses"
    return Desk()


@pytest.fixture
def officer(desk: Desk, client: Client) -> Client:
    """An officer of the economic department, over the whole region."""
    client.force_login(desk.person())
    return client


def asked(client: Client, **query: Any) -> Any:
    return client.get(f"{reverse('findings')}?{urlencode(query)}")


def ids(response: Any) -> list[str]:
    assert response.status_code == 200, response.content.decode()[:2000]
    return [finding.finding_id for finding in response.context["page"].rows]


def several(desk: Desk) -> dict[str, Any]:
    line = desk.line("L1")
    far = desk.enterprise("91640500MA00000002", division_code="640502", industry="coke")
    other = desk.line("L2", far)
    return {
        "grave": desk.finding(line, ratio=Decimal("2.5")),
        "slight": desk.finding(line, ratio=Decimal("1.01")),
        "coke": desk.finding(other, ratio=Decimal("1.2"), found_on=date(2018, 3, 2)),
        "fine": desk.finding(line, verdict="compliant", ratio=Decimal("0.9"), effect="records"),
        "unsure": desk.finding(
            other, provisional=True, reasons=["norm_not_verified"], ratio=Decimal("1.1")
        ),
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["grave", "coke", "unsure", "slight", "fine"]),
        ({"verdict": "compliant"}, ["fine"]),
        ({"city": "6405"}, ["coke", "unsure"]),
        ({"industry": "coke", "provisional": "no"}, ["coke"]),
        ({"provisional": "yes"}, ["unsure"]),
        ({"effect": "records"}, ["fine"]),
        ({"sort": "newest", "verdict": "noncompliant"}, ["coke", "unsure", "slight", "grave"]),
        ({"sort": "enterprise"}, ["grave", "slight", "fine", "coke", "unsure"]),
        ({"q": "水泥002"}, ["coke", "unsure"]),
        ({"q": "L1号"}, ["grave", "slight", "fine"]),
        ({"enterprise": "91640500MA00000002"}, ["coke", "unsure"]),
        ({"line": "L1", "verdict": "noncompliant"}, ["grave", "slight"]),
        ({"row": "energy_limits/GB16780-2012/2"}, []),
        ({"as_of": "2018-02-28"}, []),
        ({"as_of": "2018-03-01"}, ["grave", "unsure", "slight", "fine"]),
        ({"as_of": "2018-03-14"}, ["grave", "coke", "unsure", "slight", "fine"]),
        ({"as_of": "2018-03-15"}, ["grave", "coke", "unsure", "slight", "fine"]),
    ],
)
def test_findings_are_narrowed_and_sorted(
    desk: Desk,
    officer: Client,
    monkeypatch: pytest.MonkeyPatch,
    query: dict[str, str],
    expected: list[str],
) -> None:
    made = several(desk)
    wanted = [made[name].finding_id for name in expected]
    query = {"sort": "gravity", **query}
    assert ids(asked(officer, **query)) == wanted
    monkeypatch.setattr("phaseout.casework.findings.counting.SPARSE", 0)
    assert ids(asked(officer, **query)) == wanted, "of many as of few"


def test_what_has_no_ratio_because_it_may_not_be_there_at_all_stands_first(
    desk: Desk, client: Client
) -> None:
    client.force_login(desk.person("government", "auditor"))
    measured = desk.finding(desk.line(), ratio=Decimal("80"))
    banned = desk.finding(desk.line(), dimension="technology", comparator="presence", ratio=None)
    weak = desk.finding(desk.line(), dimension="quality", comparator=">=", ratio=Decimal("0.5"))
    acid = desk.finding(desk.line(), dimension="environment", comparator="between", ratio=None)
    assert ids(asked(client, sort="gravity")) == [
        f.finding_id for f in (banned, measured, weak, acid)
    ]


@pytest.mark.parametrize("sparse", [0, 3_000])
def test_the_next_page_follows_the_last_row(
    desk: Desk, officer: Client, monkeypatch: pytest.MonkeyPatch, sparse: int
) -> None:
    monkeypatch.setattr("phaseout.casework.findings.counting.SPARSE", sparse)
    made = [desk.finding(desk.line(), ratio=Decimal(n)) for n in range(1, 76)]
    first = asked(officer, sort="gravity")
    assert len(ids(first)) == 50
    second = asked(officer, sort="gravity", cursor=first.context["page"].after)
    assert ids(first) + ids(second) == [f.finding_id for f in reversed(made)]
    assert ids(asked(officer, cursor=second.context["page"].before)) == ids(first)


def test_each_verdict_is_counted_from_the_tally(desk: Desk, officer: Client) -> None:
    several(desk)
    page = asked(officer, city="6405")
    assert page.context["counts"] == [
        ("compliant", 0, 0), ("noncompliant", 2, 1), ("undetermined", 0, 0),
    ]  # fmt: skip
    assert asked(officer, verdict="compliant").context["total"] == 1
    assert asked(officer, q="水泥001").context["total"] == 3


def test_beyond_the_bound_nothing_more_is_counted(
    desk: Desk, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(desk)
    monkeypatch.setattr("phaseout.casework.findings.counting.BOUND", 2)
    page = asked(officer, line="L1")
    assert page.context["more"]
    assert "只数到这里" in page.content.decode()


def test_an_officer_sees_the_dimensions_of_the_office_and_no_other(
    desk: Desk, client: Client
) -> None:
    energy = desk.finding(desk.line())
    air = desk.finding(desk.line(), dimension="environment")
    client.force_login(desk.person("epd"))
    assert ids(asked(client, sort="gravity")) == [air.finding_id]
    assert energy.finding_id not in asked(client, sort="gravity").content.decode()


def test_a_city_sees_its_own(desk: Desk, client: Client) -> None:
    made = several(desk)
    client.force_login(desk.person("cities", division="640500"))
    assert set(ids(asked(client, sort="gravity"))) <= {
        made["coke"].finding_id, made["unsure"].finding_id,
    }  # fmt: skip


def test_an_enterprise_sees_itself(desk: Desk, client: Client) -> None:
    made = several(desk)
    client.force_login(desk.person(role="enterprise", uscc="91640500MA00000002"))
    page = asked(client, sort="gravity")
    assert set(ids(page)) == {made["coke"].finding_id, made["unsure"].finding_id}
    assert page.context["total"] == 2


def test_the_public_is_asked_to_sign_in(desk: Desk, client: Client) -> None:
    response = client.get(reverse("findings"))
    assert response.status_code == 302 and reverse("account_login") in response["Location"]


def test_an_unreadable_filter_is_named_beside_its_field(desk: Desk, officer: Client) -> None:
    response = asked(officer, verdict="guilty", as_of="yesterday")
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"verdict", "as_of"}


def test_a_day_to_come_is_refused_and_today_is_as_things_stand(desk: Desk, officer: Client) -> None:
    several(desk)
    to_come = asked(officer, as_of="2018-03-16")
    assert to_come.status_code == 422 and set(to_come.context["form"].errors) == {"as_of"}
    today = asked(officer, as_of="2018-03-15")
    assert not today.context["asked"].as_of and today.context["asked"].is_tallied


def test_htmx_gets_the_list_alone(desk: Desk, officer: Client) -> None:
    several(desk)
    response = officer.get(reverse("findings"), {"sort": "gravity"}, headers={"HX-Request": "true"})
    text = response.content.decode()
    assert text.lstrip().startswith('<section id="findings"') and "<html" not in text


def test_a_kept_filter_opens_by_default_and_can_be_dropped(desk: Desk, officer: Client) -> None:
    made = several(desk)
    kept = {"name": "中卫", "query": "city=6405&provisional=no&cursor=x&evil=1", "is_default": "1"}
    officer.post(reverse("findings-keep"), kept)
    saved = SavedFilter.objects.get()
    assert saved.query == "city=6405&provisional=no"
    opened = officer.get(reverse("findings"), follow=True)
    assert ids(opened) == [made["coke"].finding_id]
    assert opened.context["saved_here"] == saved
    officer.post(reverse("findings-keep"), {**kept, "name": "另一个", "query": "city=6401"})
    saved.refresh_from_db()
    assert not saved.is_default
    officer.post(reverse("findings-drop", args=[saved.pk]))
    assert [one.name for one in SavedFilter.objects.all()] == ["另一个"]


def test_nobody_drops_the_filter_of_another(desk: Desk, officer: Client) -> None:
    other = SavedFilter.objects.create(user=desk.person("epd"), name="甲", query="")
    assert officer.post(reverse("findings-drop", args=[other.pk])).status_code == 404


def test_a_filter_without_a_name_is_refused(desk: Desk, officer: Client) -> None:
    response = officer.post(reverse("findings-keep"), {"name": "  ", "query": "city=6401"})
    assert response.status_code == 409
    assert "saved_filter_without_name" in response.content.decode()


def test_names_are_shown_as_text(desk: Desk, officer: Client) -> None:
    enterprise = desk.enterprise("91640100MA00000009", name="<script>alert(1)</script>厂")
    desk.finding(desk.line("L9", enterprise))
    text = asked(officer, sort="gravity").content.decode()
    assert "<script>alert(1)" not in text and "&lt;script&gt;alert(1)" in text


def test_the_number_of_queries_does_not_grow_with_the_rows(
    desk: Desk, officer: Client, django_assert_max_num_queries: Any
) -> None:
    several(desk)
    for n in range(30):
        desk.finding(desk.line(f"M{n}"))
    with django_assert_max_num_queries(8):
        asked(officer, sort="gravity")


@pytest.mark.parametrize("few", [True, False], ids=["of few", "of many"])
def test_the_sql_of_the_page_is_as_it_was(
    desk: Desk,
    officer: Client,
    snapshot: Any,
    django_assert_max_num_queries: Any,
    monkeypatch: pytest.MonkeyPatch,
    few: bool,
) -> None:
    several(desk)
    if not few:
        monkeypatch.setattr("phaseout.casework.findings.counting.SPARSE", 0)
    asked(officer, sort="gravity", verdict="noncompliant", city="6401")
    with django_assert_max_num_queries(8) as queries:
        asked(officer, sort="gravity", verdict="noncompliant", cursor=_cursor())
    own = [
        re.sub(r'("user_id" =|IN) \(?[\d, ]+\)?', r"\1 1", q["sql"])
        for q in queries.captured_queries
        if "casework_" in q["sql"]
    ]
    assert own == snapshot


def _cursor() -> str:
    from phaseout.pages.keyset import _write

    row = Finding(pk=7)
    row.gravity = Decimal("1.5")
    return _write(False, row, ("-gravity", "-id"))


def test_read_as_of_a_day_each_row_leads_to_the_version_of_then(
    desk: Desk, officer: Client
) -> None:
    then = desk.finding(desk.line())
    desk.end(then, on=date(2018, 3, 10))
    desk.finding(desk.line(), finding_id=then.finding_id, found_on=date(2018, 3, 10))
    text = asked(officer, as_of="2018-03-05").content.decode()
    assert f"?version={then.pk}" in text
    assert "?version=" not in asked(officer, sort="gravity").content.decode()


def test_what_may_open_a_case_waits_until_the_line_has_one(desk: Desk) -> None:
    from phaseout.accounts.scope import scope_of
    from phaseout.pages.waiting import waiting

    officer = desk.person()
    first, second = desk.finding(desk.line("L1")), desk.finding(desk.line("L2"))
    desk.finding(desk.line("L3"), provisional=True, reasons=["norm_not_verified"])
    desk.finding(desk.line("L3"), dimension="environment")
    scope = scope_of(officer, on=desk.today)

    def waits() -> int:
        counted = {kind.key: number for kind, number in waiting(scope, desk.today, officer)}
        return counted.get("casework.findings", 0)

    assert waits() == 2
    desk.open_(first)
    assert waits() == 1
    desk.end(second)
    assert waits() == 0
