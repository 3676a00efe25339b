"""授予职务: from today on, in the administrator's territory, and on record whoever it is for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from phaseout.accounts.acts import Wanted, grant_post
from phaseout.accounts.models import AccountEvent, Post, User
from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import scope_of
from phaseout.law.refusals import Refusal

pytestmark = pytest.mark.django_db
TODAY = date(2018, 3, 15)
OFFICER = Wanted(Role.OFFICER, "epd", "640000")


@pytest.fixture
def newcomer(people: dict[str, User]) -> User:
    return User.objects.create(username="newcomer", name_zh="新人")


def test_the_post_holds_from_today_and_who_gave_it_is_on_record(
    people: dict[str, User], newcomer: User
) -> None:
    administrator, basis = people["administrator"], "宁环人〔2018〕3号"
    post = grant_post(newcomer.pk, OFFICER, reason=basis, by=administrator, today=TODAY)
    assert scope_of(newcomer, on=TODAY).may(Power.OPEN_CASE, dimension="environment")
    assert not scope_of(newcomer, on=TODAY - timedelta(days=1))
    event = AccountEvent.objects.get(post=post)
    assert (event.by, event.person, event.done_on) == (administrator, newcomer, TODAY)
    assert event.detail["reason"] == basis
    assert not event.to_oneself


def test_an_administrator_who_serves_himself_is_on_record_as_such(
    people: dict[str, User], as_person: Callable[[str], Client]
) -> None:
    administrator = people["administrator"]
    assert not scope_of(administrator, on=TODAY).may(Power.OPEN_CASE)
    grant_post(administrator.pk, OFFICER, reason="自行", by=administrator, today=TODAY)
    assert AccountEvent.objects.get(person=administrator, by=administrator).to_oneself
    page = as_person("administrator").get("/people/events/").content.decode()
    assert "本人授予本人" in page


@pytest.mark.parametrize("username", ["eic-officer", "leader", "auditor"])
def test_only_an_administrator_grants(
    people: dict[str, User], newcomer: User, username: str
) -> None:
    with pytest.raises(Refusal, match="not_administrator"):
        grant_post(newcomer.pk, OFFICER, reason="-", by=people[username], today=TODAY)
    assert not newcomer.posts.exists()


def test_a_citys_administrator_grants_in_that_city_only(
    people: dict[str, User], newcomer: User
) -> None:
    local = User.objects.create(username="local")
    Post.objects.create(
        user=local, role=Role.ADMINISTRATOR, function="cities", division_code="640100"
    )
    inside = Wanted(Role.OFFICER, "cities", "640104")
    grant_post(newcomer.pk, inside, reason="-", by=local, today=TODAY)
    for outside in ("640200", "640000"):
        with pytest.raises(Refusal, match="outside_territory"):
            wanted = Wanted(Role.OFFICER, "cities", outside)
            grant_post(newcomer.pk, wanted, reason="-", by=local, today=TODAY)


def test_powers_do_not_reach_back(people: dict[str, User], newcomer: User) -> None:
    wanted = Wanted(Role.OFFICER, "epd", "640000", held_from=TODAY - timedelta(days=1))
    with pytest.raises(Refusal, match="post_in_the_past"):
        grant_post(newcomer.pk, wanted, reason="-", by=people["administrator"], today=TODAY)


@pytest.mark.parametrize(
    ("first", "last", "meets"),
    [
        (TODAY, None, True),
        (date(2018, 6, 30), None, True),
        (date(2018, 7, 1), None, False),
        (date(2018, 7, 1), date(2018, 7, 31), False),
        (TODAY, TODAY, True),
    ],
)
def test_the_same_post_is_not_held_twice_on_one_day(
    people: dict[str, User], newcomer: User, first: date, last: date | None, meets: bool
) -> None:
    by = people["administrator"]
    held = Wanted(Role.OFFICER, "epd", "640000", held_to=date(2018, 6, 30))
    grant_post(newcomer.pk, held, reason="-", by=by, today=TODAY)
    again = Wanted(Role.OFFICER, "epd", "640000", held_from=first, held_to=last)
    if meets:
        with pytest.raises(Refusal, match="post_overlaps"):
            grant_post(newcomer.pk, again, reason="-", by=by, today=TODAY)
    else:
        grant_post(newcomer.pk, again, reason="-", by=by, today=TODAY)


def _form(**changes: str) -> dict[str, str]:
    form = {"role": "officer", "function": "epd", "division_code": "640000", "reason": "文号"}
    return {**form, "held_from": "2018-03-15", **changes}


def test_on_the_page_a_granted_post_leads_back_to_the_person(
    as_person: Callable[[str], Client], newcomer: User
) -> None:
    answer = as_person("administrator").post(f"/people/{newcomer.pk}/posts/", _form())
    assert (answer.status_code, answer.url) == (302, f"/people/{newcomer.pk}/")
    assert newcomer.posts.get().held_from == TODAY


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"function": ""}, "function"),
        ({"division_code": ""}, "division_code"),
        ({"uscc": "98640000XG0000001A"}, "uscc"),
        ({"role": "enterprise"}, "function"),
        ({"role": "enterprise", "function": "", "division_code": "", "uscc": "123"}, "uscc"),
        ({"held_to": "2018-03-14"}, "held_to"),
        ({"held_from": "soon"}, "held_from"),
        ({"role": "king"}, "role"),
        ({"reason": ""}, "reason"),
    ],
)
def test_on_the_page_a_mistake_is_told_at_its_field(
    as_person: Callable[[str], Client], newcomer: User, changes: dict[str, str], field: str
) -> None:
    answer = as_person("administrator").post(f"/people/{newcomer.pk}/posts/", _form(**changes))
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not newcomer.posts.exists()


def test_on_the_page_a_refusal_is_shown_with_its_code(
    as_person: Callable[[str], Client], newcomer: User
) -> None:
    form = _form(held_from="2018-03-14")
    answer = as_person("administrator").post(f"/people/{newcomer.pk}/posts/", form)
    assert answer.status_code == 409
    assert "post_in_the_past" in answer.content.decode()
