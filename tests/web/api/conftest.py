import pytest

from api_machine import Machine, machine_of
from casebook import Desk


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


@pytest.fixture
def officer(desk: Desk) -> Machine:
    return machine_of(desk.person())
