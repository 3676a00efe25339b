"""The norm library over HTTP, for anyone."""

from __future__ import annotations

import pytest

from api_machine import Machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def anyone():
    return Machine()


def test_documents_are_found_by_number_and_product(anyone):
    found = anyone.all("/norms/sources", {"q": "gb 16780—2012"})
    assert "GB16780-2012" in {source["source_id"] for source in found}
    assert len(anyone.all("/norms/sources", {"limit": 200})) > 100


def test_a_document_knows_its_editions(anyone):
    said = anyone.get("/norms/sources/GB 16780-2012").said
    assert said["source_id"] == "GB16780-2012"
    assert [e["source_id"] for e in said["editions"]][-1] == "GB16780-2021"
    rows = anyone.all("/norms/sources/GB16780-2012/rows", {"limit": 7})
    assert len(rows) == said["rows"]
    assert len({row["row_id"] for row in rows}) == len(rows)


def test_a_row_in_full_names_no_person(anyone):
    said = anyone.get("/norms/rows/energy_limits/GB16780-2012/1").said
    assert said["fields"]["value"] == said["limit"]["zh"].split()[1]
    assert said["state"] in ("seen", "confirmed", "recalled", "once", "doubted")
    assert "confirmed_by" not in str(said)
    assert said["other_editions"]


def test_what_holds_on_a_day(anyone):
    on_2018 = anyone.all("/norms/in-force", {"dimension": "energy", "industry": "cement"})
    later = anyone.all(
        "/norms/in-force", {"dimension": "energy", "industry": "cement", "on": "2023-01-01"}
    )
    assert "GB16780-2012" in {row["source_id"] for row in on_2018}
    assert "GB16780-2012" not in {row["source_id"] for row in later}


def test_what_changed_between_two_editions(anyone):
    said = anyone.get("/norms/compare", {"old": "GB16780-2012", "new": "GB16780-2021"}).said
    assert said["changed"] or said["added"]


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ({"trigger": "2018-03-15", "unit": "months", "length": 6}, "2018-09-17"),
        ({"trigger": "2018-08-31", "unit": "months", "length": 6}, "2019-02-28"),
        ({"trigger": "2018-03-15", "source_id": "SEED-2017", "clause": "四"}, "2018-09-17"),
    ],
)
def test_a_period_ends_with_its_certificate(anyone, asked, due):
    said = anyone.get("/norms/period", asked).said
    assert said["due"] == due
    assert said["steps"][0]["says_zh"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 422),
        ({"trigger": "2018-03-15"}, 422),
        ({"trigger": "2018-02-30", "unit": "days", "length": 1}, 422),
        ({"trigger": "2018-03-15", "unit": "hours", "length": 5}, 422),
        ({"trigger": "2018-03-15", "unit": "days", "length": 0}, 422),
        ({"trigger": "2018-03-15", "source_id": "NO-SUCH"}, 404),
        ({"trigger": "9999-12-31", "unit": "years", "length": 9}, 409),
    ],
)
def test_a_period_not_understood(anyone, asked, status):
    assert anyone.get("/norms/period", asked).status_code == status


@pytest.mark.parametrize("row", ["x", "energy_limits/GB16780-2012/999", "a/b/c/d", "中/文/1"])
def test_a_row_that_is_not_there(anyone, row):
    answer = anyone.get(f"/norms/rows/{row}")
    assert answer.status_code == 404
    assert answer.said["refused"] == "row_unknown"


def test_the_document_and_its_page(anyone):
    document = anyone.get("/openapi.json").said
    assert document["openapi"].startswith("3.1")
    for methods in document["paths"].values():
        for operation in methods.values():
            assert operation["summary"]
            assert operation["description"]
    page = anyone.client.get("/api/v1/docs/")
    assert page.status_code == 200
    assert "<script>" not in page.content.decode()
    assert "Idempotency-Key" in page.content.decode()


def test_the_examples_of_the_page_can_be_called(anyone):
    from phaseout.web.api.document import read_document

    groups, _ = read_document()
    calls = [o.example for _, operations in groups for o in operations if o.keyless]
    assert len(calls) == 12
    for call in calls:
        address = call.removeprefix('curl "$HOST').removesuffix('"')
        status = 404 if "/editions/1" in address else 200  # nothing has been published here
        assert anyone.client.get(address).status_code == status, call
