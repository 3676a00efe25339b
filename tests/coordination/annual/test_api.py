"""The report over HTTP: its figures, the rows behind one, its errata; for the region only."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from api_machine import machine_of
from phaseout.coordination.returns.rows import Row
from returns_book import YEAR

SENT = date(2019, 1, 28)


def test_figures_rows_and_errata_are_read_by_who_reads_over_the_region(report, settings) -> None:
    settings.DEMO_FIRST_DAY = SENT
    report.approved()
    report.sends()
    row = Row.kept(report.now.freeze.rows.get())
    report.corrects(1, row.corrected(amount=Decimal(150_000)))
    reader = machine_of(report.officer, days=360)
    at = f"/coordination/annual/{YEAR}"
    told = reader.get(at).said
    assert (told["stage"], told["digest"], told["errata"]) == ("sent", report.digest, 1)
    (cement,) = told["industries"]
    assert (cement["key"], cement["amount"], cement["task"]) == ("cement", "150000", None)
    (behind,) = reader.all(f"{at}/rows", {"by": "industry", "key": "cement"})
    assert (behind["amount"], behind["erratum"], behind["origin"]) == ("150000", 1, "return")
    assert reader.all(f"{at}/rows", {"by": "industry", "key": "steel"}) == []
    (erratum,) = reader.all(f"{at}/errata")
    assert (erratum["before"]["amount"], erratum["after"]["amount"]) == ("200000", "150000")
    assert reader.get(f"/coordination/annual/{YEAR - 1}").status_code == 404
    assert machine_of(report.round.city, days=360).get(at).status_code == 403
