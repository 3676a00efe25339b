"""What a person may see and do on a day: the sum of the posts held on that day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q

from phaseout.accounts.models import Post, held_on
from phaseout.accounts.powers import OF_A_FIRM, POWERS, Power, Role
from phaseout.accounts.same_enterprise import codes_of
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.opinions import CITIES, Opinions

ALL_DIMENSIONS = frozenset(Dimension)
CLAUSES = dict(zip((4, 5, 6, 7, 8), Dimension, strict=True))
SUPERVISION = 20
"""The clause of supervision: who leads there is kept informed of all of its dimensions."""
NOTHING = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Grant:
    """One post as a reach: `prefix` of division codes, dimensions, or one enterprise."""

    role: Role
    function: str
    prefix: str
    dimensions: frozenset[Dimension]
    uscc: str
    powers: frozenset[Power]

    @property
    def over_region(self) -> bool:
        """Whether the post is one of the region: its prefix is that of a province (64)."""
        return len(self.prefix) == 2

    def covers(self, division: str | None, dimension: str | None, uscc: str | None) -> bool:
        """Whether all that is named lies within. What cannot be told from what is named does not:
        a place says nothing of an enterprise user's own, a USCC nothing of its place."""
        if self.uscc:
            return uscc == self.uscc or (uscc is None and division is None)
        inside = uscc is None if division is None else division.startswith(self.prefix)
        return inside and (dimension is None or dimension in self.dimensions)


@dataclass(frozen=True, slots=True)
class Scope:
    """All grants of a person on a day. An empty scope (the public) sees nothing of the registry."""

    grants: tuple[Grant, ...]

    def __bool__(self) -> bool:
        return bool(self.grants)

    @property
    def has_office(self) -> bool:
        """Whether one of the posts is in an office. Enterprises, banks and the public have none."""
        return not all(grant.uscc for grant in self.grants)

    @property
    def of_offices(self) -> Scope:
        """What of it comes from posts in offices; a person may hold one of an enterprise, too."""
        return Scope(tuple(grant for grant in self.grants if not grant.uscc))

    def may(
        self,
        power: Power,
        *,
        division: str | None = None,
        dimension: str | None = None,
        uscc: str | None = None,
    ) -> bool:
        """Whether one post has the power and covers all that is named. None asks «anywhere»."""
        return any(
            power in grant.powers and grant.covers(division, dimension, uscc)
            for grant in self.grants
        )

    def reaches_into(self, city: str) -> bool:
        """Whether something of a city (its first four digits) may be read: of a county, its city
        too. What an enterprise reads of itself is of no place."""
        return any(
            Power.READ in grant.powers
            and (city.startswith(grant.prefix) or grant.prefix.startswith(city))
            for grant in self.of_offices.grants
        )

    def dimensions(self, power: Power = Power.READ) -> tuple[Dimension, ...]:
        """The dimensions in which the power is held somewhere, in the order of the clauses."""
        held = {d for g in self.grants if power in g.powers for d in g.dimensions}
        return tuple(d for d in Dimension if d in held)

    def enterprises(self, prefix: str = "", power: Power = Power.READ) -> Q:
        """Condition on enterprises; `prefix` is the lookup path to them (`enterprise__`)."""
        return self._reach(power, f"{prefix}division_code", None, f"{prefix}uscc")

    def lines(self, prefix: str = "", power: Power = Power.READ) -> Q:
        """Condition on lines, which carry division_code and enterprise; `prefix` as above."""
        return self._reach(power, f"{prefix}division_code", None, f"{prefix}enterprise_id")

    def findings(self, prefix: str = "", power: Power = Power.READ) -> Q:
        """Condition on findings or cases, which carry division_code, dimension and enterprise."""
        return self._reach(
            power, f"{prefix}division_code", f"{prefix}dimension", f"{prefix}enterprise_id"
        )

    def _reach(self, power: Power, division: str, dimension: str | None, uscc: str) -> Q:
        reach = NOTHING
        for grant in self.grants:
            if power in grant.powers:
                reach |= _condition(grant, division, dimension, uscc)
        return reach


def scope_of(user: Any, *, on: date) -> Scope:
    """The scope of a user on a day; of the public (nobody signed in) it is empty."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Scope(())
    if user.demo and not settings.DEMO:
        return Scope(())
    held = Post.objects.filter(held_on(on), user=user).order_by("pk")
    return Scope(tuple(grant for post in held for grant in _grants_of(post)))


def dimensions_of(function: str) -> frozenset[Dimension]:
    """The dimensions whose findings and cases a function reads by its post.

    Where it leads by clauses (4) to (8); where it cooperates, if cases are handled in its territory
    (cities) or it supervises by clause (20). Who cooperates only (the grid company) reads what
    concerns its tasks (docs/decisions/0045).
    """
    opinions = Opinions.of()
    if function in ("government", "inspection"):
        return ALL_DIMENSIONS  # clause (20): they supervise all of it
    beside = function == CITIES or function in opinions.lead(SUPERVISION)
    return frozenset(
        dimension
        for clause, dimension in CLAUSES.items()
        if function in opinions.lead(clause)
        or (beside and function in opinions.cooperating(clause))
    )


def prefix_of(division_code: str) -> str:
    """The leading digits that all codes of a territory share.

    >>> prefix_of("640000"), prefix_of("640100"), prefix_of("640104")
    ('64', '6401', '640104')
    """
    if division_code.endswith("0000"):
        return division_code[:2]
    return division_code[:4] if division_code.endswith("00") else division_code


def grant_of(post: Post) -> Grant:
    """The reach of a post, whatever the day."""
    role = Role(post.role)
    if role in OF_A_FIRM:
        return Grant(role, "", "", ALL_DIMENSIONS, post.uscc, POWERS[role])
    return Grant(
        role,
        post.function,
        prefix_of(post.division_code),
        ALL_DIMENSIONS if role is Role.AUDITOR else dimensions_of(post.function),
        "",
        POWERS[role],
    )


def _grants_of(post: Post) -> tuple[Grant, ...]:
    """The reach of a post now: a person of an enterprise reaches every entry that was merged with
    theirs, since it is the same enterprise."""
    grant = grant_of(post)
    if not grant.uscc:
        return (grant,)
    return tuple(replace(grant, uscc=code) for code in codes_of(grant.uscc))


def _condition(grant: Grant, division: str, dimension: str | None, uscc: str) -> Q:
    if grant.uscc:
        return Q(**{uscc: grant.uscc})
    condition = Q(**{f"{division}__startswith": grant.prefix})
    if dimension is not None and grant.dimensions != ALL_DIMENSIONS:
        condition &= Q(**{f"{dimension}__in": sorted(grant.dimensions)})
    return condition
