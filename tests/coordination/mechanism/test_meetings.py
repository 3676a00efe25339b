"""Meetings: called, minuted, issued; each point reported, checked, and late the day after."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from phaseout.accounts.scope import scope_of
from phaseout.coordination.mechanism import acts
from phaseout.coordination.mechanism.acts import Decided
from phaseout.coordination.mechanism.models import MechanismAct, Meeting, Point
from phaseout.coordination.mechanism.papers import minutes_pdf
from phaseout.coordination.mechanism.standing import meetings_seen, points
from phaseout.law.refusals import Refusal

HELD, DUE = date(2018, 3, 20), date(2018, 4, 13)


def refused(act, *args, **given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


def state(on: date) -> str:
    return points(on).get().state


def test_who_leads_the_mechanism_calls_it(mechanism) -> None:
    key = uuid4()
    first = mechanism.called(key=key)
    assert mechanism.called(key=key) == first and first.number == 1
    assert mechanism.called().number == 2
    city = mechanism.desk.person("cities", division="640100")
    assert mechanism.called(city).office == "city_640100"
    assert refused(mechanism.called, mechanism.epd) == "mechanism.not-yours"
    assert refused(mechanism.called, on=date(2018, 3, 14)) == "meeting.day-passed"
    assert refused(mechanism.called, invited=["nobody"]) == "meeting.nobody-invited"
    assert refused(mechanism.called, invited=["eic"]) == "meeting.nobody-invited"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"points": [Decided("", "epd", DUE)]}, "minutes.point-wrong"),
        ({"points": [Decided("核查", "nobody", DUE)]}, "minutes.point-wrong"),
        ({"points": [Decided("核查", "epd", HELD - timedelta(days=1))]}, "minutes.point-wrong"),
        ({"held_on": HELD + timedelta(days=1)}, "minutes.day-wrong"),
        ({"held_on": date(2018, 3, 14)}, "minutes.day-wrong"),
        ({"chair": " "}, "mechanism.text-wrong"),
    ],
)
def test_minutes_nobody_could_keep_are_refused(mechanism, given, code) -> None:
    meeting, ways = mechanism.called(), mechanism.ways(mechanism.officer, HELD)
    assert refused(acts.record_minutes, meeting.pk, mechanism.held(**given), **ways) == code


def test_the_leader_issues_the_version_he_has_read(mechanism) -> None:
    meeting = mechanism.called()
    write = lambda **given: acts.record_minutes(  # noqa: E731
        meeting.pk, mechanism.held(**given), **mechanism.ways(mechanism.officer, HELD)
    )
    first, second = write(), write(summary="改写。")
    issue = lambda minutes, by: acts.issue_minutes(  # noqa: E731
        meeting.pk, digest=minutes.digest, **mechanism.ways(by, HELD)
    )
    assert refused(issue, first, mechanism.leader) == "minutes.changed"
    assert refused(issue, second, mechanism.officer) == "mechanism.not-yours"
    assert points(HELD).count() == 0
    assert issue(second, mechanism.leader).minutes == second
    assert refused(issue, second, mechanism.leader) == "minutes.issued"
    assert refused(write) == "minutes.issued"
    assert [one.minutes for one in points(HELD)] == [second]
    assert minutes_pdf(second) == minutes_pdf(second)


def test_a_point_is_late_the_day_after_until_it_is_reported_done(mechanism) -> None:
    point = mechanism.issued()
    assert (state(DUE), state(DUE + timedelta(days=1))) == ("open", "late")
    late = DUE + timedelta(days=3)
    report = lambda done: acts.report_point(  # noqa: E731
        point.pk, "已核查两家", done=done, **mechanism.ways(mechanism.epd, late)
    )
    check = lambda one, **said: acts.check_report(  # noqa: E731
        one.pk, **said, **mechanism.ways(mechanism.officer, late)
    )
    progress = report(False)
    assert state(late) == "late"
    assert refused(check, progress, accepted=True) == "report.nothing-to-check"
    done = report(True)
    assert state(late) == "reported"
    assert refused(report, True) == "point.done"
    assert refused(check, done, accepted=False) == "mechanism.text-wrong"
    check(done, accepted=False, reason="第三家未查")
    assert state(late) == "late"
    check(report(True), accepted=True)
    assert state(late) == "done"
    assert refused(report, True) == "point.done"


def test_others_neither_report_nor_check(mechanism) -> None:
    point = mechanism.issued()
    qts = mechanism.desk.person("qts")
    ways = mechanism.ways(qts, HELD)
    assert refused(acts.report_point, point.pk, "完成", done=True, **ways) == "mechanism.not-yours"
    done = acts.report_point(point.pk, "完成", done=True, **mechanism.ways(mechanism.epd, HELD))
    ways = mechanism.ways(mechanism.epd, HELD)
    assert refused(acts.check_report, done.pk, accepted=True, **ways) == "mechanism.not-yours"


def test_a_meeting_is_seen_by_who_takes_part(mechanism) -> None:
    mechanism.issued()
    for function, seen in (("epd", 1), ("qts", 1), ("wsb", 0), ("government", 1), ("drc", 1)):
        scope = scope_of(mechanism.desk.person(function), on=HELD)
        assert Meeting.objects.filter(meetings_seen(scope)).count() == seen, function


def test_the_database_refuses_change_and_deletion(mechanism) -> None:
    mechanism.issued()
    for model in (MechanismAct, Meeting, Point):
        table = model._meta.db_table
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
