"""The small province in the registry, judged once for these files; each test rolls its own back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ON = date(2018, 3, 15)


@pytest.fixture(scope="package")
def province_in_registry(
    django_db_setup: None, django_db_blocker: Any, small_province: Path
) -> Iterator[None]:
    """Stands for the tests of this folder, in a transaction around theirs."""
    from django.db import transaction

    from casework.judged.registry_of_facts import fill_registry

    with django_db_blocker.unblock():
        around = transaction.atomic()
        around._from_testcase = True  # so that a durable act may begin inside, as in any test
        with around:
            fill_registry(small_province, ON)
            yield
            transaction.set_rollback(True)


@pytest.fixture(scope="package")
def province_judged(province_in_registry: None) -> None:
    """The province with its findings of 15 March 2018."""
    from phaseout.casework import judging

    judging.judge_touched(on=ON)
