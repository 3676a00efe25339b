"""Two officers publish and a case is closed at the same moment: the edition is of one moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from phaseout.disclosure.lists import acts, published
from phaseout.disclosure.lists.models import Edition, Ending, Listing, LogEvent
from phaseout.law.refusals import Refusal


def at_once(*calls):
    """What each call gave or raised, all begun together, each in its own thread."""
    start = Barrier(len(calls))

    def run(call):
        try:
            start.wait()
            return call()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.django_db(transaction=True)
def test_two_publish_while_a_case_is_closed(transactional_db, office) -> None:
    journey = office.ordered()
    journey.do("report_completion", "recheck_passed")
    draft = office.draft(journey.day)
    on = office.told(draft, journey.day)
    office.signed(draft, on)
    first, second, _ = at_once(
        lambda: acts.publish(draft.pk, **office.ways(on)),
        lambda: acts.publish(draft.pk, **office.ways(on, office.desk.person("eic", "leader"))),
        lambda: office.desk.do(journey.case, "close_met", on),
    )
    editions = [one for one in (first, second) if isinstance(one, Edition)]
    refused = {one.code for one in (first, second) if isinstance(one, Refusal)}
    happened = list(LogEvent.objects.values_list("event", flat=True))
    if editions:  # published first: the firm left the moment its case was closed
        assert (len(editions), refused) == (1, {"lists.published"})
        assert happened == ["published", "entered", "left"]
        assert not published.entries(editions[0], standing=True)
        assert Ending.objects.get().listing == Listing.objects.get()
    else:  # closed first: the list would not have been true
        assert refused == {"lists.moved"}
        assert not happened and not Listing.objects.exists()
    head = published.tree_head()
    assert (head.size if head else 0) == len(happened), "signed after each act, by itself"
