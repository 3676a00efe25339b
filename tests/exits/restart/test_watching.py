"""Which lines are watched: what the acts of their cases make of it."""

from __future__ import annotations

from datetime import timedelta

from journeys import Journey
from phaseout.casework.models import Case
from phaseout.exits.restart.models import WatchedLine
from phaseout.exits.restart.watching import derive


def cut(watch) -> Journey:
    """The case of the line goes on until power is cut; nothing was watched before."""
    WatchedLine.objects.all().delete()
    journey: Journey = watch.journey
    return journey.do("record_match").decided("elimination").do("cut_water", "cut_power")


def states(case: Case) -> tuple[str, bool]:
    watched = WatchedLine.objects.get(pk=case.line_id)
    return watched.state, watched.case_id == case.pk


def test_a_line_is_watched_from_its_cut_to_its_exit(watch):
    journey = cut(watch)
    day = journey.day
    assert states(journey.case) == ("cut", True)
    journey.later(2).do("remove_drive", "seal", "commitment", "publish_commitment")
    journey.do("set_dismantling_date", "record_sealed")
    assert states(journey.case) == ("sealed", True)
    journey.later(20).do("dismantle")
    assert states(journey.case) == ("dismantled", True)
    journey.do("acceptance_passed", "close_exited")
    watched = WatchedLine.objects.get()
    assert (watched.state, watched.cut_on, watched.since) == ("exited", day, journey.day)
    before = WatchedLine.objects.values().get()
    derive(journey.case.line_id)
    assert WatchedLine.objects.values().get() == before


def test_a_restart_found_leaves_it_watched_and_a_new_cut_counts_anew(watch):
    journey = cut(watch)
    first = journey.day
    journey.do("remove_drive", "seal", "commitment", "publish_commitment")
    journey.do("set_dismantling_date", "record_sealed").later(5).do("record_restart")
    watched = WatchedLine.objects.get()
    assert (watched.state, watched.cut_on) == ("cut", first)
    journey.later(1).do("cut_power")
    assert WatchedLine.objects.get().cut_on == first + timedelta(days=6)


def test_a_case_that_comes_to_nothing_is_watched_no_longer(watch):
    journey = cut(watch)
    journey.do("withdraw_case")
    assert not WatchedLine.objects.exists()
