"""Records in the form of the day; a batch refused in the middle is sent again without doubling."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.db.utils import IntegrityError
from openpyxl import load_workbook

from phaseout.law.refusals import Refusal
from phaseout.measures.sanctions import acts
from phaseout.measures.sanctions.batches import waiting
from phaseout.measures.sanctions.forms import ReceiptForm
from phaseout.measures.sanctions.models import Batch, BatchRow, CreditRecord, RowOutcome

LATER = date(2018, 12, 3)


def bytes_of(digest: str) -> bytes:
    from pathlib import Path

    return (Path(settings.EVIDENCE_ROOT) / digest[:2] / digest[2:]).read_bytes()


@pytest.fixture
def records(commission) -> list[CreditRecord]:
    made = []
    for name in ("L1", "L2", "L3", "L4"):
        sanction = commission.impose(commission.lapsed(name))
        made.append(commission.record(sanction, LATER, CF_WSH=f"文号{name}"))
    return made


@pytest.fixture
def office(commission):
    class Office:
        def send(self, records) -> Batch:
            return acts.send([r.pk for r in records], **commission.ways(LATER))

        def receipt(self, batch, accepted_to, refusals=None) -> Any:
            return acts.record_receipt(
                batch.pk, number="回执1", accepted_to=accepted_to, refusals=refusals or {},
                **commission.ways(LATER),
            )  # fmt: skip

        def resend(self, batch) -> Batch:
            return acts.resend(batch.pk, **commission.ways(LATER))

    return Office()


def refused(act, *args, **given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


def outcomes(batch: Batch) -> list[str]:
    return [row.outcome.outcome for row in batch.rows.select_related("outcome")]


def test_both_files_carry_the_same_rows(records, office) -> None:
    batch = office.send(records)
    told = json.loads(bytes_of(batch.data))
    sheet = load_workbook(BytesIO(bytes_of(batch.sheet))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert (told["record"], told["edition"], told["batch"]) == (
        "penalty", "NDRC-2018-424", batch.number,
    )  # fmt: skip
    assert list(rows[1]) == told["fields"]
    for place, record in enumerate(records):
        as_sheet = {code: text for code, text in zip(rows[1], rows[place + 2], strict=True) if text}
        as_json = {k: v for k, v in told["rows"][place].items() if k != "place"}
        assert as_sheet == as_json == record.values


def test_a_batch_refused_in_the_middle_is_recorded_so_and_its_rest_goes_once(
    commission, records, office
) -> None:
    first = office.send(records)
    assert refused(office.send, records[:1]) == "batch.record-not-waiting", "it is on its way"
    office.receipt(first, 1, {2: "处罚机关代码不存在"})
    assert outcomes(first) == ["accepted", "refused", "unsent", "unsent"]

    second = office.resend(first)
    assert [row.credit_record for row in second.rows.all()] == records[2:], "refused: not as it is"
    office.receipt(second, 2)

    better = acts.correct(
        records[1].pk, {**records[1].values, "CF_CFJG": "自治区经济和信息化委员会"},
        decided_on=LATER, **commission.ways(LATER),
    )  # fmt: skip
    third = office.resend(first)
    assert [row.credit_record for row in third.rows.all()] == [better]
    office.receipt(third, 1)
    assert refused(office.resend, first) == "batch.empty"
    assert not waiting().exists()
    accepted = RowOutcome.objects.filter(outcome="accepted")
    assert sorted(accepted.values_list("root", flat=True)) == [r.pk for r in records]


def test_the_database_itself_takes_no_record_in_twice(records, office) -> None:
    batch = office.send(records[:1])
    receipt = office.receipt(batch, 1)
    again = BatchRow.objects.create(batch=batch, place=2, credit_record=records[1])
    with pytest.raises(IntegrityError), transaction.atomic():
        RowOutcome.objects.create(act=receipt, row=again, root=records[0], outcome="accepted")


@pytest.mark.parametrize(
    ("accepted_to", "refusals", "code"),
    [
        (5, {}, "batch.receipt-wrong"),
        (4, {5: "无此行"}, "batch.receipt-wrong"),
        (2, {3: " "}, "sanction.no-reason"),
    ],
)
def test_a_receipt_that_does_not_fit_the_batch_is_refused_whole(
    records, office, accepted_to, refusals, code
) -> None:
    batch = office.send(records)
    assert refused(office.receipt, batch, accepted_to, refusals) == code
    assert not RowOutcome.objects.exists()


def test_a_receipt_is_recorded_once(records, office) -> None:
    batch = office.send(records)
    office.receipt(batch, 4)
    assert refused(office.receipt, batch, 4) == "batch.receipt-there"


def test_a_record_that_is_not_complete_is_refused_with_all_that_is_wrong(commission) -> None:
    sanction = commission.impose(commission.lapsed())
    with pytest.raises(Refusal) as refusal:
        commission.record(sanction, LATER, CF_FRDB="", CF_CFJGDM="123", CF_JDRQ="明天")
    assert refusal.value.code == "credit-record.not-valid"
    assert all(code in refusal.value.why[0] for code in ("CF_FRDB", "CF_CFJGDM", "CF_JDRQ"))
    assert not CreditRecord.objects.exists()


def test_a_record_of_the_old_form_is_drawn_up_anew_before_it_is_sent(commission) -> None:
    """Drawn up in the form of 2015, the form changes, and then it is to be sent."""
    sanction = commission.impose(commission.lapsed())
    record = commission.record(sanction, date(2018, 7, 24))
    assert record.record == "penalty_2015"
    send = [record.pk]
    assert refused(acts.send, send, **commission.ways(date(2018, 7, 25))) == "batch.old-edition"
    newer = acts.correct(
        record.pk, commission.values(sanction, LATER), decided_on=LATER, **commission.ways(LATER)
    )
    assert (newer.record, newer.root) == ("penalty", record)
    assert list(waiting()) == [newer]


def test_what_the_platform_takes_in_after_the_release_is_told_of_it(commission, office) -> None:
    journey = commission.lapsed()
    record = commission.record(commission.impose(journey), journey.day)
    journey.do("withdraw_case")
    release = record.sanction.release
    assert not release.notices.filter(receiver="platform").exists(), "nothing went there yet"
    batch = acts.send([record.pk], **commission.ways(journey.day))
    acts.record_receipt(
        batch.pk, number="R", accepted_to=1, refusals={}, **commission.ways(journey.day)
    )
    assert release.notices.filter(receiver="platform").exists()


def test_records_of_cases_that_the_lead_does_not_lead_wait_to_be_sent_too() -> None:
    """Row security hides such a case: whatever joins it loses the record."""
    assert "casework_case" not in str(waiting().query)


def test_refused_rows_are_read_as_people_write_them() -> None:
    def of(text: str) -> ReceiptForm:
        given = {"key": "1" * 32, "number": "回执1", "accepted_to": "1", "refusals": text}
        return ReceiptForm(given)

    form = of("2 代码不存在\n第３行：日期有误\n\n5　文书号为空")
    assert form.is_valid()
    assert form.cleaned_data["refusals"] == {2: "代码不存在", 3: "日期有误", 5: "文书号为空"}
    for wrong in ("代码不存在", "2", "2 ", "2 甲\n2 乙"):
        assert "refusals" in of(wrong).errors, wrong
