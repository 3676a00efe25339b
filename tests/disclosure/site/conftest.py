from __future__ import annotations

import pytest

from press import Press


@pytest.fixture
def press(db: None) -> Press:
    return Press()
