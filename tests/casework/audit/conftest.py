import pytest

from casebook import Desk


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()
