"""建立账号, 停用, 重置密码: acts of an administrator, on record, the password shown once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from phaseout.accounts.acts import block_person, make_person, reset_password
from phaseout.accounts.models import AccountEvent, Post, User
from phaseout.accounts.people import A_PAGE
from phaseout.accounts.powers import Role
from phaseout.cli import main
from phaseout.desk.day import beijing_day
from phaseout.law.refusals import Refusal

pytestmark = pytest.mark.django_db
TODAY = date(2018, 3, 15)


def test_a_new_person_has_a_temporary_password_and_no_post(people: dict[str, User]) -> None:
    person, password = make_person("li", "李某", by=people["administrator"], today=TODAY)
    assert person.check_password(password)
    assert person.must_change_password
    assert not person.posts.exists()
    assert AccountEvent.objects.get(person=person).kind == AccountEvent.Kind.PERSON_MADE


def test_a_user_name_is_taken_whatever_its_case(people: dict[str, User]) -> None:
    with pytest.raises(Refusal, match="username_taken"):
        make_person("EIC-Officer", "某", by=people["administrator"], today=TODAY)


def test_a_reset_ends_the_sessions_and_is_on_record(people: dict[str, User]) -> None:
    by = people["administrator"]
    person, _ = make_person("li", "李某", by=by, today=TODAY)
    client = Client()
    client.force_login(person)
    fresh = reset_password(person.pk, by=by, today=TODAY)
    assert client.get("/account/tokens/").status_code == 302
    person.refresh_from_db()
    assert person.check_password(fresh)
    kinds = list(AccountEvent.objects.filter(person=person).values_list("kind", flat=True))
    assert AccountEvent.Kind.PASSWORD_RESET in kinds


def test_a_demo_person_has_no_password_to_reset(people: dict[str, User]) -> None:
    with pytest.raises(Refusal, match="demo_person"):
        reset_password(people["leader"].pk, by=people["administrator"], today=TODAY)


def test_whoever_holds_posts_elsewhere_belongs_to_another_administrator(
    people: dict[str, User],
) -> None:
    local = User.objects.create(username="local")
    Post.objects.create(
        user=local, role=Role.ADMINISTRATOR, function="cities", division_code="640100"
    )
    for act in (
        lambda: reset_password(people["leader"].pk, by=local, today=TODAY),
        lambda: block_person(people["leader"].pk, blocked=True, reason="-", by=local, today=TODAY),
    ):
        with pytest.raises(Refusal, match="outside_territory"):
            act()


def test_a_blocked_person_is_out_at_once_and_can_be_let_in_again(
    people: dict[str, User], as_person: Callable[[str], Client]
) -> None:
    client, by = as_person("epd-officer"), people["administrator"]
    person = people["epd-officer"]
    assert client.get("/account/tokens/").status_code == 200
    block_person(person.pk, blocked=True, reason="调离", by=by, today=TODAY)
    assert client.get("/account/tokens/").status_code == 302
    block_person(person.pk, blocked=False, reason="调回", by=by, today=TODAY)
    kinds = list(
        AccountEvent.objects.filter(person=person).order_by("pk").values_list("kind", flat=True)
    )
    assert kinds == ["post_granted", "person_blocked", "person_unblocked"]


def test_nobody_blocks_himself(people: dict[str, User]) -> None:
    by = people["administrator"]
    with pytest.raises(Refusal, match="not_oneself"):
        block_person(by.pk, blocked=True, reason="-", by=by, today=TODAY)


def test_the_password_is_shown_once_and_kept_by_no_browser(
    as_person: Callable[[str], Client],
) -> None:
    client = as_person("administrator")
    answer = client.post("/people/new/", {"username": "li", "name_zh": "李某"})
    shown = re.search(r'class="secret">([^<]+)<', answer.content.decode())
    person = User.objects.get(username="li")
    assert shown
    assert person.check_password(shown[1])
    assert "no-store" in answer.headers["Cache-Control"]
    assert shown[1] not in client.get(f"/people/{person.pk}/").content.decode()
    again = client.post("/people/new/", {"username": "li", "name_zh": "李某"})
    assert again.status_code == 409
    assert "username_taken" in again.content.decode()


def test_a_name_is_shown_as_it_is_and_never_as_markup(as_person: Callable[[str], Client]) -> None:
    client = as_person("administrator")
    name = "<img src=x onerror=alert(1)>"
    client.post("/people/new/", {"username": "li", "name_zh": name})
    page = client.get("/people/").content.decode()
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert name not in page


def test_an_auditor_reads_what_was_done_to_accounts_and_does_nothing(
    as_person: Callable[[str], Client], people: dict[str, User]
) -> None:
    page = as_person("auditor").get("/people/events/").content.decode()
    latest = max(people.values(), key=lambda person: person.pk)
    assert str(latest) in page
    assert f"/people/{latest.pk}/" not in page
    assert as_person("auditor").get("/people/").status_code == 403


@pytest.mark.parametrize("path", ["/people/", "/people/new/", "/people/events/"])
def test_who_is_no_administrator_is_refused_and_nobody_signs_in_first(
    as_person: Callable[[str], Client], path: str
) -> None:
    assert as_person("eic-officer").get(path).status_code == 403
    assert as_person("").get(path).url == f"/sign-in/?next={path}"


def test_the_list_costs_the_same_with_one_person_and_with_fifty(
    as_person: Callable[[str], Client], people: dict[str, User], django_assert_num_queries: Any
) -> None:
    client = as_person("administrator")
    with django_assert_num_queries(6):  # session, person, day, posts, people, their posts
        client.get("/people/")
    for number in range(60):
        user = User.objects.create(username=f"z{number:02}")
        Post.objects.create(user=user, role="officer", function="eic", division_code="640100")
    with django_assert_num_queries(6):
        page = client.get("/people/").content.decode()
    last = User.objects.order_by("username")[A_PAGE - 1]
    assert f"?after={last.username}" in page
    with django_assert_num_queries(5):
        client.get("/people/events/")


def _add_administrator(*more: str) -> Any:
    named = [
        "people",
        "add-administrator",
        "first",
        "--name",
        "钟某",
        "--reason",
        "宁经信人〔2026〕3号",
    ]
    return CliRunner().invoke(main, [*named, *more])


def test_the_first_administrator_is_made_from_the_command_line(
    db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phaseout.commands.people.of_the_site", nullcontext)
    assert "[demo_has_administrator]" in _add_administrator().stderr
    settings.DEMO = False
    for wrong in (("--office", "nowhere"), ("--place", "990000"), ("--reason", "")):
        assert _add_administrator(*wrong).exit_code == 2
    assert not User.objects.filter(username="first").exists()
    password = json.loads(_add_administrator("--json").stdout)["password"]
    first = User.objects.get(username="first")
    assert first.check_password(password) and first.must_change_password
    assert set(AccountEvent.objects.filter(person=first).values_list("kind", "by")) == {
        (AccountEvent.Kind.PERSON_MADE, None),
        (AccountEvent.Kind.POST_GRANTED, None),
    }
    make_person("li", "李某", by=first, today=beijing_day())  # and makes everybody else
    assert "[username_taken]" in _add_administrator().stderr
