from __future__ import annotations

import pytest

from casebook import Desk
from returns_book import Round


@pytest.fixture
def round_(db: None) -> Round:
    return Round(Desk())
