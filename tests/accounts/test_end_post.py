"""结束职务: from a day on, never for days already gone by, and never undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client

from phaseout.accounts.acts import Wanted, end_post, grant_post
from phaseout.accounts.models import AccountEvent, Post, User
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.law.refusals import Refusal

pytestmark = pytest.mark.django_db
TODAY = date(2018, 3, 15)
DAY = timedelta(days=1)


@pytest.fixture
def post(people: dict[str, User]) -> Post:
    return people["epd-officer"].posts.get()


@pytest.mark.parametrize(
    ("last_day", "today", "tomorrow"),
    [(TODAY - DAY, False, False), (TODAY, True, False), (TODAY + DAY, True, True)],
)
def test_the_last_day_is_inside(
    people: dict[str, User], post: Post, last_day: date, today: bool, tomorrow: bool
) -> None:
    by = people["administrator"]
    end_post(post.pk, last_day=last_day, reason="调离", by=by, today=TODAY)
    assert bool(scope_of(post.user, on=TODAY)) is today
    assert bool(scope_of(post.user, on=TODAY + DAY)) is tomorrow
    event = AccountEvent.objects.filter(kind=AccountEvent.Kind.POST_ENDED).get()
    assert (event.by, event.detail["reason"]) == (by, "调离")


def test_what_was_done_before_yesterday_stands(people: dict[str, User], post: Post) -> None:
    with pytest.raises(Refusal, match="post_end_in_the_past"):
        end_post(
            post.pk, last_day=TODAY - 2 * DAY, reason="-", by=people["administrator"], today=TODAY
        )


def test_a_post_is_never_made_longer(people: dict[str, User], post: Post) -> None:
    by = people["administrator"]
    end_post(post.pk, last_day=TODAY, reason="-", by=by, today=TODAY)
    with pytest.raises(Refusal, match="post_ends_earlier"):
        end_post(post.pk, last_day=TODAY + DAY, reason="-", by=by, today=TODAY)
    with pytest.raises(IntegrityError, match="longer"), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(held_to=None)


def test_a_post_given_by_mistake_is_withdrawn_at_once(people: dict[str, User]) -> None:
    by = people["administrator"]
    person = User.objects.create(username="x")
    wanted = Wanted(Role.OFFICER, "epd", "640000")
    post = grant_post(person.pk, wanted, reason="-", by=by, today=TODAY)
    end_post(post.pk, last_day=TODAY - DAY, reason="误授", by=by, today=TODAY)
    assert not scope_of(person, on=TODAY)


@pytest.mark.parametrize(
    "change",
    ["role='leader'", "division_code='640100'", "function='eic'", "held_from='2017-01-01'"],
)
def test_the_database_lets_nobody_rewrite_a_post(post: Post, change: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE accounts_post SET {change} WHERE id = %s", [post.pk])


def test_the_database_lets_nobody_delete_a_post(post: Post) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_post WHERE id = %s", [post.pk])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_accountevent SET done_on = '2017-01-01'",
        "DELETE FROM accounts_accountevent",
        "TRUNCATE accounts_accountevent",
    ],
)
def test_the_database_keeps_every_event_as_it_is(people: dict[str, User], statement: str) -> None:
    connection.check_constraints()  # PostgreSQL empties no table with checks still to be made
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_page_says_first_what_it_means(as_person: Callable[[str], Client], post: Post) -> None:
    client = as_person("administrator")
    page = client.get(f"/people/posts/{post.pk}/end/").content.decode()
    assert "结束不能撤销" in page
    assert Post.objects.get(pk=post.pk).held_to is None
    sent = {"last_day": "2018-03-15", "reason": "调离"}
    assert client.post(f"/people/posts/{post.pk}/end/", sent).status_code == 302
    assert Post.objects.get(pk=post.pk).held_to == TODAY


def test_another_territorys_post_has_no_page(
    as_person: Callable[[str], Client], people: dict[str, User]
) -> None:
    local = User.objects.create(username="local")
    Post.objects.create(
        user=local, role=Role.ADMINISTRATOR, function="cities", division_code="640100"
    )
    client = Client()
    client.force_login(local)
    other = people["shizuishan-officer"]
    assert client.get(f"/people/{other.pk}/").status_code == 404
    assert client.get(f"/people/posts/{other.posts.get().pk}/end/").status_code == 404
    assert client.get(f"/people/{people['yinchuan-officer'].pk}/").status_code == 200


def test_who_goes_on_with_the_work_is_said_before_the_post_ends(
    people: dict[str, User], as_person: Callable[[str], Client]
) -> None:
    administrator = as_person("administrator")
    pages = {
        who: administrator.get(f"/people/posts/{people[who].posts.get().pk}/end/").content.decode()
        for who in ("epd-officer", "grid-officer")
    }
    assert "纳兰亭（演示）（复核人）" in pages["epd-officer"]
    assert "没有其他在任人员" in pages["grid-officer"]


def test_a_demo_person_stands_on_the_sign_in_page_under_the_post_of_the_day(
    people: dict[str, User], post: Post, client: Client
) -> None:
    by = people["administrator"]
    day = settings.DEMO_FIRST_DAY
    end_post(post.pk, last_day=day - DAY, reason="调离", by=by, today=day)
    assert client.get("/sign-in/").content.decode().count('value="epd-officer"') == 1
    wanted = Wanted(Role.REVIEWER, "qts", "640000")
    grant_post(post.user_id, wanted, reason="调入", by=by, today=day)
    page = client.get("/sign-in/").content.decode()
    assert page.count('value="epd-officer"') == 1
    assert page.index('value="epd-officer"') > page.index('value="qts-reviewer"')
