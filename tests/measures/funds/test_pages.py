"""The pages of the funds: finance and industry, an enterprise on its own, nobody else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.measures.funds.models import Application, Programme

pytestmark = pytest.mark.django_db
KEY = "6f6c1e0e-5f53-4a4e-8a51-5f1e7a3e10{:02d}"


def client(user: User) -> Client:
    made = Client()
    made.force_login(user)
    return made


def test_from_the_programme_to_the_payment_by_pages(finance) -> None:
    office, leader = client(finance.officer), client(finance.leader)
    day = {"key": KEY.format(1), "runs_from": "2018-01-01"}
    made = {**day, "name": "专项（虚构）", "fund": "award", "document": "某号（虚构）"}
    assert "已设立" in office.post(reverse("fund-new"), made, follow=True).content.decode()
    programme = Programme.objects.get()
    income = {
        "key": KEY.format(2), "source": "central", "amount": "1000", "year": 2018,
        "received_on": "2018-03-15", "document": "下达（虚构）",
    }  # fmt: skip
    office.post(reverse("fund-income", args=[programme.pk]), income)
    uscc = finance.firm(1)
    own = client(finance.desk.person("", Role.ENTERPRISE, uscc=uscc))
    assert "专项（虚构）" in own.get(reverse("funds")).content.decode()
    asked = {
        "key": KEY.format(3), "uscc": uscc, "year": 2018, "ownership": "state", "capacity": "30",
        "capacity_unit": "万t/a", "exit_year": 2017, "employees": 40,
    }  # fmt: skip
    answer = own.post(reverse("fund-apply", args=[programme.pk]), asked, follow=True)
    assert "待审核" in answer.content.decode()
    page = reverse("fund-application", args=[Application.objects.get().pk])
    industry = client(finance.industry)
    refused = industry.post(page, {"key": KEY.format(4), "do": "accept"})
    assert refused.status_code == 409 and "not-eligible" in refused.content.decode()
    accept = {"key": KEY.format(4), "do": "accept", "in_plan": "on"}
    assert own.post(page, accept).status_code == 403
    assert "审核通过 ✓" in industry.post(page, accept, follow=True).content.decode()
    allocate = reverse("fund-allocate", args=[programme.pk, 2018, "factors"])
    assert office.get(allocate).status_code == 403
    given = {
        "key": KEY.format(5), "year": 2018, "document": "分配（虚构）", "total": "1000",
        f"for_{Application.objects.get().pk}": "1",
    }  # fmt: skip
    assert "已分配并记账" in leader.post(allocate, given, follow=True).content.decode()
    pay = {
        "key": KEY.format(6), "do": "pay", "use": "severance", "amount": "800.01",
        "day": "2018-03-15", "voucher": "拨款单（虚构）",
    }  # fmt: skip
    assert "funds.overspent" in office.post(page, pay).content.decode()
    told = office.post(page, {**pay, "amount": "800"}, follow=True).content.decode()
    assert "已支付并记账" in told
    shown = office.get(reverse("fund", args=[programme.pk])).content.decode()
    assert "已支付" in shown and "800" in shown
    assert "20" in own.get(page).content.decode()


def test_others_are_refused_and_an_enterprise_sees_its_own(finance) -> None:
    programme = finance.programme()
    made = finance.applied(programme)
    page, fund = (
        reverse("fund-application", args=[made.pk]), reverse("fund", args=[programme.pk])
    )  # fmt: skip
    for stranger in (finance.desk.person("epd"), finance.desk.person("cities", division="640100")):
        for path in (reverse("funds"), fund, page):
            assert client(stranger).get(path).status_code == 403
    rival = finance.desk.enterprise("91640100MA00000088")
    other = client(finance.desk.person("", Role.ENTERPRISE, uscc=rival.pk))
    assert other.get(page).status_code == 404 and other.get(fund).status_code == 403
    assert made.enterprise.name not in other.get(reverse("funds")).content.decode()
    auditor = client(finance.desk.person("inspection", Role.AUDITOR))
    assert auditor.get(fund).status_code == 200
    assert Decimal(1_000_000) and "1,000,000" in auditor.get(reverse("funds")).content.decode()
