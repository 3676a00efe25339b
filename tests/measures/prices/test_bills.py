"""The grid company's file, the bills of a month, what is paid, what is late, and the ledger."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import count

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from casebook import TODAY
from phaseout.evidence.models import EvidenceFile
from phaseout.law.refusals import Refusal
from phaseout.measures.prices import acts, income
from phaseout.measures.prices.models import (
    Consumption,
    Entry,
    LateCharge,
    Payment,
    Posting,
    PriceAct,
)

FEBRUARY = date(2018, 2, 1)
ZERO = Decimal(0)


def refused(act, *args, **given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


def books() -> dict[str, Decimal]:
    return income.balance(Posting.objects.all())


def test_a_bill_is_the_whole_quantity_at_the_rate(office) -> None:
    bill = office.billed("1000000.005")
    assert (bill.kwh, bill.amount) == (Decimal("1000000.005"), Decimal("300000.00"))
    assert bill.lines.get().exact == Decimal("300000.0015")
    assert books()["receivable"] == -books()["income"] == Decimal("300000.00")


def test_a_file_is_never_half_taken_and_every_bad_cell_is_named(office, client) -> None:
    office.carbide()
    content = (
        "生产线编号,起,止,用电量（kWh）\n"
        'K1,,,"1,000"\n'
        "K9,,,5\n"
        "K1,2018-02-01,2018-02-28,7\n"
        "K1,2018-03-01,,7\n"
        "K1,,,-1\n"
        "K1,,,1.2345\n"
        "K1,,,abc\n"
    ).encode("gb18030")
    file = acts.take_consumption(content, "2月.csv", FEBRUARY, **office.ways(office.grid))
    assert not file.taken and not Consumption.objects.exists()
    assert [(p["row"], p["column"], p["value"]) for p in file.problems] == [
        (3, "line_id", "K9"),
        (4, "begins", "2018-02-01"),
        (5, "begins", "2018-03-01"),
        (5, "ends", ""),
        (6, "kwh", "-1"),
        (7, "kwh", "1.2345"),
        (8, "kwh", "abc"),
    ]
    assert EvidenceFile.objects.filter(digest=file.file.digest).exists()
    client.force_login(office.grid)
    page = client.get(f"/measures/prices/consumption/{file.pk}/").content.decode()
    assert "生产线编号" in page and "kwh" not in page, "columns are told as the file heads them"
    back = client.get(f"/measures/prices/consumption/{file.pk}/marked.xlsx")
    rows = list(load_workbook(BytesIO(back.content)).active.values)
    assert rows[0] == ("生产线编号", "起", "止", "用电量（kWh）", "问题")
    assert rows[1] == ("K1", None, None, "1,000", None)
    assert rows[7][4] == "用电量（kWh）：应为不小于零、至多三位小数的千瓦时数"
    client.force_login(office.desk.person("cities", division="640100"))
    assert client.get(f"/measures/prices/consumption/{file.pk}/marked.xlsx").status_code == 404


def test_a_workbook_is_read_as_well(office) -> None:
    office.carbide()
    book, out = Workbook(), BytesIO()
    for row in (["国网 2月", None, None, None], ["生产线", "起", "止", "电量"],
                ["K1", date(2018, 2, 1), date(2018, 2, 28), 1234.5]):  # fmt: skip
        book.active.append(row)
    book.save(out)
    ways = office.ways(office.grid)
    file = acts.take_consumption(out.getvalue(), "2月.xlsx", FEBRUARY, **ways)
    assert file.taken and Consumption.objects.get().kwh == Decimal("1234.5")


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2\n", b"line_id,kwh\n", b"PK\x03\x04rubbish", b"\xff\xfe\x00"]
)
def test_what_is_no_table_is_refused(office, content) -> None:
    code = refused(acts.take_consumption, content, "x.csv", FEBRUARY, **office.ways(office.grid))
    assert code in ("prices.file-unreadable", "unreadable_file")


def test_a_month_that_is_not_over_and_a_stranger_are_refused(office) -> None:
    given = (b"line_id,kwh\nK1,1\n", "x.csv")
    code = refused(acts.take_consumption, *given, TODAY, **office.ways(office.grid))
    assert code == "prices.month-wrong"
    epd = office.desk.person("epd")
    assert (
        refused(acts.take_consumption, *given, FEBRUARY, **office.ways(epd)) == "prices.not-yours"
    )


def test_a_month_without_a_file_or_a_change_is_not_issued(office) -> None:
    assert refused(acts.issue, FEBRUARY, **office.ways()) == "prices.nothing-to-bill"
    office.billed()
    assert refused(acts.issue, FEBRUARY, **office.ways()) == "prices.nothing-changed"


def test_a_corrected_file_makes_a_new_edition_and_a_counter_entry(office) -> None:
    first = office.billed("1000000")
    office.metered(FEBRUARY, ("K1", "900000"))
    edition = office.issued(FEBRUARY)
    second = edition.bills.get()
    assert (edition.number, second.amount) == (2, Decimal("270000.00"))
    booked = Posting.objects.filter(account="receivable").order_by("pk")
    assert [one.amount for one in booked] == [Decimal("300000.00"), Decimal("-30000.00")]
    assert books()["receivable"] == Decimal("270000.00")
    code = refused(acts.collect, first.pk, Decimal(1), TODAY, **office.ways(office.grid))
    assert code == "prices.bill-replaced"


def test_a_bill_that_falls_away_and_comes_back_is_booked_as_it_stands(office) -> None:
    office.billed("1000")
    office.metered(FEBRUARY, ("K1", "0"))
    office.issued(FEBRUARY)
    assert books()["receivable"] == 0
    office.metered(FEBRUARY, ("K1", "500"))
    office.issued(FEBRUARY)
    assert books()["receivable"] == Decimal("150.00")


def test_the_price_file_says_every_bill_and_its_digest_is_that_of_its_bytes(office) -> None:
    import hashlib

    from django.conf import settings as site

    bill = office.billed("1000")
    edition = bill.edition
    digest = edition.csv.digest
    raw = (site.EVIDENCE_ROOT / digest[:2] / digest[2:]).read_bytes()
    assert edition.digest == digest == hashlib.sha256(raw).hexdigest()
    (row,) = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))
    assert [row[name] for name in row if name.split()[0] in ("账单号", "电量", "账单金额")] == [
        bill.number, "1000.000", "300.00",
    ]  # fmt: skip
    book = edition.xlsx.digest
    sheets = load_workbook(BytesIO((site.EVIDENCE_ROOT / book[:2] / book[2:]).read_bytes()))
    assert sheets.sheetnames == ["账单", "明细", "暂缓"]


def test_each_receiver_receives_once(office) -> None:
    edition = office.billed().edition
    acts.receive(edition.pk, **office.ways(office.grid))
    acts.receive(edition.pk, **office.ways())
    code = refused(acts.receive, edition.pk, **office.ways(office.grid))
    assert code == "prices.received"
    assert {one.office for one in edition.receipts.all()} == {"grid", "price"}


def notified(office, bill, on=date(2018, 3, 5), percent=Decimal("0.2")):
    acts.notify(
        bill.pk, on, date(2018, 3, 10), contract_percent=percent, **office.ways(office.grid)
    )


def test_payment_by_parts_until_nothing_is_left(office) -> None:
    bill = office.billed("1000")
    notified(office, bill)
    acts.collect(bill.pk, Decimal("100.00"), TODAY, **office.ways(office.grid))
    assert income.owed_on(bill) == (Decimal("200.00"), ZERO)
    for amount in ("200.01", "0", "-1", "0.001"):
        code = refused(acts.collect, bill.pk, Decimal(amount), TODAY, **office.ways(office.grid))
        assert code == "prices.paid-too-much"
    acts.collect(bill.pk, Decimal("200.00"), TODAY, **office.ways(office.grid))
    assert income.owed_on(bill) == (ZERO, ZERO)
    (entry,) = acts.remit(**office.ways(office.grid))
    assert {p.account: p.amount for p in entry.postings.all()} == {
        "treasury": Decimal("300.00"), "collected": Decimal("-300.00"),
    }  # fmt: skip
    assert refused(acts.remit, **office.ways(office.grid)) == "prices.nothing-to-remit"
    assert sum(books().values()) == 0


def test_the_contract_asks_for_each_day_once(office) -> None:
    bill = office.billed("1000")
    grid = office.grid
    assert refused(acts.charge_late, bill.pk, "contract", **office.ways(grid)) == "prices.not-late"
    notified(office, bill)
    late = acts.charge_late(bill.pk, "contract", **office.ways(grid))  # 5 days after 10 March
    assert (late.days, late.amount) == (5, Decimal("3.00"))
    assert refused(acts.charge_late, bill.pk, "contract", **office.ways(grid)) == "prices.not-late"
    again = acts.charge_late(bill.pk, "contract", **office.ways(grid, TODAY + timedelta(days=1)))
    assert (again.days, again.amount) == (1, Decimal("0.60"))
    assert income.owed_on(bill) == (Decimal("300.00"), Decimal("3.60"))
    acts.collect(bill.pk, Decimal("301.00"), TODAY, **office.ways(grid))
    assert income.owed_on(bill) == (ZERO, Decimal("2.60"))
    assert (books()["collected"], books()["grid"]) == (Decimal("300.00"), Decimal("1.00"))


def test_a_contract_outside_the_regulations_is_refused(office) -> None:
    bill = office.billed("1000")
    for percent in ("0.09", "0.31"):
        with pytest.raises(Refusal) as refusal:
            notified(office, bill, percent=Decimal(percent))
        assert refusal.value.code == "price.late-rate"


@pytest.mark.parametrize(("days", "late"), [(90, False), (91, True)])
def test_ninety_days_after_the_notice_the_rate_is_half_as_much_again(office, days, late) -> None:
    office.smelter("13695", 2022, indicator="铝液综合交流电耗")
    on = date(2023, 2, 1)
    run = acts.assess(2022, **office.ways(on=on))
    one = run.assessments.get(chosen=True)
    acts.determine(run.pk, [one.pk], **office.ways(on=on))
    office.metered(date(2022, 12, 1), ("A1", "1000000"), on=on)
    bill = office.issued(date(2022, 12, 1), on).bills.get()
    assert bill.amount == Decimal("30000.00")
    acts.notify(bill.pk, on, on, **office.ways(office.grid, on))
    then = on + timedelta(days=days)
    if not late:
        code = refused(acts.charge_late, bill.pk, "document", **office.ways(office.grid, then))
        assert code == "prices.not-late"
        return
    raised = acts.charge_late(bill.pk, "document", **office.ways(office.grid, then))
    assert (raised.amount, raised.days) == (Decimal("15000.00"), 91)
    code = refused(acts.charge_late, bill.pk, "document", **office.ways(office.grid, then))
    assert code == "prices.not-late"
    assert books()["income"] == Decimal("-45000.00")


def test_the_document_of_this_bill_knows_no_raise_for_lateness(office) -> None:
    bill = office.billed("1000")
    notified(office, bill)
    ways = office.ways(office.grid, TODAY + timedelta(days=200))
    assert refused(acts.charge_late, bill.pk, "document", **ways) == "prices.not-late"
    assert not LateCharge.objects.exists()


def test_the_database_refuses_an_entry_that_does_not_balance(office) -> None:
    act = PriceAct.objects.filter(kind="issue").first() or office.billed().edition.act
    for amounts in ((Decimal(1), Decimal("-0.99")), (Decimal(1),)):
        with pytest.raises(IntegrityError), transaction.atomic():
            entry = Entry.objects.create(act=act, on_day=TODAY, said_zh="x", said_en="x")
            for account, amount in zip(("receivable", "income"), amounts, strict=False):
                Posting.objects.create(
                    entry=entry, account=account, division_code="640202", amount=amount
                )
            from django.db import connection

            connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(["pay", "late", "remit", "correct"]),
                          st.integers(1, 40_000)), max_size=6))  # fmt: skip
def test_whatever_is_done_the_ledger_balances_and_says_what_is_owed(office, steps) -> None:
    """One firm more an example; the month's editions carry all of them."""
    n = next(_serial)
    line = office.carbide(uscc=f"91640200MA000001{n:02d}", line_id=f"K{n}",
                          found_on=FEBRUARY)  # fmt: skip
    office.determined(line)
    others = [
        (other, "1000") for other in Consumption.objects.values_list("line", flat=True).distinct()
    ]
    office.metered(FEBRUARY, *dict([*others, (line.pk, "1000")]).items())
    bill = office.issued(FEBRUARY).bills.get(enterprise=line.enterprise)
    notified(office, bill)
    paid, on = ZERO, TODAY
    for step, number in steps:
        on += timedelta(days=1)
        ways = office.ways(office.grid, on)
        try:
            if step == "pay":
                acts.collect(bill.pk, Decimal(number) / 100, on, **ways)
                paid += Decimal(number) / 100
            elif step == "late":
                acts.charge_late(bill.pk, "contract", **ways)
            elif step == "remit":
                acts.remit(**ways)
            else:
                office.metered(FEBRUARY, (line.pk, str(number)), on=on)
                bill = office.issued(FEBRUARY, on).bills.get(enterprise=line.enterprise)
        except Refusal:
            continue
    found = books()
    assert sum(found.values()) == 0
    mine = income.balance(Posting.objects.filter(enterprise=line.enterprise))
    late = LateCharge.objects.filter(bill__enterprise=line.enterprise)
    contract = sum((one.amount for one in late), ZERO)
    assert mine["receivable"] == bill.amount + contract - paid
    everybody = sum((one.amount for one in Payment.objects.all()), ZERO)
    assert found["collected"] + found["treasury"] + found["grid"] == everybody


_serial = count(1)
