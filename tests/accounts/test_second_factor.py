"""The second factor: set up by the person, asked for at the sign-in, required of some roles."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.cache import cache
from django.test import Client, TestCase

from phaseout.accounts.models import AccountEvent, Post, SignIn, User
from security_key import SecurityKey

pytestmark = pytest.mark.django_db
HOME = "/workbench/" if settings.LOGIN_REDIRECT_URL == "workbench" else "/"
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


@pytest.fixture
def client() -> Client:
    return Client(SERVER_NAME="localhost")


def _enter(client: Client) -> Any:
    return client.post("/sign-in/", {"login": "wang", "password": PASSWORD})


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def _activate(client: Client) -> str:
    """Set up an app, as a person does: password again, the secret, its first code."""
    _enter(client)
    answer = client.get("/account/second-factor/totp/activate/")
    assert answer.url.startswith("/account/confirm/")
    answer = client.post(answer.url, {"password": PASSWORD})
    page = client.get(answer.url)
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post("/account/second-factor/totp/activate/", {"code": _code(secret)})
    return str(secret)


def test_an_app_is_set_up_and_then_asked_for(client: Client, person: User) -> None:
    secret = _activate(client)
    kept = Authenticator.objects.get(user=person, type="totp")
    assert secret not in str(kept.data), "secrets are kept encrypted"
    assert AccountEvent.objects.filter(person=person, kind="factor_added").count() == 1
    cache.clear()  # the code was used: the same half minute is let pass
    other = Client(SERVER_NAME="localhost")
    assert _enter(other).url == "/account/second-factor/authenticate/"
    assert other.get("/account/").status_code == 302, "the password alone opens nothing"
    page = other.get("/account/second-factor/authenticate/").content.decode()
    assert "第二步验证" in page
    assert "安全密钥" not in page, "it is not offered to who has none"
    wrong = other.post("/account/second-factor/authenticate/", {"code": "000000"})
    assert "验证码不正确" in wrong.content.decode()
    assert (
        other.post("/account/second-factor/authenticate/", {"code": _code(secret)}).url
        == "/workbench/"
    )
    entered = SignIn.objects.filter(person=person).order_by("pk")
    assert [(row.outcome, row.means) for row in entered][-2:] == [
        ("wrong_code", "totp"),
        ("entered", "password totp"),
    ]


def test_recovery_codes_are_shown_once_and_each_opens_once(client: Client, person: User) -> None:
    _activate(client)
    page = client.get("/account/second-factor/recovery-codes/")
    codes = page.context["unused_codes"]
    assert len(codes) == 10
    assert codes[0] in page.content.decode()
    again = client.get("/account/second-factor/recovery-codes/").content.decode()
    assert codes[0] not in again
    for expected in (302, 200):
        other = Client(SERVER_NAME="localhost")
        _enter(other)
        answer = other.post("/account/second-factor/authenticate/", {"code": codes[0]})
        assert answer.status_code == expected


def test_a_security_key_is_registered_and_then_opens(client: Client, person: User) -> None:
    key = SecurityKey("http://localhost")
    _enter(client)
    confirm = client.get("/account/second-factor/webauthn/add/").url
    page = client.get(client.post(confirm, {"password": PASSWORD}).url)
    options = page.context["js_data"]["creation_options"]
    sent = {"name": "蓝色钥匙", "credential": key.create(options)}
    client.post("/account/second-factor/webauthn/add/", sent)
    assert "蓝色钥匙" in client.get("/account/second-factor/webauthn/").content.decode()
    other = Client(SERVER_NAME="localhost")
    _enter(other)
    page = other.get("/account/second-factor/authenticate/")
    assert "使用安全密钥" in page.content.decode()
    options = page.context["js_data"]["request_options"]
    stranger = SecurityKey("http://localhost").get(options)
    refused = other.post("/account/second-factor/authenticate/", {"credential": stranger})
    assert "安全密钥没有通过验证" in refused.content.decode()
    assert "credential)" not in refused.content.decode()  # no name of a hidden field
    options = refused.context["js_data"]["request_options"]
    sent = {"credential": key.get(options)}
    assert other.post("/account/second-factor/authenticate/", sent).url == HOME
    assert SignIn.objects.filter(person=person).last().means == "password webauthn"


@pytest.mark.parametrize("role", ["leader", "administrator", "officer"])
def test_roles_that_must_have_one_set_it_up_before_anything_else(
    client: Client, person: User, settings: Any, role: str
) -> None:
    settings.SECOND_FACTOR_ROLES = ["administrator", "leader"]
    Post.objects.create(user=person, role=role, function="eic", division_code="640000")
    _enter(client)
    answer = client.get("/account/tokens/")
    if role == "officer":
        assert answer.status_code == 200
        return
    assert (answer.status_code, answer.url) == (302, "/account/second-factor/")
    assert "您的职务须使用第二因素登录" in client.get(answer.url).content.decode()
    _activate(client)
    assert client.get("/account/tokens/").status_code == 200
    client.post("/account/confirm/", {"password": PASSWORD})
    kept = client.post("/account/second-factor/totp/deactivate/")
    assert "您的职务须有第二因素" in kept.content.decode()
    assert Authenticator.objects.filter(user=person, type="totp").exists()


def test_an_administrator_clears_what_somebody_lost_but_not_ones_own(
    client: Client, person: User
) -> None:
    _activate(client)
    chief = User.objects.create(username="chief")
    Post.objects.create(user=chief, role="administrator", function="eic", division_code="640000")
    client.force_login(chief)
    assert client.post(f"/people/{person.pk}/factor/", {"reason": ""}).status_code == 422
    client.post(f"/people/{person.pk}/factor/", {"reason": "手机遗失，已核实"})
    assert not Authenticator.objects.filter(user=person).exists()
    event = AccountEvent.objects.get(person=person, kind="factor_reset")
    assert (event.by, event.detail["reason"]) == (chief, "手机遗失，已核实")
    own = client.post(f"/people/{chief.pk}/factor/", {"reason": "x"})
    assert own.status_code == 409


def test_a_secret_of_another_key_opens_nothing_and_breaks_nothing(
    client: Client, person: User, settings: Any
) -> None:
    """As after a restored backup: it holds no key."""
    secret = _activate(client)
    cache.clear()
    settings.SECRET_KEY = "another-key-" * 6
    other = Client(SERVER_NAME="localhost")
    _enter(other)
    answer = other.post("/account/second-factor/authenticate/", {"code": _code(secret)})
    assert answer.status_code == 200
    assert "验证码不正确" in answer.content.decode()
