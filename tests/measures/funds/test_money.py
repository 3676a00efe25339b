"""Money in, divided, paid: by whom, for what, and never more than is there."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebook import TODAY
from phaseout.law.refusals import Refusal
from phaseout.measures import remitted
from phaseout.measures.funds import acts
from phaseout.measures.funds.ledger import Balance, balances, committed
from phaseout.measures.funds.models import (
    Account,
    Entry,
    FundAct,
    Income,
    Payment,
    ProgrammeUse,
)
from phaseout.measures.funds.standing import sources
from phaseout.measures.remitted import Remitted

pytestmark = pytest.mark.django_db


def refused(act, *args, **given_) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given_)
    return refusal.value.code


def balance(programme) -> Balance:
    return balances([programme.pk])[programme.pk]


def settled_constraints() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS entry_balances IMMEDIATE")
        cursor.execute("SET CONSTRAINTS entry_balances DEFERRED")


def test_a_programme_says_what_its_money_may_pay(finance) -> None:
    made = finance.programme(money="0")
    assert set(made.uses.values_list("use", flat=True)) == {
        "internal_retirement", "severance", "arrears", "insurance_gap", "moved_inside",
        "other_settlement",
    }  # fmt: skip
    # After 2020 nothing is on record of the award fund: nothing could be paid.
    assert refused(
        finance.programme, name="过期", money="0", runs_from=date(2021, 1, 1)
    ) == "funds.programme-wrong"  # fmt: skip
    assert refused(finance.programme, money="0") == "funds.programme-wrong"  # the name is taken


def test_it_is_for_finance(finance) -> None:
    for stranger in (finance.industry, finance.desk.person("finance", division="640100")):
        code = refused(finance.programme, money="0", **finance.ways(stranger))
        assert code == "funds.not-yours"
    programme = finance.programme()
    finance.accepted(programme)
    assert refused(finance.allocated, programme, **finance.ways()) == "funds.not-yours"  # a leader


def test_sent_twice_it_happens_once(finance) -> None:
    programme, key = finance.programme(money="0"), uuid4()
    assert finance.income(programme, "5", key=key) == finance.income(programme, "5", key=key)
    assert balance(programme).income == 5


@pytest.mark.parametrize(
    ("given_", "key"),
    [
        ({"industry": "cement"}, "钢铁、煤炭"),
        ({"exited": False}, "退出尚未验收"),
        ({"exit_year": 2015}, "不在记录中"),
        ({"in_plan": False}, "年度方案"),
    ],
)
def test_an_application_is_accepted_on_conditions_with_reasons(finance, given_, key) -> None:
    asked = dict(given_)
    in_plan = asked.pop("in_plan", True)
    firm = finance.firm(1, asked.pop("industry", "steel"), exited=asked.pop("exited", True))
    made = finance.applied(finance.programme(), firm=firm, **asked)
    with pytest.raises(Refusal) as refusal:
        acts.accept_application(made.pk, in_plan=in_plan, **finance.ways())
    assert refusal.value.code == "funds.not-eligible" and key in refusal.value.zh


def test_one_exit_gets_money_once(finance) -> None:
    first = finance.programme()
    finance.accepted(first)
    finance.allocated(first)
    second = finance.programme(name="另一年度（虚构）")
    again = finance.applied(second, firm="91640100MA00000001", year=2019)
    assert refused(
        acts.accept_application, again.pk, in_plan=True, **finance.ways()
    ) == "funds.not-eligible"  # fmt: skip
    acts.decline_application(again.pk, reason="同一退出已领取。", **finance.ways())
    assert refused(
        acts.accept_application, again.pk, in_plan=True, **finance.ways()
    ) == "funds.settled-already"  # fmt: skip


def test_the_base_part_is_divided_by_factors_and_the_step_part_is_left(finance) -> None:
    programme = finance.programme()
    finance.accepted(programme, 1, capacity=Decimal(30), employees=10)
    # the same unit for all: 100,000 tonnes
    given_ = {"capacity": Decimal(100_000), "capacity_unit": "t/a", "employees": 30}
    finance.accepted(programme, 2, **given_)
    made = finance.allocated(programme, "1000")
    # 80 % of 1,000: 400 × 3/4 + 240 × 1/4 + 160 × 1/2, and the rest
    assert [share.amount for share in made.shares.order_by("pk")] == [440, 360]
    assert made.provisional  # the text in force that March is the recalled one of 2016
    assert balance(programme) == Balance(
        income=Decimal(1_000_000), available=Decimal(999_200), committed=Decimal(800)
    )
    assert refused(finance.allocated, programme) == "funds.nobody-to-give"


def test_a_division_nobody_can_make_is_refused(finance) -> None:
    programme = finance.programme()
    finance.accepted(programme)
    nothing_set = {"difficulty": {}}
    assert refused(finance.allocated, programme, **nothing_set) == "funds.no-factor"
    regional = finance.programme("regional")
    assert refused(finance.allocated, regional) == "funds.no-formula"


def test_a_private_firm_gets_a_decided_award_up_to_its_cap(finance) -> None:
    programme = finance.programme(money="90000000")
    private = finance.accepted(programme, 1, ownership="private", capacity=Decimal("1"))
    state = finance.accepted(programme, 2)
    decide = lambda **amounts: acts.allocate_decided(  # noqa: E731
        programme.pk, 2018, amounts["of"], document="文件（虚构）", **finance.ways(finance.leader)
    )
    cap = Decimal(1_400_000)  # 140 yuan a tonne of 10,000 tonnes
    assert refused(decide, of={private.pk: cap + Decimal("0.01")}) == "funds.over-the-cap"
    assert refused(decide, of={state.pk: Decimal(1)}) == "funds.state-by-factors"
    assert decide(of={private.pk: cap}).total == cap
    assert refused(decide, of={private.pk: Decimal(1)}) == "funds.not-accepted"  # has its share


def test_a_fund_is_not_overspent(finance) -> None:
    programme = finance.programme(money="800")
    made = finance.accepted(programme)
    assert refused(finance.allocated, programme, "1000.01") == "funds.overspent"
    finance.allocated(programme, "1000")
    pay = lambda amount, use="severance": acts.pay(  # noqa: E731
        made.pk, use, Decimal(amount), paid_on=TODAY, voucher="拨款单1", **finance.ways()
    )
    assert refused(pay, "800.01") == "funds.overspent"
    assert refused(pay, "1", "conversion") == "funds.may-not-pay"
    pay("300")
    acts.return_money(made.pk, Decimal(500), reason="结余", **finance.ways(finance.leader))
    assert committed(made) == 0 and refused(pay, "0.01") == "funds.overspent"
    assert balance(programme) == Balance(
        income=Decimal(800), available=Decimal(500), spent=Decimal(300)
    )


def test_the_database_itself_refuses_to_overspend_and_to_pay_for_anything_else(finance) -> None:
    programme = finance.programme(money="100")
    made = finance.accepted(programme)
    act = FundAct.objects.order_by("-pk").first()
    entry = {"act": act, "programme": programme, "booked_on": TODAY}
    with pytest.raises(IntegrityError, match="falls to"), transaction.atomic():
        Entry.objects.create(account=Account.AVAILABLE, amount=Decimal("-100.01"), **entry)
    with pytest.raises(IntegrityError, match="differ by"), transaction.atomic():
        Entry.objects.create(account=Account.AVAILABLE, amount=Decimal(-1), **entry)
        settled_constraints()
    elsewhere = finance.programme("regional", money="0")
    use = ProgrammeUse.objects.get(programme=elsewhere, use="conversion")
    with pytest.raises(IntegrityError, match="allowed_use"), transaction.atomic():
        Payment.objects.create(
            act=act, programme=programme, application=made, use=use,
            amount=1, paid_on=TODAY, voucher="x",
        )  # fmt: skip
    for table in ("entry", "income", "programmeuse", "application"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE funds_{table} SET id = id")


steps = st.lists(
    st.tuples(st.sampled_from(["income", "pay", "return"]), st.integers(1, 200_000)), max_size=12
)


@given(steps)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_done_the_books_balance_and_no_account_falls_below_nought(
    finance, walk
) -> None:
    programme = finance.programme(name=f"随机{uuid4()}", money="1000")
    firm = finance.firm(1, exited=False)
    made = finance.applied(programme, firm=firm, exit_year=2017)
    acts_entry = FundAct.objects.order_by("-pk").first()
    Entry.objects.bulk_create(
        Entry(
            act=acts_entry, programme=programme, booked_on=TODAY, account=account,
            application=of, amount=amount,
        )
        for account, of, amount in (
            (Account.AVAILABLE, None, Decimal(-800)),
            (Account.COMMITTED, made, Decimal(800)),
        )
    )  # fmt: skip
    for do, fen in walk:
        amount = Decimal(fen) / 100
        try:
            if do == "income":
                finance.income(programme, str(amount))
            elif do == "pay":
                acts.pay(made.pk, "arrears", amount, paid_on=TODAY, voucher="v", **finance.ways())
            else:
                acts.return_money(made.pk, amount, reason="r", **finance.ways(finance.leader))
        except Refusal as refusal:
            assert refusal.code == "funds.overspent"
    found = balance(programme)
    assert min(found.available, found.committed, found.spent) >= 0
    assert found.income == found.available + found.committed + found.spent
    assert sum(programme.entries.values_list("amount", flat=True)) == 0
    settled_constraints()


def test_surcharge_income_goes_to_one_programme_and_no_more_than_came(
    finance, monkeypatch, client
) -> None:
    given = Remitted("prices:7", Decimal("500.00"), TODAY, ("上缴", "remitted"), "d")
    monkeypatch.setitem(remitted._SOURCES, "surcharge", lambda: [given])
    one, other = finance.programme(), finance.programme(name="另一项目（虚构）")

    def take(programme, money, source="surcharge", key="prices:7", on=TODAY):
        asked = {"year": 2018, "received_on": on, "document": "凭证", "remitted": key}
        amount = Decimal(money)
        return acts.record_income(
            programme.pk, Income.Source(source), amount, **asked, **finance.ways()
        )

    take(one, "300")
    assert refused(take, other, "200.01") == "funds.source-used-up"
    assert refused(take, other, "1", source="region") == "funds.source-unknown"
    assert refused(take, other, "1", key="prices:8") == "funds.source-unknown"
    assert refused(take, other, "1", on=TODAY - timedelta(days=1)) == "funds.day-wrong"
    assert take(other, "200").remitted == "prices:7"
    assert sources("surcharge") == []
    client.force_login(finance.officer)
    page = client.get(f"/measures/funds/{other.pk}/").content.decode()
    assert "差别电价加价收入" in page and "上缴" in page, "which sum it was is told"
