"""Water above the quota, renewable shares, the notice of a surcharge, and what waits for whom."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from casebook import TODAY
from phaseout.accounts.scope import scope_of
from phaseout.desk.models import DemoDay
from phaseout.law.refusals import Refusal
from phaseout.measures.prices import acts, income
from phaseout.measures.prices.acts.watering import Metered, water_owed
from phaseout.measures.prices.models import Posting, WaterBill
from phaseout.measures.prices.waiting import (
    bills_to_notify,
    editions_to_receive,
    lines_to_determine,
)

LATER = date(2024, 6, 3)
USCC = "91640500MA00000004"


def refused(act, *args, **given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


def metered(used: str = "160000", **given) -> Metered:
    known = {"quota": Decimal(100000), "basic_price": Decimal("0.5"), "price_class": ""}
    return Metered(used=Decimal(used), document="计量记录", **{**known, **given})


@pytest.fixture
def shapotou(office):
    """An enterprise of the one district of the region whose multiples are on record."""
    return office.desk.enterprise(USCC, division_code="640502")


def test_water_above_the_quota_is_billed_band_by_band_and_paid(office, shapotou) -> None:
    """20 % above the plan at one time more, the rest at two times more (2 and 3 in all)."""
    ways = office.ways(on=LATER)
    bill = acts.bill_water(USCC, 2023, metered(), **ways)
    assert bill.amount == (20000 * 1 + 40000 * 2) * Decimal("0.5") == 50000
    assert acts.bill_water(USCC, 2023, metered(), **ways) == bill
    acts.collect_water(bill.pk, Decimal(30000), LATER, **office.ways(on=LATER))
    again = acts.bill_water(USCC, 2023, metered("110000"), **office.ways(on=LATER))
    assert (again.number, again.amount, water_owed(again)) == (2, 5000, -25000)
    assert refused(
        acts.collect_water, bill.pk, Decimal(1), LATER, **office.ways(on=LATER)
    ) == "prices.bill-replaced"  # fmt: skip
    assert refused(
        acts.collect_water, again.pk, Decimal(1), LATER, **office.ways(on=LATER)
    ) == "prices.paid-too-much"  # fmt: skip
    sums = income.balance(Posting.objects.all())
    assert (sums["income"], sums["collected"], sum(sums.values())) == (-5000, 30000, 0)


def test_the_page_says_for_which_years_no_rate_is_on_record_and_what_was_looked_for(
    office, client
) -> None:
    client.force_login(office.price)
    page = client.get("/measures/prices/water/").content.decode()
    for year in (2015, 2016):
        assert f"{year}年各行业超定额用水累进加价没有加价标准的记录" in page
    assert "2017年各行业超定额用水累进加价期间文件有变动" in page
    for looked in ("NDRC-2017-1792", "YC-WATER-2015", "/norms/holes/"):
        assert looked in page
    DemoDay.objects.create(day=LATER)
    page = client.get("/measures/prices/water/").content.decode()
    assert "沙坡头区" in page and "能出账：" in page, "of 2023 the district has a document"


@pytest.mark.parametrize(
    ("used", "year", "given", "code"),
    [
        ("100000", 2023, {}, "prices.within-quota"),
        ("160000", 2024, {}, "prices.water-wrong"),
        ("160000", 2023, {"quota": Decimal(0)}, "prices.water-wrong"),
        ("160000", 2015, {}, "price.no-rate"),
    ],
)
def test_what_cannot_be_billed_of_water_says_why(office, shapotou, used, year, given, code) -> None:
    ways = office.ways(on=LATER)
    told = refused(acts.bill_water, USCC, year, metered(used, **given), **ways)
    assert told.replace("_", "-") == code and not WaterBill.objects.exists()


def test_a_place_without_a_document_has_no_bill_of_nought(office) -> None:
    firm = office.desk.enterprise("91640100MA00000009")
    told = refused(acts.bill_water, firm.pk, 2017, metered(), **office.ways())
    assert told == "prices.water-divided"
    later = office.ways(on=LATER)
    assert refused(acts.bill_water, firm.pk, 2023, metered(), **later).startswith("price.")
    grid = office.ways(office.grid)
    assert refused(acts.bill_water, firm.pk, 2017, metered(), **grid) == "prices.not-yours"
    assert refused(
        acts.bill_water, "x", 2017, metered(), **office.ways()
    ) == "prices.no-such-enterprise"  # fmt: skip


def test_a_renewable_share_lowers_what_is_determined_from_2022_on(office) -> None:
    """13695 kWh/t: three steps of 0.01 in 2022; a share of 18 % takes 3 % of it."""
    line = office.smelter("13695", 2022, indicator="铝液综合交流电耗")
    on = date(2023, 3, 1)
    given = (line.enterprise_id, 2022, Decimal(18), Decimal(12), "电力交易凭证")
    acts.record_share(*given, **office.ways(on=on))
    run = acts.assess(2022, **office.ways(on=on))
    one = run.assessments.get(line=line, chosen=True)
    (made,) = acts.determine(run.pk, [one.pk], **office.ways(on=on))
    assert (one.rate, made.rate) == (Decimal("0.03"), Decimal("0.0291"))
    assert any("非水" in step["zh"] for step in made.explanation["steps"])
    wrong = (line.enterprise_id, 2022, Decimal(101), Decimal(12), "电力交易凭证")
    assert refused(acts.record_share, *wrong, **office.ways(on=on)) == "prices.share-wrong"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE prices_renewableshare SET percent = 99")


def test_what_waits_and_the_notice(office, client) -> None:
    line = office.carbide(found_on=date(2018, 2, 1))
    office.assessed()
    reach = {who: scope_of(who, on=TODAY) for who in (office.price, office.grid)}

    def waits(what, who) -> int:
        return what(reach[who], TODAY)

    assert (waits(lines_to_determine, office.price), waits(lines_to_determine, office.grid)) == (
        1, 0,
    )  # fmt: skip
    made = office.determined(line)
    assert waits(lines_to_determine, office.price) == 0
    office.metered(date(2018, 2, 1), (line.pk, "1000"))
    edition = office.issued(date(2018, 2, 1))
    assert waits(editions_to_receive, office.grid) == waits(bills_to_notify, office.grid) == 1
    acts.receive(edition.pk, **office.ways(office.grid))
    assert waits(editions_to_receive, office.grid) == 0
    assert waits(editions_to_receive, office.price) == 1
    client.force_login(office.price)
    answer = client.get(f"/measures/prices/determinations/{made.pk}/notice.pdf")
    assert answer.content.startswith(b"%PDF")


def test_the_pages_of_water_and_shares(office, shapotou, client) -> None:
    client.force_login(office.price)
    page = "/measures/prices/water/"
    sent = {"key": str(uuid4()), "uscc": USCC, "year": 2016, "quota": "1", "used": "2",
            "basic_price": "1", "document": "计量记录"}  # fmt: skip
    assert client.post(page, {**sent, "used": "-1"}).status_code == 422
    told = client.post(page, sent)
    assert told.status_code == 409 and "不能" in told.content.decode()
    share = {"key": str(uuid4()), "uscc": USCC, "year": 2017, "percent": "18", "incentive": "12",
             "document": "凭证"}  # fmt: skip
    page = "/measures/prices/renewables/"
    assert client.post(page, share, follow=True).status_code == 200
    assert "18" in client.get(page).content.decode()
    bill = acts.bill_water(USCC, 2023, metered(), **office.ways(on=LATER))
    shown = client.get(f"/measures/prices/water/{bill.pk}/").content.decode()
    assert "50,000.00" in shown and "20000" in shown.replace(",", "")
    client.force_login(office.grid)
    assert client.get(page).status_code == 200
