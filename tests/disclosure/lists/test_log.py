"""The publication log in the database."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from phaseout.disclosure.lists import published
from phaseout.disclosure.lists.models import LogEvent

pytestmark = pytest.mark.django_db


def test_an_empty_log_says_so() -> None:
    assert published.version() == 0
    assert published.changed_at() is None
    assert published.tree_head() is None
    assert published.newest("yellow-energy") is None
    assert published.proof("yellow-energy", number=1) is None
