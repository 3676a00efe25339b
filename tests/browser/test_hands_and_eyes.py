"""By keyboard, without scripts, at twice the size, on paper, in English: the shared parts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from test_every_page import sideways

pytestmark = pytest.mark.django_db


def test_by_keyboard_the_first_stop_leads_past_the_navigation(page_as: Callable[..., Page]) -> None:
    page = page_as("eic-officer")
    page.goto("/demo-day/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "跳到正文"
    assert skip.is_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_by_keyboard_everything_is_reached_and_one_sees_where_one_is(
    page_as: Callable[..., Page],
) -> None:
    page = page_as("eic-officer")
    page.goto("/demo-day/")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        outline = page.evaluate(
            "(s => s.outlineStyle + s.outlineWidth)(getComputedStyle(document.activeElement))"
        )
        assert outline == "solid3px", page.evaluate("document.activeElement.outerHTML")
        reached.add(page.evaluate("document.activeElement.outerHTML"))
    wanted = page.locator("main a, main button, main input:not([type=hidden])").evaluate_all(
        "all => all.filter(e => e.checkVisibility()).map(e => e.outerHTML)"
    )
    assert set(wanted) <= reached


@pytest.mark.parametrize("path", ["/", "/demo-day/", "/account/tokens/", "/account/password/"])
def test_at_twice_the_size_nothing_is_cut_off(page_as: Callable[..., Page], path: str) -> None:
    """200 % of a window of 1280 is a window of 640; text alone doubled is the harder test."""
    page = page_as("auditor", width=640)
    page.goto(path)
    assert sideways(page) <= 0
    page.evaluate("document.documentElement.style.fontSize = '32px'")
    assert sideways(page) <= 0


def test_without_scripts_the_day_is_moved_and_people_sign_in_and_out(
    page_as: Callable[..., Page],
) -> None:
    page = page_as("", java_script_enabled=False)  # it signs out: not of who is kept signed in
    page.goto("/sign-in/?next=/demo-day/")
    page.click("button[value='drc-officer']")
    page.click("text=一个月")
    page.wait_for_url("**/demo-day/?step=month")
    assert "将发生什么" in page.inner_text("main")
    page.click("text=退出登录")
    page.wait_for_url("**/")
    assert "已退出登录" in page.inner_text("main")
    page.goto("/sign-in/")
    page.click("button[value='drc-officer']")
    expect(page.locator("h1")).to_have_text("工作台")


def test_on_paper_there_is_no_navigation_and_what_is_folded_is_open(
    page_as: Callable[..., Page],
) -> None:
    page = page_as("administrator")
    page.goto("/people/")
    page.emulate_media(media="print")
    assert not page.locator("nav").first.is_visible()
    assert not page.locator("button").first.is_visible()
    assert page.locator("table").is_visible()


def test_the_reader_chooses_english_and_stays_on_the_page(page_as: Callable[..., Page]) -> None:
    page = page_as("wsb-officer")
    page.goto("/demo-day/?step=month")
    page.click("text=English")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.wait_for_url("**/demo-day/?step=month")
    assert "Move the demo day" in page.inner_text("h1")
    chinese = page.evaluate(
        """[...document.querySelectorAll('main, nav, footer, .demo')]
        .map(e => e.innerText).join(' ').match(/[\\u4e00-\\u9fff]+/g)"""
    )
    assert chinese is None
    page.click("text=中文")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.wait_for_url("**/demo-day/?step=month")


def test_the_page_one_is_on_is_marked_in_the_navigation(page_as: Callable[..., Page]) -> None:
    page = page_as("administrator")
    page.goto("/people/")
    assert page.inner_text("nav [aria-current=page]") == "人员与职务"
    page.goto("/people/new/")
    assert page.inner_text("nav [aria-current=true]") == "人员与职务"
