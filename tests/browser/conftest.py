"""One browser and one site for all tests of this folder; a page signed in as a demo person.

site            the address of the running site
page_as(who)    a page of that demo person ("" for nobody), 1280 wide or as asked; it gathers
                `page.complaints`: errors in the console and in scripts
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import measure_rows
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from windows import PATIENCE, listen, window_of

from serving import until

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
NOTHING = "/static/nothing.html"
"""A page of the same site that shows nothing (browser/static): after one of another, the browser
would begin a process for the next."""

LAST = "test_walk_a_case.py"
"""It moves the day of the site on."""

# Playwright's loop runs in this thread; Django would refuse to ask its database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In whatever order the others run, what moves the day runs last in this folder."""
    places = [at for at, item in enumerate(items) if item.path.parent == Path(__file__).parent]
    ours = sorted((items[at] for at in places), key=lambda item: item.path.name == LAST)
    for at, item in zip(places, ours, strict=True):
        items[at] = item
        item.add_marker(pytest.mark.timeout(1800))  # the first of them waits for site and browser


@pytest.fixture(scope="package")
def browser(site: str) -> Iterator[Browser]:
    """Closed when the folder is done: Playwright's loop runs in this thread, and neither a second
    one nor a job that brings its own is allowed beside it. It comes after the site and goes before
    it: beside a loop, Django's connections of this thread are others than without."""
    from django.db import connections

    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET, timeout=PATIENCE)
        yield browser
        browser.close()
        connections.close_all()


@pytest.fixture(scope="package")
def site(django_db_setup: None, django_db_blocker: Any, small_province: Path) -> Iterator[str]:
    """A site with the demonstration in small: people, a province of 26 enterprises, its findings,
    a case with an act that waits to be signed. Its rows are there for all tests of this folder and
    no others."""
    from django.core.management import call_command

    with django_db_blocker.unblock():
        _load(small_province)
        before = _others()
        server = LiveServer("localhost")
        yield str(server)
        server.stop()
        # The last page may have gone before all that it asked for was answered.
        until(lambda: _others() <= before)
        call_command("flush", interactive=False, verbosity=0)


def _others() -> set[int]:
    """Who else has a connection to this database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return {pid for (pid,) in cursor.fetchall()}


def _load(province: Path) -> None:
    from casebook import Desk
    from phaseout.accounts.demo import enterprise_user
    from phaseout.accounts.models import User
    from phaseout.accounts.scope import scope_of
    from phaseout.casework import acts
    from phaseout.demo.site import load

    load(province)
    auditor = User.objects.get(username="auditor")
    auditor.set_password("only-in-this-test-9317")
    auditor.save()
    desk = Desk()
    enterprise_user(desk.enterprise().pk)
    desk.finding(desk.line("L2"))
    # The small province has no quality finding from which a case can be opened at once.
    desk.finding(desk.line("L9"), dimension="quality", judged_by="quality")
    officer = User.objects.get(username="eic-officer")
    case = desk.open_(desk.finding(desk.line()), by=officer).case
    asked = desk.asked(desk.rule(case, "order.file"), case, desk.today)
    scope = scope_of(officer, on=desk.today)
    acts.propose(case.pk, asked, by=officer, scope=scope, today=desk.today, key=uuid4())
    _one_that_exits(desk)
    measure_rows.lay(desk)


def _one_that_exits(desk: Any) -> None:
    """Two lines whose dismantling is ordered and planned: of one a photo of a part is taken, of the
    other all is done but its part."""
    begun = _exiting(desk, "L8", desk.today)
    begun.record("E1/mill_identified", "tick", "before", done="no")
    nearly = _exiting(desk, "L81", date(2018, 1, 11))  # so that the site's day is past its decision
    nearly.record("E1/mill_identified", "tick", "before", done="no")
    nearly.complete(but="E1/mill_identified")


def _exiting(desk: Any, line_id: str, on: date) -> Any:
    """A technology case opened on a day, its decision served as soon as the law allows, planned."""
    from exit_site import Site
    from journeys import Journey

    line = desk.line(line_id, desk.enterprise(f"91640100MA000000{line_id[1:]:0>2}"))
    found = desk.finding(line, dimension="technology", judged_by="technology", found_on=on)
    journey = Journey.of_case(desk, desk.open_(found, today=on).case, on)
    journey.do("record_match").decided("elimination")
    exiting = Site(journey.case, desk, journey.day)
    exiting.plan()
    return exiting


@pytest.fixture(scope="package")
def signed_in(site: str, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Where the cookies of a demo person are kept, who signs in once for all tests."""
    folder = tmp_path_factory.mktemp("signed-in")

    def cookies_of(who: str) -> Path | None:
        if not who:
            return None
        place = folder / f"{who}.json"
        if not place.exists():
            context = window_of(browser, java_script_enabled=False)
            page = context.new_page()
            page.goto(f"{site}/sign-in/")
            page.click(f"button[value='{who}']")
            page.wait_for_url(lambda address: "/sign-in/" not in address)
            context.storage_state(path=place)
            context.close()
        return place

    return cookies_of


@pytest.fixture(scope="package")
def context_of(site: str, browser: Browser, signed_in: Any) -> Iterator[Any]:
    """One window for each person and width, kept for all tests: opening one costs most."""
    contexts: dict[tuple[Any, ...], BrowserContext] = {}

    def window(who: str, width: int, options: dict[str, Any]) -> BrowserContext:
        key = (who, width, *sorted(options.items()))
        if key not in contexts:
            contexts[key] = window_of(
                browser,
                base_url=site,
                viewport={"width": width, "height": 900},
                locale="zh-CN",
                storage_state=signed_in(who),
                **options,
            )
        return contexts[key]

    yield window
    for context in contexts.values():
        context.close()


@pytest.fixture
def page_as(context_of: Any) -> Iterator[Callable[..., Page]]:
    pages: list[Page] = []

    def open_page(who: str = "", *, width: int = 1280, **options: Any) -> Page:
        window = context_of(who, width, options)
        if not who:  # an earlier test may have signed somebody in by hand
            window.clear_cookies()
        page: Page = window.new_page()
        pages.append(page)
        listen(page)
        return page

    yield open_page
    for page in pages:
        page.close()


@pytest.fixture(scope="package")
def reader(site: str, browser: Browser, signed_in: Any) -> Iterator[Callable[[str], Page]]:
    """reader(who): one window for all who only look, 1280 wide; who looks changes with the cookies.
    To open a window costs the browser more than most pages that it shows."""
    context = window_of(browser, base_url=site, locale="zh-CN")
    page = context.new_page()
    listen(page)

    def look_as(who: str) -> Page:
        page.goto(NOTHING)  # what the last page asked for does not come in later
        context.clear_cookies()
        if kept := signed_in(who):
            context.add_cookies(json.loads(kept.read_text())["cookies"])
        page.set_viewport_size({"width": 1280, "height": 900})
        page.complaints = []  # type: ignore[attr-defined]
        return page

    yield look_as
    context.close()
