"""The check finds what is wrong with a store: each kind of damage, and all of it at once."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from phaseout.law.norms.checks import Issue, Report, Severity, check_store
from phaseout.law.norms.checks.figures import bounds

STORE = Path(__file__).parents[3] / "src" / "phaseout" / "law" / "norms" / "tables"
CEMENT = "energy_limits/GB16780-2012.csv"
CEMENT_AIR = "emission_limits/E-GB4915-2013.csv"
LEATHER = "emission_limits/E-GB30486-2013.csv"
CATALOGUE = "equipment_catalogue/NDRC-CAT-2011R.csv"
Cells = dict[str, str]


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of the store that a test may damage."""
    return Path(shutil.copytree(STORE, tmp_path / "tables"))


def change(file: Path, edit: Callable[[list[Cells]], Iterable[Cells]]) -> None:
    """Write the lines of a table anew, as `edit` gives them back."""
    with file.open(encoding="utf-8", newline="") as text:
        reader = csv.DictReader(text)
        lines, heads = list(reader), list(reader.fieldnames or ())
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, heads, lineterminator="\n")
        writer.writeheader()
        writer.writerows(edit(lines))


def set_cells(number: int, **cells: str) -> Callable[[list[Cells]], list[Cells]]:
    """Change cells of one line, counted from 1."""

    def edit(lines: list[Cells]) -> list[Cells]:
        lines[number - 1].update({name.rstrip("_"): text for name, text in cells.items()})
        return lines

    return edit


def found(tables: Path, check: str) -> list[Issue]:
    report = check_store(tables)
    return [i for i in report.issues if i.check == check and i.severity is not Severity.KNOWN]


def test_the_shipped_store_has_no_error() -> None:
    report = check_store()
    assert [(issue.check, issue.en) for issue in report.of(Severity.ERROR)] == []
    assert report.ok
    assert report.rows >= 3505


def test_every_known_issue_still_occurs_and_says_why() -> None:
    report = check_store()
    assert not [issue for issue in report.issues if issue.check == "known_issue_gone"]
    assert report.of(Severity.KNOWN)
    assert all(len(issue.accepted) > len("2026-11-23: ") for issue in report.of(Severity.KNOWN))


def test_an_undamaged_copy_is_reported_like_the_store(tables: Path) -> None:
    assert check_store(tables) == check_store()


DAMAGE: dict[str, tuple[str, Callable[[list[Cells]], Iterable[Cells]], str]] = {
    "a source that is described nowhere": (
        CEMENT, set_cells(1, source_id="GB16780-1999"), "source_missing",
    ),
    "an id that names another source": (
        CEMENT, set_cells(1, row_id="energy_limits/GB1/1"), "row_id_misplaced",
    ),
    "an id that stands twice": (
        CEMENT, set_cells(2, row_id="energy_limits/GB16780-2012/1"), "row_id_twice",
    ),
    "a row that was taken away": (CEMENT, lambda lines: lines[1:], "row_id_hole"),
    "a validity that ends before it begins": (
        CEMENT, set_cells(1, effective_from="2013-10-01", effective_to="2013-09-30"),
        "validity_reversed",
    ),
    "a row that outlives its document": (
        CEMENT, set_cells(1, effective_to="2022-11-01"), "outside_document",
    ),
    "a unit that nobody knows": (CEMENT, set_cells(1, unit="tce/bag"), "unit_unknown"),
    "a limit without a unit": (CEMENT, set_cells(1, unit=""), "unit_unknown"),
    "a comparator that nobody knows": (
        CEMENT, set_cells(1, comparator="=<"), "comparator_unknown",
    ),
    "an energy limit from below": (CEMENT, set_cells(1, comparator=">="), "comparator_unknown"),
    "an emission limit from below": (
        CEMENT_AIR, set_cells(1, comparator=">="), "comparator_senseless",
    ),
    "a grade of no scheme": (CEMENT, set_cells(1, grade="grade4"), "word_unknown"),
    "a limit value for new plants": (CEMENT, set_cells(1, applies_to="new"), "word_unknown"),
    "an industry of another list": (CEMENT, set_cells(1, industry="glass"), "word_unknown"),
    "a medium of its own": (CEMENT_AIR, set_cells(1, medium="soil"), "word_unknown"),
    "a confidence of its own": (CEMENT, set_cells(1, confidence="certain"), "line_unreadable"),
    "a value that is no number": (CEMENT, set_cells(1, value="ca. 112"), "line_unreadable"),
    "a day that does not exist": (
        CEMENT, set_cells(1, effective_from="2013-02-30"), "line_unreadable",
    ),
    "a question answered twice": (
        CEMENT,
        lambda lines: [*lines, {**lines[0], "row_id": "energy_limits/GB16780-2012/99"}],
        "question_twice",
    ),
    "a stricter grade that is laxer": (CEMENT, set_cells(3, value="115"), "grades_disordered"),
    "a wording that nobody has read": (
        CEMENT, set_cells(1, condition="only on Sundays"), "unread_prose",
    ),
    "a negative emission limit": (CEMENT_AIR, set_cells(1, value="-30"), "value_out_of_range"),
    "a pH range with one end": (
        LEATHER, set_cells(35, pollutant_zh="酸度", pollutant_code=""), "ph_incomplete",
    ),
    "a pH range upside down": (LEATHER, set_cells(35, value="9.5"), "ph_reversed"),
    "a threshold that is no number": (
        CATALOGUE, set_cells(25, threshold="about 400;1200"), "threshold_unreadable",
    ),
    "bounds in the wrong order": (
        CATALOGUE, set_cells(25, threshold="1200;400"), "threshold_unreadable",
    ),
    "a local source without a place": (
        "jurisdictions.csv",
        lambda lines: [line for line in lines if line["source_id"] != "DB64-1147-2015"],
        "jurisdiction_missing",
    ),
    "a division code that does not exist": (
        "jurisdictions.csv", set_cells(1, division_code="670000"), "division_unknown",
    ),
    "a place of a source that is not there": (
        "jurisdictions.csv", set_cells(1, source_id="AH-2099"), "jurisdiction_of_nothing",
    ),
    "an unknown successor": (
        "sources/energy.csv", set_cells(2, superseded_by="GB21256-2031"), "successor_not_held",
    ),
    "a hole between edition and successor": (
        "sources/energy.csv", set_cells(2, effective_to="2026-06-29"), "succession_does_not_touch",
    ),
    "two editions of one document at once": (
        "sources/energy.csv", set_cells(2, effective_to="2026-07-01"), "documents_overlap",
    ),
    "a pollutant with two codes": (
        CEMENT_AIR, set_cells(1, pollutant_code="a99999"), "pollutant_codes_differ",
    ),
    "a known issue that no longer occurs": (
        "known_issues.csv", set_cells(1, concerns="MIIT-1900-1"), "known_issue_gone",
    ),
}  # fmt: skip


SHIPPED = check_store()
WARNINGS = {
    "outside_document", "successor_not_held", "succession_does_not_touch", "documents_overlap",
    "known_issue_gone",
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(DAMAGE))
def test_the_check_finds(what: str, tables: Path) -> None:
    file, edit, check = DAMAGE[what]
    change(tables / file, edit)
    new = set(check_store(tables).issues) - set(SHIPPED.issues)
    severity = Severity.WARNING if check in WARNINGS else Severity.ERROR
    assert {issue.severity for issue in new if issue.check == check} == {severity}


def test_all_damage_is_found_in_one_run(tables: Path) -> None:
    change(tables / CEMENT, set_cells(1, value="ca. 112"))
    change(tables / CEMENT, set_cells(4, unit="tce/bag"))
    change(tables / CEMENT_AIR, set_cells(1, comparator=">="))
    change(tables / CATALOGUE, set_cells(25, threshold="1200;400"))
    checks = {issue.check for issue in check_store(tables).of(Severity.ERROR)}
    assert checks >= {
        "line_unreadable", "unit_unknown", "comparator_senseless", "threshold_unreadable",
    }  # fmt: skip


def test_a_line_with_too_few_cells_is_named(tables: Path) -> None:
    file = tables / CEMENT
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "energy_limits/GB16780-2012/99,GB16780-2012\n", encoding="utf-8")
    lines = text.count("\n") + 1
    assert [i.concerns for i in found(tables, "line_unreadable")] == [
        (f"GB16780-2012.csv line {lines}",)
    ]


def test_two_editions_for_one_question_on_one_day_are_an_error(tables: Path) -> None:
    """2014-09-30 is the last day of nothing and 2014-10-01 the first of GB 21342-2013."""
    new = tables / "energy_limits" / "GB21342-2025.csv"
    change(tables / "energy_limits" / "GB21342-2013.csv", set_cells(1, effective_to="2026-05-01"))
    issues = found(tables, "editions_overlap")
    assert len(issues) == 1
    assert issues[0].concerns[0] == "energy_limits/GB21342-2013/1"
    assert issues[0].concerns[1].startswith(f"energy_limits/{new.stem}/")


def test_editions_that_touch_do_not_overlap(tables: Path) -> None:
    change(tables / "energy_limits" / "GB21342-2013.csv", set_cells(1, effective_to="2026-04-30"))
    assert found(tables, "editions_overlap") == []


def test_rows_that_differ_in_condition_are_two_questions(tables: Path) -> None:
    def add(lines: list[Cells]) -> list[Cells]:
        row_id = f"energy_limits/GB16780-2012/{len(lines) + 1}"
        return [*lines, {**lines[0], "row_id": row_id, "condition": ""}]

    change(tables / CEMENT, add)
    assert found(tables, "question_twice") == []


def test_a_test_in_both_classes_contradicts(tables: Path) -> None:
    def add(lines: list[Cells]) -> list[Cells]:
        source = next(
            line for line in lines if line["class"] == "eliminate" and not line["exceptions_zh"]
        )
        other = "limit"
        row_id = f"equipment_catalogue/NDRC-CAT-2011R/{len(lines) + 1}"
        return [*lines, {**source, "row_id": row_id, "class": other}]

    change(tables / CATALOGUE, add)
    assert len(found(tables, "classes_contradict")) == 1


def test_a_laxer_special_limit_is_a_warning(tables: Path) -> None:
    def lax(lines: list[Cells]) -> list[Cells]:
        next(line for line in lines if line["limit_kind"] == "special")["value"] = "999"
        return lines

    change(tables / CEMENT_AIR, lax)
    assert [issue.severity for issue in found(tables, "special_is_laxer")] == [Severity.WARNING]


def test_an_accepted_error_is_known_and_lets_the_check_pass(tables: Path) -> None:
    change(tables / CEMENT, set_cells(1, unit="tce/bag"))
    assert not check_store(tables).ok
    with (tables / "known_issues.csv").open("a", encoding="utf-8") as file:
        file.write("unit_unknown,energy_limits/GB16780-2012/1,printed so,2026-11-23\n")
    report = check_store(tables)
    assert report.ok
    known = [issue for issue in report.of(Severity.KNOWN) if issue.check == "unit_unknown"]
    assert [issue.accepted for issue in known] == ["2026-11-23: printed so"]


def test_errors_come_before_warnings_and_known_issues(tables: Path) -> None:
    change(tables / CEMENT, set_cells(1, unit="tce/bag", effective_to="2022-11-01"))
    order = [issue.severity for issue in check_store(tables).issues]
    assert order == sorted(order, key=list(Severity).index)


def test_the_report_as_json_counts_what_it_lists() -> None:
    report: Report = check_store()
    data = report.as_json()
    assert data["known"] == len(report.of(Severity.KNOWN))
    assert len(report.issues) == data["errors"] + data["warnings"] + data["known"]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("comparator", "threshold"),
    [("gt_lt", "400"), ("gt_lt", "400;400"), ("gt_lt", "1;2;3"), ("lt", "400;1200"), ("lt", ""),
     ("presence", "2"), ("ge", "six")],
)  # fmt: skip
def test_a_threshold_that_cannot_be_read_is_refused(comparator: str, threshold: str) -> None:
    with pytest.raises(ValueError):
        bounds(comparator, threshold)
