"""Records on a phone, without network and back; what the office changed meanwhile; and the same
rules in the page as on the server."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from test_every_page import AXE, serious, sideways
from test_walk_a_case import Office

from phaseout.casework.models import Case, Proposal
from phaseout.exits.models import ExitAct
from phaseout.exits.standing import standing_of
from phaseout.law.dismantling import PARTIES, Equipment, problems, rules, sheet

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n on the spot"
PHOTO = {"name": "IMG_0001.png", "mimeType": "image/png", "buffer": PNG}
WHO = "eic-inspector"


def exiting(line: str = "L8") -> Case:
    return Case.objects.get(line=line, procedure="technology")  # `conftest` has both


def records(case: Case) -> int:
    return ExitAct.objects.filter(case=case, kind="record").count()


def part_left(case: Case) -> dict[str, Any]:
    """A part that is not done, and whose photos before were taken."""
    exit_ = standing_of(case)
    return next(
        dict(item)
        for key, item in exit_.items.items()
        if item["about"] == "part" and not exit_.complete(key)
    )


def on_the_phone(page: Page, case: Case) -> None:
    """The page opened, the case taken along, the shell kept in the phone."""
    page.goto("/exits/field/")
    expect(page.locator("#queue")).to_be_visible()
    taken = page.locator("article", has_text=case.number)
    if taken.count():
        taken.get_by_role("button", name="更新").click()
    else:
        page.locator("p", has_text=case.number).get_by_role("button", name="带到现场").click()
    expect(taken).to_contain_text(f"方案版次 {standing_of(case).plan['version']}")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")  # when it has kept all files


def opens(page: Page, case: Case, item: dict[str, Any]) -> None:
    page.locator("article", has_text=case.number).get_by_role("button", name="打开").click()
    page.get_by_role("button", name=item["zh"]).first.click()


def test_without_network_a_record_waits_with_its_photo_and_is_sent_once(
    page_as: Callable[..., Page],
) -> None:
    case = exiting()
    before, item = records(case), part_left(case)
    page = page_as(WHO, width=390)
    on_the_phone(page, case)
    page.evaluate(AXE.axe_script)
    assert not serious(page) and sideways(page) <= 0
    try:
        page.context.set_offline(True)
        page.reload()  # from the phone's own store
        expect(page.locator("#net")).to_contain_text("没有网络")
        opens(page, case, item)
        page.get_by_label("是", exact=True).check()
        page.get_by_role("button", name="保存记录").click()
        expect(page.get_by_role("alert")).to_contain_text("缺拆除后照片")  # told without network
        page.get_by_label("否", exact=True).check()
        page.locator("input[data-slot=during]").set_input_files(PHOTO)
        page.get_by_role("button", name="保存记录").click()
        expect(page.locator("#told")).to_contain_text("已存在手机里")
        page.reload()
        expect(page.locator("#queue article")).to_have_count(1)  # it lies in the phone
        assert sideways(page) <= 0 and records(case) == before
    finally:
        page.context.set_offline(False)
    expect(page.locator("#told")).to_contain_text("已发送1条")
    expect(page.locator("#queue article")).to_have_count(0)
    page.reload()
    expect(page.locator("#queue")).to_contain_text("没有待发送的记录")
    assert records(case) == before + 1
    act = ExitAct.objects.filter(case=case, kind="record").latest("pk")
    assert (act.item, act.content["device"]) == (item["id"], "phone")
    assert [file.slot for file in act.files.all()] == ["during"]
    with act.files.get().file.open() as kept:
        assert kept.read() == PNG
    assert not [said for said in page.complaints if "ERR_INTERNET" not in said]  # type: ignore[attr-defined]


def _plans(page: Page, case: Case, own_part: str) -> None:
    """The office names a part of its own in a later version."""
    page.goto(f"/exits/{case.pk}/plan/")
    first = page.locator("textarea[name^='parts:']").first
    first.evaluate("area => { area.closest('details').open = true; }")
    first.fill(own_part)
    page.get_by_role("button", name="列出应拆除部位和证据").click()
    page.locator("input[name=all_responsible]").fill("任某")
    for name in ("all_begins", "all_ends"):
        page.locator(f"input[name={name}]").fill(f"{date(2018, 3, 15)}")
    page.locator("form[method=post] .actions button").first.click()
    expect(page.get_by_role("status").first).to_contain_text("退出方案已拟定")


def test_a_plan_changed_meanwhile_is_shown_beside_the_old_and_the_person_decides(
    page_as: Callable[..., Page],
) -> None:
    case = exiting()
    office, phone = page_as("eic-officer"), page_as(WHO, width=390)
    _plans(office, case, "主控制柜")
    before = records(case)
    on_the_phone(phone, case)
    try:
        phone.context.set_offline(True)
        opens(phone, case, {"zh": "主控制柜"})
        phone.get_by_label("否", exact=True).check()
        phone.locator("input[data-slot=before]").set_input_files(PHOTO)
        phone.get_by_role("button", name="保存记录").click()
        expect(phone.locator("#told")).to_contain_text("已存在手机里")
        _plans(office, case, "主控制柜和全部电缆")
    finally:
        phone.context.set_offline(False)
    waits = phone.locator("#queue article[data-state=conflict]")
    expect(waits).to_contain_text("方案已改，请您决定")
    expect(waits.locator(".both")).to_contain_text("主控制柜和全部电缆")
    expect(waits.locator(".both")).to_contain_text("您记录时的要求")
    assert records(case) == before and sideways(phone) <= 0
    waits.get_by_role("button", name="按新方案提交").click()
    expect(phone.locator("#told")).to_contain_text("已发送1条")
    assert records(case) == before + 1
    act = ExitAct.objects.filter(case=case, kind="record").latest("pk")
    assert act.content["agreed"] == standing_of(case).plan_act.digest != act.content["plan"]


def _signs(page: Page, party: str, name: str) -> None:
    form = page.locator(f"form:has(input[name=party][value={party}])")
    form.get_by_label("同意", exact=True).check()
    form.locator("input[name=name]").fill(name)
    canvas = form.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 60, steps=3)
    page.mouse.up()
    form.get_by_role("button", name="签署").click()
    expect(page.get_by_role("status").first).to_contain_text("已签署")


def test_a_line_goes_from_its_last_part_to_its_exit_with_a_phone(
    page_as: Callable[..., Page],
) -> None:
    """The last part recorded without network and sent when it is back; dismantled, signed by all on
    the screen, accepted, published and closed: the capacity has exited."""
    case, office = exiting("L81"), Office(page_as, "eic")
    office.case = f"/cases/{case.pk}/"
    item = standing_of(case).items["E1/mill_identified"]
    phone = page_as(WHO, width=390)
    on_the_phone(phone, case)
    try:
        phone.context.set_offline(True)
        opens(phone, case, dict(item))
        phone.get_by_label("是", exact=True).check()
        for slot in ("during", "after"):
            phone.locator(f"input[data-slot={slot}]").set_input_files(PHOTO)
        phone.get_by_role("button", name="保存记录").click()
        expect(phone.locator("#told")).to_contain_text("已存在手机里")
    finally:
        phone.context.set_offline(False)
    expect(phone.locator("#told")).to_contain_text("已发送1条")
    _presses(phone, f"/exits/{case.pk}/acts/dismantle/")
    phone.goto(f"/exits/{case.pk}/acceptance/")
    phone.get_by_role("button", name="提请联合验收").click()
    for party in PARTIES:
        _signs(phone, party, "任某")
    assert sideways(phone) <= 0
    _presses(phone, f"/exits/{case.pk}/acts/acceptance_passed/")
    proposal = Proposal.objects.get(case=case, kind="acceptance_passed", state="waiting")
    office.leader_signs(f"/proposals/{proposal.pk}/")
    office.prepares_and_signs("officer", "close_exited")
    case = exiting("L81")
    assert (case.stage, standing_of(case).state) == ("closed_exited", "accepted")
    pack = phone.request.get(f"/exits/{case.pk}/pack.zip")
    assert pack.body().startswith(b"PK")


def _presses(page: Page, address: str) -> None:
    """The act of the case with what the room brings."""
    page.goto(address)
    page.locator("form.act button").first.click()
    expect(page.get_by_role("status").first).to_be_visible()


def test_the_page_judges_a_record_as_the_server_does(page_as: Callable[..., Page]) -> None:
    page = page_as(WHO, width=390)
    page.goto("/exits/field/")
    law = rules()
    asked = [
        sheet([Equipment("E1", "磨机", "cement_mill")], "seal", date(2018, 3, 15))["items"],
        sheet([Equipment("M", "一号井", "coal_mine")], "close_mine", date(2024, 5, 1))["items"],
    ]
    items = [None, *itertools.chain(*asked), {**asked[0][0], "left_out": "没有"}]
    dice = random.Random(7)
    texts = [
        "",
        " ",
        "yes",
        "no",
        "1",
        "1.5",
        "-1",
        "1e3",
        "一",
        "2018-02-29",
        "2018-03-01",
        "长" * 501,
    ]
    times = ["2018-03-15T10:00:00+08:00", "", "2018-03-15", "x", "2018-03-15T10:00:00"]
    places = [None, {"latitude": 38, "longitude": 106}, {"latitude": 91, "longitude": 0}]
    cases = []
    for _ in range(400):
        item = dice.choice(items)
        kind = (
            item["record"] if item and dice.random() < 0.9 else dice.choice([*law["records"], "x"])
        )
        names = [field["field"] for field in law["records"].get(kind, [])]
        slots = [slot["slot"] for slot in item["slots"]] if item else ["photo"]
        record = {
            "record": kind,
            "fields": {name: dice.choice(texts) for name in names},
            "slots": {slot: dice.choice([0, 0, 1, 2]) for slot in slots},
            "at": dice.choices(times, [9, 1, 1, 1, 1])[0],
            "place": dice.choice(places),
        }
        cases.append([item, record, {slot: dice.choice([0, 1]) for slot in slots}])
    told = page.evaluate(
        "([law, cases]) => cases.map(([item, record, have]) =>"
        " phaseoutChecks.problems(law, item, record, have))",
        [law, cases],
    )
    for (item, record, have), here in zip(cases, told, strict=True):
        there = [asdict(one) for one in problems(law, item, record, have)]
        assert here == there, (item, record, have)
