"""Who acts in a case: the office of a post, who leads and cooperates by clauses (4) to (8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import CLAUSES, Grant, Scope
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.norms.methods import method_rows
from phaseout.law.norms.methods.composition import DutyScope
from phaseout.law.opinions import CITIES, Opinions
from phaseout.law.refusals import Bilingual

CLAUSE_OF = {dimension: clause for clause, dimension in CLAUSES.items()}


@dataclass(frozen=True, slots=True)
class Duties:
    """Who leads and who cooperates for one line in one dimension, as functions with their city."""

    clause: int
    lead: tuple[str, ...]
    cooperating: tuple[str, ...]
    city: str


@dataclass(frozen=True, slots=True)
class Acting:
    """The office in which a person acts; `lead` is the function that leads the case."""

    function: str
    office: str
    name: Bilingual
    lead: str


def duties(dimension: str, industry: str, division_code: str) -> Duties:
    """The duties of the clause of a dimension, for a line of an industry in a place.

    A function that acts on one industry only (the coal mine bureau) leads there before the others
    and is left out elsewhere.
    """
    clause = CLAUSE_OF[Dimension(dimension)]
    opinions = Opinions.of()
    scopes = {
        scope.function: scope.industry
        for scope in cast(tuple[DutyScope, ...], method_rows("duty_scopes"))
        if scope.opinions_clause == clause
    }
    lead = [f for f in opinions.lead(clause) if scopes.get(f, industry) == industry]
    lead.sort(key=lambda function: function not in scopes)
    city = opinions.city_function(division_code)
    cooperating = tuple(city if f == CITIES else f for f in opinions.cooperating(clause))
    return Duties(clause, tuple(lead), cooperating, city)


def acting(
    scope: Scope, held: Duties, dimension: str, division_code: str, on: date
) -> Acting | None:
    """The office in which the person may open a case here: one that leads, else the line's city.

    None: no post of the person reaches here, or only posts of functions that merely cooperate.
    """
    offices = [
        (grant, office_of(grant))
        for grant in scope.grants
        if Power.OPEN_CASE in grant.powers and grant.covers(division_code, dimension, None)
    ]
    for wanted in (*held.lead, held.city):
        for grant, office in offices:
            if office == wanted:
                lead = office if office in held.lead else held.lead[0]
                return Acting(grant.function, office, Opinions.of().name_of(office, on), lead)
    return None


def office_of(grant: Grant) -> str:
    """The office of a post: the function, or the city government for a post of a city's bureau."""
    if grant.function == CITIES or len(grant.prefix) >= 4:
        return Opinions.of().city_function(grant.prefix)
    return grant.function


def names(functions: tuple[str, ...], on: date) -> Bilingual:
    """Their names on a day, joined as in a sentence."""
    held = [Opinions.of().name_of(function, on) for function in functions]
    return "、".join(zh for zh, _ in held), ", ".join(en for _, en in held)
