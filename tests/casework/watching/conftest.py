import pytest

from casebook import Desk
from ordered_case import ORDERED
from phaseout.accounts.powers import Role


@pytest.fixture
def desk(db):
    return Desk()


@pytest.fixture
def ordered(desk):
    """An order to rectify, served on 2 April 2018; leaders, inspector and an enterprise user."""
    case = desk.open_(desk.finding(desk.line())).case
    desk.person("eic", Role.LEADER)
    desk.person("government", Role.LEADER)
    desk.person("inspection", Role.AUDITOR)
    desk.person("epd", Role.LEADER)
    desk.person("cities", Role.LEADER, "640200")
    desk.person(role=Role.ENTERPRISE, uscc=case.enterprise_id, function="")
    return desk.walk(case, *ORDERED)
