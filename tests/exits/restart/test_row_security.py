"""The second wall: a query without any condition shows the rows of one's place only."""

from __future__ import annotations

from django.apps import apps
from django.db import connection

from phaseout.accounts.reach import reach_of
from phaseout.accounts.scope import scope_of
from phaseout.database.reach import NOTHING, ROLE, act_as, show
from phaseout.exits.restart import acts


def counts(user, on) -> dict[str, int]:
    raw = connection.connection
    act_as(raw, ROLE)
    show(raw, reach_of(scope_of(user, on=on)))
    found = {m._meta.db_table: m._default_manager.count() for m in models()}
    show(raw, NOTHING)
    act_as(raw, "none")
    return found


def models():
    return list(apps.get_app_config("restart").get_models())


def test_every_table_of_the_watch_is_shown_within_the_reach_of_the_request(watch) -> None:
    alarm = watch.alarmed()
    acts.end_meter(watch.meter("DB002").pk, watch.today, reason="换表", **watch.ways())
    everything = {m._meta.db_table: m._default_manager.count() for m in models()}
    assert all(everything.values()), "a table without rows proves nothing"
    here, elsewhere = (watch.desk.person("cities", division=code) for code in ("640100", "640200"))
    # The file was brought for the whole region and speaks of other cities too.
    assert counts(here, watch.today) == {**everything, "restart_batch": 0}
    assert set(counts(elsewhere, watch.today).values()) == {0}
    assert counts(watch.officer, watch.today) == everything
    firm = watch.desk.person(role="enterprise", uscc=alarm.line.enterprise_id, function="")
    assert set(counts(firm, watch.today).values()) == {0}
