"""A few lines with findings of every kind, and the officers of the region; no judgement is run."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import uuid4

from phaseout.accounts.models import Post, User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework import acts
from phaseout.casework.models import Finding, JudgementRun, Reasoning
from phaseout.registry.models import Enterprise, ProductionLine

TODAY = date(2018, 3, 15)
ENERGY_ROW = "energy_limits/GB16780-2012/1"
_serial = count(1)


class Desk:
    """Makes what a case needs, row by row; `open_` opens one as an officer would."""

    today = TODAY

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
