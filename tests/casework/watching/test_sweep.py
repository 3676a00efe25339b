"""The sweep: what is told on the day before, on the day, on the day after; once, and to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ordered_case import DUE, ORDERED, SERVED, days
from phaseout.accounts.models import Post
from phaseout.accounts.powers import Role
from phaseout.casework.models import CaseDeadline, Lapse, LateComer, Sweep
from phaseout.casework.watching.steps import all_steps, spans
from phaseout.casework.watching.sweeping import sweep
from phaseout.notices.models import Notice

OFFICER, LEADER = "officer-eic-640000", "leader-eic-640000"
ENTERPRISE = "enterprise--64000091640100MA00000001"


def told(period: str = "rectification") -> set[tuple[str, str]]:
    """Step and person of every notice about the period."""
    return set(Notice.objects.filter(about=period).values_list("step", "user__username"))


@pytest.mark.parametrize(
    ("day", "step"),
    [
        (DUE - days(31), None),
        (DUE - days(30), "before-30"),
        (DUE - days(10), "before-10"),
        (DUE - days(3), "before-3"),
        (DUE - days(1), None),
        (DUE, "last-day"),
    ],
)
def test_officer_and_enterprise_are_reminded_on_the_set_days(ordered, day, step):
    Sweep.objects.create(on=day - days(1), lapses=0, notices=0)
    sweep(day)
    assert told() == ({(step, OFFICER), (step, ENTERPRISE)} if step else set())
    assert not Lapse.objects.filter(period="rectification").exists()


def test_the_day_after_the_lapse_is_recorded_and_told(ordered):
    sweep(DUE)
    swept = sweep(DUE + days(1))
    lapse = Lapse.objects.get(period="rectification")
    assert (lapse.due, lapse.found_on, lapse.whose) == (DUE, DUE + days(1), "enterprise")
    assert swept.lapses == 1
    assert {one for one in told() if one[0] == "lapsed"} == {
        ("lapsed", OFFICER),
        ("lapsed", LEADER),
        ("lapsed", ENTERPRISE),
    }


def test_what_stays_undone_goes_to_the_superior_then_to_the_inspection_office(ordered):
    for count in range(25):
        sweep(DUE + days(count))
    late = {
        (step, name, day)
        for step, name, day in Notice.objects.filter(
            about="rectification", kind="escalation"
        ).values_list("step", "user__username", "given_on")
    }
    assert late == {
        ("superior", "leader-government-640000", DUE + days(5)),
        ("inspection", "auditor-inspection-640000", DUE + days(15)),
    }


def test_a_city_office_has_the_lead_department_above_it(desk, ordered):
    CaseDeadline.objects.update(office="city_640100")
    desk.person("cities", Role.LEADER, "640100")
    sweep(DUE + days(5))
    assert ("superior", LEADER) in told()
    assert ("lapsed", "leader-cities-640100") in told()
    assert "leader-cities-640200" not in {name for _, name in told()}


def test_a_sweep_done_twice_tells_nothing_twice(ordered):
    first = sweep(DUE + days(1))
    assert first.notices
    before = Notice.objects.count(), Lapse.objects.count()
    again = sweep(DUE + days(1))
    assert (again.lapses, again.notices) == (0, 0)
    Sweep.objects.all().delete()
    assert sweep(DUE + days(1)).notices == 0
    assert (Notice.objects.count(), Lapse.objects.count()) == before


def test_a_sweep_ten_days_late_gives_one_reminder_and_every_lapse(ordered):
    sweep(DUE - days(12))
    sweep(DUE - days(2))
    assert {step for step, _ in told()} == {"before-30", "before-3"}
    sweep(DUE + days(8))
    assert {step for step, _ in told()} == {"before-30", "before-3", "lapsed", "superior"}
    assert Lapse.objects.get(period="rectification").found_on == DUE + days(8)


def test_killed_in_the_middle_nothing_of_it_stands_and_it_is_done_again(ordered, monkeypatch):
    from phaseout.casework.watching import sweeping

    tell = sweeping._tell

    def killed(span, on, more):
        if span.step.name == "superior":
            raise KeyboardInterrupt
        return tell(span, on, more)

    monkeypatch.setattr(sweeping, "_tell", killed)
    with pytest.raises(KeyboardInterrupt):
        sweep(DUE + days(6))
    assert told() == set()
    assert not Sweep.objects.exists()
    monkeypatch.setattr(sweeping, "_tell", tell)
    assert sweep(DUE + days(6)).lapses
    assert {step for step, _ in told()} == {"lapsed", "superior"}


def test_a_clock_set_back_tells_nothing_again_and_one_set_right_goes_on(ordered):
    sweep(DUE - days(10))
    count = Notice.objects.count()
    sweep(DUE - days(20))
    assert Notice.objects.count() == count
    assert sweep(DUE - days(9)).notices == 0
    assert sweep(DUE - days(3)).notices == 3, "two of the order; the time to sue ends with it"


def test_what_is_done_in_time_is_told_no_more(desk, ordered):
    desk.do(ordered, "report_completion", on=DUE - days(20))
    sweep(DUE - days(10))
    sweep(DUE + days(1))
    assert told() == set()
    assert not Lapse.objects.filter(period="rectification").exists()


def test_who_only_signed_or_inspected_last_is_not_the_officer_of_the_case(ordered, desk):
    last = ordered.acts.filter(office="eic").latest("place")
    inspector = desk.person(role=Role.INSPECTOR)
    with connection.cursor() as cursor:  # as if an inspector had done it; acts are never changed
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE casework_act SET by_id = %s WHERE id = %s", [inspector.pk, last.pk])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    Sweep.objects.create(on=DUE - days(4), lapses=0, notices=0)
    sweep(DUE - days(3))
    assert told() == {("before-3", OFFICER), ("before-3", ENTERPRISE)}


def test_nobody_left_in_the_office_the_leaders_are_reminded(ordered):
    Post.objects.filter(user__username=OFFICER).update(held_to=SERVED)
    Sweep.objects.create(on=DUE - days(4), lapses=0, notices=0)
    sweep(DUE - days(3))
    assert told() == {("before-3", LEADER), ("before-3", ENTERPRISE)}


@pytest.mark.parametrize(
    ("before", "step"),
    [(11, ""), (10, "before-10"), (4, ""), (3, "before-3"), (2, ""), (0, "last-day")],
)
def test_before_a_right_ends_its_enterprise_alone_is_reminded(ordered, before, step):
    right = ordered.deadlines.get(period="order.reconsideration")
    Sweep.objects.create(on=right.due - days(before + 1), lapses=0, notices=0)
    sweep(right.due - days(before))
    sweep(right.due - days(before))
    assert told("order.reconsideration") == ({(step, ENTERPRISE)} if step else set())


def test_a_right_of_the_enterprise_is_no_duty_of_the_office(ordered):
    right = ordered.deadlines.get(period="order.reconsideration")
    sweep(right.due)
    sweep(right.due + days(1))
    assert ("over", OFFICER) in told("order.reconsideration")
    assert not Lapse.objects.filter(period="order.reconsideration").exists()


@pytest.mark.parametrize(
    ("before", "step"), [(4, ""), (3, "before-3"), (2, ""), (0, "last-day"), (-1, "over")]
)
def test_before_the_time_to_reply_or_to_ask_for_a_hearing_ends(desk, before, step):
    case = desk.open_(desk.finding(desk.line())).case
    firm = desk.person(role=Role.ENTERPRISE, uscc=case.enterprise_id, function="")
    case = desk.walk(case, *ORDERED[:3])
    desk.do(case, "order.serve_notice", on=SERVED)
    reply = case.deadlines.get(period="order.reply")
    assert reply.due - days(4) >= SERVED
    Sweep.objects.create(on=reply.due - days(before + 1), lapses=0, notices=0)
    sweep(reply.due - days(before))
    whom = OFFICER if step == "over" else firm.username
    assert told("order.reply") == ({(step, whom)} if step else set())


def test_a_step_holds_between_its_days(monkeypatch):
    (step,) = [one for one in all_steps() if (one.kind, one.name) == ("reply", "before-3")]
    dated = replace(step, since=SERVED, until=SERVED + days(1))
    monkeypatch.setattr("phaseout.casework.watching.steps.all_steps", lambda: (dated,))
    on = [SERVED + days(count) for count in (-1, 0, 1, 2)]
    assert [len(spans(day - days(1), day)) for day in on] == [0, 1, 1, 0]


def test_a_deadline_that_comes_in_behind_the_sweep_is_found_by_the_next(ordered):
    sweep(DUE + days(20))
    deadline = ordered.deadlines.get(period="rectification")
    Notice.objects.all().delete()
    deadline.due = DUE - days(30)
    deadline.save(update_fields=["due"])
    assert LateComer.objects.count() == 1
    swept = sweep(DUE + days(20))
    assert swept.lapses == 1
    assert {step for step, _ in told()} == {"lapsed", "superior", "inspection"}
    assert not LateComer.objects.exists()


def test_a_period_that_stands_still_does_not_lapse(desk):
    """An environment case: from the service of the notice to the legal review nothing counts."""
    line = desk.line("L9", desk.enterprise("91640100MA00000009"))
    finding = desk.finding(line, dimension="environment", judged_by="environment")
    officer = desk.person("epd")
    case = desk.open_(finding, by=officer).case
    case = desk.walk(case, "accept_exceedance")
    for kind in ("restriction.file", "restriction.collect_evidence", "restriction.notice"):
        desk.do(case, kind)
    decision = case.deadlines.get(period="restriction.decision_time")
    desk.do(case, "restriction.serve_notice", on=decision.due - days(5))
    sweep(decision.due + days(30))
    assert told("restriction.decision_time") == set()
    desk.do(case, "restriction.legal_review", on=decision.due + days(40))
    moved = case.deadlines.get(period="restriction.decision_time").due
    assert moved == decision.due + days(45)


def test_the_sql_of_a_sweep_does_not_grow_with_the_cases(desk, ordered):
    def asked(on: date) -> int:
        with CaptureQueriesContext(connection) as captured:
            sweep(on)
        return len(captured)

    sweep(DUE - days(11))
    few = asked(DUE - days(10))
    for name in ("L2", "L3"):
        desk.open_(desk.finding(desk.line(name)))
    assert asked(DUE - days(9)) == few


def test_the_database_keeps_a_lapse_as_it_is(ordered):
    from django.db import IntegrityError, transaction

    sweep(DUE + days(1))
    lapse = Lapse.objects.get(period="rectification")
    with pytest.raises(IntegrityError), transaction.atomic():
        Lapse.objects.filter(pk=lapse.pk).update(due=DUE - days(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        lapse.delete()


def test_a_late_comer_that_still_runs_is_kept_in_mind_until_it_has_run_out(ordered):
    Sweep.objects.create(on=DUE + days(400), lapses=0, notices=0)  # by a clock that was wrong
    ordered.deadlines.get(period="rectification").delete()
    CaseDeadline.objects.create(
        case=ordered, period="rectification", opened_by=7, kind="measure", whose="enterprise",
        runs_from=SERVED, due=DUE, going=True, office="eic", division_code="640104",
        dimension="energy",
    )  # fmt: skip
    assert sweep(DUE).lapses == 0
    assert LateComer.objects.exists()
    assert sweep(DUE + days(1)).lapses == 1
    assert not LateComer.objects.exists()
