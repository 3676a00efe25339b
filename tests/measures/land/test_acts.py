"""The acts on land: registered, disposed of after the exit, its income given to employees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from phaseout.law.refusals import Refusal
from phaseout.measures.land import acts
from phaseout.measures.land.models import ContinuedUse, LandAct, LandMoney, Parcel
from phaseout.measures.land.standing import exited_on, standing
from phaseout.measures.remitted import remitted


def _sum(amount: str) -> acts.Sum:
    return acts.Sum(Decimal(amount), "宁财发〔2018〕3号")


def test_a_parcel_is_entered_once_under_one_number_and_once_under_one_key(office):
    key = uuid4()
    first = office.parcel(key=key)
    assert office.parcel(key=key).pk == first.pk
    with pytest.raises(Refusal, match=r"land\.parcel-known"):
        office.parcel()
    assert Parcel.objects.count() == LandAct.objects.count() == 1


def test_a_key_of_another_act_is_refused(office):
    key = uuid4()
    parcel = office.parcel(key=key)
    with pytest.raises(Refusal, match="key_used"):
        office.do(acts.end_use, parcel.pk, "完毕", key=key)


@pytest.mark.parametrize("function", ["finance", "hr", "eic"])
def test_another_department_enters_no_parcel(office, function):
    other = office.desk.person(function)
    with pytest.raises(Refusal, match=r"land\.not-yours"):
        office.parcel(by=other)


def test_a_city_enters_its_own_parcels_and_no_others(office):
    yinchuan = office.desk.person("cities", division="640100")
    shizuishan = office.desk.person("cities", division="640200")
    with pytest.raises(Refusal, match=r"land\.enterprise-unknown"):
        office.parcel(by=shizuishan)
    assert office.parcel(by=yinchuan).acts.get().office != ""


def test_no_decision_before_the_exit_and_one_after_it(office):
    parcel = office.parcel()
    with pytest.raises(Refusal, match=r"land\.not-exited"):
        office.do(acts.dispose, parcel.pk, office.decided())
    on = office.exited()
    assert exited_on(parcel) == on
    early = replace(office.decided(), decided_on=on - timedelta(days=1))
    with pytest.raises(Refusal, match=r"land\.not-exited"):
        office.do(acts.dispose, parcel.pk, early)
    office.do(acts.dispose, parcel.pk, office.decided())
    with pytest.raises(Refusal, match=r"land\.disposed-already"):
        office.do(acts.dispose, parcel.pk, office.decided())


def test_income_is_given_to_employees_to_the_last_fen_and_not_beyond(office):
    parcel = office.parcel()
    office.exited()
    with pytest.raises(Refusal, match=r"land\.not-taken-back"):
        office.do(acts.receive, parcel.pk, _sum("1"), by=office.finance)
    office.do(acts.dispose, parcel.pk, office.decided())
    with pytest.raises(Refusal, match=r"land\.not-yours"):
        office.do(acts.receive, parcel.pk, _sum("100"), by=office.land)
    office.do(acts.receive, parcel.pk, _sum("100.00"), by=office.finance)
    with pytest.raises(Refusal, match=r"land\.more-than-income"):
        office.do(acts.assign, parcel.pk, _sum("100.01"), by=office.finance)
    office.do(acts.assign, parcel.pk, _sum("60"), by=office.finance)
    office.do(acts.assign, parcel.pk, _sum("40"), by=office.finance)
    with pytest.raises(Refusal, match=r"land\.more-than-income"):
        office.do(acts.assign, parcel.pk, _sum("0.01"), by=office.finance)
    now = standing(parcel, list(parcel.acts.all()), list(parcel.money.all()))
    assert (now.income, now.assigned, now.left) == (Decimal(100), Decimal(100), Decimal(0))
    offered = [(one.amount, one.on, parcel.number in one.said[0]) for one in remitted("land")]
    assert sum(one[0] for one in offered) == 100, "funds take up what was assigned, and no more"
    assert all(on == office.day and named for _, on, named in offered)


def test_the_database_itself_refuses_to_give_more_than_came_in(office):
    parcel = office.parcel()
    office.exited()
    act = office.do(acts.dispose, parcel.pk, office.decided())
    with pytest.raises(IntegrityError), transaction.atomic():
        LandMoney.objects.create(act=act, parcel=parcel, kind="assigned", amount=Decimal("0.01"))


def test_an_encouraged_trade_opens_five_years_that_are_ended_once(office):
    parcel = office.parcel(right="granted")
    office.exited()
    with pytest.raises(Refusal, match=r"land\.no-continued-use"):
        office.do(acts.end_use, parcel.pk, "完毕")
    wanted = office.decided(
        "encouraged", planning="宁建规〔2018〕1号", encouraged=True, trade="现代物流"
    )
    office.do(acts.dispose, parcel.pk, replace(wanted, filed_on=date(2018, 9, 3)))
    assert ContinuedUse.objects.get(parcel=parcel).last_day == date(2023, 9, 4)  # a Monday
    office.do(acts.end_use, parcel.pk, "已办理出让手续")
    with pytest.raises(Refusal, match=r"land\.no-continued-use"):
        office.do(acts.end_use, parcel.pk, "再次")


@pytest.mark.parametrize("table", ["land_landact", "land_parcel"])
def test_rows_of_land_are_neither_changed_nor_deleted(office, table):
    parcel = office.parcel()
    row = parcel.pk if table == "land_parcel" else parcel.acts.get().pk
    for statement in (
        f"UPDATE {table} SET id = id WHERE id = %s",
        f"DELETE FROM {table} WHERE id = %s",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [row])
