"""Cases of the demonstration, carried onward by the real acts of the right people.

    carry_cases(today)      the cases of `plans`, each as far as the day allows; idempotent
    Walker(case)            one case: `do("order.notice", date(2018, 1, 16))`, act upon act

Each act is done by a demo person who holds the post for it, signed by a leader where the
procedure wants that, with files marked 演示. A run that was killed goes on with the first act that
is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from phaseout.accounts.demo import enterprise_user
from phaseout.accounts.models import Post, User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework import acts
from phaseout.casework.models import Act, Case, Finding, Proposal
from phaseout.casework.proceeding.facts import item_types
from phaseout.casework.proceeding.holders import wanted
from phaseout.casework.proceeding.preparing import Asked
from phaseout.casework.proceeding.standing import acts_of, current
from phaseout.demo.case_files import file_for
from phaseout.demo.case_plans import PLANS, Plan, Step
from phaseout.demo.case_texts import text_for
from phaseout.law.opinions import CITIES
from phaseout.law.procedures import ActRule
from phaseout.law.procedures.carried import serves

EARLY = date(2018, 1, 8)
"""The day on which the demonstration is judged first, so that cases can be opened soon after."""


@dataclass
class Walker:
    """A case that demo people carry on, one act after another."""

    case: Case
    people: dict[tuple[str, str, str], User] = field(default_factory=dict)

    def do(self, kind: str, on: date, **given: Any) -> Act:
        """The act on a day: prepared and signed, or done, by those whose it is."""
        rule = self.rule(kind)
        asked, by = self.asked(rule, on, **given), self.doer(rule)
        if rule.signs and rule.role != "leader" and wanted(rule, self.case).signs:
            return self.sign(self.propose(asked, by, on), rule, on)
        return acts.perform(
            self.case.pk, asked, by=by, scope=scope_of(by, on=on), today=on, key=self.key(kind)
        )

    def prepare(self, kind: str, on: date, **given: Any) -> Proposal:
        """The act prepared for a leader, who has not signed yet."""
        rule = self.rule(kind)
        return self.propose(self.asked(rule, on, **given), self.doer(rule), on)

    def propose(self, asked: Asked, by: User, on: date) -> Proposal:
        return acts.propose(
            self.case.pk,
            asked,
            by=by,
            scope=scope_of(by, on=on),
            today=on,
            key=self.key(f"propose {asked.kind}"),
        )

    def sign(self, proposal: Proposal, rule: ActRule, on: date) -> Act:
        leader = self.of_office(wanted(rule, self.case).offices[0], Role.LEADER)
        return acts.sign(
            proposal.pk,
            by=leader,
            scope=scope_of(leader, on=on),
            today=on,
            digest=proposal.digest,
            key=self.key(rule.kind),
        )

    def rule(self, kind: str) -> ActRule:
        return current(self.case, acts_of(self.case)).acts[kind]

    def key(self, kind: str) -> UUID:
        """The same act of the same place in the case is the same act, also in a later run."""
        place = self.case.acts.count() + 1
        return uuid5(NAMESPACE_URL, f"phaseout:demo:{self.case.number}:{place}:{kind}")

    def asked(self, rule: ActRule, on: date, **given: Any) -> Asked:
        """What the act carries: what is given, and for the rest something of its type."""
        by = self.doer(rule)
        facts = {
            bring.item: given[bring.item]
            if bring.item in given
            else fact(bring.item, rule, self.case, by, on)
            for bring in rule.brings
            if not bring.optional or bring.item in given
        }
        rest = {name: value for name, value in given.items() if name not in facts}
        if serves(rule):
            rest.setdefault("served_from", on)
        return Asked(rule.kind, facts, **rest)

    def doer(self, rule: ActRule) -> User:
        asked = wanted(rule, self.case)
        if asked.by_enterprise:
            return enterprise_user(self.case.enterprise_id)
        return self.of_office(asked.offices[0], asked.role)

    def of_office(self, office: str, role: Role) -> User:
        """The demo person who holds that role in an office.

        Raises:
            Post.DoesNotExist: there is none among `accounts.demo.PEOPLE`.
        """
        function, place = office, "640000"
        if office.startswith("city_"):
            function, place = CITIES, office.removeprefix("city_")
        key = (function, place, str(role))
        if key not in self.people:
            of_the_role = Post.objects.select_related("user").filter(
                user__demo=True, role=role, function=function, division_code=place
            )
            post = of_the_role.order_by("pk")[:1].get()
            self.people[key] = post.user
        return self.people[key]


def fact(item: str, rule: ActRule, case: Case, by: User, on: date) -> Any:
    """Something of the item's type, as such a person might enter it; all of it fictional."""
    kind = item_types()[item]
    if item == "service_way":
        return "in_person"
    if item == "ledger_entry":
        return "全部"
    if kind == "file":
        return [file_for(item, case, by=by, on=on).digest]
    if kind == "date":
        return on + timedelta(days=90)
    if kind == "list":
        return [text_for(item, rule, case)]
    if kind == "licences":
        return [{"licence": "排污许可证（演示）", "issuer": "生态环境主管部门（演示）"}]
    return text_for(item, rule, case)


def carry_cases(today: date, plans: Sequence[Plan] = PLANS) -> list[Case]:
    """The planned cases as far as the day allows; those that are there already go on. Plans of
    other rooms choose enterprises that have no case yet."""
    carried = []
    others = Case.objects.none() if plans is PLANS else Case.objects.all()
    taken = set(others.values_list("enterprise_id", flat=True))
    for plan in plans:
        case = _there(plan) or _opened(plan, today, taken)
        if case is None:
            continue
        taken.add(case.enterprise_id)
        enterprise_user(case.enterprise_id)  # so that its own site can be looked at
        walker = Walker(case)
        for step in plan.steps[case.acts.count() - 1 :]:
            if step.on <= today:
                walker.do(step.kind, step.on, **_given(step, case))
        if plan.waits is not None and plan.waits.on <= today and _all_done(case, plan):
            walker.prepare(plan.waits.kind, plan.waits.on, **_given(plan.waits, case))
        carried.append(Case.objects.get(pk=case.pk))
    return carried


def _given(step: Step, case: Case) -> Mapping[str, Any]:
    if step.kind.endswith("answer_defence") and "answers" not in step.given:
        stated = case.acts.get(kind=step.kind.replace("answer_defence", "defence"))
        points = stated.facts["points"]
        return {**step.given, "answers": dict.fromkeys(points, "经复核，不影响对事实的认定。")}
    return step.given


def _all_done(case: Case, plan: Plan) -> bool:
    return (
        case.acts.count() == len(plan.steps) + 1
        and not case.proposals.filter(state=Proposal.State.WAITING).exists()
    )


def _there(plan: Plan) -> Case | None:
    """The case of an earlier run."""
    opened = Act.objects.filter(key=plan.key).select_related("case__enterprise", "case__line")
    act = opened.first()
    return act.case if act is not None else None


def _opened(plan: Plan, today: date, taken: set[str]) -> Case | None:
    """The case, opened on the findings of a line that stood on the day; None: there are none."""
    if plan.opened_on > today:
        return None
    findings = _findings(plan, taken)
    if not findings:
        return None
    officer = Walker(Case()).of_office(plan.office, Role.OFFICER)
    act = acts.open_case(
        [finding.finding_id for finding in findings],
        by=officer,
        scope=scope_of(officer, on=plan.opened_on),
        today=plan.opened_on,
        key=plan.key,
        reason=f"{findings[0].summary_zh[:200]}（演示）",
    )
    return Case.objects.select_related("enterprise", "line").get(pk=act.case_id)


def _findings(plan: Plan, taken: set[str]) -> list[Finding]:
    """Settled findings of one line in the dimension that open a case, and still stand."""
    fit = (
        Finding.objects.filter(
            plan.fits,
            dimension=plan.dimension,
            verdict="noncompliant",
            provisional=False,
            effect="opens",
            ended_on=None,
            found_on__lte=plan.opened_on,
            line__isnull=False,
        )
        .exclude(enterprise__in=taken)
        .exclude(period_end__gt=plan.opened_on)
        .order_by("-period_end", "pk")
    )
    first = fit.first()
    if first is None:
        return []
    return [
        finding
        for finding in fit
        if (finding.line_id, finding.period_end) == (first.line_id, first.period_end)
    ]
