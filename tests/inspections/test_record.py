"""The record on the spot: handed in once and whole, signed by both, its values judged."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from drawn_signature import SIGNATURE
from phaseout.inspections import acts
from phaseout.inspections.acts.recording import Handed
from phaseout.inspections.checklist import items_of
from phaseout.inspections.models import Assignment, Draft, InspectionAct, Record
from phaseout.inspections.results import tables_of
from phaseout.law.refusals import Refusal


def refused(act, *args, **given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


@pytest.fixture
def visit(office) -> Assignment:
    return office.assigned(wanted=1)[0]


def item(visit: Assignment, table: str) -> dict[str, Any]:
    return next(one for _, one in items_of(visit.checklist) if one["table"] == table)


def handed(visit: Assignment, office: Any, **given: Any) -> Handed:
    energy = item(visit, "energy")["id"]
    content = {
        energy: {"value": "131.5", "from": "2018-01-01", "to": "2018-02-28", "note": "抽查"},
        item(visit, "equipment")["id"]: {"value": "no"},
        "permit#emission_permit": {
            "value": "other",
            "number": "91-001",
            "from": "2018-01-01",
            "to": "2020-12-31",
        },
    }
    given = {"content": content, "visited_on": visit.begins, "representative": "王某", **given}
    if "files" not in given:
        given["files"] = office.signature(team(visit)[0])
    return Handed(**given)


def team(visit: Assignment) -> list:
    return [one.inspector for one in visit.team.select_related("inspector")]


def test_it_is_handed_in_whole_and_its_draft_is_gone(office, visit) -> None:
    writer = team(visit)[0]
    Draft.objects.create(assignment=visit, inspector=writer, content={})
    record = acts.record(visit.pk, handed(visit, office), **office.ways(writer))
    assert record.digest == record.act.digest and record.act.content["checklist"] == visit.digest
    assert record.answers[item(visit, "energy")["id"]]["value"] == "131.5"
    assert record.permits["emission_permit"]["number"] == "91-001"
    assert not Draft.objects.exists()


def test_sent_twice_it_happens_once_and_another_comes_second(office, visit) -> None:
    first, second = team(visit)
    ways = office.ways(first)
    assert acts.record(visit.pk, handed(visit, office), **ways) == acts.record(
        visit.pk, handed(visit, office), **ways
    )
    assert Record.objects.count() == 1
    assert (
        refused(acts.record, visit.pk, handed(visit, office), **office.ways(second))
        == "record.done"
    )


def test_only_its_inspectors_hand_it_in_and_not_before_the_day(office, visit) -> None:
    assert (
        refused(acts.record, visit.pk, handed(visit, office), **office.ways(office.officer))
        == "record.of-others"
    )
    for day, code in (
        (date(2018, 3, 14), "record.before-it-begins"),
        (date(2018, 3, 16), "record.too-early"),
    ):
        wrong = handed(visit, office, visited_on=day)
        assert refused(acts.record, visit.pk, wrong, **office.ways(team(visit)[0])) == code


@pytest.mark.parametrize(
    "given",
    [
        {"representative": ""},
        {"representative": "", "refused_to_sign": "不愿签字", "witnesses": ["甲", "甲"]},
        {"files": []},
        {"content": {}},
        {"files": [{"digest": "0" * 64, "name": "p.png", "pk": 1}]},
    ],
)
def test_what_is_not_complete_is_refused(office, visit, given) -> None:
    ways = office.ways(team(visit)[0])
    assert (
        refused(acts.record, visit.pk, handed(visit, office, **given), **ways)
        == "record.answers-wrong"
    )


@pytest.mark.parametrize(("value", "why"), [("一百", "应填写数值"), ("-5", "不能为负数")])
def test_a_value_that_cannot_be_is_named(office, visit, value, why) -> None:
    content = {
        item(visit, "energy")["id"]: {"value": value, "from": "2018-01-01", "to": "2018-02-28"}
    }
    with pytest.raises(Refusal) as refusal:
        acts.record(visit.pk, handed(visit, office, content=content), **office.ways(team(visit)[0]))
    assert why in refusal.value.why[0]


def test_a_refusal_to_sign_stands_with_two_witnesses(office, visit) -> None:
    given = {"representative": "", "refused_to_sign": "不认可", "witnesses": ["甲", "乙"]}
    record = acts.record(visit.pk, handed(visit, office, **given), **office.ways(team(visit)[0]))
    assert record.witnesses == ["甲", "乙"]


def test_the_other_inspector_signs_the_digest_he_read(office, visit) -> None:
    first, second = team(visit)
    record = acts.record(visit.pk, handed(visit, office), **office.ways(first))
    sign = acts.sign_record
    assert refused(sign, record.pk, digest="0" * 64, **office.ways(second)) == "record.changed"
    assert refused(sign, record.pk, digest=record.digest, **office.ways(first)) == "record.signed"
    assert (
        refused(sign, record.pk, digest=record.digest, **office.ways(office.leader))
        == "record.of-others"
    )
    act = sign(record.pk, digest=record.digest, **office.ways(second))
    assert (act.kind, act.about) == (InspectionAct.Kind.SIGN_RECORD, f"record:{record.pk}")


def test_what_was_found_becomes_facts(office, visit) -> None:
    record = acts.record(visit.pk, handed(visit, office), **office.ways(team(visit)[0]))
    rows = tables_of(record)
    assert set(rows) == {"energy", "permits"}  # what is not there is no fact
    assert rows["energy"][0] | {"line_id": "", "process": ""} == {
        "line_id": "",
        "product": "水泥熟料",
        "process": "",
        "indicator": "可比熟料综合煤耗",
        "period_start": "2018-01-01",
        "period_end": "2018-02-28",
        "value": "131.5",
        "unit": "kgce/t",
    }


def test_a_draft_is_kept_by_the_page_and_handed_in_once(office, visit, client) -> None:
    writer = team(visit)[0]
    client.force_login(writer)
    address = f"/inspections/visits/{visit.pk}/record/"
    page = client.get(address)
    assert page.status_code == 200 and "GB 16780-2012 4.1" in page.content.decode()
    energy, key = item(visit, "energy")["id"], str(uuid4())
    sent = {
        "key": key,
        "visited_on": "2018-03-15",
        "representative": "王某",
        "signature": SIGNATURE,
        f"v:{energy}": "131.5",
        f"f:{energy}": "2018-01-01",
        f"t:{energy}": "2018-02-28",
    }
    saved = client.post(address, {**sent, "do": "save"}, headers={"Accept": "application/json"})
    assert saved.json() == {"saved": True}
    assert 'value="131.5"' in client.get(address).content.decode()
    for _ in range(2):
        answer = client.post(address, {**sent, "do": "hand_in"})
        assert answer.status_code == 302, answer.content.decode()
    assert Record.objects.count() == 1
