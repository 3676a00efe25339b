"""Demo people, and a client signed in as one of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from phaseout.accounts.demo import load_people
from phaseout.accounts.models import User


@pytest.fixture
def people(db: None) -> dict[str, User]:
    return {person.username: person for person in load_people()}


@pytest.fixture
def as_person(people: dict[str, User]) -> Callable[[str], Client]:
    """A client signed in as the demo person of that name; nobody for an empty name."""

    def signed_in(username: str) -> Client:
        client = Client()
        if username:
            client.force_login(people[username])
        return client

    return signed_in
