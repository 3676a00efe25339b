"""Sessions: so many at most, over when idle, all ended at once; and the record of sign-ins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client

from phaseout.accounts.models import OpenSession, SignIn, User
from phaseout.accounts.open_sessions import SEEN_AT

pytestmark = pytest.mark.django_db
PASSWORD = "ding-xiang-2018-hua"


@pytest.fixture(autouse=True)
def _no_counts_of_earlier_tries(db: None) -> None:
    cache.clear()


@pytest.fixture
def person() -> User:
    user = User.objects.create(username="wang", name_zh="王某")
    user.set_password(PASSWORD)
    user.save()
    return user


def _entered(**more: Any) -> Client:
    client = Client(**more)
    client.post("/sign-in/", {"login": "wang", "password": PASSWORD})
    return client


def _in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_the_oldest_session_gives_way_where_there_would_be_too_many(
    person: User, settings: Any
) -> None:
    settings.SESSIONS_A_PERSON = 2
    first, second, third = _entered(), _entered(), _entered()
    assert [_in(client) for client in (first, second, third)] == [False, True, True]
    assert OpenSession.objects.filter(user=person).count() == 2


def test_a_session_that_was_idle_too_long_is_over_and_says_so(person: User, settings: Any) -> None:
    settings.SESSION_IDLE_MINUTES = 60
    client = _entered()
    session = client.session
    session[SEEN_AT] -= 59 * 60
    session.save()
    assert _in(client)
    session = client.session
    session[SEEN_AT] -= 61 * 60
    session.save()
    answer = client.get("/account/", follow=True)
    assert "长时间没有操作" in answer.content.decode()
    assert not _in(client)


def test_one_button_ends_them_all_on_every_device(person: User) -> None:
    here, there = _entered(), _entered()
    answer = here.post("/account/sessions/end/", follow=True)
    assert "已在所有设备退出登录" in answer.content.decode()
    assert not _in(here)
    assert not _in(there)
    assert not OpenSession.objects.filter(user=person).exists()
    assert SignIn.objects.filter(person=person).last().outcome == "ended"


def test_a_new_password_ends_the_others_and_keeps_this_one(person: User) -> None:
    here, there = _entered(), _entered()
    new = {"oldpassword": PASSWORD, "password1": "xin-mi-ma-9821", "password2": "xin-mi-ma-9821"}
    here.post("/account/password/", new)
    assert _in(here)
    assert not _in(there)
    one = OpenSession.objects.get(user=person)
    assert one.session_key == here.session.session_key


def test_every_try_is_on_record_and_unknown_names_are_not(person: User, client: Client) -> None:
    client.post("/sign-in/", {"login": "wang", "password": "wrong"}, HTTP_USER_AGENT="测试浏览器")
    client.post("/sign-in/", {"login": "my-secret-password", "password": "x"})
    for _ in range(5):
        client.post("/sign-in/", {"login": "wang", "password": "wrong"})
    _entered()
    rows = [(row.person, row.outcome, row.means) for row in SignIn.objects.order_by("pk")]
    assert rows[0] == (person, "wrong_password", "password")
    assert rows[1] == (None, "wrong_password", "password")
    assert rows[-1] == (person, "paused", "password")
    first = SignIn.objects.order_by("pk")[0]
    assert (first.address, first.agent) == ("127.0.0.1", "测试浏览器")
    assert not SignIn.objects.filter(detail__contains="secret").exists()


def test_who_is_blocked_is_told_and_it_is_on_record(person: User, client: Client) -> None:
    person.is_active = False
    person.save()
    answer = client.post("/sign-in/", {"login": "wang", "password": PASSWORD})
    assert answer.url == "/account/inactive/"
    assert SignIn.objects.get().outcome == "blocked"


@pytest.mark.parametrize(
    "change", ["UPDATE accounts_signin SET means = ''", "DELETE FROM accounts_signin"]
)
def test_the_record_cannot_be_changed(person: User, change: str) -> None:
    _entered()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(change)


def test_ones_own_page_shows_ones_own_and_overseers_see_everybodys(
    person: User, as_person: Callable[[str], Client], django_assert_num_queries: Any
) -> None:
    page = _entered().get("/account/").content.decode()
    assert "当前设备" in page
    assert "✓ 已登录" in page
    overseer = as_person("auditor")
    page = overseer.get("/people/sign-ins/").content.decode()
    assert "王某" in page
    assert "王某" not in overseer.get("/people/sign-ins/?failed=1").content.decode()
    assert as_person("eic-officer").get("/people/sign-ins/").status_code == 403
    for _ in range(12):
        _entered()
    with django_assert_num_queries(5):
        overseer.get("/people/sign-ins/")
