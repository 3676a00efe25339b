"""The register of procedural terms."""

from datetime import date, datetime

import pytest

from phaseout.law.norms import NormBook
from phaseout.law.periods import BEIJING, Bound, Unit, all_terms, find_term
from phaseout.law.periods.citations import read_table
from phaseout.law.periods.term_periods import in_force
from phaseout.law.periods.term_records import Ends, TermReading, TermUnit, Way
from phaseout.law.refusals import Refusal

COUNTED = {TermUnit(unit.value) for unit in Unit}


def test_every_row_of_the_register_is_read_once_and_no_other():
    rows = [row.row_id for row in NormBook.load().procedural_terms]
    readings = [reading.row_id for reading in read_table("term_readings.csv", TermReading)]
    assert sorted(readings) == sorted(rows) and len(set(rows)) == len(rows) == 137
    assert [term.row.row_id for term in all_terms()] == rows


def test_every_start_of_the_register_is_said_in_chinese():
    said = "".join(term.starts[0] for term in all_terms())
    assert not {letter for letter in said if letter.isascii() and letter.isalpha()}


def test_each_reading_fits_the_unit_of_its_row():
    for term in all_terms():
        assert (term.length is not None) == (term.unit in COUNTED), term.row.row_id
        assert (term.month_day is not None) == (term.unit is TermUnit.DATE_EACH_YEAR)
        if term.unit in (TermUnit.RULE, TermUnit.UNTIL_LIFTED):
            assert (term.reading.direction, term.reading.bound) == (Way.NONE, Ends.NONE)
        if "counted back" in term.row.starts_on:
            assert term.reading.direction in (Way.BACKWARD, Way.BACKWARD_FROM_END)
        if "plus at most" in term.row.starts_on:
            assert term.reading.longest_extension


def test_every_term_is_found_by_source_clause_and_name():
    for term in all_terms():
        found = find_term(term.row.source_id, term.row.clause, term.row.term_en)
        assert found.row.row_id == term.row.row_id


def test_every_term_gives_a_certificate_or_a_refusal_with_its_clause():
    refused = {}
    for term in all_terms():
        first, last = in_force(term)
        day = max(first, date(2015, 1, 1))
        moment = datetime(day.year, day.month, day.day, 9, tzinfo=BEIJING)
        try:
            certificate = term.period_from(moment, edition_on=day)
        except Refusal as refusal:
            refused[term.row.row_id] = refusal.code
            assert term.citation.zh in refusal.zh or refusal.code == "term.is-extension"
        else:
            assert first <= day <= last and certificate.basis.row_id == term.row.row_id
            # A recalled row never passes for a settled one.
            assert certificate.provisional or not term.recalled
    assert set(refused.values()) == {"term.no-length", "term.each-day", "term.is-extension"}
    without_end = [t for t in all_terms() if t.unit in (TermUnit.RULE, TermUnit.UNTIL_LIFTED)]
    assert list(refused.values()).count("term.no-length") == len(without_end)


@pytest.mark.parametrize(
    ("source", "clause", "name", "day", "unit", "ends"),
    [
        ("SEED-2017", "四", None, "2017-08-15", Unit.MONTH, "2018-02-22"),
        ("SEED-2017", "六", None, "2017-08-31", Unit.MONTH, "2018-02-28"),
        ("APL-1996", "42", "要求听证", "2020-06-10", Unit.CALENDAR_DAY, "2020-06-15"),
        ("APL-1996", "42", "听证通知", "2020-06-10", Unit.CALENDAR_DAY, "2020-06-02"),
        ("APL-2021", "64(1)", None, "2022-06-01", Unit.WORKING_DAY, "2022-06-09"),
        ("APL-2021", "64(2)", None, "2022-06-10", Unit.WORKING_DAY, "2022-05-30"),
        ("ALL-2017", "46", "提起行政诉讼", "2018-04-01", Unit.MONTH, "2018-10-08"),
        ("MEP-30", "15(1)", None, "2018-01-31", Unit.MONTH, "2018-05-02"),
        ("SAMR-18", "48", "4", "2021-04-03", Unit.CALENDAR_DAY, "2021-06-02"),
        ("CPL-2023", "91", None, "2024-05-01", Unit.CALENDAR_DAY, "2024-05-01"),
        ("SEED-2017", "十九", "上报上年度情况", "2018-01-31", Unit.CALENDAR_DAY, "2018-01-31"),
        ("SEED-2017", "十九", "上报上年度情况", "2018-02-01", Unit.CALENDAR_DAY, "2019-01-31"),
        ("SEED-2017", "十九", "年度工作方案", "2018-02-01", Unit.CALENDAR_DAY, "2018-04-30"),
    ],
)
def test_a_term_counted_from_its_day(source, clause, name, day, unit, ends):
    certificate = find_term(source, clause, name).period_from(date.fromisoformat(day))
    assert (certificate.unit, certificate.due.isoformat()) == (unit, ends)


def test_not_before_is_an_earliest_day_and_stays_on_a_rest_day():
    term = find_term("SAMR-18", "48", "4")
    certificate = term.period_from(date(2021, 4, 6))
    assert (certificate.bound, certificate.due) == (Bound.EARLIEST, date(2021, 6, 5))  # Saturday


def test_the_application_for_an_extension_is_due_fifteen_days_before_the_end():
    term = find_term("NDRC33-2016", "", "申请延期")
    assert term.period_from(date(2018, 3, 2)).due == date(2018, 2, 15)


def test_hours_want_a_moment():
    term = find_term("WSL-2021", "70")
    cut = datetime(2022, 3, 1, 14, 30, tzinfo=BEIJING)
    assert term.period_from(cut).due == datetime(2022, 2, 28, 14, 30, tzinfo=BEIJING)
    with pytest.raises(Refusal) as refused:
        term.period_from(date(2022, 3, 1))
    assert refused.value.code == "term.needs-a-moment"


@pytest.mark.parametrize(
    ("source", "clause", "name", "extension", "doubt"),
    [
        ("SEED-2017", "四", None, 3, None),
        ("SEED-2017", "四", None, 4, "refused"),
        ("SEED-2017", "六", None, 1, "refused"),  # the text gives none
        ("MEP-30", "15(1)", None, 3, None),
        ("MEP-30", "15(1)", None, 4, "refused"),
        ("SAMR-PEN-2", "64", None, 30, None),
        ("SAMR-PEN-2", "64", None, 31, "term.extension-further"),  # collective discussion
        ("APL-2021", "60", None, 30, "term.extension-unknown"),  # nothing recorded
        ("APL-2021", "64(2)", None, 1, "refused"),  # counted back
        ("SEED-2017", "十九", "年度工作方案", 1, "refused"),  # a fixed date
    ],
)
def test_an_extension_goes_as_far_as_the_text_says(source, clause, name, extension, doubt):
    term = find_term(source, clause, name)
    if doubt == "refused":
        with pytest.raises(Refusal) as refused:
            term.period_from(date(2022, 3, 1), extension=extension)
        assert refused.value.code == "term.extension-too-long"
    else:
        certificate = term.period_from(date(2022, 3, 1), extension=extension)
        assert [d.code for d in certificate.doubts] == ([doubt] if doubt else [])


@pytest.mark.parametrize(
    ("source", "clause", "day", "edition_on", "outcome"),
    [
        ("APL-2021", "64(1)", "2021-07-15", None, []),
        ("APL-2021", "64(1)", "2021-07-14", None, ["term.edition-changes"]),
        ("APL-2021", "64(1)", "2021-07-14", "2021-07-16", []),
        ("APL-2021", "64(1)", "2021-07-14", "2021-07-14", "term.not-in-force"),
        ("APL-2021", "64(1)", "2021-07-01", None, "term.not-in-force"),
        ("APL-1996", "40", "2021-07-07", None, []),  # ends on the edition's last day
        ("APL-1996", "40", "2021-07-08", None, ["term.edition-changes"]),
        ("APL-1996", "40", "2021-07-15", None, "term.not-in-force"),
    ],
)
def test_a_term_is_counted_only_while_it_is_law(source, clause, day, edition_on, outcome):
    term = find_term(source, clause)
    on = date.fromisoformat(edition_on) if edition_on else None
    if isinstance(outcome, str):
        with pytest.raises(Refusal) as refused:
            term.period_from(date.fromisoformat(day), edition_on=on)
        assert refused.value.code == outcome
    else:
        certificate = term.period_from(date.fromisoformat(day), edition_on=on)
        assert [doubt.code for doubt in certificate.doubts] == outcome


def test_a_term_whose_start_the_text_leaves_open_is_provisional():
    certificate = find_term("SEED-2017", "十五").period_from(date(2018, 3, 1))
    assert [doubt.code for doubt in certificate.doubts] == ["term.start-undefined"]


@pytest.mark.parametrize(
    ("source", "clause", "name", "code", "says"),
    [
        ("NO-SUCH", "1", None, "term.unknown", "SEED-2017"),
        ("APL-2021", "999", None, "term.unknown", "64(1)"),
        ("APL-2021", "64(1)", "no such name", "term.unknown", "64(1)"),
        ("APL-1996", "42", None, "term.ambiguous", "听证通知"),
        ("SEED-2017", "十九", None, "term.ambiguous", "上报上年度情况"),
    ],
)
def test_a_term_that_is_not_found_is_refused_with_those_that_are(source, clause, name, code, says):
    with pytest.raises(Refusal) as refused:
        find_term(source, clause, name)
    assert refused.value.code == code and says in refused.value.zh


def test_a_fixed_date_is_asked_of_a_year():
    assert find_term("SEED-2017", "十九", "各市报送").date_in(2019) == date(2019, 12, 31)
    with pytest.raises(ValueError, match="each year"):
        find_term("SEED-2017", "四").date_in(2019)
