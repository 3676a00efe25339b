"""An inspection record on a phone: filled in, kept without network, signed on the screen, handed in
once, signed by the other inspector, printed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from test_every_page import AXE, serious, sideways

pytestmark = pytest.mark.django_db
PHONE = 360


def _visit() -> tuple[int, list[str]]:
    """A visit whose day has come and that has no record, and the names of its inspectors."""
    from phaseout.desk.day import today
    from phaseout.inspections.models import Assignment
    from phaseout.inspections.standing import team_of

    visit = Assignment.objects.filter(record=None, begins__lte=today()).order_by("begins")[0]
    return visit.pk, [one.inspector.username for one in team_of(visit)]


def _sound(page: Page) -> None:
    page.evaluate(AXE.axe_script)
    assert sideways(page) <= 0
    assert serious(page) == []


def _sign(page: Page) -> None:
    box = page.locator(".signature canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 60, steps=5)
    page.mouse.up()


def test_a_record_is_made_on_a_phone_without_network_and_back(
    page_as: Callable[..., Page],
) -> None:
    pk, (first, second) = _visit()
    phone = page_as(first, width=PHONE)
    phone.goto("/inspections/mine/")
    _sound(phone)
    phone.locator(f"a[href='/inspections/visits/{pk}/record/']").first.click()
    _sound(phone)
    phone.locator("input[type=radio][value=no]").first.check()
    phone.locator("#representative").fill("王某（演示，虚构）")
    try:
        phone.context.set_offline(True)
        phone.locator("#statement").fill("对检查结果没有异议")
        phone.get_by_role("button", name="提交检查记录").click()
        expect(phone.locator(".saved-note")).to_contain_text("没有网络")
    finally:
        phone.context.set_offline(False)
    phone.reload()
    expect(phone.locator("#statement")).to_have_value("对检查结果没有异议")
    phone.locator(".signature").scroll_into_view_if_needed()
    _sign(phone)
    phone.get_by_role("button", name="提交检查记录").click()
    expect(phone.get_by_role("status").first).to_contain_text("检查记录已提交")
    _sound(phone)

    other = page_as(second, width=PHONE)
    other.goto(f"/inspections/visits/{pk}/")
    other.get_by_role("button", name="签署检查记录").click()
    expect(other.get_by_role("status").first).to_contain_text("已签署")
    assert "尚有检查人员未签署" not in other.content()
    answer = other.request.get(f"/inspections/visits/{pk}/record.pdf")
    assert answer.body().startswith(b"%PDF")

    from phaseout.inspections.models import Record

    record = Record.objects.get(assignment=pk)
    assert record.statement == "对检查结果没有异议"
    assert [one["name"] for one in record.files] != []
