"""What a post shows and allows: never more than its territory, its dimensions, its days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from phaseout.accounts.models import Post, User
from phaseout.accounts.organisations import divisions
from phaseout.accounts.powers import OF_A_FIRM, POWERS, Power, Role
from phaseout.accounts.scope import (
    ALL_DIMENSIONS,
    Grant,
    Scope,
    dimensions_of,
    grant_of,
    prefix_of,
    scope_of,
)
from phaseout.casework.models import Finding
from phaseout.law.judgement.dimensions import Dimension
from phaseout.registry.models import Enterprise, ProductionLine

DAY = date(2018, 3, 15)
DIVISIONS = sorted(divisions())
FUNCTIONS = ["eic", "epd", "qts", "wsb", "cms", "drc", "cities", "government", "inspection", "hr"]
USCCS = ["98640000XG0000001A", "98640000XG0000002B"]

offices = st.builds(
    lambda role, function, place: Post(role=role, function=function, division_code=place),
    st.sampled_from([role for role in Role if role not in OF_A_FIRM]),
    st.sampled_from(FUNCTIONS),
    st.sampled_from(DIVISIONS),
)
enterprises = st.builds(lambda uscc: Post(role=Role.ENTERPRISE, uscc=uscc), st.sampled_from(USCCS))
scopes = st.lists(offices | enterprises, max_size=3).map(
    lambda posts: Scope(tuple(grant_of(post) for post in posts))
)
places = st.sampled_from(DIVISIONS)
dimensions = st.sampled_from(list(Dimension))


def _inside(place: str, territory: str) -> bool:
    """Whether a place lies in a territory, told by the codes as GB/T 2260 makes them."""
    if territory == "640000":
        return True
    if territory.endswith("00"):
        return place[:4] == territory[:4]
    return place == territory


@given(posts=st.lists(offices | enterprises, max_size=3), place=places, dimension=dimensions)
def test_a_power_is_held_just_where_a_post_with_it_reaches(
    posts: list[Post], place: str, dimension: Dimension
) -> None:
    scope = Scope(tuple(grant_of(post) for post in posts))
    for power, uscc in product(Power, USCCS):
        expected = any(
            power in POWERS[Role(post.role)]
            and (
                post.uscc == uscc
                if post.uscc
                else _inside(place, post.division_code) and dimension in _subject(post)
            )
            for post in posts
        )
        assert scope.may(power, division=place, dimension=dimension, uscc=uscc) is expected


def _subject(post: Post) -> frozenset[Dimension]:
    return ALL_DIMENSIONS if post.role == Role.AUDITOR else dimensions_of(post.function)


@given(scope=scopes, place=places, dimension=dimensions, uscc=st.sampled_from(USCCS))
def test_naming_more_never_allows_more(
    scope: Scope, place: str, dimension: Dimension, uscc: str
) -> None:
    for power in Power:
        if scope.may(power, division=place, dimension=dimension):
            assert scope.may(power, dimension=dimension)
            assert scope.may(power, division=place)
        if scope.may(power, dimension=dimension):
            assert scope.may(power)


@given(scope=scopes)
def test_a_place_alone_opens_nothing_to_an_enterprise_user(scope: Scope) -> None:
    only_enterprises = all(grant.uscc for grant in scope.grants)
    if only_enterprises:
        assert not any(scope.may(Power.READ, division=place) for place in DIVISIONS)


@given(posts=st.lists(offices | enterprises, max_size=3), place=places, dimension=dimensions)
def test_the_condition_on_rows_agrees_with_the_question_of_one_row(
    posts: list[Post], place: str, dimension: Dimension
) -> None:
    """Both are made from the grants; rows here are plain objects, so no database is asked."""
    scope = Scope(tuple(grant_of(post) for post in posts))
    for power, uscc in product((Power.READ, Power.OPEN_CASE), USCCS):
        row = {"division_code": place, "dimension": dimension, "enterprise_id": uscc, "pk": 1}
        asked = scope.may(power, division=place, dimension=dimension, uscc=uscc)
        assert _holds(scope.findings(power=power), row) is asked


def _holds(condition: Q, row: dict[str, Any]) -> bool:
    """Evaluate the few lookups that scopes use."""
    results = []
    for child in condition.children:
        if isinstance(child, Q):
            results.append(_holds(child, row))
            continue
        lookup, value = child
        name, _, how = lookup.partition("__")
        results.append(
            row[name].startswith(value)
            if how == "startswith"
            else row[name] in value
            if how == "in"
            else row[name] == value
        )
    held = all(results) if condition.connector == Q.AND else any(results)
    return held is not condition.negated


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("power", Power)
def test_each_role_has_its_powers_and_no_others(role: Role, power: Power) -> None:
    """The table written out a second time, as an auditor would want to read it."""
    letters = {"R": Power.READ, "I": Power.IMPORT, "M": Power.MERGE, "C": Power.CONFIRM}
    letters |= {"D": Power.DECIDE, "O": Power.OPEN_CASE, "A": Power.MANAGE}
    letters |= {"V": Power.OVERSEE, "T": Power.ACT, "S": Power.SIGN, "B": Power.CREDIT}
    allowed = {
        Role.OFFICER: "RICOT",
        Role.REVIEWER: "RIMCDT",
        Role.LEADER: "RDOTS",
        Role.INSPECTOR: "RIT",
        Role.ADMINISTRATOR: "AV",
        Role.AUDITOR: "RV",
        Role.ENTERPRISE: "RT",
        Role.BANK: "B",
    }
    post = Post(role=role, function="eic", division_code="640000")
    if role in OF_A_FIRM:
        post = Post(role=role, uscc=USCCS[0])
    expected = power in {letters[letter] for letter in allowed[role]}
    assert Scope((grant_of(post),)).may(power) is expected


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("eic", {"energy", "technology"}),
        ("epd", {"environment"}),
        ("qts", {"quality", "technology"}),
        ("wsb", {"safety"}),
        ("cms", {"safety", "technology"}),
        ("drc", {"energy", "technology"}),
        ("cities", {"energy", "environment", "quality", "safety", "technology"}),
        ("inspection", {"energy", "environment", "quality", "safety", "technology"}),
        ("grid", set()),  # it cooperates only (decision 0045)
        ("hr", set()),
    ],
)
def test_a_functions_dimensions_are_those_of_its_clauses(function: str, expected: set[str]) -> None:
    assert dimensions_of(function) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("held_from", "held_to", "holds"),
    [
        (None, None, True),
        (DAY, None, True),
        (DAY + timedelta(days=1), None, False),
        (None, DAY, True),
        (None, DAY - timedelta(days=1), False),
        (DAY, DAY, True),
        (DAY, DAY - timedelta(days=1), False),  # withdrawn at once
    ],
)
def test_a_post_holds_from_its_first_day_to_its_last(
    held_from: date | None, held_to: date | None, holds: bool
) -> None:
    user = User.objects.create(username="u")
    Post.objects.create(
        user=user, role=Role.OFFICER, function="eic", division_code="640000",
        held_from=held_from, held_to=held_to,
    )  # fmt: skip
    assert bool(scope_of(user, on=DAY)) is holds


@pytest.mark.django_db
def test_the_public_the_blocked_and_the_demo_people_elsewhere_see_nothing(
    people: dict[str, User], settings: Any
) -> None:
    officer = people["eic-officer"]
    assert scope_of(officer, on=DAY)
    assert not scope_of(AnonymousUser(), on=DAY)
    assert not scope_of(None, on=DAY)
    officer.is_active = False
    assert not scope_of(officer, on=DAY)
    settings.DEMO = False
    assert not scope_of(people["epd-officer"], on=DAY)


@pytest.mark.django_db
def test_an_empty_scope_selects_no_row() -> None:
    _rows()
    nothing = Scope(())
    assert not Enterprise.objects.filter(nothing.enterprises()).exists()
    assert not ProductionLine.objects.filter(nothing.lines()).exists()
    assert not Finding.objects.filter(nothing.findings()).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("post", "names"),
    [
        (Post(role=Role.OFFICER, function="cities", division_code="640100"), ["甲"]),
        (Post(role=Role.OFFICER, function="cities", division_code="640104"), ["甲"]),
        (Post(role=Role.OFFICER, function="eic", division_code="640000"), ["甲", "乙"]),
        (Post(role=Role.ENTERPRISE, uscc=USCCS[1]), ["乙"]),
        (Post(role=Role.ADMINISTRATOR, function="eic", division_code="640000"), []),
    ],
)
def test_rows_of_the_registry_are_those_of_the_territory(post: Post, names: list[str]) -> None:
    _rows()
    scope = Scope((grant_of(post),))
    found = Enterprise.objects.filter(scope.enterprises()).order_by("uscc")
    assert [enterprise.name for enterprise in found] == names
    lines = ProductionLine.objects.filter(scope.lines()).order_by("enterprise_id")
    assert [line.enterprise.name for line in lines] == names


def _rows() -> None:
    for uscc, name, place in ((USCCS[0], "甲", "640104"), (USCCS[1], "乙", "640202")):
        enterprise = Enterprise.objects.create(
            uscc=uscc, name=name, division_code=place, industry="cement"
        )
        ProductionLine.objects.create(
            line_id=name, enterprise=enterprise, name="1号", industry="cement", division_code=place
        )


@pytest.mark.django_db
def test_a_request_reads_its_scope_at_most_once(
    as_person: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    client = as_person("eic-officer")
    with django_assert_max_num_queries(20) as seen:
        client.get("/demo-day/")
    posts = [q for q in seen.captured_queries if 'FROM "accounts_post"' in q["sql"]]
    days = [q for q in seen.captured_queries if 'FROM "desk_demoday"' in q["sql"]]
    assert len(posts) == 1
    assert len(days) <= 2  # the page of the day reads it again, to move from it


def test_a_grant_is_plain_data() -> None:
    post = SimpleNamespace(role="officer", function="eic", division_code="640104", uscc="")
    assert grant_of(post) == Grant(
        Role.OFFICER, "eic", "640104", dimensions_of("eic"), "", POWERS[Role.OFFICER]
    )
    assert prefix_of("640100") == "6401"
