from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casebook import Desk
from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.coordination.annual import acts, freezing
from phaseout.coordination.annual.models import AnnualAct, Erratum, Freeze
from phaseout.coordination.annual.standing import Standing, standing
from phaseout.coordination.returns import drafting
from returns_book import YEAR, Round, outside

FROZEN, SENT = date(2019, 1, 10), date(2019, 1, 28)
WAITS_NOT = "固原等市尚未报送，按期上报。"


class Report:
    """The report on 2018: one accepted return of Yinchuan with a row outside the register."""

    def __init__(self, desk: Desk) -> None:
        self.round = Round(desk)
        self.officer, self.leader = desk.person("eic"), desk.person("eic", Role.LEADER)
        self.drc, self.government = (
            desk.person("drc", Role.LEADER),
            desk.person("government", Role.LEADER),
        )

    def ways(self, by: User, on: date, **given: Any) -> dict[str, Any]:
        return self.round.ways(by, on, **given)

    def accepted(self) -> None:
        """The row outside the register, and the line that exited where one did."""
        for number, row in enumerate(drafting.drafted(self.round.at()).rows, 1):
            if row.quantity is None:
                self.round.corrects(number, quantity=1)
        self.round.drafts(outside())
        self.round.files()
        different = [at for at, one in enumerate(self.round.beside()) if one.differences]
        self.round.accepts(dict.fromkeys(different, ("city", "已核查。")))

    def freezes(self, on: date = FROZEN, *, reason: str = WAITS_NOT, **given: Any) -> Freeze:
        return acts.freeze(YEAR, reason=reason, **{**self.ways(self.officer, on), **given})

    @property
    def now(self) -> Standing:
        return standing(YEAR, SENT)

    @property
    def digest(self) -> str:
        frozen = self.now.freeze
        return frozen.digest if frozen is not None else ""

    def signs(self, *people: User, on: date = FROZEN) -> None:
        for by in people or (self.leader, self.drc):
            acts.sign(YEAR, digest=self.digest, **self.ways(by, on))

    def agrees(self, on: date = FROZEN) -> AnnualAct:
        ways = self.ways(self.government, on)
        return acts.approve(YEAR, digest=self.digest, document="宁政函〔2019〕3号", **ways)

    def approved(self) -> None:
        self.accepted()
        self.freezes()
        self.signs()
        self.agrees()

    def sends(self, on: date = SENT, **given: Any) -> AnnualAct:
        return acts.send(YEAR, number="宁工信发〔2019〕8号", **self.ways(self.officer, on, **given))

    def corrects(self, place: int | None, after: Any, **given: Any) -> Erratum:
        told = {"reason": "产能多计。", "document": "宁工信发〔2019〕20号", **given}
        return acts.correct(YEAR, place, after, **told, **self.ways(self.leader, SENT))


@pytest.fixture
def report(db: None, settings: Any, tmp_path: Any, monkeypatch: Any) -> Report:
    """Within the transaction of the test no other can begin: here what is frozen is read in it."""
    monkeypatch.setattr(freezing, "one_snapshot", lambda: None)
    settings.EVIDENCE_ROOT = tmp_path
    return Report(Desk())


@pytest.fixture
def real_report(transactional_db: None, settings: Any, tmp_path: Any) -> Report:
    """In transactions of its own, as on the site."""
    settings.EVIDENCE_ROOT = tmp_path
    return Report(Desk())
