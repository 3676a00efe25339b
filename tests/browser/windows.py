"""Windows of the browser, and how long these tests wait for a page: for what it shows, never for a
time that has passed."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

PATIENCE = 120_000
"""Milliseconds: so long a page may take on a machine that is busy with everything else."""


def window_of(browser: Browser, **options: Any) -> BrowserContext:
    """A new window with the patience of these tests."""
    window = browser.new_context(**options)
    window.set_default_timeout(PATIENCE)
    return window


def listen(page: Page) -> None:
    """What scripts and the console say of errors is kept in `page.complaints`."""
    page.complaints = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
    page.on(
        "console",
        lambda said: said.type == "error" and page.complaints.append(said.text),  # type: ignore[attr-defined]
    )


def hear(page: Page, words: str, times: int = 1) -> None:
    """Wait until the console has complained so often in these words."""
    for _ in range(PATIENCE // 50):
        if sum(words in said for said in page.complaints) >= times:  # type: ignore[attr-defined]
            return
        page.wait_for_timeout(50)  # events come in meanwhile
    raise AssertionError(f"not heard: {words!r}, but {page.complaints}")  # type: ignore[attr-defined]
