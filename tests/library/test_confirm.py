"""The first signature under a row."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest

from phaseout.law.refusals import Refusal

from .conftest import EMISSION, RECALLED, TODAY

VERIFIED = "energy_limits/GB21346-2013/1"


def confirm(row_id: str, by: Any, **changes: Any) -> Any:
    from phaseout.library import confirming

    said = {"document": "GB 21341-2017", "page": "3, 表1", "by": by, "today": TODAY} | changes
    return confirming.confirm(row_id, **said)


def test_an_officer_confirms_for_the_office_held_on_the_day(first):
    signed = confirm(RECALLED, first)
    assert (signed.confirmed_by, signed.confirmed_on) == (first, TODAY)
    assert (signed.function, signed.division_code) == ("eic", "640000")


def test_one_signature_alone_settles_nothing(first, run_jobs):
    from phaseout.law.norms.confirmation import settled_rows
    from phaseout.library.records import confirmations_on
    from phaseout.library.shelf import row_of

    confirm(RECALLED, first)
    (signed,) = confirmations_on(TODAY)
    assert not signed.complete
    assert settled_rows([row_of(RECALLED)], [signed], TODAY) == set()


@pytest.mark.parametrize(
    ("row_id", "changes", "code"),
    [
        ("energy_limits/GB21341-2017/999", {}, "row_unknown"),
        (RECALLED, {"document": " "}, "confirmation_without_place"),
        (RECALLED, {"page": ""}, "confirmation_without_place"),
        (RECALLED, {"page": "第" * 81}, "text_too_long"),
    ],
)
def test_refused(first, row_id, changes, code):
    with pytest.raises(Refusal) as refused:
        confirm(row_id, first, **changes)
    assert refused.value.code == code


def test_what_a_page_is_called_is_kept_as_one_plain_line(first):
    signed = confirm(RECALLED, first, page=" 3\x00,\n表1\u202e ", note="<script>")
    assert (signed.page, signed.note) == ("3 , 表1", "<script>")


def test_a_row_whose_figure_was_seen_needs_no_confirmation(first):
    from phaseout.library.shelf import all_rows

    seen = next(
        r for r in all_rows().values() if r.confidence == "verified" and "energy_l" in r.row_id
    )
    with pytest.raises(Refusal) as refused:
        confirm(seen.row_id, first)
    assert refused.value.code == "row_is_verified"


@pytest.mark.parametrize(
    ("role", "function", "row_id", "may"),
    [
        ("officer", "eic", RECALLED, True),
        ("reviewer", "eic", RECALLED, True),
        ("leader", "eic", RECALLED, False),  # decides, does not confirm
        ("auditor", "inspection", RECALLED, False),
        ("administrator", "eic", RECALLED, False),
        ("officer", "epd", RECALLED, False),  # environment only
        ("officer", "epd", EMISSION, True),
        ("officer", "eic", EMISSION, False),
    ],
)
def test_who_may_confirm_in_which_dimension(person, role, function, row_id, may):
    from django.core.exceptions import PermissionDenied

    by = person("某", role, function)
    if may:
        assert confirm(row_id, by).pk
    else:
        with pytest.raises(PermissionDenied):
            confirm(row_id, by)


def test_the_second_to_come_is_told_who_was_first(first, second):
    confirm(RECALLED, first)
    with pytest.raises(Refusal) as refused:
        confirm(RECALLED, second)
    assert refused.value.code == "already_confirmed"
    assert "核对人已于2018年3月15日核对" in refused.value.zh
    assert "复核" in refused.value.instead[0]


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins_and_the_other_is_told(first, second):
    from django.db import connections

    from phaseout.library.models import Confirmation

    together, told = Barrier(2), []

    def sign(by: Any) -> None:
        together.wait()
        try:
            told.append(confirm(RECALLED, by))
        except Refusal as refusal:
            told.append(refusal)
        finally:
            connections.close_all()

    threads = [Thread(target=sign, args=(by,)) for by in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Confirmation.objects.count() == 1
    (refusal,) = [one for one in told if isinstance(one, Refusal)]
    assert refusal.code == "already_confirmed"
