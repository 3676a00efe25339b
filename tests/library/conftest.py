"""People of the library's tests: officers of two dimensions, a reviewer, a leader of a city."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

TODAY = date(2018, 3, 15)
RECALLED = "energy_limits/GB21341-2017/1"
"""A recalled row of the energy dimension that the demo's officers have not confirmed."""

EMISSION = "emission_limits/E-GB13456-2012/1"


@pytest.fixture
def person(db: None) -> Callable[..., Any]:
    """`person("甲", "officer", "eic")`: a user with one post, over the region unless said."""
    from phaseout.accounts.models import Post, User

    def made(name: str, role: str, function: str, division: str = "640000") -> Any:
        user = User.objects.create(username=f"u-{name}", name_zh=name)
        Post.objects.create(user=user, role=role, function=function, division_code=division)
        return user

    return made


@pytest.fixture
def first(person: Callable[..., Any]) -> Any:
    return person("核对人", "officer", "eic")


@pytest.fixture
def second(person: Callable[..., Any]) -> Any:
    return person("复核人", "reviewer", "eic")
