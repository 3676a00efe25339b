"""Each act follows from the one before; the database refuses what does not."""

from __future__ import annotations

import json

import pytest
from django.db import IntegrityError, connection, transaction

from phaseout.casework.models import Act
from phaseout.casework.models.act import FIRST
from phaseout.casework.proceeding.chain import digest


@pytest.fixture
def acts(desk):
    case = desk.open_(desk.finding(desk.line())).case
    desk.walk(case, "order.file", "order.collect_evidence")
    return list(case.acts.order_by("place"))


def test_each_act_is_hashed_with_the_one_before(acts):
    before = FIRST
    for act in acts:
        assert act.previous == before
        assert act.digest == digest(before, act.record)
        before = act.digest


def test_the_record_says_all_of_the_act(acts):
    record = json.loads(acts[1].record)
    assert record["case"] == acts[1].case.number
    assert record["by"] == {"user": acts[1].by.username, "name": str(acts[1].by)}
    assert record["signed_by"]["user"] == acts[1].signed_by.username
    assert record["facts"] == acts[1].facts
    assert record["organisation"][0] == "自治区经济和信息化委员会"


@pytest.mark.parametrize(
    "change",
    [
        {"previous": FIRST},
        {"digest": "1" * 64},
        {"kind": "order.defence"},
        {"reason": "改过的理由"},
        {"facts": {"evidence": []}},
    ],
)
def test_a_row_that_does_not_follow_is_refused_by_the_database(acts, change):
    last = acts[-1]
    fields = {
        field.attname: getattr(last, field.attname)
        for field in Act._meta.concrete_fields
        if field.attname != "id"
    }
    record = json.loads(last.record) | {"place": 4, "key": "00000000-0000-4000-8000-000000000000"}
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    fields |= {"place": 4, "key": record["key"], "record": text}
    fields |= {"previous": last.digest, "digest": digest(last.digest, text)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Act(**(fields | change)).save(force_insert=True)
    Act(**fields).save(force_insert=True)  # as it was, it follows


@pytest.mark.parametrize(
    "statement", ["UPDATE casework_act SET reason = ''", "DELETE FROM casework_act"]
)
def test_no_act_is_changed_or_deleted(acts, statement):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
