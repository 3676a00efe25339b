"""Every address of the site against every role: allowed or refused, never an error.

The addresses come from `urls.py` itself: a new one is in here by itself, with a value of its
arguments from `KNOWN` (a row that is there) and with one that is nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from capacity_book import register
from casebook import ENERGY_ROW, Desk
from phaseout.accounts.demo import bank_user, enterprise_user, load_people
from phaseout.accounts.models import Post, User
from phaseout.accounts.powers import Role
from phaseout.registry.models import Import

pytestmark = pytest.mark.django_db

ANSWERS = {200, 301, 302, 400, 401, 403, 404, 405, 409, 415, 422, 429}
USCC = "91640100MA00000001"
BANK = "98640000XB0000001R"
ROLES = [
    "",
    "eic-officer",
    "epd-reviewer",
    "eic-leader",
    "eic-inspector",
    "hr-officer",
    "shizuishan-officer",
    "leader",
    "auditor",
    "administrator",
    f"enterprise-{USCC}",
    f"bank-{BANK}",
    "without-a-post",
]
THOROUGHLY = {"", "eic-officer", f"enterprise-{USCC}"}
"""Those who also send forms, and ask for what is not there; the others would be refused alike.
Every page that is there is asked by every role (the API: `tests/web/api/test_matrix.py`)."""
ABSENT_TOO = "eic-officer"
"""Who also sends forms to what is not there: it is looked for after the power is, which the other
two have not."""
PUBLIC = (
    "home", "library", "norm-", "matrix", "clause", "account_", "openid_connect_", "set_language",
    "demo-sign-in", "api", "inspection-tip-new", "sanctions-public", "public-",
)  # fmt: skip
"""How the names of addresses begin that show something to whoever is not signed in."""
Known = Callable[[], dict[str, Any]]
NOWHERE = {IntConverter: 2_000_000_000, UUIDConverter: "00000000-0000-4000-8000-000000000000"}


@pytest.fixture
def known(db: None) -> Known:
    """known(): lays the rows of a test, when it asks; arguments by their name in the address, and
    where it may mean different things, with the first word of the address' own name."""
    return cache(_lay)


def _lay() -> dict[str, Any]:
    load_people()
    enterprise_user(USCC)
    bank_user(BANK)
    User.objects.create(username="without-a-post")
    desk = Desk()
    line = desk.line()
    finding, other = desk.finding(line), desk.finding(desk.line("L2"))
    officer = User.objects.get(username="eic-officer")
    case = desk.open_(other, by=officer).case
    brought = Import.objects.create(by=officer, reach="64", received_on=desk.today)
    return {
        "uscc": USCC,
        "line_id": line.pk,
        "finding_id": finding.finding_id,
        "row_id": ENERGY_ROW,
        "source_id": "GB16780-2012",
        "industry": "cement",
        "table": "energy_limits",
        "form": "csv",
        "case.pk": case.pk,
        "exit.pk": case.pk,
        "capacity.pk": register(line),
        "person.pk": officer.pk,
        "post.pk": officer.posts.get().pk,
        "import.pk": brought.pk,
        "position": 1,
        "ending": "csv",
        "list.kind": "yellow-energy",
        "return.year": 2017,
        "return.department": "eic",
        "return.city": 640100,
        "annual.year": 2017,
        "dashboard.theme": "cases",
        "dashboard.panel": "cases-city",
    }


def addresses(
    patterns: list[Any] | None = None, namespace: str = "", outer: dict[str, Any] | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every address with a name and the converters of its arguments, in the order of `urls.py`."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        converters = {**(outer or {}), **pattern.pattern.converters}
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inner, converters)
        elif pattern.name:
            yield f"{namespace}{pattern.name}", converters


def _paths(known: dict[str, Any], *, absent: bool = False) -> Iterator[tuple[str, str, bool]]:
    """Name and path of every address, and whether what it is about is there; with `absent` also
    those of rows that are not."""
    for name, converters in addresses():
        here = {
            key: known.get(f"{name.split('-')[0]}.{key}", known.get(key, _nothing(converter)))
            for key, converter in converters.items()
        }
        nowhere = {key: _nothing(converter) for key, converter in converters.items()}
        yield name, reverse(name, kwargs=here), True
        if converters and absent:
            with suppress(NoReverseMatch):  # a converter that takes few words
                yield name, reverse(name, kwargs=nowhere), False


def _nothing(converter: Any) -> Any:
    return NOWHERE.get(type(converter), "nowhere")


def _client(role: str, **options: Any) -> Client:
    client = Client(raise_request_exception=False, **options)
    if role:
        client.force_login(User.objects.get(username=role))
    return client


@dataclass(frozen=True)
class Answer:
    """What the tests ask of one answer; `told` when a name or a USCC of the city is in it."""

    method: str
    name: str
    path: str
    status: int
    location: str
    told: bool
    headers: Mapping[str, str]


_SEEN: dict[str, list[Answer]] = {}


def _answers(role: str, known: Known) -> list[Answer]:
    """Of every address to a role, asked once for all tests of this file: some 300 pages each."""
    if role not in _SEEN:
        rows = known()
        client = _client(role)
        _SEEN[role] = [
            _answer(client, method, name, path)
            for name, path, there in _paths(rows, absent=role in THOROUGHLY)
            if _is_asked(role, name, there)
            for method in (("get", "post") if role in THOROUGHLY else ("get",))
            if method == "get" or there or role == ABSENT_TOO
            # What comes after these would be asked by another.
            if method == "get" or name not in {"account_logout", "demo-sign-in", "sessions-end"}
        ]
    return _SEEN[role]


def _is_asked(role: str, name: str, there: bool) -> bool:
    if not there and role == "":  # sent to sign in before anything is looked for
        return name.startswith(PUBLIC)
    return role in THOROUGHLY or not name.startswith("api")


def _answer(client: Client, method: str, name: str, path: str) -> Answer:
    answer = getattr(client, method)(path)
    content = b"".join(answer) if answer.streaming else answer.content
    text = content.decode(errors="ignore")
    return Answer(
        method,
        name,
        path,
        answer.status_code,
        getattr(answer, "url", ""),
        "云岭" in text or USCC in text,
        dict(answer.headers),
    )


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "nobody")
def test_no_address_fails_whoever_asks(known: Known, role: str) -> None:
    failed = [
        (one.method, one.path, one.status)
        for one in _answers(role, known)
        if one.status not in ANSWERS
    ]
    assert failed == []


def test_each_role_is_among_those_who_ask(known: Known) -> None:
    known()
    asking = Post.objects.filter(user__username__in=ROLES).values_list("role", flat=True)
    assert set(asking) == {role.value for role in Role}


def test_whoever_is_not_signed_in_is_sent_to_sign_in_or_refused_but_for_what_is_public(
    known: Known,
) -> None:
    shown = [
        (one.name, one.status)
        for one in _answers("", known)
        if one.method == "get"
        and not one.name.startswith(PUBLIC)
        and one.status < 400
        and not (one.status == 302 and one.location.startswith("/sign-in/"))
    ]
    assert shown == []


@pytest.mark.parametrize("role", ["", "without-a-post"], ids=lambda role: role or "nobody")
def test_whoever_holds_no_post_reads_the_norms_and_the_sign_in_only(
    known: Known, role: str
) -> None:
    public = (*PUBLIC, "demo-day", "tokens")
    told = [
        one.path
        for one in _answers(role, known)
        if not one.name.startswith(public) and one.status == 200 and one.told
    ]
    assert told == []


def test_another_citys_officer_finds_nothing_of_this_city_at_any_address(
    known: Known,
) -> None:
    """The enterprise is in Yinchuan; the officer's city is Shizuishan. What the public reads he
    reads too."""
    told = [
        one.path for one in _answers("shizuishan-officer", known) if one.status == 200 and one.told
    ]
    assert told == []


def test_no_form_is_taken_from_elsewhere(known: Known) -> None:
    """Without its token nothing reaches a view; what machines send with a key of their own is
    another matter."""
    rows = known()
    client = _client("eic-officer", enforce_csrf_checks=True)
    taken = [
        (path, answer.status_code)
        for _, path, _ in _paths(rows)
        if not path.startswith("/api/") and (answer := client.post(path)).status_code != 403
    ]
    assert taken == []


def test_every_answer_forbids_foreign_scripts_frames_and_guesses(known: Known) -> None:
    for one in _answers("eic-officer", known):
        policy = one.headers.get("Content-Security-Policy", "")
        parts = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
        assert parts.get("script-src") == "'self'", (one.name, policy)
        assert parts.get("object-src") == "'none'", one.name
        assert parts.get("frame-ancestors") == "'none'", one.name
        assert parts.get("form-action") == "'self'", one.name
        assert one.headers["X-Content-Type-Options"] == "nosniff", one.name
        assert one.headers["X-Frame-Options"] == "DENY", one.name
        assert one.headers["Referrer-Policy"] == "same-origin", one.name


def test_no_template_holds_a_script_or_a_handler_of_its_own() -> None:
    """The policy would stop it; so would a reader of the page without scripts."""
    from pathlib import Path

    import phaseout

    root = Path(phaseout.__file__).parent
    found = [
        str(path.relative_to(root))
        for path in root.glob("*/templates/**/*.html")
        if "reporting" not in path.parts
        and any(sign in path.read_text() for sign in ("<script>", " onclick=", "javascript:"))
    ]
    assert found == []
    assert "unsafe-inline" not in str(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["script-src"])
