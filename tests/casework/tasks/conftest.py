from functools import partial
from uuid import uuid4

import pytest

from casebook import Desk
from ordered_case import ORDERED
from phaseout.accounts.scope import scope_of
from phaseout.casework.models import TaskStanding
from phaseout.casework.tasks import acts


@pytest.fixture
def desk(db):
    return Desk()


@pytest.fixture
def ordered(desk):
    """An order to rectify, served: the city is to assist, the office itself keeps the list."""
    for office, role in (("cities", "officer"), ("cities", "leader")):
        desk.person(office, role, "640100")
    for office in ("eic", "hr", "grid"):
        desk.person(office)
        desk.person(office, "leader")
    return desk.walk(desk.open_(desk.finding(desk.line())).case, *ORDERED)


@pytest.fixture
def assist(ordered):
    return TaskStanding.objects.get(task="assist_rectification")


class Doing:
    """Does an act with a task as somebody, on a day."""

    def __init__(self, task):
        self.task = task

    def __getattr__(self, name):
        return partial(self._do, getattr(acts, name))

    def _do(self, act, by, on, **given):
        given.setdefault("key", uuid4())
        act(self.task.pk, by=by, scope=scope_of(by, on=on), today=on, **given)
        self.task.refresh_from_db()
        return self.task


@pytest.fixture
def doing(assist):
    return Doing(assist)
