"""Pictures of every page for the documents: drives the demonstration at two widths.

    phaseout demo                                   # in another terminal
    python docs/screenshots.py http://127.0.0.1:8000

Small PNGs (a palette of 96 colours) go to docs/images/; run it again after the look changed.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from small_png import in_few_colours

IMAGES = Path(__file__).parent / "images"
LARGEST = 150_000
TALLEST = 1800
WIDTHS = (1280, 360)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"


ENTERPRISE = "main table a[href*='/enterprises/']"
FINDING = "main table a[href*='/findings/F']"
CASE = "main table a[href^='/cases/']"


@dataclass(frozen=True)
class Shot:
    """One picture: its name, who looks, where, and the links to follow from there."""

    name: str
    who: str
    path: str
    then: tuple[str, ...] = ()
    """selectors: the first element of each is clicked in turn, and where it leads is taken"""


SHOTS = (
    Shot("home", "", "/"),
    Shot("sign-in", "", "/sign-in/"),
    Shot("desk", "eic-officer", "/"),
    Shot("workbench", "eic-officer", "/workbench/"),
    Shot("own", "enterprise-98640104XG0000615J", "/own/"),
    Shot("library", "", "/norms/"),
    Shot("norm-source", "", "/norms/GB21346-2013/"),
    Shot("norm-row", "", "/norms/rows/energy_limits/GB21346-2013/1/"),
    Shot("norm-compare", "", "/norms/compare/?old=GB21346-2013&new=GB21346-2022"),
    Shot("norm-day", "", "/norms/on/?on=2017-06-30&industry=cement"),
    Shot("norm-holes", "", "/norms/holes/"),
    Shot("matrix", "", "/duties/"),
    Shot("clause", "", "/duties/4/"),
    Shot("findings", "eic-officer", "/findings/?verdict=noncompliant"),
    Shot("finding", "eic-officer", "/findings/?verdict=noncompliant&dimension=energy", (FINDING,)),
    Shot(
        "finding-emissions",
        "epd-officer",
        "/findings/?verdict=noncompliant&dimension=environment&provisional=no",
        (FINDING,),
    ),
    Shot("comparison", "eic-officer", "/findings/industries/cement/"),
    Shot("runs", "eic-officer", "/findings/runs/"),
    Shot("enterprises", "eic-officer", "/enterprises/"),
    Shot("enterprise", "eic-officer", "/enterprises/", (ENTERPRISE,)),
    Shot("line", "eic-officer", "/enterprises/", (ENTERPRISE, "main a[href*='/lines/']")),
    Shot("imports", "eic-officer", "/imports/"),
    Shot("import", "eic-officer", "/imports/", ("main table a[href*='/imports/']",)),
    Shot("import-new", "eic-officer", "/imports/new/"),
    Shot("duplicates", "eic-reviewer", "/enterprises/duplicates/"),
    Shot("confirming", "eic-officer", "/confirming/"),
    Shot("confirm-row", "eic-officer", "/confirming/", ("main a[href*='/confirming/rows/']",)),
    Shot(
        "case-open",
        "eic-officer",
        "/findings/?verdict=noncompliant&provisional=no&dimension=energy",
        (FINDING, "main a[href*='/cases/open/']"),
    ),
    Shot("cases", "eic-officer", "/cases/"),
    Shot("case", "eic-officer", "/cases/", (CASE,)),
    Shot("paper", "eic-officer", "/cases/", (CASE, "main a[href*='/papers/']")),
    Shot("to-sign", "eic-leader", "/cases/to-sign/"),
    Shot("tasks", "eic-officer", "/tasks/"),
    Shot("notices", "eic-officer", "/notices/"),
    Shot("notice-settings", "eic-officer", "/notices/settings/"),
    Shot("foresight", "eic-officer", "/foresight/"),
    Shot("inspections", "eic-officer", "/inspections/"),
    Shot("capacity", "eic-officer", "/capacity/"),
    Shot("exits", "eic-officer", "/exits/"),
    Shot("measures", "eic-officer", "/measures/"),
    Shot("prices", "price-officer", "/measures/prices/"),
    Shot("funds", "eic-officer", "/measures/funds/"),
    Shot("sanctions", "eic-officer", "/measures/sanctions/"),
    Shot("dashboard", "leader", "/coordination/dashboard/"),
    Shot("mechanism", "eic-officer", "/coordination/mechanism/"),
    Shot("plan", "eic-officer", "/coordination/plan/"),
    Shot("returns", "eic-officer", "/coordination/returns/"),
    Shot("annual", "eic-officer", "/coordination/annual/"),
    Shot("supervision", "leader", "/coordination/supervision/"),
    Shot("alike", "leader", "/coordination/supervision/", ("main a[href*='/spread/']",)),
    Shot("digest", "eic-officer", "/notices/digest/"),
    Shot("lists-officials", "eic-officer", "/disclosure/lists/"),
    Shot("public", "", "/public/"),
    Shot("public-lists", "", "/public/lists/"),
    Shot("public-list", "", "/public/lists/", ("main a[href*='/public/lists/']",)),
    Shot("public-pictures", "", "/public/pictures/"),
    Shot("public-log", "", "/public/log/"),
    Shot("account", "eic-officer", "/account/"),
    Shot("tokens", "eic-officer", "/account/tokens/"),
    Shot("sign-ins", "auditor", "/people/sign-ins/"),
    Shot("api", "eic-officer", "/api/v1/docs/"),
    Shot("demo-day", "eic-officer", "/demo-day/?to=2018-11-13"),
    Shot("people", "administrator", "/people/"),
    Shot("person", "administrator", "/people/", ("main table a[href*='/people/']",)),
    Shot("events", "administrator", "/people/events/"),
)


def main(site: str, only: list[str]) -> int:
    IMAGES.mkdir(exist_ok=True)
    missing = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        _open_a_case(browser, site)
        for width in WIDTHS:
            for shot in SHOTS:
                if only and shot.name not in only:
                    continue
                said = _take(browser, site, shot, width)
                missing += said.startswith("no ")
                sys.stdout.write(f"{shot.name}-{width}: {said}\n")
        browser.close()
    _list_them()
    return 1 if missing else 0


def _list_them() -> None:
    """The page of all pictures, both widths of each beside one another."""
    lines = [
        "# Pictures of every page",
        "",
        "Taken by `make screenshots` from a running demonstration, at 1280 and at 360 pixels.",
        *("", "| page | 1280 | 360 |", "| --- | --- | --- |"),
    ]
    for shot in SHOTS:
        names = [f"{shot.name}-{width}.png" for width in WIDTHS]
        if all((IMAGES / name).exists() for name in names):
            shown = " | ".join(f"![{shot.name}](images/{name})" for name in names)
            lines.append(f"| {shot.name} | {shown} |")
    (IMAGES.parent / "pictures.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _open_a_case(browser: Browser, site: str) -> None:
    """As an officer would, if there is none yet; the first finding is left to be shown."""
    page = _window(browser, site, 1280, "eic-officer")
    page.goto("/cases/")
    if not page.locator("main table a[href*='/cases/']").count():
        page.goto("/findings/?verdict=noncompliant&provisional=no&dimension=technology")
        page.locator(FINDING).nth(1).click()
        page.locator("main a[href*='/cases/open/']").first.click()
        page.locator("main form[method=post] button").first.click()
        page.wait_for_load_state()
    page.context.close()


def _window(browser: Browser, site: str, width: int, who: str) -> Page:
    context = browser.new_context(
        base_url=site, viewport={"width": width, "height": 900}, locale="zh-CN"
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    if who:
        page.goto("/sign-in/")
        with page.expect_navigation():  # some stand in a part of the page that is folded
            page.locator(f"button[value='{who}']").evaluate(
                "button => button.form.requestSubmit(button)"
            )
    return page


def _take(browser: Browser, site: str, shot: Shot, width: int) -> str:
    page = _window(browser, site, width, shot.who)
    try:
        answer = page.goto(shot.path)
        for link in shot.then:
            if not page.locator(link).count():
                return f"no page: nothing to follow at {page.url}"
            with page.expect_navigation() as going:
                page.locator(link).first.click()
            answer = going.value
        if answer is None or answer.status != 200:
            return f"no page: {answer and answer.status} at {page.url}"
        page.wait_for_load_state("networkidle")
        return _keep(page, IMAGES / f"{shot.name}-{width}.png", width)
    finally:
        page.context.close()


def _keep(page: Page, place: Path, width: int) -> str:
    """At most `TALLEST` pixels of the page, and fewer where the picture would be too heavy."""
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    while True:
        clip = {"x": 0, "y": 0, "width": width, "height": height}
        small = in_few_colours(page.screenshot(full_page=True, clip=clip))
        if len(small) < LARGEST or height < 400:
            place.write_bytes(small)
            return f"{len(small):,} bytes, {height} px high"
        height = height * 4 // 5


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/"), sys.argv[2:]))
