"""A few lines with findings of every kind, and the officers of the region; no judgement is run."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import uuid4

from phaseout.accounts.models import Post, User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework import acts
from phaseout.casework.models import Act, Case, Finding, JudgementRun, Proposal, Reasoning
from phaseout.casework.proceeding.facts import item_types
from phaseout.casework.proceeding.holders import wanted
from phaseout.casework.proceeding.preparing import Asked
from phaseout.casework.proceeding.standing import acts_of, current
from phaseout.evidence.keeping import keep
from phaseout.law.procedures import ActRule
from phaseout.law.procedures.carried import serves
from phaseout.registry.models import Enterprise, ProductionLine

TODAY = date(2018, 3, 15)
ENERGY_ROW = "energy_limits/GB16780-2012/1"
BEIJING = timezone(timedelta(hours=8))
_serial = count(1)


class Desk:
    """Makes what a case needs, row by row; `open_` opens one as an officer would."""

    today = TODAY

    def __init__(self) -> None:
        self._people: dict[str, User] = {}

    def enterprise(self, uscc: str = "91640100MA00000001", **given: Any) -> Enterprise:
        place = given.setdefault("division_code", "640104")
        given.setdefault("name", f"云岭水泥{uscc[-3:]}厂")
        given.setdefault("industry", "cement")
        return Enterprise.objects.get_or_create(
            pk=uscc, defaults={**given, "division_code": place}
        )[0]

    def line(
        self, line_id: str = "L1", enterprise: Enterprise | None = None, **given: Any
    ) -> ProductionLine:
        owner = enterprise or self.enterprise()
        defaults = {
            "enterprise": owner,
            "name": f"{line_id}号线",
            "industry": owner.industry,
            "division_code": owner.division_code,
            **given,
        }
        return ProductionLine.objects.get_or_create(pk=line_id, defaults=defaults)[0]

    def finding(self, line: ProductionLine | None = None, **given: Any) -> Finding:
        """A standing, noncompliant energy finding that opens; `line=None` with an `enterprise`
        makes one that concerns the whole enterprise."""
        enterprise = given.pop("enterprise", None) or (
            line.enterprise if line else self.enterprise()
        )
        n = next(_serial)
        fields = {
            "finding_id": f"F-{n:018d}",
            "digest": uuid4(),
            "dimension": "energy",
            "judged_by": "energy",
            "enterprise": enterprise,
            "line": line,
            "division_code": line.division_code if line else enterprise.division_code,
            "industry": enterprise.industry,
            "subject": "熟料",
            "norm_row": ENERGY_ROW,
            "source_id": "GB16780-2012",
            "clause": "4.1",
            "indicator": "可比熟料综合煤耗",
            "value": Decimal("131.5"),
            "comparator": "<=",
            "limit_value": Decimal("112"),
            "unit": "kgce/t",
            "ratio": Decimal("1.1741"),
            "verdict": "noncompliant",
            "provisional": False,
            "reasons": [],
            "effect": "opens",
            "summary_zh": "可比熟料综合煤耗131.5 kgce/t，超过限值112 kgce/t。",
            "summary_en": "131.5 kgce/t is over the limit of 112 kgce/t.",
            "run": self.run(),
            "found_on": date(2018, 3, 1),
            **given,
        }
        finding = Finding.objects.create(**fields)
        step = {"kind": "verdict", "zh": fields["summary_zh"], "en": fields["summary_en"]}
        if finding.norm_row:
            step["because"] = [
                {"kind": "limit", "zh": "限值", "en": "limit", "cites": finding.norm_row}
            ]
        tree = {"schema": "phaseout.explanation/1", "explanation": step}
        Reasoning.objects.create(finding=finding, tree=tree)
        return finding

    def end(self, finding: Finding, on: date = TODAY) -> None:
        Finding.objects.filter(pk=finding.pk).update(ended_on=on, ended_by=self.run())

    def run(self) -> JudgementRun:
        return JudgementRun.objects.get_or_create(
            cause="all", on_day=TODAY, defaults={"started_at": "2018-03-15T00:00:00Z"}
        )[0]

    def person(
        self,
        function: str = "eic",
        role: str = Role.OFFICER,
        division: str = "640000",
        uscc: str = "",
    ) -> User:
        name = f"{role}-{function}-{division}{uscc}"
        if name not in self._people:
            self._people[name] = self._new_person(name, function, role, division, uscc)
        return self._people[name]

    def _new_person(self, name: str, function: str, role: str, division: str, uscc: str) -> User:
        user, new = User.objects.get_or_create(username=name, defaults={"name_zh": f"某{name}"})
        if new and role == Role.ENTERPRISE:
            Post.objects.create(user=user, role=role, uscc=uscc)
        elif new:
            Post.objects.create(user=user, role=role, function=function, division_code=division)
        return user

    def open_(self, *findings: Finding, by: User | None = None, **given: Any) -> Any:
        officer = by or self.person()
        return acts.open_case(
            [finding.finding_id for finding in findings],
            by=officer,
            scope=scope_of(officer, on=given.get("today", TODAY)),
            **{"today": TODAY, "key": uuid4(), "reason": "经查，能耗不达标。", **given},
        )

    def apply(self, line: ProductionLine, on: date = TODAY, **given: Any) -> Act:
        """The enterprise applies for the exit of its line."""
        by = self.person(role=Role.ENTERPRISE, uscc=line.enterprise_id, function="")
        facts = {"application": [self.file("申请书")], "exit_form": "拆除主体设备"}
        ways = {"by": by, "scope": scope_of(by, on=on), "today": on, "key": uuid4()}
        return acts.apply_exit(line.pk, Asked("apply_exit", facts), **{**ways, **given})

    # A case carried on, each act by somebody whose it is

    def do(self, case: Case, kind: str, on: date = TODAY, **given: Any) -> Act:
        """An act as the right people do it: prepared and signed where the rule says so. Facts that
        are not given are filled by their type; the document is served in person on the day."""
        rule = self.rule(case, kind)
        if "ledger_entry" in given:  # a part that exits is of some equipment
            given.setdefault("exited_equipment", f"{case.number}的设备")
        if kind == "accept_application":
            self.review(case, on)
        asked, doer = self.asked(rule, case, on, **given), self.doer(rule, case)
        ways = {"scope": scope_of(doer, on=on), "today": on, "key": uuid4()}
        if not wanted(rule, case).signs or rule.role == "leader":
            return acts.perform(case.pk, asked, by=doer, **ways)
        proposal = acts.propose(case.pk, asked, by=doer, **ways)
        return self.sign(proposal, self.leader(rule, case), on)

    def review(self, case: Case, on: date = TODAY) -> None:
        """County and city agree to an application, where they have not yet."""
        from phaseout.exits.acts import review
        from phaseout.exits.acts.applying import LEVELS, Reviewed
        from phaseout.exits.models import ExitAct

        by = self.person("cities", Role.OFFICER, f"{case.division_code[:4]}00")
        given = ExitAct.objects.filter(case=case, kind="review").values_list("item", flat=True)
        for level in [one for one in LEVELS if one not in set(given)]:
            ways = {"by": by, "scope": scope_of(by, on=on), "today": on, "key": uuid4()}
            review(case.pk, Reviewed(level, "agree", "情况属实。", on_paper="函1号"), **ways)

    def sign(self, proposal: Proposal, leader: User, on: date = TODAY) -> Act:
        return acts.sign(
            proposal.pk,
            by=leader,
            scope=scope_of(leader, on=on),
            today=on,
            digest=proposal.digest,
            key=uuid4(),
        )

    def walk(self, case: Case, *steps: str | tuple[str, date], on: date = TODAY) -> Case:
        """One act after another; a step with a day moves the day on."""
        for step in steps:
            kind, on = (step, on) if isinstance(step, str) else step
            self.do(case, kind, on)
        return Case.objects.get(pk=case.pk)

    def rule(self, case: Case, kind: str) -> ActRule:
        return current(case, acts_of(case)).acts[kind]

    def asked(self, rule: ActRule, case: Case, on: date, **given: Any) -> Asked:
        facts = {
            bring.item: self.fact(bring.item, on)
            for bring in rule.brings
            if not bring.optional and bring.item not in given
        }
        items = {name: value for name, value in given.items() if name in item_types()}
        rest = {name: value for name, value in given.items() if name not in items}
        if serves(rule):
            rest.setdefault("served_from", on)
        return Asked(rule.kind, {**facts, **items}, **rest)

    def fact(self, item: str, on: date) -> Any:
        """Something of the item's type, as an officer might enter it."""
        if item == "service_way":
            return "in_person"
        if item == "ledger_entry":
            return "全部"
        return {
            "file": lambda: [self.file(item)],
            "text": lambda: "经查属实。",
            "date": lambda: on if item in ("ruled_on", "completed_on") else on + timedelta(days=30),
            "moment": lambda: datetime(on.year, on.month, on.day, 9, tzinfo=BEIJING),
            "number": lambda: 3,
            "amount": lambda: Decimal("100000"),
            "list": lambda: ["第一点"],
            "map": lambda: {"第一点": "不采纳：与监测数据不符。"},
            "licences": lambda: [{"licence": "排污许可证", "issuer": "核发机关"}],
        }[item_types()[item]]()

    def file(self, name: str = "附件", by: User | None = None) -> str:
        who = by or self.person()
        return keep([f"{name} {next(_serial)}".encode()], name=f"{name}.txt", by=who).digest

    def doer(self, rule: ActRule, case: Case) -> User:
        asked = wanted(rule, case)
        if asked.by_enterprise:
            return self.person(role=Role.ENTERPRISE, uscc=case.enterprise_id, function="")
        return self.of_office(asked.offices[0], asked.role, case)

    def leader(self, rule: ActRule, case: Case) -> User:
        return self.of_office(wanted(rule, case).offices[0], Role.LEADER, case)

    def of_office(self, office: str, role: str, case: Case) -> User:
        if office.startswith("city_"):
            return self.person("cities", role, office.removeprefix("city_"))
        return self.person(office, role)
