"""The register of confirmations: two people, appended only; a changed row is not covered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Thread

import pytest

from phaseout.law.norms import NormBook
from phaseout.law.norms.confirmation import (
    Confirmation,
    digest,
    read_confirmations,
    settled_rows,
)
from phaseout.law.norms.register import find_row, record_confirmation, record_countersignature
from phaseout.law.refusals import Refusal

BOOK = NormBook.load()
ROW = next(row for row in BOOK.energy_limits if row.confidence != "verified")
OTHERS = [row for row in BOOK.energy_limits if row.confidence != "verified"][1:9]
FIRST, SECOND, LATER = date(2026, 11, 20), date(2026, 11, 21), date(2026, 12, 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "confirmations.csv"


def confirm(path: Path, row: object = ROW, by: str = "张三") -> None:
    record_confirmation(path, row, document="GB 16780-2012", page="3", by=by, on=FIRST)  # type: ignore[arg-type]


def settled(path: Path, on: date) -> bool:
    return ROW.row_id in settled_rows([ROW], read_confirmations(path), on)


def test_a_row_counts_as_verified_from_the_day_of_the_second_signature(path: Path) -> None:
    confirm(path)
    assert not settled(path, date.max)
    record_countersignature(path, ROW, by="李四", on=SECOND)
    assert not settled(path, FIRST)
    assert settled(path, SECOND)


def test_the_register_is_only_ever_appended_to(path: Path) -> None:
    confirm(path)
    before = path.read_bytes()
    record_countersignature(path, ROW, by="李四", on=SECOND)
    assert path.read_bytes().startswith(before)
    assert [c.complete for c in read_confirmations(path)] == [False, True]


def test_no_trace_of_the_writing_is_left_beside_the_register(path: Path) -> None:
    confirm(path)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("name", ["张三", " 张三 ", "张三\u3000"])
def test_the_same_person_cannot_sign_twice(path: Path, name: str) -> None:
    confirm(path)
    with pytest.raises(Refusal) as refused:
        record_countersignature(path, ROW, by=name, on=SECOND)
    assert refused.value.code == "countersigned_by_same_person"
    assert len(read_confirmations(path)) == 1


def test_the_second_signature_may_be_of_the_same_day_and_not_of_an_earlier_one(path: Path) -> None:
    confirm(path)
    with pytest.raises(Refusal) as refused:
        record_countersignature(path, ROW, by="李四", on=date(2026, 11, 19))
    assert refused.value.code == "countersigned_too_early"
    record_countersignature(path, ROW, by="李四", on=FIRST)


def test_a_row_is_confirmed_once(path: Path) -> None:
    confirm(path)
    with pytest.raises(Refusal) as refused:
        confirm(path, by="王五")
    assert refused.value.code == "already_confirmed"


def test_nothing_is_countersigned_that_nobody_confirmed(path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        record_countersignature(path, ROW, by="李四", on=SECOND)
    assert refused.value.code == "nothing_to_countersign"
    assert not path.exists()


def test_a_row_is_countersigned_once(path: Path) -> None:
    confirm(path)
    record_countersignature(path, ROW, by="李四", on=SECOND)
    with pytest.raises(Refusal) as refused:
        record_countersignature(path, ROW, by="王五", on=SECOND)
    assert refused.value.code == "already_countersigned"


@pytest.mark.parametrize("name", ["", "  ", "\u3000"])
def test_somebody_must_sign(path: Path, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        confirm(path, by=name)
    assert refused.value.code == "signature_without_name"


@pytest.mark.parametrize(("document", "page"), [("", "3"), ("GB 16780-2012", " ")])
def test_the_print_and_its_page_must_be_named(path: Path, document: str, page: str) -> None:
    with pytest.raises(Refusal) as refused:
        record_confirmation(path, ROW, document=document, page=page, by="张三", on=FIRST)
    assert refused.value.code == "confirmation_without_place"


def test_a_row_that_changed_after_the_first_signature_is_not_countersigned(path: Path) -> None:
    confirm(path)
    changed = replace(ROW, clause=ROW.clause + "x")
    with pytest.raises(Refusal) as refused:
        record_countersignature(path, changed, by="李四", on=SECOND)
    assert refused.value.code == "row_changed_since"


def test_a_row_that_changed_after_both_signatures_is_settled_no_more(path: Path) -> None:
    confirm(path)
    record_countersignature(path, ROW, by="李四", on=SECOND)
    changed = replace(ROW, clause=ROW.clause + "x")
    assert not settled_rows([changed], read_confirmations(path), SECOND)
    confirm(path, changed, by="王五")
    assert settled(path, SECOND), "an open confirmation of another wording takes nothing away"


def test_a_register_without_a_last_line_end_is_continued_on_a_new_line(path: Path) -> None:
    confirm(path)
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    record_countersignature(path, ROW, by="李四", on=SECOND)
    assert len(read_confirmations(path)) == 2


def test_a_register_with_a_torn_line_is_refused_and_left_alone(path: Path) -> None:
    confirm(path)
    path.write_text(path.read_text(encoding="utf-8") + "energy_limits/x\n", encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(ValueError, match="line 3"):
        record_countersignature(path, ROW, by="李四", on=SECOND)
    assert path.read_bytes() == before


def test_people_who_sign_at_the_same_time_lose_nothing(path: Path) -> None:
    signing = [Thread(target=confirm, args=(path, row)) for row in OTHERS]
    for one in signing:
        one.start()
    for one in signing:
        one.join()
    assert {c.row_id for c in read_confirmations(path)} == {row.row_id for row in OTHERS}


def test_a_row_of_a_method_table_can_be_confirmed_too(path: Path) -> None:
    row = find_row(BOOK, "methods.energy_grades/GB21346-2013/1")
    confirm(path, row)
    record_countersignature(path, row, by="李四", on=SECOND)
    assert read_confirmations(path)[-1].complete


def test_an_unknown_row_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refusal) as refused:
        find_row(BOOK, "energy_limits/GB21346-2013/99")
    assert refused.value.code == "row_unknown"
    assert "energy_limits/GB21346-2013/9" in refused.value.en


@pytest.fixture
def doubted(path: Path) -> Path:
    """A register in which two have signed and one has recorded later that the print differs."""
    confirm(path)
    record_countersignature(path, ROW, by="李四", on=SECOND)
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    doubt = f"{ROW.row_id},{digest(ROW)},GB 21341-2017,3,王五,{LATER},,,8600,yes"
    text = "\n".join([f"{head},differs", *(f"{line}," for line in lines), doubt, ""])
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("days, counts", [(-1, True), (0, False), (1, False)])
def test_no_signature_counts_from_the_day_the_print_was_found_to_differ(
    doubted: Path, days: int, counts: bool
) -> None:
    assert settled(doubted, LATER + timedelta(days=days)) is counts


def test_a_row_that_was_seen_counts_no_more_once_the_print_was_found_to_differ() -> None:
    seen = next(row for row in BOOK.energy_limits if row.confidence == "verified")
    doubt = Confirmation(seen.row_id, digest(seen), "GB", "3", "王五", LATER, differs=True)
    assert settled_rows([seen], [doubt], LATER) == set()


def test_a_doubted_row_takes_no_signature(doubted: Path) -> None:
    for act in (
        lambda: confirm(doubted),
        lambda: record_countersignature(doubted, ROW, by="赵六", on=LATER),
    ):
        with pytest.raises(Refusal, match="print_says_otherwise"):
            act()
