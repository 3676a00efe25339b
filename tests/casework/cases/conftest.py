import pytest

from casebook import Desk


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


@pytest.fixture(autouse=True)
def addresses_to_come(settings):
    settings.ROOT_URLCONF = "cb_urls"
