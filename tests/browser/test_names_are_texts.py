"""What somebody typed or imported is shown as it is, and never becomes part of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page
from windows import hear

from casebook import Desk

pytestmark = pytest.mark.django_db

IMAGE = "<img src=x onerror=\"window.taken='image'\">"
SCRIPT = "<script>window.taken='script'</script>"
BREAK = "\"><svg onload=\"window.taken='attribute'\">'{{7*7}}{% now 'Y' %}"
USCC = "91640100MA000000XS"


@pytest.fixture(scope="module")
def malicious(site: str, django_db_blocker: Any) -> dict[str, Any]:
    """An enterprise, its line and a finding whose names try to be markup. Findings are kept for
    ever: they go with all rows of this folder's site."""
    with django_db_blocker.unblock():
        desk = Desk()
        enterprise = desk.enterprise(
            USCC, name=f"甲{IMAGE}{SCRIPT}", address=BREAK, division_code="640104"
        )
        line = desk.line("XSS-1", enterprise, name=f"1号{SCRIPT}{BREAK}", product=IMAGE)
        finding = desk.finding(line, subject=IMAGE, summary_zh=f"超过限值{SCRIPT}{BREAK}")
        return {"LINE": line.pk, "FINDING": finding.finding_id}


PAGES = {
    "inbox": "/findings/",
    "finding": "/findings/FINDING/",
    "inbox searched": f"/findings/?q={IMAGE}",
    "enterprises": "/enterprises/",
    "enterprise": f"/enterprises/{USCC}/",
    "line": "/lines/LINE/",
    "enterprises searched": f"/enterprises/?q={SCRIPT}",
    "opening a case": "/cases/open/?finding=FINDING",
    "norms searched": f"/norms/?q={BREAK}",
}


@pytest.mark.parametrize("what", PAGES)
def test_markup_in_names_stays_text(
    page_as: Callable[..., Page], malicious: dict[str, Any], what: str
) -> None:
    page, path = page_as("eic-officer"), PAGES[what]
    for name, value in malicious.items():
        path = path.replace(name, value)
    _open(page, path)


def test_markup_in_the_address_of_the_sign_in_stays_text(page_as: Callable[..., Page]) -> None:
    _open(page_as(), f"/sign-in/?next={SCRIPT}{BREAK}")


def _open(page: Page, path: str) -> None:
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200
    assert page.evaluate("window.taken") is None
    strange = "main img, main svg[onload], main script:not([src]):not([type])"
    assert page.locator(strange).count() == 0


def test_a_script_that_got_into_a_page_would_not_run(page_as: Callable[..., Page]) -> None:
    """The policy is the second wall: here the first is taken away on purpose."""
    page = page_as()
    page.goto("/")
    page.evaluate(
        """text => { const place = document.createElement('div'); place.innerHTML = text;
        document.body.append(place); const script = document.createElement('script');
        script.textContent = "window.taken = 'inline'"; document.body.append(script); }""",
        IMAGE,
    )
    hear(page, "Content Security Policy", times=2)
    assert page.evaluate("window.taken") is None


def test_the_name_is_there_to_be_read(
    page_as: Callable[..., Page], malicious: dict[str, Any]
) -> None:
    page = page_as("eic-officer")
    page.goto(f"/enterprises/{USCC}/")
    assert IMAGE in page.inner_text("h1")
