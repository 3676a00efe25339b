"""Prices, funds, employees, land, retrofits, sanctions, credit, licences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from addresses.address import Address


def _parcel() -> Sequence[Any]:
    """Empty where no case of the site ends in an exit."""
    from phaseout.measures.land.models import Parcel

    return list(Parcel.objects.values_list("pk", flat=True)[:1])


def _retrofit() -> Sequence[Any]:
    from phaseout.measures.retrofit.models import Project

    return [Project.objects.latest("pk").pk]


def _of_figures() -> Sequence[Any]:
    """A finding above a limit that one can aim at."""
    from phaseout.casework.models import Finding

    found = Finding.objects.standing().filter(
        verdict="noncompliant", norm_row__startswith="energy_limits/"
    )
    return [found.order_by("pk")[0].finding_id]


def _settlement() -> Sequence[Any]:
    from phaseout.measures.employees.models import Settlement

    return [Settlement.objects.latest("pk").pk]


def _employee() -> Sequence[Any]:
    from phaseout.measures.employees.models import Employee

    return [*_settlement(), Employee.objects.get(number="0017").pk]


def _employee_list() -> Sequence[Any]:
    from phaseout.measures.employees.models import EmployeeList

    return [EmployeeList.objects.latest("pk").pk]


def _fund() -> Sequence[Any]:
    from phaseout.measures.funds.models import Programme

    return [Programme.objects.latest("pk").pk]


def _fund_application() -> Sequence[Any]:
    """Empty where no exit of the site was accepted."""
    from phaseout.measures.funds.models import Application

    return list(Application.objects.values_list("pk", flat=True)[:1])


def _price(model: str) -> Callable[[], Sequence[Any]]:
    """A row of that kind; the small province of these tests may have none to charge."""

    def found() -> Sequence[Any]:
        from django.apps import apps

        return list(apps.get_model("prices", model).objects.values_list("pk", flat=True)[:1])

    return found


def _price_firm() -> Sequence[Any]:
    from phaseout.measures.prices.models import Determination

    return list(Determination.objects.values_list("enterprise_id", flat=True)[:1])


def _assessed() -> Sequence[Any]:
    from phaseout.measures.prices.models import Determination

    return list(Determination.objects.values_list("assessment_id", flat=True)[:1])


PRICES: list[Address] = [
    Address("prices", "price-officer"),
    Address("price-year", "price-officer", [2018]),
    Address("price-year", "shizuishan-officer", [2018], query="state=unsettled", note="city"),
    Address("price-assessment", "price-officer", _assessed),
    Address("price-determination", "price-officer", _price("determination")),
    Address("price-enterprise", "eic-officer", _price_firm),
    Address("price-own", "enterprise-91640100MA00000001"),
    Address("price-consumption", "grid-officer"),
    Address("price-consumption-file", "grid-officer", _price("consumptionfile")),
    Address("price-edition", "grid-officer", _price("edition")),
    Address("price-bill", "grid-officer", _price("bill")),
    Address("price-ledger", "grid-officer"),
    Address("price-ledger", "grid-officer", query="flow=billed&year=2018", note="of a figure"),
    Address("price-bill-lines", "price-officer"),
    Address("price-water", "price-officer"),
    Address("price-renewables", "price-officer"),
    # A bill of water needs a year whose documents are on record, after the site's day.
    Address("price-water-bill", "price-officer", _price("waterbill")),
]


MEASURES: list[Address] = [
    *PRICES,
    Address("settlements", "hr-officer"),
    Address("settlements", "eic-officer", note="numbers"),
    Address("settlement-new", "hr-officer"),
    Address("settlement", "hr-leader", _settlement),
    Address("settlement", "eic-officer", _settlement, note="numbers"),
    Address("settlement-procedure", "hr-officer", _settlement),
    Address("settlement-list-new", "hr-officer", _settlement),
    Address("settlement-list", "hr-officer", _employee_list),
    Address("settlement-people", "hr-officer", _settlement),
    Address("settlement-people", "eic-officer", _settlement, status=403, note="refused"),
    Address("settlement-person", "hr-officer", _employee),
    Address("wage-standards", "hr-officer"),
    Address("funds", "finance-officer"),
    Address("fund-ledger", "finance-leader"),
    Address("fund-new", "finance-officer"),
    Address("fund", "finance-leader", _fund),
    Address("fund-income", "finance-officer", _fund),
    Address("fund-apply", "finance-officer", _fund),
    Address("fund-allocate", "finance-leader", lambda: [*_fund(), 2018, "decided"]),
    Address("fund-application", "finance-officer", _fund_application),
    Address("measures", "eic-officer"),
    Address("coordination", "eic-officer"),
    Address("disclosure", "eic-officer"),
    Address("parcels", "land-officer"),
    Address("parcel-new", "land-officer"),
    Address("parcel", "finance-officer", _parcel),
    Address("retrofits", "eic-officer"),
    Address("retrofit", "eic-officer", _retrofit),
    Address("retrofit-new", "eic-officer", _of_figures),
]


def _first(model: str, **conditions: Any) -> Callable[[], Sequence[Any]]:
    """The first row of a table of sanctions; empty where the site's day comes before them."""

    def first() -> Sequence[Any]:
        from django.apps import apps

        rows = apps.get_model("sanctions", model).objects.filter(**conditions).order_by("pk")
        return list(rows.values_list("pk", flat=True)[:1])

    return first


SANCTIONS = [
    Address("sanctions", "drc-officer"),
    Address("sanctions", "drc-officer", query="which=in_force", note="in force"),
    Address("sanctions", "drc-officer", query="which=released", note="released"),
    Address("sanction", "drc-officer", _first("Sanction", release=None)),
    Address("sanction", "auditor", _first("Sanction", release__isnull=False), note="released"),
    Address("credit-record-new", "drc-officer", _first("Sanction", release=None)),
    Address("credit-record", "drc-officer", _first("CreditRecord")),
    Address("credit-batches", "drc-officer"),
    Address("credit-batch", "drc-officer", _first("Batch")),
    Address("sanction-tasks", "land-officer"),
    Address("sanction-task", "tax-officer", _first("SanctionTask", office="tax_local")),
    Address("sanction-notice", "qts-officer", _first("ReleaseNotice", receiver="qts")),
    Address("credit-lists", "pbc-officer"),
    Address("credit-listing", "pbc-officer", _first("CreditListing")),
    Address("licences", "qts-officer"),
    Address("licences", "qts-officer", query="which=done", note="done"),
    Address("own-sanctions", "enterprise-91640100MA00000001"),
    Address("sanctions-public"),
    Address("bank-lists", "eic-officer", status=403, note="refused"),
]
