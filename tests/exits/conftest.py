from __future__ import annotations

import pytest

from casebook import Desk
from exit_site import Site
from journeys import Journey


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


@pytest.fixture
def site(desk: Desk) -> Site:
    """A technology case whose decision to dismantle is served."""
    journey = Journey(desk, "technology").do("record_match").decided("elimination")
    return Site(journey.case, desk, journey.day)
