import pytest
from django.test import Client

from casebook import Desk
from ordered_case import ORDERED
from phaseout.desk.models import DemoDay


@pytest.fixture
def desk(db):
    return Desk()


@pytest.fixture
def on_day(db):
    """Call it with a day: the demonstration stands there."""

    def move(day):
        DemoDay.objects.create(day=day)

    return move


@pytest.fixture
def signed_in(db):
    """Call it with a person: a browser in which the person is signed in."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def ordered(desk):
    desk.person("cities", "officer", "640100")
    desk.person("eic", "leader")
    return desk.walk(desk.open_(desk.finding(desk.line())).case, *ORDERED)
