"""Why something of this room cannot be done."""

from __future__ import annotations

from datetime import date

from phaseout.accounts.organisations import REGION_CODE, office_name
from phaseout.law.refusals import Bilingual, Refusal

_LOOK: Bilingual = ("请重新查看本页。", "Look at the page again.")
_DETERMINE: Bilingual = ("不能确定加价", "the surcharge cannot be determined")
_END: Bilingual = ("不能终止该项加价", "the surcharge cannot be ended")
_FILE: Bilingual = ("不能收取该文件", "the file cannot be taken")
_ISSUE: Bilingual = ("不能编发电价文件", "the price file cannot be issued")
_ENTER: Bilingual = ("不能登记", "it cannot be recorded")
_WATER: Bilingual = ("不能出具超定额用水账单", "the water cannot be billed")
_MONEY: Bilingual = ("不能登记", "this cannot be recorded")


def not_yours(today: date, *offices: str) -> Refusal:
    names = [office_name(office, REGION_CODE, today) for office in offices]
    return Refusal(
        "prices.not-yours",
        what=("不能办理", "this cannot be done"),
        why=(
            f"实施意见第（十二）项：由{'、'.join(zh for zh, _ in names)}的工作人员办理，"
            "您的职务不在其内。",
            f"clause (12): it is for officers of {', '.join(en for _, en in names)}; "
            "no post of yours is that.",
        ),
        instead=("请由其办理。", "Let them do it."),
    )


def not_the_leader(today: date, office: str) -> Refusal:
    zh, en = office_name(office, REGION_CODE, today)
    return Refusal(
        "prices.not-the-leader",
        what=("不能签发通知书", "the notice cannot be signed"),
        why=(
            f"执行通知书由{zh}的负责人签发，您没有这一职务。",
            f"the notice is signed by a leader of {en}; no post of yours is that.",
        ),
        instead=("请由其负责人签发。", "Let a leader sign it."),
    )


def notice_there(number: str) -> Refusal:
    return Refusal(
        "prices.notice-there",
        what=("不能再次签发", "it cannot be signed again"),
        why=(
            f"该生产线该年度的通知书已签发（{number}）；更正另发一份，以新文号替代，须写明理由。",
            f"the line has a notice for that year ({number}); a correction is another one that "
            "supersedes it by its number, and needs a reason.",
        ),
        instead=("确需更正的，请写明更正理由。", "If it must be corrected, say why."),
    )


def notice_ended(on: date) -> Refusal:
    return Refusal(
        "prices.notice-ended",
        what=("不能签发通知书", "the notice cannot be signed"),
        why=(
            f"该项加价已自{on}起终止，没有发过通知书，不再通知执行。",
            f"the surcharge ended on {on} and was never notified: there is nothing to carry out.",
        ),
        instead=_LOOK,
    )


def year_wrong(year: int, today: date) -> Refusal:
    return Refusal(
        "prices.year-wrong",
        what=("不能测算", "it cannot be assessed"),
        why=(
            f"{year}年不在2008年至{today.year}年之间。",
            f"{year} is not within 2008–{today.year}.",
        ),
        instead=("请改正用电年度。", "Mend the year."),
    )


def nothing_chosen() -> Refusal:
    return Refusal(
        "prices.nothing-chosen",
        what=_DETERMINE,
        why=("没有选择任何一项。", "nothing was chosen."),
        instead=("请选择要确定的生产线。", "Choose the lines."),
    )


def not_the_latest() -> Refusal:
    return Refusal(
        "prices.assessment-old",
        what=_DETERMINE,
        why=("该年度已有更新的测算。", "the year has been assessed again since."),
        instead=("请按最新的测算确定。", "Take the latest assessment."),
    )


def no_rate(line: str) -> Refusal:
    return Refusal(
        "prices.no-rate",
        what=_DETERMINE,
        why=(
            f"{line}没有可以采用的加价标准；没有标准、界限未知和无法判定都不等于零，也不能据以加价。",
            f"{line} has no rate that could be taken; no rate, an unknown edge and undetermined "
            "are neither zero nor a ground to charge.",
        ),
        instead=("请先补充所缺的数据或文件，再行测算。", "Give what is missing and assess again."),
    )


def provisional(line: str, row: str) -> Refusal:
    return Refusal(
        "prices.provisional",
        what=_DETERMINE,
        why=(
            f"{line}的测算是暂定的：所据结论或价格记录{row}尚未与正式文本核对，或其条件未定。",
            f"the assessment of {line} is provisional: its finding or price row {row} has not been "
            "confirmed against the official text, or states a condition that is open.",
        ),
        instead=(
            "请先由两人核对该记录，再行测算。",
            "Have two officers confirm the row, then assess again.",
        ),
    )


def ground_gone(line: str) -> Refusal:
    return Refusal(
        "prices.ground-gone",
        what=_DETERMINE,
        why=(
            f"{line}的认定依据已不成立。",
            f"the ground of {line} does not stand any more.",
        ),
        instead=("请重新测算。", "Assess again."),
    )


def already_determined(line: str) -> Refusal:
    return Refusal(
        "prices.one-surcharge",
        what=_DETERMINE,
        why=(
            f"{line}在该期间已执行一项加价；同一度电只加价一次。",
            f"{line} carries a surcharge in that time already; one kWh carries one.",
        ),
        instead=("请先终止原有的，或改期间。", "End the other first, or choose other days."),
    )


def days_wrong(first: date, last: date) -> Refusal:
    return Refusal(
        "prices.days-wrong",
        what=_DETERMINE,
        why=(
            f"起止日须在{first}至{last}之间，且起不晚于止。",
            f"the days must lie within {first} and {last}, the first not after the last.",
        ),
        instead=("请改正起止日。", "Mend the days."),
    )


def ended_before() -> Refusal:
    return Refusal(
        "prices.ended",
        what=_END,
        why=("该项加价已经终止。", "it has ended already."),
        instead=_LOOK,
    )


def end_wrong(first: date) -> Refusal:
    return Refusal(
        "prices.end-wrong",
        what=_END,
        why=(
            f"终止日须不早于{first}且不晚于今日，并须写明理由。",
            f"the day must not be before {first} or after today, and a reason is needed.",
        ),
        instead=("请改正。", "Mend it."),
    )


def month_wrong(month: date) -> Refusal:
    return Refusal(
        "prices.month-wrong",
        what=_FILE,
        why=(
            f"{month:%Y-%m}尚未结束。",
            f"{month:%Y-%m} is not over.",
        ),
        instead=("请在该月结束后报送。", "Send it when the month is over."),
    )


def file_unreadable(name: str, why: Bilingual) -> Refusal:
    return Refusal(
        "prices.file-unreadable",
        what=_FILE,
        why=(f"{name}：{why[0]}", f"{name}: {why[1]}"),
        instead=(
            "请使用 CSV（UTF-8 或 GB18030）或 XLSX，表头为：生产线编号、起、止、用电量（kWh）。",
            "Send CSV (UTF-8 or GB18030) or XLSX headed line_id, begins, ends, kwh.",
        ),
    )


def nothing_to_bill(month: date) -> Refusal:
    return Refusal(
        "prices.nothing-to-bill",
        what=_ISSUE,
        why=(
            f"{month:%Y-%m}没有已收取的用电量文件。",
            f"no consumption file has been taken for {month:%Y-%m}.",
        ),
        instead=("请先由电网企业报送该月用电量。", "Let the grid company send the month first."),
    )


def nothing_changed(month: date, number: int) -> Refusal:
    return Refusal(
        "prices.nothing-changed",
        what=_ISSUE,
        why=(
            f"{month:%Y-%m}第{number}版与现在编制的内容相同。",
            f"edition {number} of {month:%Y-%m} says exactly the same.",
        ),
        instead=("不必再发。", "It need not be issued again."),
    )


def received_before() -> Refusal:
    return Refusal(
        "prices.received",
        what=("不能签收", "it cannot be received"),
        why=("该版已签收。", "the edition has been received already."),
        instead=_LOOK,
    )


def not_in_force(number: str) -> Refusal:
    return Refusal(
        "prices.bill-replaced",
        what=_MONEY,
        why=(f"账单{number}已被后一版代替。", f"bill {number} was replaced by a later edition."),
        instead=("请按最新的账单办理。", "Take the latest bill."),
    )


def notified_before() -> Refusal:
    return Refusal(
        "prices.notified",
        what=_MONEY,
        why=("该账单的缴费通知已登记。", "the notice of this bill has been recorded."),
        instead=_LOOK,
    )


def day_wrong() -> Refusal:
    return Refusal(
        "prices.day-wrong",
        what=_MONEY,
        why=(
            "日期不在账单所属月份之后、今日之前。",
            "the day does not lie between the month of the bill and today.",
        ),
        instead=("请改正日期。", "Mend the day."),
    )


def paid_too_much(left: object) -> Refusal:
    return Refusal(
        "prices.paid-too-much",
        what=_MONEY,
        why=(f"该账单尚欠{left}元。", f"the bill has {left} CNY left."),
        instead=("请核对金额。", "Check the amount."),
    )


def not_late() -> Refusal:
    return Refusal(
        "prices.not-late",
        what=_MONEY,
        why=(
            "没有缴费通知，或尚未逾期，或已缴清，或该账单所据文件没有逾期加价的规定，或已加收。",
            "there is no notice, or the time is not over, or the bill is paid, or its document "
            "knows no raise for lateness, or it was charged already.",
        ),
        instead=("请核对通知日和缴费情况。", "Check the notice and the payments."),
    )


def no_contract() -> Refusal:
    return Refusal(
        "prices.no-contract-rate",
        what=_MONEY,
        why=(
            "没有登记供用电合同约定的违约金标准。",
            "the rate of the supply contract is not on record.",
        ),
        instead=("请在登记缴费通知时填写。", "Enter it with the notice of payment."),
    )


def no_such_enterprise(uscc: str) -> Refusal:
    return Refusal(
        "prices.no-such-enterprise",
        what=_ENTER,
        why=(f"登记库中没有代码为{uscc}的企业。", f"no enterprise {uscc} is registered."),
        instead=("请核对统一社会信用代码。", "Check the credit code."),
    )


def share_wrong() -> Refusal:
    return Refusal(
        "prices.share-wrong",
        what=_ENTER,
        why=(
            "占比和激励值须在0至100之间，年度不晚于今年，并写明依据材料。",
            "both are percentages from 0 to 100, the year is not to come, and a paper is named.",
        ),
        instead=("请改正。", "Mend it."),
    )


def water_wrong(year: int) -> Refusal:
    return Refusal(
        "prices.water-wrong",
        what=_WATER,
        why=(
            f"定额、用水量、基本水价须大于零，用水年度须早于{year}年，并写明依据材料。",
            f"quota, use and price are above nought, the year is before {year}, a paper is named.",
        ),
        instead=("请改正。", "Mend it."),
    )


def water_divided(firm: str, year: int) -> Refusal:
    return Refusal(
        "prices.water-divided",
        what=_WATER,
        why=(
            f"{firm}所在地{year}年没有整年施行的分档文件，全国文件在年内才开始施行；定额按年，不能分月计算。",
            f"no document of {firm}'s place held all of {year}, and that of the country began "
            "within it; a quota is of a year and is not divided.",
        ),
        instead=(
            "请先补录当地当年的文件；没有当地文件的，不能出账，不等于不加价。",
            "Enter the document of the place and year first; none is not nought.",
        ),
    )


def water_within_quota() -> Refusal:
    return Refusal(
        "prices.within-quota",
        what=_WATER,
        why=("用水量没有超过定额，不加价。", "the use is within the quota: nothing is charged."),
        instead=("不必出账。", "No bill is needed."),
    )


def water_unchanged(number: int) -> Refusal:
    return Refusal(
        "prices.nothing-changed",
        what=_WATER,
        why=(f"与第{number}版账单的数额相同。", f"bill {number} of the year says the same."),
        instead=("不必再出账。", "It need not be billed again."),
    )


def nothing_to_remit() -> Refusal:
    return Refusal(
        "prices.nothing-to-remit",
        what=("不能上缴", "nothing can be remitted"),
        why=("没有已收待缴的加价收入。", "nothing collected is waiting."),
        instead=("待缴费后再办理。", "Do it when payments have come in."),
    )
