"""An officer brings facts in, a finding comes of them, a case is opened from it: all by clicks."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Locator, Page, expect
from stdnum.cn import uscc
from test_every_page import AXE, serious, sideways
from windows import PATIENCE

pytestmark = pytest.mark.django_db
ENERGY = (
    *("line_id", "product", "indicator", "period_start", "period_end"),
    *("value", "unit", "conditions"),
)


@pytest.fixture
def worker(site: str) -> Iterator[None]:
    """Runs the site's deferred jobs beside it, as `phaseout serve` does."""
    from django.db import connection

    from running_jobs import run_deferred_jobs

    done = threading.Event()

    def work() -> None:
        try:
            while not done.wait(0.1):
                run_deferred_jobs()
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    done.set()
    thread.join()


class Plant:
    """A fictional clinker kiln and the workbooks that its city sends in. The limit it misses, 112
    kgce/t of GB 16780-2012 clause 4.1, is confirmed in the demonstration."""

    def __init__(self, number: int) -> None:
        code = f"91640106MA{number:05d}WK"
        self.uscc = code + uscc.calc_check_digit(code)
        self.name = f"（虚构）听雨台{number}号熟料厂"
        self.line = f"KILN-{number}"

    def workbook(self, path: Path, *years: tuple[int, str]) -> Path:
        book = Workbook()
        book.remove(book.active)
        tables: dict[str, list[list[str | int]]] = {
            "enterprises": [
                ["uscc", "name", "division_code", "industry"],
                [self.uscc, self.name, "640106", "cement"],
            ],
            "lines": [
                *(["line_id", "uscc", "name", "industry", "product", "commissioned_on"],),
                [self.line, self.uscc, "1号熟料线", "cement", "水泥熟料", "2009-06-30"],
            ],
            "energy": [
                list(ENERGY),
                *(self.year(year, value) for year, value in years),
            ],
        }
        for name, rows in tables.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(path)
        return path

    def year(self, year: int, value: str) -> list[str | int]:
        named = [self.line, "水泥熟料", "可比熟料综合煤耗"]
        period = [f"{year}-01-01", f"{year}-12-31"]
        return [*named, *period, value, "kgce/t", "altitude=900;clinker_strength=52.5"]


@pytest.mark.parametrize("width", [1280, 360])
def test_from_an_import_over_its_finding_to_a_case(
    page_as: Callable[..., Page], worker: None, tmp_path: Path, width: int
) -> None:
    plant, page = Plant(width), page_as("", width=width)
    _signs_in(page)
    _brings(page, plant.workbook(tmp_path / "2016.xlsx", (2015, "110"), (2016, "111")))
    _takes(page)

    _brings(page, plant.workbook(tmp_path / "2017.xlsx", (2015, "110"), (2016, "109"),
                                 (2017, "131.5"), (2014, "约一百")))  # fmt: skip
    _previews(page, new=1, changed=1, unchanged=3, refused=1)
    expect(page.locator("#import")).to_contain_text("约一百")
    _looks_right(page)
    _takes(page, "只导入合格的行")

    _finds(page, plant)
    _reads(page, plant)
    _looks_right(page)
    number = _opens_a_case(page, plant)
    _looks_right(page)
    _main_navigation(page).get_by_role("link", name="案件", exact=True).click()
    expect(page.get_by_role("link", name=number)).to_be_visible()
    assert page.complaints == []  # type: ignore[attr-defined]


def _signs_in(page: Page) -> None:
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="登录办理").click()
    page.locator("button[value='eic-officer']").click()
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()


def _main_navigation(page: Page) -> Locator:
    return page.get_by_role("navigation", name="主导航")


def _brings(page: Page, workbook: Path) -> None:
    _main_navigation(page).get_by_role("link", name="数据导入").click()
    page.get_by_role("link", name="上传文件").click()
    page.locator("input[type=file]").set_input_files(workbook)
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_role("heading", name="预览：入库后会怎样")).to_be_visible()


def _previews(page: Page, **counts: int) -> None:
    page.wait_for_load_state()
    sums = page.locator("table.tally tfoot td").all_inner_texts()
    read, *others = (int(text) for text in sums)
    shown = dict(zip(("new", "changed", "unchanged", "refused"), others, strict=False))
    assert shown == counts
    assert read == sum(counts.values())


def _takes(page: Page, button: str = "入库") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("heading", name="入库结果")).to_be_visible()


def _finds(page: Page, plant: Plant) -> None:
    """The inbox narrowed to the plant, until the judgement has come."""
    _main_navigation(page).get_by_role("link", name="判定结论").click()
    page.get_by_label("结论", exact=True).select_option(label="不达标 ✕")
    page.get_by_label("企业或生产线名称").fill(plant.name)
    row = page.locator("#findings").get_by_role("link", name="超过限定值112 kgce/t")
    for _ in range(PATIENCE // 1000):
        page.get_by_role("button", name="筛选", exact=True).click()
        page.wait_for_timeout(1000)  # what is asked for anew has not changed before it is judged
        if row.count():
            break
    row.click()


def _reads(page: Page, plant: Plant) -> None:
    expect(page.locator("h1")).to_contain_text("2017年水泥熟料可比熟料综合煤耗为131.5 kgce/t")
    main = page.locator("main")
    for words in (plant.name, "GB 16780-2012", "第4.1条", "下降", "即可达标", "（演示）核对员甲"):
        expect(main).to_contain_text(words)
    expect(page.locator("#measurements-chart canvas, #measurements-chart svg")).to_be_visible()


def _opens_a_case(page: Page, plant: Plant) -> str:
    page.get_by_role("link", name="据此立案").click()
    expect(page.get_by_role("heading", name="将发生什么")).to_be_visible()
    expect(page.locator("main")).to_contain_text(plant.name)
    _looks_right(page)
    page.locator("textarea[name=reason]").fill("经查，2017年熟料煤耗超过限额，属实。")
    page.get_by_role("button", name="立案", exact=True).click()
    page.wait_for_url(re.compile(r"/cases/\d+/$"))
    number = page.inner_text("h1")
    assert re.search(r"〔2018〕\d+号", number), number
    expect(page.locator("main")).to_contain_text(plant.name)
    expect(page.locator("main")).to_contain_text("131.5 kgce/t")
    return number


def _looks_right(page: Page) -> None:
    """No sideways scrolling, nothing serious for axe: on pages that only this walk fills."""
    page.evaluate(AXE.axe_script)
    assert sideways(page) <= 0, page.url
    assert serious(page) == [], page.url
