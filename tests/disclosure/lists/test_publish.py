"""A list from the acts of cases to its edition, and off it again."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from phaseout.casework.audit.keys import private_key
from phaseout.disclosure.lists import published
from phaseout.disclosure.lists.log import heads
from phaseout.disclosure.lists.log.verifying import checked
from phaseout.disclosure.lists.models import LogEvent
from phaseout.evidence.digests import canonical, digest_of
from phaseout.law.refusals import Refusal

YINCHUAN, OTHER = "91640100MA00000001", "91640100MA00000002"


def test_a_firm_is_told_listed_and_leaves_the_day_its_ground_ends(office) -> None:
    one, two = office.ordered(), office.ordered("L2", OTHER)
    first, on = office.edition(one.day)
    assert (first.number, first.count) == (1, 2)
    assert digest_of(first.content) == first.digest
    row = published.entries(first)[0]
    assert row.columns["rectify_by"] == str(one.case.deadlines.get(period="rectification").due)
    assert row.columns["decision"].startswith("宁经信")
    assert published.of_enterprise(YINCHUAN)[0].row.ended is None

    one.day = on
    one.do("report_completion", "recheck_passed")
    assert not published.entries(first, standing=False), "met, and the case not closed yet"
    before = published.version()
    one.do("close_met")
    heads.sign(office.home)
    (gone,) = published.entries(first, standing=False)
    assert (gone.uscc, gone.ended.event, gone.ended.on) == (YINCHUAN, "left", one.day)
    assert published.version() == before + 2, "the event, and the head that was signed for it"
    assert published.counted(first, standing=True) == 1

    second, _ = office.edition(one.day)
    found = published.differences(first, second)
    assert [entry.uscc for entry in found.gone] == [YINCHUAN]
    assert not found.entered and not found.changed
    assert second.content["ended"][0]["cause"] == "met"
    assert published.edition("yellow-energy", 1).digest == first.digest, "it stays to be cited"
    assert two.case.listings.get().entered_in == first


def test_what_happened_is_proved_offline_and_nothing_else_is(office) -> None:
    journey = office.ordered()
    edition, on = office.edition(journey.day)
    journey.day = on
    journey.do("withdraw_case")
    heads.sign(office.home)
    key = private_key(office.home).public_key()

    listed = json.loads(json.dumps(published.proof("yellow-energy", uscc=YINCHUAN)))
    result = checked(listed, [key])
    assert result.sound
    assert [json.loads(e["text"])["event"] for e in listed["events"]] == ["entered", "cancelled"]
    assert "撤销列入" in result.proved[1][0]

    whole = published.proof("yellow-energy", number=edition.number)
    assert checked(whole, [key]).sound
    wrong = {
        "edition": {**whole, "edition": _with(whole["edition"], "count", 9)},
        "not-included": {**listed, "events": [_other(listed["events"][0])]},
        "entry": {**listed, "events": [{**listed["events"][0], "entry": {"name": "另一企业"}}]},
        "signature": {**listed, "head": {**listed["head"], "signature": "00" * 64}},
        "key-unknown": {**listed, "head": {**listed["head"], "key": "0" * 16}},
        "malformed": {"format": listed["format"], "head": {}},
        "no-event": {**listed, "events": []},
        "not-a-proof": ["?"],
    }
    for code, proof in wrong.items():
        assert code in [found for found, _ in checked(proof, [key]).wrong], code


def _with(edition, name, value):
    return {"content": {**edition["content"], name: value}, "digest": edition["digest"]}


def _other(event):
    said = json.loads(event["text"])
    return {**event, "text": canonical({**said, "on": "2001-01-01"})}


def test_the_day_after_the_last_day_to_object_and_not_before(office) -> None:
    journey = office.ordered()
    draft = office.draft(journey.day)
    after = office.told(draft, journey.day)
    with pytest.raises(Refusal) as refused:
        office.signed(draft, after - timedelta(days=1))
    assert refused.value.code == "lists.objections-run"
    assert office.published(draft, after).count == 1
    assert LogEvent.objects.count() == 2
