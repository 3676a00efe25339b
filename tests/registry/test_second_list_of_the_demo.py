"""The demonstration's second list: three enterprises that stand under another code already."""

from __future__ import annotations

from phaseout.accounts.demo import load_people
from phaseout.accounts.models import User
from phaseout.accounts.scope import scope_of
from phaseout.demo import second_list
from phaseout.registry.merging import proposals

from .conftest import TODAY


def test_it_is_brought_once_and_each_of_its_entries_is_proposed(registered):
    load_people()
    reviewer = scope_of(User.objects.get(username="eic-reviewer"), on=TODAY)
    before = {(pair.one.pk, pair.other.pk) for pair in proposals(reviewer)}
    taken = second_list.bring(TODAY)
    assert taken.counts["enterprises"]["new"] == 3
    new = [pair for pair in proposals(reviewer) if (pair.one.pk, pair.other.pk) not in before]
    assert {reason for pair in new for reason in pair.reasons} == {
        "same_name",
        "same_place",
        "same_line",
        "typing_slip",
    }
    assert len(new) == 3
    assert second_list.bring(TODAY) is None
