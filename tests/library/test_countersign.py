"""The second signature: another person, the same row, no earlier day."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from phaseout.law.refusals import Refusal

from .conftest import RECALLED, TODAY


def signed_by(first: Any, on: date = TODAY) -> Any:
    from phaseout.library.confirming import confirm

    return confirm(RECALLED, document="GB 21341-2017", page="3", by=first, today=on)


def countersign(confirmation: Any, by: Any, today: date = TODAY) -> Any:
    from phaseout.library import confirming

    return confirming.countersign(confirmation, by=by, today=today)


@pytest.mark.parametrize("days, settled", [(-1, False), (0, True), (1, True)])
def test_the_row_counts_as_verified_from_the_day_of_the_second_signature(
    first, second, days, settled
):
    from phaseout.law.norms.confirmation import settled_rows
    from phaseout.library.records import confirmations_on
    from phaseout.library.shelf import row_of

    countersign(signed_by(first, TODAY - timedelta(days=3)), second)
    day = TODAY + timedelta(days=days)
    found = settled_rows([row_of(RECALLED)], confirmations_on(day), day)
    assert (RECALLED in found) is settled


def test_what_rests_on_the_row_is_to_be_judged_anew(first, second):
    from procrastinate.contrib.django.models import ProcrastinateJob

    countersign(signed_by(first), second)
    job = ProcrastinateJob.objects.get(task_name="casework.judge_rows")
    assert job.args == {"row_ids": [RECALLED]}


def test_nobody_countersigns_what_he_confirmed(first):
    from phaseout.library.models import Countersignature

    confirmation = signed_by(first)
    with pytest.raises(Refusal) as refused:
        countersign(confirmation, first)
    assert refused.value.code == "countersigned_by_same_person"
    with pytest.raises(IntegrityError), transaction.atomic():
        Countersignature.objects.create(
            confirmation=confirmation,
            confirmed_by=first,
            countersigned_by=first,
            countersigned_on=TODAY,
        )


def test_the_database_refuses_a_second_signature_that_names_another_first(first, second):
    """Somebody might lie about who confirmed, to countersign himself."""
    from phaseout.library.models import Countersignature

    confirmation = signed_by(first)
    with pytest.raises(IntegrityError), transaction.atomic():
        Countersignature.objects.create(
            confirmation=confirmation,
            confirmed_by=second,
            countersigned_by=first,
            countersigned_on=TODAY,
        )
        connection.check_constraints()


def test_a_row_that_is_not_the_one_seen_is_not_countersigned(first, second, monkeypatch):
    from dataclasses import replace

    from phaseout.library import confirming
    from phaseout.library.shelf import row_of

    confirmation = signed_by(first)
    altered = replace(row_of(RECALLED), clause="another")
    monkeypatch.setattr(confirming, "row_of", lambda row_id: altered)
    with pytest.raises(Refusal) as refused:
        countersign(confirmation, second)
    assert refused.value.code == "row_changed_since"


def test_the_second_does_not_sign_before_the_first(first, second):
    with pytest.raises(Refusal) as refused:
        countersign(signed_by(first), second, TODAY - timedelta(days=1))
    assert refused.value.code == "countersigned_too_early"


def test_another_department_does_not_countersign(first, person):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        countersign(signed_by(first), person("环保", "reviewer", "epd"))


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins_and_the_other_is_told(first, second, person):
    from django.db import connections

    confirmation, third = signed_by(first), person("另一人", "officer", "eic")
    together, told = Barrier(2), []

    def sign(by: Any) -> None:
        together.wait()
        try:
            told.append(countersign(confirmation, by))
        except Refusal as refusal:
            told.append(refusal)
        finally:
            connections.close_all()

    threads = [Thread(target=sign, args=(by,)) for by in (second, third)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (refusal,) = [one for one in told if isinstance(one, Refusal)]
    assert refusal.code == "already_countersigned"
    assert len(told) == 2
