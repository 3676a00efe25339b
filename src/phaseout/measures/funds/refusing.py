"""Why something of this room cannot be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from phaseout.law.refusals import Bilingual, Refusal

_DO: Bilingual = ("不能办理", "this cannot be done")


def _refused(code: str, why: Bilingual, instead: Bilingual, what: Bilingual = _DO) -> Refusal:
    return Refusal(f"funds.{code}", what=what, why=why, instead=instead)


def not_yours(who: Bilingual) -> Refusal:
    return _refused(
        "not-yours",
        (
            f"须由{who[0]}办理（实施意见（十）），您的职务不在其内。",
            f"it is for {who[1]} (clause 10); no post of yours is that.",
        ),
        ("请由其办理。", "Let them do it."),
    )


FINANCE: Bilingual = ("自治区财政部门", "the region's finance office")
FINANCE_LEADER: Bilingual = ("自治区财政部门负责人", "a leader of the region's finance office")
LEADING: Bilingual = ("自治区财政或工业主管部门", "the region's finance or industry office")
APPLICANT: Bilingual = ("申请企业或主管部门", "the enterprise itself or a leading office")


def programme_wrong(why: Bilingual) -> Refusal:
    return _refused(
        "programme-wrong",
        why,
        ("请按文件填写。", "Fill it in as the document says."),
        ("不能设立资金项目", "the programme cannot be made"),
    )


def name_taken(name: str) -> Refusal:
    return programme_wrong(
        (f"已有名为“{name}”的项目。", f"there is a programme named {name!r} already.")
    )


def no_uses(on: date) -> Refusal:
    return programme_wrong(
        (
            f"{on}该资金的使用范围不在记录中，不能据以支付。",
            f"what this fund may pay on {on} is not on record: nothing could be paid.",
        )
    )


def amount_wrong() -> Refusal:
    return _refused(
        "amount-wrong",
        (
            "金额应大于零、至多两位小数，并写明文件。",
            "an amount is above nought with at most two decimals, and has its document.",
        ),
        ("请核对金额和文件。", "Check both."),
    )


def day_wrong(day: date) -> Refusal:
    return _refused(
        "day-wrong",
        (f"日期{day}尚未到来。", f"the day {day} is still to come."),
        ("请填写实际日期。", "Give the day on which it was done."),
    )


def not_running(name: str, on: date) -> Refusal:
    return _refused(
        "not-running",
        (f"“{name}”在{on}不执行。", f"{name} does not run on {on}."),
        ("请选择正在执行的项目。", "Choose a programme that runs."),
    )


def applied_already(on: date) -> Refusal:
    return _refused(
        "applied-already",
        (f"该企业已于{on}提出同一年度的申请。", f"it applied for the same year on {on}."),
        ("请查看已有申请。", "Look at that application."),
    )


def application_wrong(why: Bilingual) -> Refusal:
    return _refused(
        "application-wrong",
        why,
        ("请核对申请。", "Check the application."),
        ("不能提出申请", "the application cannot be taken"),
    )


def settled_already(by: str, on: date) -> Refusal:
    return _refused(
        "settled-already",
        (f"{by}已于{on}审核。", f"{by} settled it on {on}."),
        ("无须重复审核。", "Nothing is to be done."),
    )


def not_eligible(reasons: Sequence[Bilingual]) -> Refusal:
    return _refused(
        "not-eligible",
        (
            "；".join(zh for zh, _ in reasons) + "。",
            "; ".join(en for _, en in reasons) + ".",
        ),
        (
            "条件具备后再审核，或审核不通过并写明理由。",
            "Examine it again when that is so, or decline it with the reason.",
        ),
        ("不能审核通过", "the application cannot be accepted"),
    )


def no_reason() -> Refusal:
    return _refused(
        "no-reason", ("没有写明理由。", "no reason is given."), ("请写明理由。", "Give the reason.")
    )


def overspent(asked: Decimal, there: Decimal) -> Refusal:
    return _refused(
        "overspent",
        (
            f"要用{asked}元，账上只有{there}元。",
            f"{asked} yuan are asked for, {there} are there.",
        ),
        (
            "请核减金额，或先登记收入。",
            "Lower the amount, or record the income first.",
        ),
        ("不能超支", "a fund cannot be overspent"),
    )


def nobody_to_give() -> Refusal:
    return _refused(
        "nobody-to-give",
        (
            "没有审核通过、尚未分配的国有企业申请；民营企业实行定额奖补，按文件确定数额。",
            "no accepted application of a state firm waits; private firms get a fixed award, "
            "decided by a document.",
        ),
        ("请先审核申请，或按文件确定数额。", "Examine applications, or give decided amounts."),
    )


def no_formula() -> Refusal:
    return _refused(
        "no-formula",
        (
            "该资金没有登记分配公式；自治区项目的标准（宁经信规范发〔2018〕8号）文本未找到。",
            "no formula is on record for this fund; the text of the regional rules was not found.",
        ),
        ("请按文件确定各企业数额。", "Decide the amounts by a document."),
    )


def not_accepted(names: Sequence[str]) -> Refusal:
    listed = "、".join(names[:5])
    return _refused(
        "not-accepted",
        (
            f"{listed}的申请没有审核通过，或本年度已分配。",
            f"the application of {listed} is not accepted, or has its share of the year.",
        ),
        ("请只给已通过的申请。", "Give to accepted applications only."),
    )


def over_the_cap(name: str, amount: Decimal, cap: Decimal) -> Refusal:
    return _refused(
        "over-the-cap",
        (
            f"{name}为民营企业，定额奖补不得高于“十二五”标准：上限{cap}元，拟给{amount}元。",
            f"{name} is a private firm, whose award has a cap of {cap} yuan; {amount} are meant.",
        ),
        ("请核减。", "Lower it."),
    )


def state_by_factors(name: str) -> Refusal:
    return _refused(
        "state-by-factors",
        (
            f"{name}为国有企业，基础奖补按因素法分配，不得另定数额。",
            f"{name} is a state firm: its base part is divided by factors, not decided.",
        ),
        ("请按因素法分配。", "Divide by factors."),
    )


def no_voucher() -> Refusal:
    return _refused(
        "no-voucher",
        ("没有写明支付凭证。", "no voucher is named."),
        ("请写明凭证。", "Name it."),
    )


def source_unknown() -> Refusal:
    return _refused(
        "source-unknown",
        (
            "没有这笔上缴款项，或它已被全部列入资金项目，或与所选来源不符。",
            "there is no such sum at the treasury, it is used up, or it is of another source.",
        ),
        ("请重新选择。", "Choose again."),
        ("不能登记收入", "the income cannot be recorded"),
    )


def source_used_up(asked: Decimal, rest: Decimal) -> Refusal:
    return _refused(
        "source-used-up",
        (
            f"这笔上缴款项尚可列入{rest}元，拟登记{asked}元：一元钱只能列入一个项目。",
            f"{rest} yuan of the sum are left, {asked} are asked for: each goes once.",
        ),
        ("请核减金额。", "Lower the amount."),
        ("不能登记收入", "the income cannot be recorded"),
    )
