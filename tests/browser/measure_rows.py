"""Rows of prices and of joint sanctions for the small site, so that their pages are looked at: one
line that pays, with file, bill, notice and payment; an enterprise found overdue, one sanctioned,
one released. The small province has none of its own."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from casebook import Desk
from phaseout.accounts.demo import bank_user
from phaseout.accounts.models import User
from phaseout.accounts.scope import scope_of
from phaseout.casework.models import Case, CaseDeadline
from phaseout.demo.sanctions import AUTHORITY, BANKS
from phaseout.law.sanctions.bases import bases_on, carried_areas
from phaseout.law.sanctions.fields import edition_on, fields_of
from phaseout.law.uscc import check_sign
from phaseout.measures.prices import acts as price
from phaseout.measures.prices.acts.watering import Metered
from phaseout.measures.sanctions import acts as sanction
from phaseout.measures.sanctions import drafting
from phaseout.measures.sanctions.models import Bank, Sanction

MONTH = date(2018, 2, 1)
OVERDUE = [code + check_sign(code) for code in (f"91640200MA000000{n}" for n in (2, 3, 4))]


def lay(desk: Desk) -> None:
    _prices(desk)
    _sanctions(desk)


def _ways(desk: Desk, username: str) -> dict[str, Any]:
    by = User.objects.get(username=username)
    return {"by": by, "scope": scope_of(by, on=desk.today), "today": desk.today, "key": uuid4()}


def _prices(desk: Desk) -> None:
    firm = desk.enterprise("91640200MA00000020", industry="calcium_carbide", division_code="640202")
    line = desk.line("P1", firm)
    desk.finding(
        line, dimension="technology", judged_by="technology", subject="P1-E1", indicator=None,
        value=None, limit_value=None, unit=None, ratio=None, comparator="presence",
        norm_row="equipment_catalogue/NDRC-CAT-2011R/1", source_id="NDRC-CAT-2011R",
        clause="第三类", found_on=MONTH,
    )  # fmt: skip
    officer, grid = "price-officer", "grid-officer"
    run = price.assess(2018, **_ways(desk, officer))
    chosen = run.assessments.get(line=line, chosen=True)
    price.determine(run.pk, [chosen.pk], **_ways(desk, officer))
    content = f"line_id,begins,ends,kwh\n{line.pk},,,1000000\n".encode()
    price.take_consumption(content, "用电量.csv", MONTH, **_ways(desk, grid))
    price.take_consumption(b"line_id,kwh\nx,-1\n", "坏.csv", MONTH, **_ways(desk, grid))
    bill = price.issue(MONTH, **_ways(desk, officer)).bills.get()
    price.notify(bill.pk, desk.today, desk.today + timedelta(days=7), **_ways(desk, grid))
    price.collect(bill.pk, Decimal(1000), desk.today, **_ways(desk, grid))
    share = (firm.pk, 2017, Decimal(18), Decimal(12), "电力交易凭证")
    price.record_share(*share, **_ways(desk, officer))
    # Of water only Shapotou has a document on record, of 2023: billed the year after.
    desk.enterprise("91640500MA00000020", division_code="640502")
    water = Metered(Decimal(100000), Decimal(160000), Decimal(1), "", "取水计量记录")
    after = {**_ways(desk, officer), "today": date(2024, 1, 15)}
    price.bill_water("91640500MA00000020", 2023, water, **after)


def _sanctions(desk: Desk) -> None:
    made = [_overdue(desk, n, uscc) for n, uscc in enumerate(OVERDUE)]
    standing, gone = (_imposed(desk, case) for case in made[1:])
    _sent(desk, standing)
    for office in ("land", "finance"):
        task = standing.tasks.filter(office=office).order_by("pk")[0]
        ways = _ways(desk, f"{office}-officer")
        sanction.answer_task(task.pk, outcome="carried_out", statement="已停办。", **ways)
    uscc, zh, en = BANKS[0]
    bank_user(uscc)
    if not Bank.objects.filter(uscc=uscc).exists():
        sanction.register_bank(uscc, name_zh=zh, name_en=en, **_ways(desk, "pbc-officer"))
    sanction.list_credit(standing.pk, "no_new", reason="逾期。", **_ways(desk, "pbc-officer"))
    desk.do(made[2], "withdraw_case", desk.today)
    assert gone.release


def _overdue(desk: Desk, n: int, uscc: str) -> Case:
    """A case whose time to rectify ran out, the deadline written by hand (as in the tests of
    sanctions: how it came about is not the matter here)."""
    firm = desk.enterprise(uscc, name=f"某逾期{n}厂（虚构）")
    begun = date(2017, 8, 1)
    found = desk.finding(desk.line(f"V{n}", firm), found_on=begun)
    case = desk.open_(found, by=User.objects.get(username="eic-officer"), today=begun).case
    Case.objects.filter(pk=case.pk).update(stage="rectifying")
    CaseDeadline.objects.create(
        case=case, period="rectification", opened_by=7, kind="measure", whose="enterprise",
        runs_from=begun, due=begun + timedelta(days=180), going=True, office=case.office,
        division_code=case.division_code, dimension=case.dimension,
    )  # fmt: skip
    return Case.objects.get(pk=case.pk)


def _imposed(desk: Desk, case: Case) -> Sanction:
    return sanction.impose(
        case.pk, "rectification", areas=carried_areas(desk.today),
        bases=[basis.basis for basis in bases_on(desk.today)], severity="general", publish=True,
        reason="逾期未整改，经核实。", **_ways(desk, "drc-officer"),
    )  # fmt: skip


def _sent(desk: Desk, one: Sanction) -> None:
    """A record in a batch that the platform sent back."""
    form = edition_on("penalty", desk.today)
    assert form is not None
    asked = {field.field_code for field in fields_of(form)}
    values = {
        **drafting.of_sanction(one, form, desk.today),
        "CF_FR": "某某", "CF_FRDB": "某某", "CF_CFJGDM": AUTHORITY, "CF_SJLYDM": AUTHORITY,
        "CF_WSH": "宁经信停字〔2018〕1号", "CF_JDRQ": "2017/08/01", "CF_CFMC": "责令整改决定",
        "CF_YJ": "节约能源法第七十二条", "CF_JG": "责令整改", "CF_XZJG": "自治区经信委",
    }  # fmt: skip
    known = {code: text for code, text in values.items() if code in asked and text}
    record = sanction.draw_up(
        one.case_id, "penalty", known, decided_on=one.case.opened_on, sanction_id=one.pk,
        **_ways(desk, "drc-officer"),
    )  # fmt: skip
    batch = sanction.send([record.pk], **_ways(desk, "drc-officer"))
    sanction.record_receipt(
        batch.pk, number="R1", accepted_to=0, refusals={1: "文号不符"}, **_ways(desk, "drc-officer")
    )
