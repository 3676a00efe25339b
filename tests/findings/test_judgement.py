"""One run from files to findings: same facts, same bytes; every finding explains itself."""

from __future__ import annotations

import csv
import json
import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from phaseout.findings import Judgement, judge
from phaseout.law.judgement.dimensions import Dimension, Effect, Verdict
from phaseout.law.judgement.explanation import SCHEMA
from phaseout.law.judgement.reasons import reasons
from phaseout.law.refusals import Refusal
from phaseout.province.making import Wish, make

ON = date(2018, 3, 15)


def findings(judgement: Judgement) -> list[dict[str, object]]:
    cursor = judgement.connection.execute("SELECT * FROM judged.findings ORDER BY finding_id")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_every_dimension_gives_findings_on_the_province(small_judgement: Judgement) -> None:
    assert {row["dimension"] for row in findings(small_judgement)} == set(Dimension)


def test_no_two_findings_bear_one_id(small_judgement: Judgement) -> None:
    ids = [row["finding_id"] for row in findings(small_judgement)]
    assert len(ids) == len(set(ids))


def test_verdicts_effects_and_reasons_are_those_of_the_contract(
    small_judgement: Judgement,
) -> None:
    words = reasons()
    for row in findings(small_judgement):
        assert row["verdict"] in set(Verdict)
        assert row["effect"] in set(Effect)
        assert list(row["reasons"]) == sorted(set(row["reasons"]))  # type: ignore[call-overload]
        assert not [code for code in row["reasons"] if code not in words]  # type: ignore[attr-defined]


def test_an_undetermined_finding_says_what_is_missing(small_judgement: Judgement) -> None:
    undetermined = [r for r in findings(small_judgement) if r["verdict"] == "undetermined"]
    assert undetermined
    assert all(row["reasons"] for row in undetermined)


def test_only_a_miss_opens_a_case(small_judgement: Judgement) -> None:
    for row in findings(small_judgement):
        assert row["effect"] != "opens" or row["verdict"] == "noncompliant"


def test_the_tables_can_be_asked_whatever_was_read_before(small_judgement: Judgement) -> None:
    assert len(small_judgement) > 0
    row, _ = next(iter(small_judgement.explained()))
    small_judgement.explain(str(row["finding_id"]))
    asked = small_judgement.connection.sql("SELECT count(*) FROM judged.findings")
    assert asked.fetchall() == [(len(findings(small_judgement)),)]


def test_every_finding_explains_itself_in_two_languages(small_judgement: Judgement) -> None:
    for row, explanation in small_judgement.explained():
        assert explanation.zh.endswith(("。", "！", "？")), row["finding_id"]
        assert explanation.en.strip(), row["finding_id"]
        assert "None" not in explanation.zh + explanation.en, explanation.en
        assert not [c for c in explanation.en if "\u4e00" <= c <= "\u9fff"] or row["finding_id"]


def test_the_explanation_of_one_finding_is_that_of_the_list(small_judgement: Judgement) -> None:
    row, explanation = next(iter(small_judgement.explained()))
    again, alone = small_judgement.explain(row["finding_id"])
    assert again == row
    assert alone.dumps() == explanation.dumps()
    assert json.loads(alone.dumps())["schema"] == SCHEMA


def test_an_unknown_finding_is_refused(small_judgement: Judgement) -> None:
    with pytest.raises(Refusal) as refused:
        small_judgement.explain("F123")
    assert refused.value.code == "finding_unknown"


def test_neither_the_order_of_rows_nor_the_threads_change_a_byte(
    small_province: Path, tmp_path: Path
) -> None:
    straight, shuffled = tmp_path / "a.csv", tmp_path / "b.csv"
    other = tmp_path / "facts"
    shutil.copytree(small_province, other)
    for file in other.glob("*.csv"):
        _shuffle(file)
    for folder, out, threads in ((small_province, straight, 1), (other, shuffled, 2)):
        with judge(folder, on=ON, bad_rows="leave_out", threads=threads) as judgement:
            judgement.write(out)
    assert straight.read_bytes() == shuffled.read_bytes()


def test_facts_later_than_the_day_are_not_judged(small_province: Path) -> None:
    with judge(small_province, on=date(2016, 6, 30), bad_rows="leave_out") as judgement:
        late = judgement.connection.execute(
            "SELECT count(*) FROM judged.findings "
            "WHERE verdict <> 'undetermined' AND period_end > DATE '2016-06-30' "
            "AND judged_by <> 'safety'"  # the period of a permit is its validity
        ).fetchone()
    assert late == (0,)


def _shuffle(file: Path) -> None:
    raw = file.read_bytes()
    encoding = "utf-8-sig" if _is_utf8(raw) else "gb18030"
    with file.open(encoding=encoding, newline="") as text:
        head, *rows = list(csv.reader(text))
    random.Random(3).shuffle(rows)
    with file.open("w", encoding=encoding, newline="") as text:
        csv.writer(text).writerows([head, *rows])


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def test_a_period_that_still_runs_keeps_its_finding_from_day_to_day(tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    make(Wish(seed=3, enterprises=12, on=ON, months=3), folder)
    asked = "SELECT DISTINCT finding_id FROM judged.findings WHERE judged_by = 'environment'"
    days = (date(2017, 12, 20), date(2017, 12, 21))
    ids, running = [], 0
    for day in days:
        with judge(folder, on=day, bad_rows="leave_out") as judgement:
            ids.append(set(judgement.connection.execute(asked).fetchall()))
            found = judgement.connection.execute(
                "SELECT count(*) FROM judged.environment WHERE period_end = ?", [day]
            ).fetchone()
            running = found[0] if found else 0
    assert running
    assert ids[0] == ids[1]
