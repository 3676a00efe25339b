"""The report page in a real browser: charts drawn, tables beside them, phone width, print."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from test_every_page import sideways
from windows import window_of

from phaseout.findings import Judgement
from phaseout.reporting.page import _embed, write_page


@pytest.fixture(scope="module")
def report(small_judgement: Judgement, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_page(small_judgement, path, notes=("<b>note</b>",))
    return path


@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_draws_its_charts_and_does_not_scroll_sideways(
    report: Path, browser: Browser, width: int
) -> None:
    failures: list[str] = []
    browser_page = window_of(browser).new_page()
    browser_page.on("pageerror", lambda error: failures.append(str(error)))
    browser_page.set_viewport_size({"width": width, "height": 900})
    browser_page.goto(report.as_uri())
    charts = browser_page.locator(".chart")
    assert charts.count() >= 3
    for at in range(charts.count()):
        expect(charts.nth(at).locator("svg")).to_have_count(1)
    assert failures == []
    assert sideways(browser_page) <= 0
    browser_page.context.close()


def test_the_page_reads_without_scripts(report: Path, browser: Browser) -> None:
    page = window_of(browser, java_script_enabled=False).new_page()
    page.goto(report.as_uri())
    assert page.locator("table").count() >= 6
    assert "综合标准判定报告" in page.inner_text("h1")
    page.context.close()


def test_texts_from_data_stay_texts(report: Path) -> None:
    html = report.read_text(encoding="utf-8")
    assert "&lt;b&gt;note&lt;/b&gt;" in html
    assert "http://" not in html.split("<script")[0].replace("http://www.w3.org", "")


def test_fictional_data_are_named_so(report: Path) -> None:
    assert "虚构" in report.read_text(encoding="utf-8").split("</header>")[0]


def test_a_name_cannot_end_or_open_a_script() -> None:
    name = "<!--<script></script>甲"
    embedded = _embed([{"name": name}])
    assert "<" not in embedded
    assert json.loads(embedded) == [{"name": name}]
