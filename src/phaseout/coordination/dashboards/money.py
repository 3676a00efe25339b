"""The measures in money, year by year, each from its own ledger: one query a ledger."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from phaseout.coordination.dashboards.asking import Asked
from phaseout.coordination.dashboards.panels import Column, Panel, Row, add_up, counted
from phaseout.law.refusals import Bilingual
from phaseout.measures.asked import MoneyAsked
from phaseout.measures.employees import flows as of_employees
from phaseout.measures.funds import flows as of_funds
from phaseout.measures.funds.seats import reads_accounts
from phaseout.measures.land import flows as of_land
from phaseout.measures.prices import flows as of_prices
from phaseout.pages.templatetags.phaseout import said

LOOKS = ("calm", "plain", "green", "grey")
Years = Mapping[int, Mapping[str, Decimal | None]]


def panels(asked: Asked) -> list[Panel]:
    """Surcharges, funds (for who reads their accounts), employees, land."""
    money = MoneyAsked("", asked.year, asked.on, asked.city, asked.industry)
    scope = asked.scope
    nameless = (
        [_("缴入国库和留用的款项不分企业，按行业时不列；这不等于零。")] if asked.industry else []
    )
    made = [
        _panel(
            money, "prices", _("差别、阶梯、惩罚性价格加价"), of_prices.FLOWS,
            of_prices.of_years(scope, money), "price-ledger", nameless,
        )
    ]  # fmt: skip
    kinds = [_("按账单月份，有效账单；水价加价和违约金另计。分行不取整，与账单合计可差几分。")]
    made.append(
        _panel(
            money, "prices-kind", _("应收电价加价：按种类"), of_prices.KINDS,
            of_prices.kinds_of_years(scope, money), "price-bill-lines", kinds,
        )
    )  # fmt: skip
    if reads_accounts(scope):
        by_firm = money.city or money.industry
        unplaced = [_("资金收入不分市和行业，不列；这不等于零。")] if by_firm else []
        made.append(
            _panel(
                money, "funds", _("资金扶持"), of_funds.FLOWS, of_funds.of_years(money),
                "fund-ledger", unplaced,
            )
        )  # fmt: skip
    employees = [_("应付按方案建立的年度，已付按支付的年度；尚不能确定的应付不在其中。")]
    made.append(
        _panel(
            money, "employees", _("职工安置"), of_employees.FLOWS,
            of_employees.of_years(scope, money), "settlements", employees,
        )
    )  # fmt: skip
    made.append(
        _panel(
            money, "land", _("土地出让"), of_land.FLOWS, of_land.of_years(scope, money),
            "parcels", [],
        )
    )  # fmt: skip
    return made


def _panel(
    money: MoneyAsked,
    key: str,
    title: str,
    flows: Mapping[str, Bilingual],
    years: Years,
    url_name: str,
    notes: list[str],
) -> Panel:
    rows = tuple(
        _row(str(year), {name: years[year][name] for name in flows}, url_name, money, year)
        for year in sorted(years)
        if any(years[year].values())
    )
    sums = dict(zip(flows, add_up(rows), strict=True)) if rows else {}
    return Panel(
        key, title, _("年度"),
        tuple(Column(said(flows[name]), look) for name, look in zip(flows, LOOKS, strict=False)),
        rows,
        total=_row(_("合计"), sums, url_name, money, money.year) if rows else None,
        unit=_("元"), stacked=False, notes=tuple(notes),
    )  # fmt: skip


def _row(
    name: str,
    amounts: Mapping[str, Decimal | int | None],
    url_name: str,
    money: MoneyAsked,
    year: int | None,
) -> Row:
    cells = tuple(
        counted(
            amount, url_name, flow=flow, year=year, until=money.until, city=money.city,
            industry=money.industry,
        )
        for flow, amount in amounts.items()
    )  # fmt: skip
    return Row(name, cells)
