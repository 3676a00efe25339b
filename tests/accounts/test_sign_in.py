"""Signing in: closed to visitors, kind when it fails, over after eight hours; the demo buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from phaseout.accounts.demo import load_people
from phaseout.accounts.models import AccountEvent, User
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


def _try(client: Client, password: str, *, name: str = "wang", **headers: str) -> str:
    answer = client.post("/sign-in/", {"login": name, "password": password}, **headers)
    return answer.content.decode() if answer.status_code != 302 else "in"


def test_the_right_password_signs_in_and_nobody_can_sign_up(client: Client, person: User) -> None:
    assert _try(client, PASSWORD) == "in"
    assert client.get("/").context["user"] == person
    assert client.get("/sign-in/signup/").status_code == 404
    assert client.get("/sign-in/password/reset/").status_code == 404


def test_a_wrong_password_is_told_without_saying_which_part_was_wrong(
    client: Client, person: User
) -> None:
    assert "用户名或密码不正确" in _try(client, "wrong")


def test_after_five_wrong_passwords_the_lock_out_says_how_long_and_that_all_is_safe(
    client: Client, person: User
) -> None:
    for _ in range(5):
        assert "用户名或密码不正确" in _try(client, "wrong")
    locked = _try(client, PASSWORD)
    assert "暂停5分钟" in locked
    assert "账号和数据是安全的" in locked


def test_a_stranger_who_guesses_elsewhere_does_not_lock_the_owner_out(
    client: Client, person: User
) -> None:
    for _ in range(6):
        guessed = _try(Client(), "wrong", REMOTE_ADDR="203.0.113.9")
    assert "暂停5分钟" in guessed
    assert _try(client, PASSWORD, REMOTE_ADDR="192.0.2.7") == "in"
    assert "暂停5分钟" in _try(Client(), PASSWORD, REMOTE_ADDR="203.0.113.9")


def test_one_address_cannot_guess_on_under_many_names(client: Client, person: User) -> None:
    for at in range(30):
        assert "用户名或密码不正确" in _try(client, "wrong", name=f"name{at}")
    answer = client.post("/sign-in/", {"login": "wang", "password": PASSWORD})
    assert answer.status_code == 429


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(
    client: Client, person: User, settings: Any
) -> None:
    """What a visitor wrote into the header himself stands before it and counts for nothing."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for at in range(6):
        stranger = f"198.51.100.{at}, 203.0.113.9"
        guessed = _try(Client(), "wrong", HTTP_X_FORWARDED_FOR=stranger)
    assert "暂停5分钟" in guessed
    assert _try(client, PASSWORD, HTTP_X_FORWARDED_FOR="192.0.2.7") == "in"


def test_the_session_ends_eight_hours_after_the_sign_in_however_busy_it_was(
    client: Client, person: User
) -> None:
    assert _try(client, PASSWORD) == "in"
    session = client.session
    session[SIGNED_IN_AT] -= 8 * 3600 - 5
    session.save()
    assert client.get("/account/tokens/").status_code == 200
    session = client.session
    session[SIGNED_IN_AT] -= 10
    session.save()
    answer = client.get("/account/tokens/", follow=True)
    assert answer.redirect_chain == [("/sign-in/?next=/account/tokens/", 302)]
    assert "登录已满8小时" in answer.content.decode()


def test_a_piece_of_a_page_sends_the_whole_page_to_sign_in(client: Client) -> None:
    asked = {"HX-Request": "true", "HX-Current-URL": "https://here.example/findings/?q=a"}
    answer = client.get("/findings/?q=b", headers=asked)
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/sign-in/?next=/findings/%3Fq%3Da"


def test_a_temporary_password_allows_only_to_choose_ones_own(client: Client, person: User) -> None:
    person.must_change_password = True
    person.save()
    assert _try(client, PASSWORD) == "in"
    answer = client.get("/norms/")
    assert (answer.status_code, answer.url) == (302, "/account/password/")
    # A piece of the open page stays away: the page would be put inside itself, and again.
    assert client.get("/notices/count/", headers={"HX-Request": "true"}).status_code == 204
    new = {"oldpassword": PASSWORD, "password1": "xin-mi-ma-9821", "password2": "xin-mi-ma-9821"}
    assert client.post("/account/password/", new).url == "/"
    assert client.get("/account/tokens/").status_code == 200
    event = AccountEvent.objects.get(person=person)
    assert (event.kind, event.by) == (AccountEvent.Kind.PASSWORD_CHANGED, person)


@pytest.mark.parametrize("weak", ["short", "wang-wang-wa", "password1234", "123456789012"])
def test_a_weak_password_is_refused_at_its_field(client: Client, person: User, weak: str) -> None:
    person.username = "wang-wang-wang"
    person.save()
    client.force_login(person)
    form = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    page = client.post("/account/password/", form).content.decode()
    assert 'id="id_password1_error"' in page
    assert "This password" not in page  # the reason is told in the language of the page
    assert "你" not in page.replace("您", "")  # and as an office speaks, the rules as well


def test_a_demo_person_signs_in_by_a_button(client: Client) -> None:
    load_people()
    page = client.get("/sign-in/").content.decode()
    assert "自治区经济和信息化委员会" in page
    assert 'value="eic-officer"' in page
    answer = client.post("/sign-in/demo/", {"username": "eic-officer", "next": "/norms/"})
    assert (answer.status_code, answer.url) == (302, "/norms/")
    assert client.get("/").context["user"].username == "eic-officer"


def test_the_demo_button_leads_nowhere_else(client: Client) -> None:
    load_people()
    sent = {"username": "eic-officer", "next": "https://elsewhere.example/"}
    assert client.post("/sign-in/demo/", sent).url == "/workbench/"


def test_the_demo_button_is_for_demo_people_only(client: Client, person: User) -> None:
    assert client.post("/sign-in/demo/", {"username": "wang"}).status_code == 404
    assert client.get("/sign-in/demo/").status_code == 405


def test_the_demo_button_wants_its_token() -> None:
    load_people()
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/sign-in/demo/", {"username": "eic-officer"})
    assert answer.status_code == 403
    assert "表单已失效，没有办理" in answer.content.decode()


def test_outside_demo_mode_demo_people_neither_enter_nor_stay(
    as_person: Callable[[str], Client], settings: object
) -> None:
    client = as_person("eic-officer")
    assert client.get("/account/tokens/").status_code == 200
    settings.DEMO = False  # type: ignore[attr-defined]
    assert client.get("/account/tokens/").status_code == 302
    assert client.post("/sign-in/demo/", {"username": "eic-officer"}).status_code == 404
    assert "eic-officer" not in client.get("/sign-in/").content.decode()
    user = User.objects.get(username="eic-officer")
    user.set_password(PASSWORD)
    user.save()
    sent = {"login": "eic-officer", "password": PASSWORD}
    assert client.post("/sign-in/", sent).url == "/account/inactive/"
    assert client.get("/account/tokens/").status_code == 302
