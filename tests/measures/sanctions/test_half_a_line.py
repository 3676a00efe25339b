"""Who has let a part of a line exit has not met its duty for the rest: the sanction goes on."""

from __future__ import annotations

from datetime import timedelta

from capacity_book import register
from casework.cases.test_booking import find
from journeys import Journey, voluntary
from phaseout.casework.models import Case
from phaseout.measures.sanctions.acts.releasing import release_where_nothing_must_leave
from phaseout.measures.sanctions.found import proposals
from phaseout.measures.sanctions.models import Release


def half_out(commission):
    """A closed case past its day to exit and sanctioned; then half of its line exits."""
    closing = commission.closed()
    line = closing.case.line
    register(line)
    find(line, on=closing.day, desk=commission.desk)
    sanction = commission.impose(closing, "exit_by", severity="serious")
    leaving = commission.exit_of(closing).after("objection")
    leaving.do("record_revocation", licence="排污许可证")
    leaving.do("confirm_exit", ledger_entry="一半")
    return closing, sanction, leaving


def test_a_sanction_goes_on_while_a_part_of_the_line_must_still_exit(commission, client) -> None:
    closing, sanction, leaving = half_out(commission)
    assert not Release.objects.exists()
    client.force_login(commission.officer)
    page = client.get(f"/measures/sanctions/{sanction.pk}/").content.decode()
    assert "余下部分仍应退出" in page and "余下：退出办理中30万吨/年" in page
    overdue = {one.period for one in proposals(leaving.day)}
    assert overdue == {"rectification"}, "the rest is as late as it was"
    last = commission.exit_of(closing).after("objection")
    last.do("record_revocation", licence="排污许可证").do("confirm_exit", ledger_entry="全部")
    release = Release.objects.get(sanction=sanction)
    assert (release.cause, release.ended_on) == ("exited", last.day)
    assert not list(proposals(last.day))


def test_a_rest_that_need_not_leave_any_more_is_released_without_an_act(commission) -> None:
    late = commission.lapsed()
    line, desk = late.case.line, commission.desk
    register(line)
    find(line, on=late.day, desk=desk)
    commission.impose(late)
    leaving = Journey.of_case(desk, desk.apply(line, late.day).case, late.day)
    voluntary(leaving, ledger_entry="一半")
    assert not Release.objects.exists()
    Case.objects.filter(pk=late.case.pk).update(stage="closed_exited", closed_on=leaving.day)
    day = leaving.day + timedelta(days=1)
    assert release_where_nothing_must_leave(day) == 0, "half of it is found outdated still"
    find(line, "no", on=day, desk=desk)
    assert release_where_nothing_must_leave(day) == 1
    assert Release.objects.get().cause == "gone"
    assert release_where_nothing_must_leave(day) == 0
