"""Why something of this room cannot be done."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from phaseout.law.refusals import Bilingual, Refusal

_DO: Bilingual = ("不能办理", "this cannot be done")


def _refused(code: str, why: Bilingual, instead: Bilingual, what: Bilingual = _DO) -> Refusal:
    return Refusal(f"employees.{code}", what=what, why=why, instead=instead)


def not_yours(leader: bool = False) -> Refusal:
    who = "负责人" if leader else "人员"
    return _refused(
        "not-yours",
        (
            f"须由人力资源社会保障部门{who}"
            + ("" if leader else "或本企业")
            + "办理（实施意见（十四）），您的职务不在其内。",
            "it is for "
            + ("a leader" if leader else "people")
            + " of the human-resources office"
            + ("" if leader else " or of the enterprise itself")
            + " (clause 14); no post of yours is that.",
        ),
        ("请由其办理。", "Let them do it."),
    )


def no_enterprise(uscc: str) -> Refusal:
    return _refused(
        "no-enterprise",
        (f"登记库中没有企业{uscc}。", f"no enterprise {uscc} is registered."),
        ("请核对统一社会信用代码。", "Check the code."),
    )


def case_of_another(number: str) -> Refusal:
    return _refused(
        "case-of-another",
        (f"没有该企业的退出案{number}。", f"the enterprise has no exit case {number}."),
        ("请核对案号；尚未立案的不填。", "Check the number; leave it out if there is none yet."),
    )


def settlement_there() -> Refusal:
    return _refused(
        "settlement-there",
        ("该企业本次退出已有安置方案。", "this exit of the enterprise has a settlement already."),
        ("请在已有方案中办理。", "Go on in that one."),
    )


def procedure_wrong(why: Bilingual) -> Refusal:
    return _refused(
        "procedure-wrong",
        why,
        ("请按会议记录填写。", "Fill it in as the minutes say."),
        ("不能记录民主程序", "the procedure cannot be recorded"),
    )


def no_procedure() -> Refusal:
    return _refused(
        "no-procedure",
        (
            "没有记录民主程序；安置方案须按民主管理程序制订（实施意见（十四））。",
            "no democratic procedure is recorded; the plan needs one (clause 14).",
        ),
        ("请先记录职工代表大会或全体职工大会。", "Record the workers' congress or the meeting."),
        _CONFIRM,
    )


_CONFIRM: Bilingual = ("不能确认安置方案", "the plan cannot be confirmed")


def not_adopted() -> Refusal:
    return _refused(
        "not-adopted",
        (
            "会议到会或赞成未过半数，方案没有通过。",
            "not more than half came, or not more than half of them were in favour.",
        ),
        ("请修改方案，重新履行民主程序。", "Change the plan and hold the meeting again."),
        _CONFIRM,
    )


def no_list() -> Refusal:
    return _refused(
        "no-list",
        ("还没有已采用的职工名册。", "no list of employees was taken."),
        ("请先导入名册。", "Bring the list first."),
    )


def undetermined(people: int) -> Refusal:
    return _refused(
        "undetermined",
        (
            f"有{people}名职工的经济补偿还不能确定。",
            f"what {people} employees are owed cannot be told yet.",
        ),
        (
            "请补充所缺的工资标准或名册，再计算一次。",
            "Record the missing wage standard or mend the list, then compute again.",
        ),
        _CONFIRM,
    )


def told_too_late(people: int, told_by: date, told: date | None) -> Refusal:
    return _refused(
        "told-too-late",
        (
            f"裁减{people}人达到裁员标准，应在{told_by}前向工会或全体职工说明，记录的说明日为"
            f"{told or '（无）'}（劳动合同法第四十一条）。",
            f"{people} people make it a mass lay-off: the staff must know by {told_by}; recorded "
            f"is {told or 'nothing'} (Labour Contract Law art. 41).",
        ),
        (
            "请推迟解除合同的日期并重新导入名册。",
            "Move the dismissals to a later day and bring the list again.",
        ),
        _CONFIRM,
    )


def not_reported(people: int) -> Refusal:
    return _refused(
        "not-reported",
        (
            f"裁减{people}人达到裁员标准，裁减方案须向劳动行政部门报告（劳动合同法第四十一条）。",
            f"{people} people make it a mass lay-off, whose plan is reported to the labour "
            "department (Labour Contract Law art. 41).",
        ),
        ("请记录报告日。", "Record the day of the report."),
        _CONFIRM,
    )


def confirmed_already(on: date) -> Refusal:
    return _refused(
        "confirmed-already",
        (f"该名册已于{on}确认。", f"this list was confirmed on {on}."),
        ("无须重复确认。", "Nothing is to be done."),
    )


def too_many_people(rows: int, staff: int) -> Refusal:
    return _refused(
        "more-than-staff",
        (
            f"名册有{rows}人，方案登记的职工总数为{staff}人。",
            f"the list names {rows} people, the settlement a staff of {staff}.",
        ),
        ("请核对名册和职工总数。", "Check both."),
    )


def unknown_numbers(numbers: list[str]) -> Refusal:
    listed = "、".join(numbers[:5])
    return _refused(
        "unknown-number",
        (f"名册中没有工号{listed}。", f"the list has no employee {listed}."),
        ("请从名册中选择。", "Choose from the list."),
    )


def nobody_chosen() -> Refusal:
    return _refused(
        "nobody-chosen",
        (
            "没有选择职工，或所选职工该项已没有应办的。",
            "nobody is chosen, or nothing of the kind is left to do for them.",
        ),
        ("请选择职工。", "Choose somebody."),
    )


def paid_too_much(number: str, left: Decimal | None) -> Refusal:
    due = "尚未确定" if left is None else f"还应付{left}元"
    return _refused(
        "paid-too-much",
        (
            f"工号{number}{due}，支付不能超过应付。",
            f"employee {number}: "
            + ("what is owed is not known yet" if left is None else f"{left} yuan are left")
            + "; no more can be paid.",
        ),
        ("请核对金额。", "Check the amount."),
    )


def day_wrong(day: date) -> Refusal:
    return _refused(
        "day-wrong",
        (f"日期{day}尚未到来。", f"the day {day} is still to come."),
        ("请填写实际日期。", "Give the day on which it was done."),
    )


def no_voucher() -> Refusal:
    return _refused(
        "no-voucher",
        ("没有写明支付凭证。", "no voucher is named."),
        ("请写明凭证，如银行回单编号。", "Name it, such as the number of the bank's receipt."),
    )


def no_reason() -> Refusal:
    return _refused(
        "no-reason",
        ("没有写明理由。", "no reason is given."),
        ("请写明理由。", "Give the reason."),
    )


def nothing_open() -> Refusal:
    return _refused(
        "nothing-open",
        ("没有未了的安置事项。", "no claim is open."),
        ("无须准予例外。", "No exception is needed."),
    )


def standard_wrong() -> Refusal:
    return _refused(
        "standard-wrong",
        (
            "工资标准须有金额、时间和文件，金额大于零。",
            "a standard has an amount above nought, its time and its document.",
        ),
        ("请按公布的文件填写。", "Fill it in as published."),
    )


def file_wrong(name: str) -> Refusal:
    return _refused(
        "file-wrong",
        (
            f"不接收文件{name}：名册只收 .xlsx、.xls、.ods 和 .csv，不超过20 MB。",
            f"{name} is not taken: a list comes as .xlsx, .xls, .ods or .csv, of at most 20 MB.",
        ),
        ("请另存为其中一种格式。", "Save it as one of these."),
    )


def claims_open(people: int, amount: Decimal, undetermined: int) -> Refusal:
    more = f"，另有{undetermined}人的数额尚未确定" if undetermined else ""
    more_en = f"; of {undetermined} people the amount is not known" if undetermined else ""
    return _refused(
        "claims-open",
        (
            f"有{people}名职工的安置事项未了，未付{amount}元{more}（实施意见（十四））。",
            f"{people} employees have open claims, {amount} yuan unpaid{more_en} (clause 14).",
        ),
        (
            "请先办结；确须先行退出的，由负责人以“安置未了准予退出”写明理由。",
            "Settle them first; if the exit cannot wait, a leader allows it with a reason.",
        ),
        ("不能结束退出", "the exit cannot be closed"),
    )


def claims_unknown() -> Refusal:
    return _refused(
        "claims-unknown",
        (
            "该企业已建立安置方案，但还没有采用职工名册，是否有未了事项无从判断。",
            "the enterprise has a settlement without a list of employees: whether claims are open "
            "cannot be told.",
        ),
        ("请先导入名册。", "Bring the list first."),
        ("不能结束退出", "the exit cannot be closed"),
    )
