from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from casebook import Desk
from journeys import Journey
from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.disclosure.lists import acts
from phaseout.disclosure.lists.log import heads
from phaseout.disclosure.lists.models import Draft, Edition, Notice


class Office:
    """The department that publishes a list, with the firms on it."""

    def __init__(self, desk: Desk, home: Any) -> None:
        self.desk, self.home = desk, home
        self.officer = desk.person("eic")
        self.leader = desk.person("eic", Role.LEADER)

    def ways(self, on: date, by: User | None = None) -> dict[str, Any]:
        user = by or self.officer
        return {"by": user, "scope": scope_of(user, on=on), "today": on, "key": uuid4()}

    def firm(self, uscc: str) -> User:
        return self.desk.person(role=Role.ENTERPRISE, uscc=uscc, function="")

    def ordered(self, line_id: str = "L1", uscc: str = "91640100MA00000001") -> Journey:
        """A case in which the order to rectify was served: a ground of the yellow list."""
        line = self.desk.line(line_id, self.desk.enterprise(uscc))
        case = self.desk.open_(self.desk.finding(line), by=self.officer).case
        return Journey.of_case(self.desk, case).decided("order")

    def draft(self, on: date, kind: str = "yellow-energy", **given: Any) -> Draft:
        return acts.draft(kind, **{**self.ways(on), **given})

    def told(self, draft: Draft, on: date, by: User | None = None) -> date:
        """Firms are told; the day after the last day to object."""
        acts.open_objections(draft.pk, **self.ways(on, by))
        return max(Notice.objects.values_list("last_day", flat=True)) + timedelta(days=1)

    def signed(self, draft: Draft, on: date) -> Draft:
        acts.sign(draft.pk, digest=draft.digest, **self.ways(on, self.leader))
        return draft

    def published(self, draft: Draft, on: date) -> Edition:
        """Signed and published on a day; the head of the log is signed as after a commit."""
        self.signed(draft, on)
        edition = acts.publish(draft.pk, **self.ways(on))
        heads.sign(self.home)
        return edition

    def edition(self, on: date, kind: str = "yellow-energy", **given: Any) -> tuple[Edition, date]:
        """Drafted on a day, told where somebody is to be, published the day after the last day."""
        draft = self.draft(on, kind, **given)
        if draft.entries.filter(new=True, asks_objections=True).exclude(
            ground__in=Notice.objects.values("ground")
        ):
            on = self.told(draft, on)
        return self.published(draft, on), on


@pytest.fixture
def office(db: None, settings: Any, tmp_path: Any) -> Office:
    settings.HOME = tmp_path
    return Office(Desk(), tmp_path)
