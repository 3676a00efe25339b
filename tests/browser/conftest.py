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
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

PATIENCE = 15_000
"""Milliseconds: what takes longer will not come."""

# Playwright's loop runs in this thread; Django would refuse to ask its database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Closed when the folder is done: Playwright's loop runs in this thread, and neither a second
    one nor a job that brings its own is allowed beside it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site(django_db_setup: None, django_db_blocker: Any, small_province: Path) -> Iterator[str]:
    """A site with the demonstration in small: people, a province of 26 enterprises, its findings,
    a case with an act that waits to be signed. Its rows are there for all tests of this folder and
    no others."""
    from django.core.management import call_command

    with django_db_blocker.unblock():
        _load(small_province)
        server = LiveServer("localhost")
        yield str(server)
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


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
            context = browser.new_context(java_script_enabled=False)
            context.set_default_timeout(PATIENCE)
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
            contexts[key] = browser.new_context(
                base_url=site,
                viewport={"width": width, "height": 900},
                locale="zh-CN",
                storage_state=signed_in(who),
                **options,
            )
            contexts[key].set_default_timeout(PATIENCE)
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
        _listen(page)
        return page

    yield open_page
    for page in pages:
        page.close()


@pytest.fixture(scope="package")
def reader(site: str, browser: Browser, signed_in: Any) -> Iterator[Callable[[str], Page]]:
    """reader(who): one window for all who only look, 1280 wide; who looks changes with the cookies.
    To open a window costs the browser more than most pages that it shows."""
    context = browser.new_context(base_url=site, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    _listen(page)

    def look_as(who: str) -> Page:
        page.goto("about:blank")  # nothing that the last page asked for comes in later
        context.clear_cookies()
        if kept := signed_in(who):
            context.add_cookies(json.loads(kept.read_text())["cookies"])
        page.set_viewport_size({"width": 1280, "height": 900})
        page.complaints = []  # type: ignore[attr-defined]
        return page

    yield look_as
    context.close()


def _listen(page: Page) -> None:
    """What scripts and the console say of errors is kept in `page.complaints`."""
    page.complaints = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
    page.on(
        "console",
        lambda said: said.type == "error" and page.complaints.append(said.text),  # type: ignore[attr-defined]
    )
