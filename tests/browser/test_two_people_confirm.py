"""Two people confirm a row with the keyboard: the row beside its print, one button each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db

# The smallest picture there is: eight bytes tell that it is one.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


def test_a_row_is_confirmed_and_countersigned_with_the_keyboard(
    page_as: Callable[..., Page],
) -> None:
    one = page_as("eic-officer")
    one.goto("/confirming/")
    one.get_by_role("link", name="从第一条开始核对").press("Enter")
    row = one.locator(".trail [aria-current]").inner_text().strip()
    expect(one.locator("#effect")).to_contain_text("试算不留记录")
    one.get_by_label("附上该页").first.set_input_files(
        {"name": "第3页.png", "mimeType": "image/png", "buffer": PICTURE}
    )
    one.get_by_label("备注").first.focus()
    one.keyboard.press("Tab")  # from the last field to the one button
    one.keyboard.press("Enter")
    expect(one.get_by_role("status")).to_contain_text(f"{row}：已核对")
    assert row not in one.url, "the next row is offered"

    two = page_as("eic-reviewer", width=360)
    two.goto(f"/confirming/rows/{row}/?pile=second")
    two.wait_for_function("document.querySelector('img.print').naturalWidth === 1")
    two.get_by_role("button", name="复核无误").press("Enter")
    expect(two.get_by_role("status")).to_contain_text("视为已核")
    assert one.complaints == two.complaints == []  # type: ignore[attr-defined]

    reader = page_as("")
    reader.goto(f"/norms/rows/{row}/")
    expect(reader.locator("main")).to_contain_text("两人核对 ✓")
