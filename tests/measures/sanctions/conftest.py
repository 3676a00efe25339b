from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from casebook import Desk
from journeys import Journey
from phaseout.accounts.models import Post, User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework.acts import open_exit
from phaseout.casework.models import Case, CaseDeadline
from phaseout.casework.proceeding.preparing import Asked
from phaseout.law.sanctions.bases import bases_on, carried_areas
from phaseout.law.sanctions.fields import edition_on, fields_of, written
from phaseout.law.uscc import check_sign
from phaseout.measures.sanctions import acts
from phaseout.measures.sanctions.models import CreditRecord, Sanction

AUTHORITY = "11640000" + "MB0000001"
AUTHORITY += check_sign(AUTHORITY)
USCC = "91640100MA0000001"
USCC += check_sign(USCC)


class Commission:
    """The development and reform commission, who leads clause 17, and everybody it deals with."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.officer = desk.person("drc")
        self.leader = desk.person("drc", Role.LEADER)
        self.bank_people = desk.person("pbc")

    def ways(self, on: date, by: User | None = None) -> dict[str, Any]:
        user = by or self.officer
        return {"by": user, "scope": scope_of(user, on=on), "today": on, "key": uuid4()}

    # Overdue cases

    def ordered(self, line_id: str = "L1", uscc: str = USCC) -> Journey:
        """A case in which the order to rectify was served."""
        desk = self.desk
        line = desk.line(line_id, desk.enterprise(uscc))
        case = desk.open_(desk.finding(line), by=desk.person("eic")).case
        return Journey.of_case(desk, case).decided("order")

    def overdue(self, line_id: str = "L1", uscc: str = USCC) -> Journey:
        """A case whose time to rectify ran out yesterday."""
        return self.ordered(line_id, uscc).after("rectification")

    def lapsed(self, line_id: str = "L1") -> Journey:
        """As `overdue`, with the deadline written by hand: where how it came about is not the
        matter, thirteen acts are saved."""
        line = self.desk.line(line_id, self.desk.enterprise(USCC))
        case = self.desk.open_(self.desk.finding(line), by=self.desk.person("eic")).case
        Case.objects.filter(pk=case.pk).update(stage="rectifying")
        due = case.opened_on + timedelta(days=180)
        CaseDeadline.objects.create(
            case=case, period="rectification", opened_by=7, kind="measure", whose="enterprise",
            runs_from=case.opened_on, due=due, going=True, office=case.office,
            division_code=case.division_code, dimension=case.dimension,
        )  # fmt: skip
        return Journey.of_case(self.desk, again(case), due + timedelta(days=1))

    def closed(self, line_id: str = "L1") -> Journey:
        """A case whose day to exit, set in the closing decision, was yesterday."""
        journey = self.overdue(line_id).do("record_overdue").decided("closure")
        return journey.after("exit_by")

    def impose(self, journey: Journey, period: str = "rectification", **given: Any) -> Sanction:
        on = journey.day
        areas = given.pop("areas", carried_areas(on))
        bases = given.pop("bases", [b.basis for b in bases_on(on)])
        ways = {**self.ways(on, given.pop("by", None)), **given}
        ways.setdefault("severity", "general")
        ways.setdefault("publish", True)
        ways.setdefault("reason", "逾期未整改，经核实。")
        return acts.impose(journey.case.pk, period, areas=areas, bases=bases, **ways)

    def clerk(self, uscc: str) -> User:
        """Somebody of a bank."""
        user = User.objects.create(username=f"bank-{uscc}", name_zh="某银行信贷人员")
        Post.objects.create(user=user, role=Role.BANK, uscc=uscc)
        return user

    # Exits

    def exit_of(self, journey: Journey) -> Journey:
        """The exit opened on the closing decision of a case, walked up to its publication."""
        officer = self.desk.person("eic")
        asked = Asked(
            "open_on_decision", {"decision_served": [self.desk.file()], "exit_form": "整体"}
        )
        opened = open_exit(
            journey.case.pk, asked, by=officer, scope=scope_of(officer, on=journey.day),
            today=journey.day, key=uuid4(),
        )  # fmt: skip
        leaving = Journey.of_case(self.desk, opened.case, journey.day)
        leaving.do("close_enterprise", "verify_stopped", "settlement_confirmed", "publish_exit")
        return leaving

    # Records

    def values(self, sanction: Sanction, on: date, **given: str) -> dict[str, str]:
        """A record of the form of the day, every field that it asks for filled."""
        form = edition_on("penalty", on)
        assert form is not None
        values = {
            "CF_XDR_MC": sanction.enterprise.name, "CF_XDR_LB": "法人及非法人组织",
            "CF_XDR_SHXYM": sanction.enterprise_id, "CF_FRDB": "某某", "CF_FR": "某某",
            "CF_WSH": "宁经信停字〔2018〕1号", "CF_WFXW": "逾期未整改", "CF_SY": "能耗超过限额",
            "CF_YJ": "节约能源法第七十二条", "CF_CFLB": "其他-责令关闭", "CF_NR": "责令关闭",
            "CF_JDRQ": written(on), "CF_YXQ": "2099/12/31", "CF_CFJG": "自治区经信委",
            "CF_CFJGDM": AUTHORITY, "CF_SJLY": "自治区发改委", "CF_SJLYDM": AUTHORITY,
            "CF_CFMC": "责令关闭决定", "CF_CFLB1": "其他-责令关闭", "CF_JG": "责令关闭",
            "CF_XZJG": "自治区经信委", "CF_ZT": "0", "DFBM": "640000",
            "SJC": f"{written(on)} 09:00:00",
        }  # fmt: skip
        codes = {field.field_code for field in fields_of(form)}
        return {code: text for code, text in {**values, **given}.items() if code in codes}

    def record(self, sanction: Sanction, on: date, **given: str) -> CreditRecord:
        values = self.values(sanction, on, **given)
        return acts.draw_up(
            sanction.case_id, "penalty", values, decided_on=on, sanction_id=sanction.pk,
            **self.ways(on),
        )  # fmt: skip


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def commission(db: None) -> Commission:
    return Commission(Desk())
