"""The outline of the procedures holds together: every stage is reached, and left unless it ends."""

from __future__ import annotations

from datetime import date

import pytest

from phaseout.casework.cases.numbering import SERIES, case_number
from phaseout.casework.cases.outline import all_procedures, procedure, procedure_on
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.norms import NormBook
from phaseout.law.opinions import Opinions
from phaseout.law.refusals import Refusal

VERSIONS = all_procedures()


def test_every_dimension_has_its_procedure_and_its_series():
    assert {version.key for version in VERSIONS} == set(Dimension) == set(SERIES)


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.key)
def test_every_stage_is_reached_and_left_unless_it_ends(version):
    reached = {act.to_stage for act in version.acts}
    left = {act.from_stage for act in version.acts}
    for stage in version.stages:
        assert stage.key in reached
        assert stage.ends == (stage.key not in left)


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.key)
def test_every_act_has_a_holder_and_a_basis_and_only_opening_is_done_here(version):
    for act in version.acts:
        assert set(act.who) <= {"lead", "cities", "government"}
        assert act.source_id == version.source_id and act.clause
        assert not act.term or NormBook.load().row(act.term)
        assert act.done_here == (act is version.opening())
    Opinions.of().lead(version.opinions_clause)


def test_a_case_stays_with_the_version_it_began_under():
    version = procedure_on("energy", date(2018, 3, 15))
    assert procedure("energy", version.version) is version
    with pytest.raises(Refusal, match="procedure_not_on_record"):
        procedure("energy", "1999")
    with pytest.raises(Refusal, match="procedure_not_on_record"):
        procedure_on("energy", date(2016, 12, 31))


@pytest.mark.parametrize(
    ("office", "dimension", "on", "number"),
    [
        ("eic", "energy", date(2018, 11, 12), "宁经信能立〔2018〕7号"),
        ("eic", "energy", date(2018, 11, 13), "宁工信能立〔2018〕7号"),  # renamed
        ("epd", "environment", date(2018, 3, 15), "宁环立〔2018〕7号"),  # not 环环
        ("city_640500", "safety", date(2018, 3, 15), "卫政安立〔2018〕7号"),
    ],
)
def test_the_number_bears_the_mark_of_the_day(office, dimension, on, number):
    assert case_number(office, dimension, 7, on=on) == number


def test_an_office_without_a_mark_cannot_number():
    with pytest.raises(Refusal, match="office_mark_not_on_record"):
        case_number("grid", "energy", 1, on=date(2018, 3, 15))
