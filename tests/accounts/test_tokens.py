"""接口令牌: shown once, kept as a digest, good until a day, withdrawn at once, never more than its
person."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from phaseout.accounts.acts import block_person
from phaseout.accounts.models import AccountEvent, ApiToken, User
from phaseout.accounts.tokens import digest_of, make_token, user_of_token, withdraw_token
from phaseout.law.refusals import Refusal

pytestmark = pytest.mark.django_db
TODAY = date(2018, 3, 15)
UNTIL = date(2018, 6, 13)


@pytest.fixture
def officer(people: dict[str, User]) -> User:
    return people["eic-officer"]


def test_a_key_acts_as_its_person_until_its_last_day(officer: User) -> None:
    token, text = make_token(officer, name="平台", expires_on=UNTIL, today=TODAY)
    assert user_of_token(text, on=TODAY) == officer
    assert user_of_token(text, on=UNTIL) == officer
    assert user_of_token(text, on=UNTIL + timedelta(days=1)) is None
    assert token.digest == digest_of(text)
    assert text not in str(token.__dict__)


@pytest.mark.parametrize("text", ["", "pht_", "pht_" + "x" * 43, "a" * 10_000, "pht_\x00"])
def test_a_key_that_was_never_made_is_nobodys(text: str) -> None:
    assert user_of_token(text, on=TODAY) is None


def test_a_withdrawn_key_is_nobodys(officer: User) -> None:
    token, text = make_token(officer, name="平台", expires_on=UNTIL, today=TODAY)
    withdraw_token(token.pk, by=officer, today=TODAY)
    assert user_of_token(text, on=TODAY) is None
    with pytest.raises(Refusal, match="token_withdrawn"):
        withdraw_token(token.pk, by=officer, today=TODAY)
    kinds = AccountEvent.objects.filter(person=officer, post=None).values_list("kind", flat=True)
    assert list(kinds.order_by("pk")) == ["token_made", "token_withdrawn"]


def test_a_blocked_persons_keys_are_nobodys(people: dict[str, User], officer: User) -> None:
    _, text = make_token(officer, name="平台", expires_on=UNTIL, today=TODAY)
    by = people["administrator"]
    block_person(officer.pk, blocked=True, reason="-", by=by, today=TODAY)
    assert user_of_token(text, on=TODAY) is None


def test_a_demo_persons_keys_are_nobodys_outside_demo_mode(officer: User, settings: Any) -> None:
    _, text = make_token(officer, name="平台", expires_on=UNTIL, today=TODAY)
    settings.DEMO = False
    assert user_of_token(text, on=TODAY) is None


@pytest.mark.parametrize(
    ("until", "allowed"),
    [
        (TODAY - timedelta(days=1), False),
        (TODAY, True),
        (TODAY + timedelta(days=366), True),
        (TODAY + timedelta(days=367), False),
    ],
)
def test_a_key_holds_for_at_most_a_year(officer: User, until: date, allowed: bool) -> None:
    if allowed:
        make_token(officer, name="平台", expires_on=until, today=TODAY)
    else:
        with pytest.raises(Refusal, match="token_time"):
            make_token(officer, name="平台", expires_on=until, today=TODAY)


def test_who_holds_no_post_gets_no_key(db: None) -> None:
    with pytest.raises(Refusal, match="token_without_post"):
        make_token(User.objects.create(username="x"), name="-", expires_on=UNTIL, today=TODAY)


def test_its_use_is_noted_but_not_with_every_request(
    officer: User, django_assert_num_queries: Any
) -> None:
    _, text = make_token(officer, name="平台", expires_on=UNTIL, today=TODAY)
    with django_assert_num_queries(2):
        user_of_token(text, on=TODAY)
    with django_assert_num_queries(1):
        user_of_token(text, on=TODAY)
    assert ApiToken.objects.get().last_used_at is not None


def test_the_page_shows_the_key_once(as_person: Callable[[str], Client], officer: User) -> None:
    client = as_person("eic-officer")
    answer = client.post("/account/tokens/", {"name": "平台", "expires_on": "2018-06-13"})
    shown = re.search(r'class="secret">(pht_[^<]+)<', answer.content.decode())
    assert shown
    assert user_of_token(shown[1], on=TODAY) == officer
    assert "no-store" in answer.headers["Cache-Control"]
    page = client.get("/account/tokens/").content.decode()
    assert "平台" in page
    assert shown[1] not in page


def test_one_withdraws_ones_own_keys_only(
    as_person: Callable[[str], Client], officer: User
) -> None:
    token, text = make_token(officer, name="平台", expires_on=UNTIL, today=TODAY)
    path = f"/account/tokens/{token.pk}/withdraw/"
    assert as_person("epd-officer").post(path).status_code == 404
    assert user_of_token(text, on=TODAY) == officer
    assert as_person("eic-officer").get(path).status_code == 405
    assert as_person("eic-officer").post(path).status_code == 302
    assert user_of_token(text, on=TODAY) is None
