"""What the database refuses, whoever asks: acts and grounds stand, a case moves only by acts."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

REFUSED = [
    "UPDATE casework_act SET reason = 'x'",
    "DELETE FROM casework_act",
    "TRUNCATE casework_act CASCADE",
    "UPDATE casework_ground SET case_id = case_id",
    "DELETE FROM casework_ground",
    "TRUNCATE casework_ground CASCADE",
    "DELETE FROM casework_case",
    "TRUNCATE casework_case CASCADE",
    "UPDATE casework_case SET number = '宁经信能立〔2018〕9号'",
    "UPDATE casework_case SET opened_on = opened_on - 1",
    "UPDATE casework_case SET closed_on = opened_on - 1",
    "UPDATE casework_register SET last = last + 2",
    "UPDATE casework_register SET last = last - 1",
    "UPDATE casework_register SET year = year + 1",
    "DELETE FROM casework_register",
    # a second open case on the line, and a case without an act
    """INSERT INTO casework_case (number, office, year, serial, line_id, enterprise_id, dimension,
         division_code, lead_function, procedure, procedure_version, stage, opened_on)
       SELECT 'n', office, year, 2, line_id, enterprise_id, dimension, division_code,
         lead_function, procedure, procedure_version, stage, opened_on FROM casework_case""",
    """INSERT INTO casework_case (number, office, year, serial, line_id, enterprise_id, dimension,
         division_code, lead_function, procedure, procedure_version, stage, opened_on)
       SELECT 'n', office, year, 2, line_id, enterprise_id, 'quality', division_code,
         lead_function, procedure, procedure_version, stage, opened_on FROM casework_case""",
    # the same serial twice
    """INSERT INTO casework_case (number, office, year, serial, line_id, enterprise_id, dimension,
         division_code, lead_function, procedure, procedure_version, stage, opened_on, closed_on)
       SELECT 'n', office, year, serial, line_id, enterprise_id, dimension, division_code,
         lead_function, procedure, procedure_version, stage, opened_on, opened_on
       FROM casework_case""",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_refuses(desk, statement):
    desk.open_(desk.finding(desk.line()))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


def test_a_ground_of_another_line_is_refused(desk):
    act = desk.open_(desk.finding(desk.line("L1")))
    other = desk.finding(desk.line("L2"))
    with pytest.raises(IntegrityError, match="a ground is of"), transaction.atomic():
        act.case.grounds.create(finding=other, act=act)


def test_a_closed_case_cannot_be_reopened_in_place(desk):
    case = desk.open_(desk.finding(desk.line())).case
    type(case).objects.filter(pk=case.pk).update(stage="closed", closed_on=desk.today)
    with pytest.raises(IntegrityError, match="stays closed"), transaction.atomic():
        type(case).objects.filter(pk=case.pk).update(closed_on=None)
