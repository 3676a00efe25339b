"""Every page at desktop and phone width: axe, no sideways scrolling, no error, one title."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from addresses import ADDRESSES, Address
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from windows import PATIENCE

pytestmark = pytest.mark.django_db  # or no test database is made

AXE = Axe()


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_a_page_is_sound_on_a_desktop_and_on_a_phone(
    reader: Callable[[str], Page], address: Address
) -> None:
    if address.is_absent():
        pytest.skip("the small province of these tests has no row of the kind")
    page = reader(address.who)
    answer = page.goto(address.path())
    assert answer is not None
    assert answer.status == address.status
    assert page.get_attribute("html", "lang") == "zh-Hans"
    assert page.locator("h1").count() == 1
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert sideways(page) <= 0, f"{width} px: the page scrolls sideways"
    page.evaluate(AXE.axe_script)  # once, at the narrower: both widths have the same elements
    assert serious(page) == []
    assert _complaints(page, address) == []


def _complaints(page: Page, address: Address) -> list[str]:
    """What the console said; that the page itself was refused is no complaint."""
    said: list[str] = page.complaints  # type: ignore[attr-defined]
    return [text for text in said if address.status == 200 or str(address.status) not in text]


FITS = """(patience) => new Promise((done) => {
    const page = document.documentElement, end = performance.now() + patience;
    const look = () => {
        const by = page.scrollWidth - page.clientWidth;
        if (by <= 0 || performance.now() > end) done(by); else setTimeout(look, 50);
    };
    setTimeout(look, 0);
})"""


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window, once its charts have drawn themselves
    anew and it fits; if it never does, after a while."""
    width: int = page.evaluate(FITS, PATIENCE / 4)
    return width


SERIOUS = """() => {
    const grave = ({enabled, impact, tags}) =>
        enabled && ["serious", "critical"].includes(impact) && !tags.includes("experimental");
    const values = axe._audit.rules.filter(grave).map((rule) => rule.id);
    if (values.length < 50) throw new Error(`only ${values.length} rules`);
    const asked = {resultTypes: ["violations"], preload: false, runOnly: {type: "rule", values}};
    return axe.run(asked).then((result) => result.violations);
}"""
"""Axe asked by the rules whose breach is serious or critical: the others, a third of its time, say
what these tests would not hear. Fewer than fifty: axe tells the gravity of its rules otherwise."""


def serious(page: Page) -> list[str]:
    """Axe's serious and critical findings, each with the elements it concerns."""
    return [
        f"{v['id']}: {v['help']} {[node['html'][:160] for node in v['nodes'][:3]]}"
        for v in page.evaluate(SERIOUS)
        if v["impact"] in {"serious", "critical"}
    ]
