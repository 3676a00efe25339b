"""Two people at once, a process killed in the middle: whole or not at all, and never twice."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from phaseout.law.refusals import Refusal
from phaseout.registry.imports import check, checking, receive, take_import
from phaseout.registry.imports.receiving import ask_to_check
from phaseout.registry.imports.taking import ask_to_take
from phaseout.registry.imports.writing import Writing
from phaseout.registry.jobs import take_checked_import
from phaseout.registry.models import VERSIONS, EnergyVersion, Import, Touched
from registry.given import all_right, csv_files, right

from .conftest import TODAY

pytestmark = pytest.mark.django_db(transaction=True)

SETTINGS = "phaseout.web.settings"  # those of tests would start a server of the child's own

MIDWAY = """
import sys, time
from phaseout.web import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.contrib.auth import get_user_model
from phaseout.registry.imports import check, take_import, writing, checking
from {day} import TODAY

def stop(*args, **kwargs):
    print("midway", flush=True)
    time.sleep(600)

{patched} = stop
by = get_user_model().objects.get()
{act}
"""


@pytest.fixture
def killed_midway(tmp_path: Path) -> Callable[[str, str], None]:
    """Runs an act in a process of its own, and kills that process where `patched` is called."""

    def run(act: str, patched: str) -> None:
        script = tmp_path / "act.py"
        script.write_text(MIDWAY.format(act=act, patched=patched, day="registry.conftest"))
        name = connection.settings_dict["NAME"]
        tests = Path(__file__).parents[1]
        path = os.pathsep.join([str(tests), *sys.path])
        with subprocess.Popen(
            [sys.executable, str(script), name],
            stdout=subprocess.PIPE,
            text=True,
            env={
                **os.environ,
                "PYTHONPATH": path,
                "DJANGO_SETTINGS_MODULE": SETTINGS,
            },
        ) as child:
            assert child.stdout is not None
            came = "midway\n" in child.stdout  # whatever it says before
            child.kill()
            assert came

    return run


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts at once, each with a connection of its own; what each gave or was refused."""
    ready = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(at: int) -> None:
        ready.wait()
        try:
            results[at] = acts[at]()
        except Refusal as refusal:
            results[at] = refusal.code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_people_who_change_the_same_row_do_not_both_succeed(take_in, check_in, officer):
    take_in(csv_files(all_right()))
    mine = check_in(csv_files({"energy": [right("energy", value="93")]}))
    yours = check_in(csv_files({"energy": [right("energy", value="94")]}))
    results = together(
        *(
            lambda pk=brought.pk: take_import(pk, by=officer, today=TODAY).state
            for brought in (mine, yours)
        )
    )
    assert sorted(results) == ["registry_changed", "taken"]
    assert EnergyVersion.objects.filter(replaced_by=None).count() == 1
    assert EnergyVersion.objects.count() == 2


def test_two_people_who_bring_different_things_both_succeed(take_in, check_in, officer):
    take_in(csv_files(all_right()))
    brought = [
        check_in(csv_files({"outputs": [right("outputs", quantity="56")]})),
        check_in(csv_files({"energy": [right("energy", value="94")]})),
    ]
    results = together(
        *(lambda pk=each.pk: take_import(pk, by=officer, today=TODAY).state for each in brought)
    )
    assert results == ["taken", "taken"]
    order = Import.objects.order_by("taken_no").values_list("taken_no", flat=True)
    assert list(order) == [1, 2, 3]


def test_one_import_taken_twice_at_once_is_taken_once(check_in, officer):
    brought = check_in(csv_files(all_right()))
    take = lambda: take_import(brought.pk, by=officer, today=TODAY).state  # noqa: E731
    assert together(take, take) == ["taken", "taken"]
    assert {table: VERSIONS[table].objects.count() for table in all_right()} == dict.fromkeys(
        all_right(), 1
    )


def test_the_same_files_brought_by_two_people_at_once_register_one_of_each(officer, book):
    def bring() -> str:
        brought = receive(csv_files(all_right()), by=officer, today=TODAY, check=False)
        check(brought.pk, book=book)
        return str(take_import(brought.pk, by=officer, today=TODAY, book=book).state)

    results = together(bring, bring)
    # Whoever checked before the other took must look at the new preview.
    assert set(results) <= {"taken", "registry_changed"}
    assert "taken" in results
    assert VERSIONS["lines"].objects.count() == 1


def test_killed_in_the_middle_of_a_taking_nothing_is_taken(check_in, officer, killed_midway):
    brought = check_in(csv_files(all_right()))
    killed_midway(
        f"take_import({brought.pk}, by=by, today=TODAY)", "writing.Writing._bring_up_to_date"
    )
    brought.refresh_from_db()
    assert brought.state == Import.State.CHECKED
    assert not any(model.objects.exists() for model in VERSIONS.values())
    assert not Touched.objects.exists()
    # The job is taken up again: the lock went with the process.
    assert take_import(brought.pk, by=officer, today=TODAY).state == Import.State.TAKEN
    assert VERSIONS["monitoring"].objects.count() == 1


def test_killed_in_the_middle_of_a_check_it_is_checked_again(officer, book, killed_midway):
    brought = receive(csv_files(all_right()), by=officer, today=TODAY, check=False)
    killed_midway(f"check({brought.pk})", "checking._conclude")
    brought.refresh_from_db()
    assert (brought.state, brought.attempts) == (Import.State.RECEIVED, 1)
    check(brought.pk, book=book)
    brought.refresh_from_db()
    assert brought.state == Import.State.CHECKED
    assert brought.counts["monitoring"]["new"] == 1


def test_files_that_bring_the_check_down_three_times_are_refused(officer, book):
    brought = receive(csv_files(all_right()), by=officer, today=TODAY, check=False)
    Import.objects.filter(pk=brought.pk).update(attempts=3, stage="reading")
    check(brought.pk, book=book)
    brought.refresh_from_db()
    assert brought.state == Import.State.REFUSED
    assert brought.refusal["refused"] == "check_failed"


def test_a_disk_that_is_full_is_said_and_the_import_goes_on_once_there_is_room(
    officer, book, monkeypatch
):
    """Neither tried three times nor blamed on the file; nothing is taken, nothing lost."""

    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    brought = receive(csv_files(all_right()), by=officer, today=TODAY, check=False)
    with monkeypatch.context() as patch:
        patch.setattr(checking, "keep_new", full)
        check(brought.pk, book=book)
    brought.refresh_from_db()
    assert (brought.state, brought.refusal["refused"]) == (Import.State.REFUSED, "no_room")

    ask_to_check(brought.pk, by=officer, today=TODAY)
    check(brought.pk, book=book)
    ask_to_take(brought.pk, by=officer, today=TODAY)
    with monkeypatch.context() as patch:
        patch.setattr(Writing, "_bring_up_to_date", full)
        take_checked_import(brought.pk)
    brought.refresh_from_db()
    assert (brought.state, brought.refusal["refused"]) == (Import.State.CHECKED, "no_room")
    assert brought.taking_asked is None
    assert not any(model.objects.exists() for model in VERSIONS.values())
    assert take_import(brought.pk, by=officer, today=TODAY).state == Import.State.TAKEN
