"""Whose act it is: function, place and role of a rule against the posts of a person.

A body outside this system (a court, the authority of reconsideration, the issuer of a licence, the
public) does its act on paper; the office of the case records it, with the paper on file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from phaseout.accounts.organisations import office_name
from phaseout.accounts.powers import ROLE_WORDS, Power, Role
from phaseout.accounts.scope import Grant, Scope
from phaseout.casework.cases.offices import office_of
from phaseout.casework.models import Case
from phaseout.law.opinions import CITIES, Opinions
from phaseout.law.procedures import ActRule
from phaseout.law.procedures.rows import words
from phaseout.law.refusals import Bilingual

ENTERPRISE = "enterprise"
GOVERNMENT = "government"
OUTSIDE = frozenset({"issuer", "reconsideration", "court", "body_of_remedy", "receiver", "public"})
_ROLES = {
    "officer": Role.OFFICER,
    "reviewer": Role.REVIEWER,
    "leader": Role.LEADER,
    "inspector": Role.INSPECTOR,
    "enterprise_user": Role.ENTERPRISE,
}


@dataclass(frozen=True, slots=True)
class Holder:
    """The office and function in which a person acts, and the name it bears on the day."""

    function: str
    office: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who an act asks for in a case: one of these offices, in this role, signed or not."""

    offices: tuple[str, ...]
    role: Role
    signs: bool

    @property
    def by_enterprise(self) -> bool:
        return self.role is Role.ENTERPRISE


def wanted(rule: ActRule, case: Case) -> Wanted:
    """Whom the rule asks for in this case."""
    if rule.by == ENTERPRISE and rule.role == "enterprise_user":
        return Wanted((), Role.ENTERPRISE, signs=False)
    if rule.by in OUTSIDE:  # recorded from the paper: what the body signed is on it
        return Wanted((case.office,), Role.OFFICER, signs=False)
    return Wanted(_offices(rule, case), _ROLES[rule.role], signs=rule.signs == "leader")


def holder(rule: ActRule, case: Case, scope: Scope, on: date) -> Holder | None:
    """In which office the person may do (or, where a leader signs, prepare) the act; else None."""
    asked = wanted(rule, case)
    return _held(case, scope, on, asked.offices, asked.role)


def signer(rule: ActRule, case: Case, scope: Scope, on: date) -> Holder | None:
    """In which office the person may sign the act; None for an act nobody signs besides."""
    asked = wanted(rule, case)
    return _held(case, scope, on, asked.offices, Role.LEADER) if asked.signs else None


def who(rule: ActRule, case: Case, on: date) -> Bilingual:
    """Whose act it is in words: the organisation under the name of the day, and the role."""
    asked = wanted(rule, case)
    if asked.by_enterprise:
        return case.enterprise.name, case.enterprise.name
    names = [office_name(office, case.division_code, on) for office in asked.offices]
    role = ROLE_WORDS[asked.role]
    if rule.by in OUTSIDE:
        body = words()[("by", rule.by)]
        return (
            f"{body[0]}（由{names[0][0]}{role[0]}记录）",
            f"{body[1]} (recorded by the {role[1]}, {names[0][1]})",
        )
    return (
        "、".join(zh for zh, _ in names) + role[0],
        f"{role[1]}, " + " or ".join(en for _, en in names),
    )


def who_signs(rule: ActRule, case: Case, on: date) -> Bilingual:
    """Whose signature the act wants in words: the leader of one of its offices."""
    names = [office_name(one, case.division_code, on) for one in wanted(rule, case).offices]
    role = ROLE_WORDS[Role.LEADER]
    return (
        "、".join(zh for zh, _ in names) + role[0],
        f"{role[1]}, " + " or ".join(en for _, en in names),
    )


def _offices(rule: ActRule, case: Case) -> tuple[str, ...]:
    city = Opinions.of().city_function(case.division_code)
    if rule.by == CITIES:
        return (city,)
    if rule.by == GOVERNMENT:
        own = city if case.office == city else GOVERNMENT
        return (own,) if rule.level == "same" else (GOVERNMENT, city)
    if rule.by in ("lead", ENTERPRISE):
        return (case.lead_function,) if rule.level == "region" else (case.office,)
    return (rule.by,)


def _held(
    case: Case, scope: Scope, on: date, offices: tuple[str, ...], role: Role
) -> Holder | None:
    for grant in _acting(scope):
        if grant.role is not role:
            continue
        if role is Role.ENTERPRISE:
            if grant.uscc == case.enterprise_id:
                name = case.enterprise.name
                return Holder(ENTERPRISE, ENTERPRISE, (name, name))
        elif office_of(grant) in offices and case.division_code.startswith(grant.prefix):
            office = office_of(grant)
            return Holder(grant.function, office, office_name(office, case.division_code, on))
    return None


def _acting(scope: Scope) -> Iterator[Grant]:
    return (grant for grant in scope.grants if Power.ACT in grant.powers)
