"""From the plan to the last claim: procedure, confirmation, payments, and an exit held up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from journeys import Journey
from phaseout.accounts.scope import scope_of
from phaseout.casework.acts import open_exit
from phaseout.casework.proceeding.preparing import Asked
from phaseout.law.refusals import Refusal
from phaseout.measures.employees import acts
from phaseout.measures.employees.claims import claims, numbers
from phaseout.measures.employees.models import EmployeeAct, Paid, Step

pytestmark = pytest.mark.django_db
DAY = date(2018, 3, 12)


def refused(act, *args, **given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


def settle(hr, settlement, *, but: tuple[str, ...] = ()) -> None:
    """Everything for everybody, but what is named."""
    found = claims(settlement.pk)
    for what in Paid.What.values:
        owed = {one.number: None for one in found if one.left(what)}
        if what not in but and owed:
            acts.record_payments(
                settlement.pk, what, owed, paid_on=DAY, voucher="回单", **hr.ways()
            )
    for what in ("transferred", "placed"):
        people = [one.number for one in found if one.ended is (what == "transferred")]
        acts.record_steps(settlement.pk, what, people, done_on=DAY, **hr.ways())


def test_sent_twice_it_happens_once_and_one_exit_has_one_settlement(hr) -> None:
    key = uuid4()
    assert hr.settlement(key=key) == hr.settlement(key=key)
    assert refused(hr.settlement) == "employees.settlement-there"
    assert EmployeeAct.objects.count() == 1


def test_it_is_for_human_resources_and_the_enterprise_itself(hr) -> None:
    for stranger in (hr.desk.person("eic"), hr.desk.person("hr", division="640100")):
        assert refused(hr.settlement, by=stranger) == "employees.not-yours"
    assert hr.settlement(by=hr.own).act.office == "enterprise"


def test_a_plan_is_confirmed_with_procedure_list_and_known_amounts(hr) -> None:
    settlement = hr.settlement()
    confirm = lambda: acts.confirm_plan(settlement.pk, **hr.ways())  # noqa: E731
    assert refused(confirm) == "employees.no-procedure"
    hr.meet(settlement, present=14, in_favour=14)  # fewer than half came
    assert refused(confirm) == "employees.not-adopted"
    hr.meet(settlement)
    assert refused(confirm) == "employees.no-list"
    hr.listed(settlement)
    assert refused(confirm) == "employees.undetermined"
    hr.standards()
    acts.assess(settlement.pk, **hr.ways())
    assert confirm().content["list"] == settlement.lists.get().pk
    assert refused(confirm) == "employees.confirmed-already"
    assert refused(acts.confirm_plan, settlement.pk, **hr.ways(hr.own)) == "employees.not-yours"


@pytest.mark.parametrize(
    ("explained", "reported", "code"),
    [
        (date(2018, 1, 30), date(2018, 2, 1), "employees.told-too-late"),  # the 30th of January
        (date(2018, 1, 26), None, "employees.not-reported"),
        (date(2018, 1, 26), date(2018, 2, 1), ""),
    ],
)
def test_a_mass_lay_off_is_explained_thirty_days_before_and_reported(
    hr, explained, reported, code
) -> None:
    hr.standards()
    settlement = hr.settlement(staff=20)
    row = "00{},桑某,男职工,1990-05-02,2016-08-01,2018-02-28,裁员,96000,,,0,0,"
    hr.listed(settlement, row.format(1), row.format(2))
    hr.meet(settlement, explained_on=explained, held_on=date(2018, 2, 1), reported_on=reported)
    confirm = lambda: acts.confirm_plan(settlement.pk, **hr.ways())  # noqa: E731
    assert (refused(confirm) if code else confirm() and "") == code


def test_no_more_is_paid_than_is_owed(hr) -> None:
    settlement = hr.ready()
    pay = lambda **amounts: acts.record_payments(  # noqa: E731
        settlement.pk, "severance", amounts, paid_on=DAY, voucher="回单", **hr.ways()
    )
    pay(**{"0001": Decimal("79999.99")})
    assert refused(pay, **{"0001": Decimal("0.02")}) == "employees.paid-too-much"
    assert refused(pay, **{"0007": Decimal(1)}) == "employees.unknown-number"
    assert refused(pay, **{"0003": None}) == "employees.nobody-chosen"
    (rest,) = pay(**{"0001": None})
    assert rest.amount == Decimal("0.01")


def test_claims_stay_open_until_the_last_thing_is_done(hr) -> None:
    settlement = hr.ready()
    assert numbers([settlement.pk])[settlement.pk].unpaid == Decimal("83900.50")
    settle(hr, settlement, but=("insurance",))
    open_ = [one.number for one in claims(settlement.pk) if one.open]
    assert open_ == ["0002"]
    settle_rest = {"0002": None}
    acts.record_payments(
        settlement.pk, "insurance", settle_rest, paid_on=DAY, voucher="回单", **hr.ways()
    )
    found = numbers([settlement.pk])[settlement.pk]
    assert (found.open, found.unpaid, found.people) == (0, 0, 3)
    assert refused(
        acts.override_claims, settlement.pk, reason="x", **hr.ways(hr.leader)
    ) == "employees.nothing-open"  # fmt: skip


def test_service_before_2008_stays_open_until_its_amount_is_in_the_list(hr, client) -> None:
    hr.standards()
    settlement = hr.settlement()
    row = "0001,苏木林,男职工,1970-05-02,2000-01-01,2018-02-28,关闭,96000,,{},0,0,"
    hr.listed(settlement, row.format(""))
    (one,) = claims(settlement.pk)
    assert one.old_open and one.severance == 84000  # ten years two months by this law
    hr.listed(settlement, row.format("30000"))
    (one,) = claims(settlement.pk)
    assert not one.old_open and one.severance == 114000
    client.force_login(hr.officer)
    page = client.get(f"/measures/employees/{settlement.pk}/people/{one.employee}/")
    told = page.content.decode()
    assert "2008年起部分应付 84,000 元" in told and "第九十七条" in told
    assert "<strong>114,000 元</strong>" in told, "the two sums are told apart and together"
    by_agreement = row.replace("关闭", "协商解除")
    hr.listed(settlement, by_agreement.format(""))
    (one,) = claims(settlement.pk)
    assert not one.old_open and one.severance == 84000 + 8 * 8000  # by the rules of 1994


def test_the_database_refuses_to_change_what_stands(hr) -> None:
    hr.ready()
    for table in ("employee", "assessment", "employeeact", "procedure"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE employees_{table} SET id = id")
    with pytest.raises(IntegrityError), transaction.atomic():
        Paid.objects.create(
            act=EmployeeAct.objects.first(), settlement_id=1, number="1", what="wages",
            amount=0, paid_on=DAY, voucher="x",
        )  # fmt: skip


def exit_of(hr) -> Journey:
    """The exit case of the enterprise, its line dismantled and accepted."""
    journey = Journey(hr.desk, "energy")
    journey.decided("order").after("rectification").do("record_overdue").decided("closure")
    officer = hr.desk.of_office(journey.case.office, "officer", journey.case)
    asked = Asked("open_on_decision", {"decision_served": [hr.desk.file()], "exit_form": "设备"})
    act = open_exit(
        journey.case.pk, asked, by=officer,
        scope=scope_of(officer, on=journey.day), today=journey.day, key=uuid4(),
    )  # fmt: skip
    found = Journey.of(journey, act.case)
    found.day = journey.day
    return found.do("begin_removal", "dismantle", "acceptance_passed")


def test_an_exit_with_open_claims_is_not_closed_unless_a_leader_allows_it(hr) -> None:
    exit_ = exit_of(hr)
    settlement = hr.ready()  # of the enterprise, before there was a case
    with pytest.raises(Refusal) as refusal:
        exit_.do("settlement_confirmed")
    assert refusal.value.code == "employees.claims-open"
    assert "3名职工" in refusal.value.zh and "83900.50元" in refusal.value.zh
    exit_.do("settlement_override").do("publish_exit").after("objection")
    exit_.do("confirm_exit")
    assert exit_.case.stage == "exited"
    assert settlement.enterprise_id == exit_.case.enterprise_id


def test_an_exit_is_closed_once_the_claims_are_settled(hr) -> None:
    exit_ = exit_of(hr)
    settle(hr, hr.ready())
    exit_.do("settlement_confirmed", "publish_exit").after("objection").do("confirm_exit")
    assert exit_.case.stage == "exited"


def test_a_leaders_own_exception_holds_where_the_procedure_has_none(hr) -> None:
    settlement = hr.ready()
    assert refused(
        acts.override_claims, settlement.pk, reason="情况紧急", **hr.ways()
    ) == "employees.not-yours"  # fmt: skip
    exit_ = Journey(hr.desk, "technology")
    exit_.do("record_match").decided("elimination").do("set_dismantling_date", "dismantle")
    exit_.do("acceptance_passed")
    assert refused(exit_.do, "close_exited") == "employees.claims-open"
    acts.override_claims(settlement.pk, reason="已设专户保障支付。", **hr.ways(hr.leader))
    exit_.do("close_exited")
    assert exit_.case.closed_on
    assert Step.objects.count() == 0  # what is owed stays owed


def test_a_settlement_without_a_list_leaves_open_whether_claims_are(hr) -> None:
    exit_ = exit_of(hr)
    hr.settlement()
    assert refused(exit_.do, "settlement_confirmed") == "employees.claims-unknown"
