"""A province as a whole: repeatable, growing without changing, complete, marked as fictional."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from stdnum.cn import uscc

from phaseout.law.industries import INDUSTRIES
from phaseout.law.refusals import Refusal
from phaseout.province.attached import METER_LINE
from phaseout.province.making import Made, Wish, make
from phaseout.province.mistakes import IN_GB18030
from phaseout.province.names import MARK, is_fictional_uscc
from phaseout.province.places import ningxia
from phaseout.province.shapes import TABLES

Table = list[dict[str, str]]
Reader = Callable[..., Table]


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_wish_gives_the_same_bytes(
    province: tuple[Made, Path], small: Wish, tmp_path: Path
) -> None:
    make(small, tmp_path)
    assert digests(tmp_path) == digests(province[1])


@pytest.mark.parametrize(("form", "readings"), [("csv", "parquet"), ("xlsx", "csv")])
def test_every_form_repeats_itself(
    form: str, readings: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Fifty thousand real readings make a workbook slow and prove nothing more here.
    monkeypatch.setattr("phaseout.province.attached.readings", lambda: iter(()))
    wish = Wish(seed=3, enterprises=2, months=1, form=form, readings=readings)
    first, second = tmp_path / "first", tmp_path / "second"
    make(wish, first)
    make(wish, second)
    assert digests(first) == digests(second)


def test_another_seed_gives_another_province(clean: Path, tmp_path: Path) -> None:
    make(Wish(seed=2, enterprises=120, months=1, messy=False), tmp_path)
    same = {
        name
        for name, digest in digests(tmp_path).items()
        if digest == digests(clean).get(name) and not name.startswith("real/")
    }
    assert same == set()


def test_an_enterprise_is_the_same_whatever_the_count(clean: Path, tmp_path: Path) -> None:
    make(Wish(seed=1, enterprises=40, months=1, messy=False), tmp_path)
    for table in TABLES:
        fewer = (tmp_path / f"{table}.csv").read_text(encoding="utf-8").splitlines()
        more = set((clean / f"{table}.csv").read_text(encoding="utf-8").splitlines())
        missing = [line for line in fewer if line not in more]
        assert missing == [], table


def test_making_it_again_in_the_same_folder_leaves_nothing_behind(tmp_path: Path) -> None:
    make(Wish(seed=1, enterprises=3, months=1, readings="parquet"), tmp_path)
    make(Wish(seed=1, enterprises=3, months=1), tmp_path)
    assert not (tmp_path / "monitoring.parquet").exists()
    assert (tmp_path / "monitoring.csv").exists()


def test_every_table_has_its_columns_and_rows(table: Reader) -> None:
    for name, columns in TABLES.items():
        rows = table(name)
        assert rows, name
        assert tuple(rows[0]) == columns


def test_there_are_as_many_enterprises_as_asked_for(table: Reader) -> None:
    assert len(table("enterprises")) == 120


def test_all_thirteen_industries_and_all_five_cities_are_there(table: Reader) -> None:
    first = table("enterprises")[:13]
    assert {row["industry"] for row in first} == set(INDUSTRIES)
    assert {row["division_code"][:4] for row in first} == {f"640{city}" for city in range(1, 6)}


def test_every_name_says_that_it_is_fictional(table: Reader) -> None:
    rows = table("enterprises")
    assert all(row["name"].startswith(MARK) and row["address"].startswith(MARK) for row in rows)
    assert len({row["name"] for row in rows}) == len(rows)


def test_every_code_is_well_formed_and_cannot_be_real(table: Reader) -> None:
    codes = [row["uscc"] for row in table("enterprises")]
    assert all(uscc.is_valid(code) and is_fictional_uscc(code) for code in codes)
    assert len(set(codes)) == len(codes)


def test_every_division_is_a_county_of_the_region(table: Reader) -> None:
    counties = {place.division_code for place in ningxia()}
    assert {row["division_code"] for row in table("enterprises")} <= counties
    assert {row["division_code"] for row in table("lines")} <= counties | {""}


@pytest.mark.parametrize(
    ("child", "key", "parent"),
    [
        ("lines", "uscc", "enterprises"),
        ("equipment", "line_id", "lines"),
        ("energy", "line_id", "lines"),
        ("energy_inputs", "line_id", "lines"),
        ("outputs", "line_id", "lines"),
        ("outlets", "line_id", "lines"),
        ("monitoring", "outlet_id", "outlets"),
        ("allowances", "uscc", "enterprises"),
        ("tests", "line_id", "lines"),
        ("hazards", "line_id", "lines"),
        ("permits", "uscc", "enterprises"),
    ],
)
def test_every_fact_belongs_to_something(table: Reader, child: str, key: str, parent: str) -> None:
    known = {row[key] for row in table(parent)}
    assert {row[key] for row in table(child)} <= known


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("lines", ("line_id",)),
        ("energy", ("line_id", "product", "process", "indicator", "period_start", "period_end")),
        ("energy_inputs", ("line_id", "product", "indicator", "period_start", "energy")),
        ("outputs", ("line_id", "product", "period_start", "period_end")),
        ("equipment", ("equipment_id", "attribute")),
        ("outlets", ("outlet_id",)),
        ("monitoring", ("outlet_id", "pollutant_code", "time", "manual")),
        ("allowances", ("uscc", "pollutant_code", "year", "kind")),
        ("tests", ("sample_id",)),
        ("hazards", ("hazard_id",)),
        ("permits", ("uscc", "kind", "number")),
    ],
)
def test_keys_are_unique_in_the_clean_province(
    table: Reader, name: str, keys: tuple[str, ...]
) -> None:
    # A row reported twice, word for word, is one fact.
    distinct = {tuple(row.values()) for row in table(name)}
    at = [TABLES[name].index(key) for key in keys]
    assert len({tuple(row[i] for i in at) for row in distinct}) == len(distinct)


def test_some_rows_are_reported_twice_word_for_word(table: Reader) -> None:
    rows = [tuple(row.values()) for row in table("energy")]
    assert 0 < len(rows) - len(set(rows)) < len(rows) * 0.03


def test_every_planted_row_stands_where_the_statement_says(
    province: tuple[Made, Path], read: Reader
) -> None:
    made, folder = province
    stated = json.loads((folder / "province.json").read_text(encoding="utf-8"))["planted"]
    assert len(stated) == len(made.planted) > 15
    for planted in stated:
        name = f"{planted['table']}.csv"
        encoding = "gb18030" if name == IN_GB18030 else "utf-8-sig"
        rows = read(folder / name, encoding)
        at = TABLES[planted["table"]].index(planted["column"])
        assert list(rows[planted["row"] - 2].values())[at] == planted["value"], planted


def test_the_messy_province_is_the_clean_one_and_the_planted_rows(
    province: tuple[Made, Path], clean: Path, read: Reader
) -> None:
    made, folder = province
    for name in TABLES:
        encoding = "gb18030" if f"{name}.csv" == IN_GB18030 else "utf-8-sig"
        messy, good = read(folder / f"{name}.csv", encoding), read(clean / f"{name}.csv")
        planted = sum(row.table == name for row in made.planted)
        cells = [tuple(row.values()) for row in messy]
        assert cells[: len(good)] == [tuple(row.values()) for row in good]
        assert len(messy) == len(good) + planted


def test_the_statement_counts_what_was_written(clean: Path, table: Reader) -> None:
    stated = json.loads((clean / "province.json").read_text(encoding="utf-8"))
    assert stated["rows"] == {name: len(table(name)) for name in TABLES}
    assert stated["planted"] == []


def test_a_larger_province_has_its_readings_in_one_file_of_columns(tmp_path: Path) -> None:
    made = make(Wish(seed=1, enterprises=400, months=1, readings="parquet"), tmp_path)
    assert made.counts["enterprises"] == 400 + sum(p.table == "enterprises" for p in made.planted)
    assert made.counts["monitoring"] > 200_000
    assert [path.name for path in tmp_path.glob("monitoring*")] == ["monitoring.parquet"]


@pytest.mark.parametrize("on", [date(2013, 7, 2), date(2020, 1, 1), date(2026, 11, 23)])
def test_a_province_can_be_made_for_another_day(on: date, tmp_path: Path, read: Reader) -> None:
    make(Wish(seed=1, enterprises=26, on=on, months=1, messy=False), tmp_path)
    # The real meter stays where it was read, in 2018.
    energy = [r for r in read(tmp_path / "energy.csv") if r["line_id"] != METER_LINE]
    assert {row["period_end"][:4] for row in energy} <= {str(on.year - n) for n in (1, 2, 3)}
    tested = [date.fromisoformat(row["sampled_on"]) for row in read(tmp_path / "tests.csv")]
    found = [date.fromisoformat(row["found_on"]) for row in read(tmp_path / "hazards.csv")]
    assert all(day < on for day in tested + found)


def test_facts_that_are_no_province_are_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "lines.csv").write_text("line_id\n", encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        make(Wish(seed=1, enterprises=1), tmp_path)
    assert refused.value.code == "folder_holds_other_facts"
    assert (tmp_path / "lines.csv").read_text(encoding="utf-8") == "line_id\n"


def test_a_making_that_was_broken_off_can_be_begun_again(tmp_path: Path) -> None:
    wish = Wish(seed=1, enterprises=2, months=1)

    def pull_the_plug(done: int, total: int) -> None:
        raise KeyboardInterrupt

    make(wish, tmp_path)
    with pytest.raises(KeyboardInterrupt):
        make(wish, tmp_path, progress=pull_the_plug)
    # Nobody takes the half of a province for a whole one.
    assert not (tmp_path / "province.json").exists()
    make(wish, tmp_path)
    assert (tmp_path / "province.json").exists()


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish(seed=1, enterprises=0), "no_enterprises"),
        (Wish(seed=1, enterprises=-3), "no_enterprises"),
        (Wish(seed=1, enterprises=10**6), "too_many_enterprises"),
        (Wish(seed=1, enterprises=2, on=date(1989, 12, 31)), "day_of_no_province"),
        (Wish(seed=1, enterprises=2, on=date.max), "day_of_no_province"),
    ],
)
def test_an_impossible_wish_is_refused(wish: Wish, code: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        make(wish, tmp_path / "none")
    assert refused.value.code == code
    assert not (tmp_path / "none").exists()
