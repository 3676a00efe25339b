"""Sessions: so many at most, over when idle, all ended at once; and the record of sign-ins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client

from phaseout.accounts.models import OpenSession, SignIn, User
from phaseout.accounts.open_sessions import SEEN_AT, end_all
from phaseout.accounts.sessions import SIGNED_IN_AT

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


NOTE = {"key": "6f0a7b86-4f4e-4c64-8a53-0e38a2a1a0c1", "reason": "写了半小时的理由", "do": "x"}


def _end_of_session(client: Client, how: str) -> None:
    if how == "elsewhere":
        end_all(User.objects.get(username="wang"))
    else:
        session = client.session
        session[{"idle": SEEN_AT, "hours": SIGNED_IN_AT}[how]] -= 9 * 3600
        session.save()


@pytest.mark.parametrize("how", ["idle", "hours", "elsewhere"])
def test_what_was_written_when_the_session_ended_comes_back_to_who_wrote_it(
    person: User, how: str
) -> None:
    client = _entered()
    _end_of_session(client, how)
    file = SimpleUploadedFile("现场照片.png", b"\x89PNG")
    answer = client.post(
        "/cases/1/acts/pause_case/?x=1",
        {**NOTE, "file": file},
        headers={"referer": "http://testserver/cases/1/acts/pause_case/"},
    )
    assert answer.url == "/sign-in/?next=/account/unsent/"
    assert "您刚才提交的没有办理" in client.get(answer.url).content.decode()
    client.post("/sign-in/", {"login": "wang", "password": PASSWORD})
    page = client.get("/account/unsent/").content.decode()
    assert 'action="/cases/1/acts/pause_case/?x=1"' in page
    assert "<li>写了半小时的理由</li>" in page
    assert f'name="key" value="{NOTE["key"]}"' in page  # sent twice, it still happens once
    assert "附件须重新选择：现场照片.png" in page
    client.post("/cases/1/acts/pause_case/?x=1", NOTE)
    assert client.get("/account/unsent/").url == "/"  # it came: it is kept no longer


def test_what_one_wrote_is_not_shown_to_the_next_on_the_same_browser(
    person: User, people: dict[str, User]
) -> None:
    client = _entered()
    _end_of_session(client, "idle")
    client.post("/cases/1/acts/pause_case/", NOTE)
    client.post("/sign-in/demo/", {"username": "eic-officer"})
    assert client.get("/account/unsent/").url == "/"
    assert "unsent" not in client.session


def test_what_is_not_kept_is_said_to_be_gone(person: User) -> None:
    client = _entered()
    _end_of_session(client, "idle")
    del client.cookies["last_person"]  # it cannot be told who wrote it
    answer = client.post(
        "/notices/read/", NOTE, headers={"referer": "http://testserver/notices/?p=2"}
    )
    assert answer.url == "/sign-in/?next=/notices/%3Fp%3D2"  # a page, not the address of a button
    assert "没有保留" in client.get(answer.url).content.decode()


def test_who_signs_out_leaves_nothing_behind(person: User) -> None:
    client = _entered()
    client.post("/sign-out/")
    assert not client.cookies["last_person"].value


def test_a_form_with_an_old_token_is_given_back_if_it_came_from_this_site(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    old = {**NOTE, "csrfmiddlewaretoken": "x" * 64}
    answer = client.post("/cases/1/acts/pause_case/", old, headers={"origin": "http://testserver"})
    assert answer.status_code == 403
    assert "写了半小时的理由" in answer.content.decode()
    for elsewhere in ({"origin": "http://elsewhere.example"}, {}):
        page = client.post("/cases/1/acts/pause_case/", old, headers=elsewhere).content.decode()
        assert "写了半小时的理由" not in page
    secret = {"oldpassword": "not-to-be-shown", "csrfmiddlewaretoken": "x" * 64}
    page = client.post("/account/password/", secret, headers={"origin": "http://testserver"})
    assert "not-to-be-shown" not in page.content.decode()
