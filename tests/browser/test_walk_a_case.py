"""A case of each procedure by clicks, from the finding to the closing, each act by whose it is:
energy met, technology dismantled, and by their shortest ways environment corrected, quality passed
at the re-test and safety accepted again. They move the day of the site on: this is the last file of
the folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Page, expect
from test_every_page import AXE, serious, sideways

pytestmark = pytest.mark.django_db
FILE = {"name": "附件.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 fictional"}


class Office:
    """The people of one office at their pages, and the case they carry on."""

    def __init__(self, page_as: Callable[..., Page], office: str) -> None:
        self.page_as, self.office, self.case = page_as, office, ""
        self.pages: dict[str, Page] = {}

    def at(self, role: str) -> Page:
        """The page of this person; one for the whole walk."""
        if role not in self.pages:
            self.pages[role] = self.page_as(f"{self.office}-{role}")
        return self.pages[role]

    def opens(self, finding_id: str) -> None:
        page = self.at("officer")
        page.goto(f"/findings/{finding_id}/")
        page.locator("a[href*='/cases/open/']").first.click()
        page.wait_for_url("**/cases/open/**")
        page.locator("textarea[name=reason]").fill("经查属实。")
        page.get_by_role("button", name="立案", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("已立案")
        self.case = page.url

    def does(self, role: str, kind: str, **given: str) -> Page:
        """The act by its button; what it asks for is filled in by its kind."""
        page = self.at(role)
        page.goto(self.case)
        page.locator(f"a.button[href$='/acts/{kind}/']").click()
        page.wait_for_url(f"**/acts/{kind}/**")
        expect(page.locator("h2").first).to_have_text("将发生什么")
        _fill(page, given)
        page.locator("form.act p.actions button").click()
        expect(page.get_by_role("status")).to_contain_text("已")
        return page

    def prepares_and_signs(self, role: str, kind: str, **given: str) -> None:
        """Prepared by one, found by the leader in the list, read, and signed."""
        self.leader_signs(urlparse(self.does(role, kind, **given).url).path)

    def leader_signs(self, proposal: str) -> None:
        leader = self.at("leader")
        leader.goto("/cases/to-sign/")
        leader.locator(f"a[href='{proposal}']").click()
        leader.get_by_role("button", name="签发", exact=True).click()
        expect(leader.get_by_role("status")).to_contain_text("已签发")

    def enterprise_does(self, kind: str) -> None:
        """An act of the enterprise of the case, on its own site."""
        page = self.at_enterprise()
        page.goto(urlparse(self.case).path.replace("/cases/", "/own/cases/"))
        page.locator(f"a.button[href$='/acts/{kind}/']").click()
        page.wait_for_url(f"**/acts/{kind}/**")
        _fill(page, {})
        page.locator("form.act p.actions button").click()
        expect(page.get_by_role("status")).to_contain_text("已提交")

    def at_enterprise(self) -> Page:
        if "enterprise" not in self.pages:
            from phaseout.accounts.demo import enterprise_user
            from phaseout.casework.models import Case

            case = Case.objects.get(pk=urlparse(self.case).path.strip("/").split("/")[-1])
            self.pages["enterprise"] = self.page_as(enterprise_user(case.enterprise_id).username)
        return self.pages["enterprise"]

    def stage(self) -> str:
        page = self.at("officer")
        page.goto(self.case)
        return page.locator(".steps li.here").inner_text()

    def moves_the_day(self, to: date) -> None:
        page = self.at("officer")
        page.goto(f"/demo-day/?to={to.isoformat()}")
        page.locator("main section form button").click()
        expect(page.get_by_role("status")).to_contain_text(to.isoformat())

    @property
    def complaints(self) -> list[str]:
        return [said for page in self.pages.values() for said in page.complaints]  # type: ignore[attr-defined]


def _fill(page: Page, given: dict[str, str]) -> None:
    for control in page.locator("form.act input[type=file]").all():
        control.set_input_files(FILE)
    if page.locator("select[name=service_way]").count():
        page.locator("select[name=service_way]").select_option("in_person")
    for control in page.locator("form.act :is(input[type=text], textarea)").all():
        if not control.input_value():
            control.fill("经查属实。")
    for name, value in given.items():
        page.locator(f"form.act [name={name}]").fill(value)


def _finding(dimension: str) -> str:
    """A finding of the demonstration from which a case can be opened."""
    from phaseout.casework.models import Finding

    rows = Finding.objects.standing().filter(
        dimension=dimension, verdict="noncompliant", provisional=False, effect="opens",
        line__isnull=False,
    )  # fmt: skip
    free = rows.exclude(line__cases__dimension=dimension).order_by("finding_id")
    found: str = free.values_list("finding_id", flat=True)[0]
    return found


def _today() -> date:
    from phaseout.desk.day import today

    return today()


def _look_at(page: Page, address: str) -> None:
    """Sound at phone width too: axe, and no sideways scrolling."""
    page.goto(address)
    page.evaluate(AXE.axe_script)
    page.set_viewport_size({"width": 360, "height": 900})
    assert sideways(page) <= 0
    assert serious(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture
def office(page_as: Callable[..., Page]) -> Any:
    return Office(page_as, "eic")


def test_energy_from_the_finding_to_its_closing(office: Office) -> None:
    office.opens(_finding("energy"))
    office.prepares_and_signs("officer", "order.file")
    office.does("officer", "order.collect_evidence")
    office.prepares_and_signs("officer", "order.notice")
    office.does("officer", "order.serve_notice")
    office.moves_the_day(_today() + timedelta(days=20))
    office.does("leader", "order.approve_by_head")
    office.does("leader", "order_rectification", months="6")
    office.does("officer", "order.serve_decision")
    assert "限期整改中" in office.stage()
    _look_at(office.at("officer"), office.case)
    office.does("inspector", "recheck_passed")
    office.prepares_and_signs("officer", "close_met")
    assert "达标结案" in office.stage()
    assert office.complaints == []


def test_technology_from_the_finding_to_the_dismantling(office: Office) -> None:
    office.opens(_finding("technology"))
    office.does("inspector", "record_match")
    office.prepares_and_signs("officer", "elimination.file")
    office.does("officer", "elimination.collect_evidence")
    office.prepares_and_signs("officer", "elimination.notice")
    office.does("officer", "elimination.serve_notice")
    office.moves_the_day(_today() + timedelta(days=20))
    office.does("reviewer", "elimination.legal_review")
    office.does("leader", "elimination.collective")
    office.does("leader", "elimination.approve_by_head")
    removal = (_today() + timedelta(days=60)).isoformat()
    office.does("leader", "order_elimination", removal_by=removal)
    office.does("officer", "elimination.serve_decision")
    assert "待拆除" in office.stage()
    office.does("inspector", "dismantle")
    office.prepares_and_signs("inspector", "acceptance_passed")
    office.prepares_and_signs("officer", "close_exited")
    assert "退出结案" in office.stage()
    assert office.complaints == []


def test_environment_from_the_finding_to_the_correction(page_as: Callable[..., Page]) -> None:
    office = Office(page_as, "epd")
    office.opens(_finding("environment"))
    office.prepares_and_signs("officer", "accept_exceedance")
    office.prepares_and_signs("officer", "order_correction")
    office.does("inspector", "recheck_corrected")
    office.prepares_and_signs("officer", "close_corrected")
    assert "达标结案" in office.stage()
    assert office.complaints == []


def test_quality_from_the_finding_to_the_retest(page_as: Callable[..., Page]) -> None:
    office = Office(page_as, "qts")
    office.opens(_finding("quality"))
    office.does("officer", "serve_result")
    office.enterprise_does("retest_request")
    office.does("officer", "retest_passed")
    office.prepares_and_signs("officer", "close_met")
    assert "达标结案" in office.stage()
    assert office.complaints == []


def test_safety_from_the_finding_to_the_reacceptance(page_as: Callable[..., Page]) -> None:
    office = Office(page_as, "wsb")
    office.opens(_finding("safety"))
    office.does("inspector", "record_hazard")
    until = (_today() + timedelta(days=30)).isoformat()
    office.prepares_and_signs("inspector", "order_temporary_stop", rectify_by=until)
    office.enterprise_does("apply_acceptance")
    office.prepares_and_signs("inspector", "reacceptance_passed")
    office.prepares_and_signs("officer", "close_met")
    assert "结案" in office.stage()
    assert office.complaints == []


def test_of_two_who_press_at_once_the_second_is_told(office: Office) -> None:
    office.opens(_finding("energy"))
    one, two = office.at("officer"), office.page_as("eic-officer")
    for page in (one, two):
        page.goto(office.case)
        page.locator("a.button[href$='/acts/order.file/']").click()
        page.wait_for_url("**/acts/order.file/**")
        _fill(page, {"reason": "证据充分。"})
    one.locator("form.act p.actions button").click()
    expect(one.get_by_role("status")).to_contain_text("已拟办")
    two.locator("form.act p.actions button").click()
    expect(two.get_by_role("alert").first).to_contain_text("正在等待签发")
    expect(two.locator("textarea[name=reason]")).to_have_value("证据充分。")
    expect(two.get_by_label("附件.pdf")).to_be_checked()
