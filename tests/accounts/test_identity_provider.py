"""Signing in by a provider of identities: a real one, started for these tests on this machine."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from oidc_provider_mock import run_server_in_thread

from phaseout.accounts.models import AccountEvent, Post, SignIn, User

pytestmark = pytest.mark.django_db
SUBJECT = "640102-0007"
PATIENCE = 180
"""Seconds for the provider, on a machine that is busy with everything else."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with run_server_in_thread() as running:
        yield f"http://localhost:{running.server_port}"


@pytest.fixture(autouse=True)
def provider(server: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from phaseout.web.environment import identity_provider

    monkeypatch.setenv("PHASEOUT_OIDC_SERVER", server)
    monkeypatch.setenv("PHASEOUT_OIDC_CLIENT", "phaseout")
    monkeypatch.setenv("PHASEOUT_OIDC_SECRET", "between-the-two")
    monkeypatch.setenv("PHASEOUT_OIDC_NAME", "宁夏统一身份认证")
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = PATIENCE
    settings.IDENTITY_PROVIDER = identity_provider()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": settings.IDENTITY_PROVIDER}}


@pytest.fixture
def person() -> User:
    return User.objects.create(username="wang", name_zh="王某")


@pytest.fixture
def chief(client: Client) -> User:
    user = User.objects.create(username="chief")
    Post.objects.create(user=user, role="administrator", function="eic", division_code="640000")
    return user


def _by_provider(client: Client, subject: str = SUBJECT, **form: str) -> Any:
    """As a browser goes: to the provider, who one is there, and back with its answer."""
    asked = client.get("/sign-in/oidc/government/login/?next=/norms/")
    assert asked.status_code == 302
    there = requests.post(
        asked.url, data={"sub": subject, **form}, allow_redirects=False, timeout=PATIENCE
    )
    back = urlsplit(there.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def _bind(chief: User, person: User, subject: str = SUBJECT, act: str = "bind") -> Any:
    client = Client()
    client.force_login(chief)
    form = {"subject": subject, "reason": "人事处2018年第3号", "act": act}
    return client.post(f"/people/{person.pk}/identity/", form)


def test_the_sign_in_page_offers_it_by_name(client: Client) -> None:
    page = client.get("/sign-in/").content.decode()
    assert "用宁夏统一身份认证登录" in page


def test_an_identity_bound_to_nobody_makes_no_account_and_is_told_what_to_do(
    client: Client,
) -> None:
    before = User.objects.count()
    answer = _by_provider(client)
    assert answer.status_code == 403
    assert SUBJECT in answer.content.decode()
    assert User.objects.count() == before
    assert client.get("/account/").status_code == 302
    row = SignIn.objects.get()
    assert (row.outcome, row.person, row.detail) == ("unbound", None, SUBJECT)


def test_who_is_bound_by_an_administrator_signs_in_until_it_is_undone(
    client: Client, chief: User, person: User
) -> None:
    assert _bind(chief, person).status_code == 302
    event = AccountEvent.objects.get(person=person, kind="identity_bound")
    assert (event.by, event.detail["subject"]) == (chief, SUBJECT)
    answer = _by_provider(client)
    assert (answer.status_code, answer.url) == (302, "/norms/")
    assert client.get("/account/").context["user"] == person
    assert SignIn.objects.filter(person=person).last().means == "socialaccount"
    assert SocialAccount.objects.get().extra_data == {}, "nothing else of the person is kept"
    _bind(chief, person, act="unbind")
    assert _by_provider(Client()).status_code == 403


def test_one_identity_opens_one_account(chief: User, person: User) -> None:
    _bind(chief, person)
    other = User.objects.create(username="li")
    answer = _bind(chief, other)
    assert answer.status_code == 409
    assert "该身份标识已经绑定账号" in answer.content.decode()


def test_somebody_signed_in_cannot_bind_himself(client: Client, person: User) -> None:
    client.force_login(person)
    asked = client.get("/sign-in/oidc/government/login/?process=connect")
    there = requests.post(asked.url, data={"sub": SUBJECT}, allow_redirects=False, timeout=PATIENCE)
    back = urlsplit(there.headers["Location"])
    assert client.get(f"{back.path}?{back.query}").status_code == 403
    assert not SocialAccount.objects.exists()


def test_who_is_blocked_stays_outside(client: Client, chief: User, person: User) -> None:
    _bind(chief, person)
    person.is_active = False
    person.save()
    assert _by_provider(client).url == "/account/inactive/"
    assert client.get("/account/").status_code == 302


def test_a_person_with_a_second_factor_is_asked_for_it_here_too(
    client: Client, chief: User, person: User
) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(person, generate_totp_secret())
    _bind(chief, person)
    assert _by_provider(client).url == "/account/second-factor/authenticate/"


def test_who_has_no_password_sets_up_the_second_factor_that_a_post_asks_for(
    client: Client, chief: User, person: User, settings: Any
) -> None:
    settings.SECOND_FACTOR_ROLES = ["leader"]
    person.set_unusable_password()
    person.save()
    Post.objects.create(user=person, role="leader", function="eic", division_code="640000")
    _bind(chief, person)
    _by_provider(client)
    activate = "/account/second-factor/totp/activate/"
    assert activate in client.get("/account/second-factor/").content.decode()
    secret = client.get(activate).context["form"].secret
    # Too long ago: once more to the provider, and back here.
    moved = client.session
    records = [{**one, "at": one["at"] - 301} for one in moved["account_authentication_methods"]]
    moved["account_authentication_methods"] = records
    moved.save()
    answer = client.get(activate)
    assert answer.url.startswith("/sign-in/oidc/government/login/?next=")
    there = requests.post(
        client.get(answer.url).url, data={"sub": SUBJECT}, allow_redirects=False, timeout=PATIENCE
    )
    back = urlsplit(there.headers["Location"])
    assert client.get(f"{back.path}?{back.query}").url == activate
    secret = client.get(activate).context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post(activate, {"code": code}).status_code == 302
    assert _by_provider(Client()).url == "/account/second-factor/authenticate/"


def test_an_answer_nobody_asked_for_opens_nothing(client: Client) -> None:
    answer = client.get("/sign-in/oidc/government/login/callback/?code=made-up&state=made-up")
    assert answer.status_code == 401
    assert "没有登录" in answer.content.decode()


def test_a_provider_that_is_away_or_says_no_is_told_kindly(client: Client, settings: Any) -> None:
    refused = _by_provider(client, action="deny")
    assert refused.status_code == 401
    away = {**settings.IDENTITY_PROVIDER[0], "settings": {"server_url": "http://localhost:9"}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [away]}}
    answer = client.get("/sign-in/oidc/government/login/")
    assert answer.status_code == 401
    assert "暂时连接不到" in answer.content.decode()


def test_without_a_provider_there_is_no_such_address(client: Client, settings: Any) -> None:
    settings.IDENTITY_PROVIDER = []
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert client.get("/sign-in/oidc/government/login/").status_code == 404
    assert "统一身份认证" not in client.get("/sign-in/").content.decode()
