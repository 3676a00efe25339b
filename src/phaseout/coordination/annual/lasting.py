"""The report of a year as it stands: its freeze with the errata, and what the next year compares
with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from phaseout.coordination.annual.figures import Balance, Report, Reported, sums
from phaseout.coordination.annual.models import AnnualAct, Erratum, Freeze
from phaseout.coordination.returns.rows import Row
from phaseout.findings.export import plain


def report_of(freeze: Freeze) -> Report:
    """The report as it was frozen."""
    rows = [
        Reported(one.place, one.department, one.origin, Row.kept(one))
        for one in freeze.rows.order_by("place")
    ]
    order = ("industry", "division_code", "unit", "account")
    told = freeze.balances.order_by(*order).values_list(*order, "amount")
    return Report(freeze.year, freeze.head, rows, [Balance(*one) for one in told])


def corrected(report: Report, errata: Iterable[Erratum]) -> Report:
    """The report with its errata, in their order. A row that is struck off stays, with nought; one
    that was left out comes after the others and may be corrected in turn."""
    rows = {one.place: one for one in report.rows}
    for one in errata:
        place = one.place or len(rows) + 1
        known = rows.get(place, Reported(place, "", "erratum", Row.of(one.after)))
        rows[place] = replace(known, row=Row.of(one.after), erratum=one.number)
    return replace(report, rows=list(rows.values()))


def approved_freeze(year: int) -> Freeze | None:
    """The freeze that the government agreed to."""
    act = AnnualAct.objects.filter(year=year, kind=AnnualAct.Kind.APPROVE).first()
    if act is None:
        return None
    return Freeze.objects.get(year=year, version=act.content["version"])


def last_of(year: int) -> dict[str, Any] | None:
    """What the report of the year before says, with its errata until now, as the report of `year`
    keeps it beside its own. None: that year has no approved report; its figures are unknown."""
    freeze = approved_freeze(year - 1)
    if freeze is None:
        return None
    errata = list(freeze.errata.order_by("number"))
    whole = corrected(report_of(freeze), errata)
    return {
        "year": freeze.year,
        "version": freeze.version,
        "digest": freeze.digest,
        "errata": len(errata),
        "sums": [
            [one.key, one.unit, plain(one.amount), one.lines, one.enterprises]
            for one in sums(whole.rows, "industry")
        ],
    }
