"""What is kept of a case is what its acts make of it; what was changed by hand is found."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from phaseout.casework.models import Case, CaseDeadline, CaseTask
from phaseout.casework.proceeding.replaying import mend, replay

WAY = (
    "order.file",
    "order.collect_evidence",
    "order.notice",
    "order.serve_notice",
    "order.defence",
    "order.answer_defence",
    ("order.approve_by_head", date(2018, 4, 2)),
    "order_rectification",
    "order.serve_decision",
    ("apply_extension", date(2018, 9, 3)),
    "grant_extension",
    ("report_completion", date(2018, 12, 3)),
    "recheck_short",
    ("report_completion", date(2018, 12, 20)),
    "recheck_passed",
    "close_met",
    ("reopen", date(2019, 1, 10)),
)


def differing():
    return [d.code for _, found in replay(Case.objects.all()) for d in found]


def test_after_every_act_what_is_kept_agrees(desk):
    case = desk.open_(desk.finding(desk.line())).case
    for step in WAY:
        case = desk.walk(case, step, on=case.acts.order_by("place").last().done_on)
        assert differing() == [], step


@pytest.mark.parametrize(
    ("table", "change", "code"),
    [
        (CaseDeadline, "due = due + 30", "deadline_differs"),
        (CaseTask, "done_on = '2018-04-03'", "task_differs"),
        (Case, "stage = 'failed'", "stage_differs"),
    ],
)
def test_what_was_changed_by_hand_is_found(desk, table, change, code):
    case = desk.walk(desk.open_(desk.finding(desk.line())).case, *WAY[:9])
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"UPDATE {table._meta.db_table} SET {change}")
        cursor.execute("SET session_replication_role = origin")
    assert code in differing()
    assert code in [one.code for one in mend(case.pk)]
    assert differing() == []


def test_rows_too_few_or_too_many_are_found(desk):
    desk.walk(desk.open_(desk.finding(desk.line())).case, *WAY[:9])
    CaseTask.objects.first().delete()
    deadline = CaseDeadline.objects.first()
    deadline.pk, deadline.opened_by = None, 99
    deadline.save()
    assert differing() == ["deadline_not_derived", "task_not_kept"]


def test_the_number_of_queries_does_not_grow_with_cases(desk, django_assert_num_queries):
    for name in ("L1", "L2", "L3"):
        desk.walk(desk.open_(desk.finding(desk.line(name))).case, *WAY[:3])
    with django_assert_num_queries(4):
        assert differing() == []
