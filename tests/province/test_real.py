"""Real measurements: unchanged, attributed, and hung on fictional lines."""

from __future__ import annotations

import csv
import hashlib
import itertools
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib import resources
from pathlib import Path

from phaseout import real
from phaseout.province import attached, attributions

Reader = Callable[[str], list[dict[str, str]]]


def test_the_bytes_are_those_that_were_received() -> None:
    file = resources.files(real) / "digests.csv"
    digests = {r["file"]: r for r in csv.DictReader(file.read_text("utf-8").splitlines())}
    assert set(digests) == {*real.TURBINE_FILES, real.WORKS_FILE}
    for name, stated in digests.items():
        data = real.received(name)
        assert hashlib.sha256(data).hexdigest() == stated["sha256"]
        assert len(data.splitlines()) - 1 == int(stated["rows"])


def test_the_first_and_the_last_hour_are_those_of_the_source() -> None:
    hours = list(real.turbine_hours())
    assert len(hours) == 7411 + 7628 + 7152 + 7158
    assert (hours[0].nox, hours[0].co) == (Decimal("81.952"), Decimal("0.32663"))
    assert (hours[-1].nox, hours[-1].co) == (Decimal("91.144"), Decimal("9.927"))


def test_a_year_of_load_has_every_quarter_of_an_hour() -> None:
    steps = list(real.works_load())
    assert len(steps) == 365 * 96
    assert sum(1 for step in steps if step.day == date(2018, 12, 31)) == 96


def test_months_are_exact_sums() -> None:
    months = attached.monthly_kwh()
    assert list(months) == [date(2018, month, 1) for month in range(1, 13)]
    assert sum(months.values()) == sum(step.kwh for step in real.works_load())


def test_every_value_reaches_the_boiler_outlet_in_order(clean: Path) -> None:
    with (clean / "monitoring.csv").open(encoding="utf-8", newline="") as text:
        rows = [r for r in csv.DictReader(text) if r["outlet_id"] == attached.BOILER_OUTLET]
    hours = list(real.turbine_hours())
    for code, values in (
        (attached.NOX, [hour.nox for hour in hours]),
        (attached.CO, [hour.co for hour in hours]),
    ):
        mine = [row for row in rows if row["pollutant_code"] == code]
        assert [Decimal(row["value"]) for row in mine] == values
        assert {row["o2"] for row in mine} == {"15"}
        times = [datetime.fromisoformat(row["time"]) for row in mine]
        assert times[-1] == attached.LAST_HOUR
        steps = {after - before for before, after in itertools.pairwise(times)}
        assert steps == {timedelta(hours=1)}


def test_only_months_that_ended_before_the_day_are_written(table: Reader) -> None:
    mine = [row for row in table("energy_inputs") if row["line_id"] == attached.METER_LINE]
    assert [row["period_end"] for row in mine] == ["2018-01-31", "2018-02-28"]
    months = attached.monthly_kwh()
    assert [Decimal(row["quantity"]) for row in mine] == list(months.values())[:2]


def test_both_data_sets_are_credited_wherever_the_province_goes(clean: Path) -> None:
    stated = json.loads((clean / "province.json").read_text(encoding="utf-8"))["real"]
    readme = (clean / "README.txt").read_text(encoding="utf-8")
    for credit in real.ATTRIBUTIONS:
        assert any(
            item["doi"] == credit["doi"] and item["licence"] == "CC BY 4.0" for item in stated
        )
        assert credit["doi"] in readme
        assert all(
            any(credit["doi"] in line for line in attributions(lang)) for lang in ("zh", "en")
        )
    assert "time stamps" in stated[0]["note"]


def test_the_raw_files_lie_beside_the_facts_unchanged(clean: Path) -> None:
    for name in (*real.TURBINE_FILES, real.WORKS_FILE):
        assert (clean / "real" / name).read_bytes() == real.received(name)
