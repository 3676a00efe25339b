"""Why something of this room cannot be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from phaseout.law.refusals import Bilingual, Refusal
from phaseout.law.sanctions.fields import Problem

_LOOK: Bilingual = ("请重新查看本页。", "Look at the page again.")
_IMPOSE: Bilingual = ("不能作出联合惩戒", "the sanction cannot be made")
_ANSWER: Bilingual = ("不能反馈", "this cannot be answered")
_RECORD: Bilingual = ("不能编制该信用信息", "the record cannot be drawn up")
_SEND: Bilingual = ("不能报送", "this cannot be sent")
_RECEIPT: Bilingual = ("不能登记回执", "the receipt cannot be recorded")
_CONTEST: Bilingual = ("不能办理", "this cannot be done")
_LIST: Bilingual = ("不能列入信贷名单", "this cannot be put on the list")


def not_yours(who: Bilingual) -> Refusal:
    return Refusal(
        "sanction.not-yours",
        what=("不能办理", "this cannot be done"),
        why=(
            f"须由{who[0]}的经办人或负责人办理，您的职务不在其内。",
            f"it is for an officer or a leader of {who[1]}; no post of yours is that.",
        ),
        instead=("请由其办理。", "Let them do it."),
    )


def no_reason() -> Refusal:
    return Refusal(
        "sanction.no-reason",
        what=("不能办理", "this cannot be done"),
        why=("没有写明理由或情况，或超过2000字。", "no text is given, or it has over 2000 signs."),
        instead=("请写明。", "Write it."),
    )


def not_overdue(on: date) -> Refusal:
    return Refusal(
        "sanction.not-overdue",
        what=_IMPOSE,
        why=(
            f"截至{on}，该案没有这一逾期事实：期限未满、已履行、已结案或产能已退出"
            "（实施意见第十七项只及于未按期完成的企业）。",
            f"on {on} the case has no such period overdue: it runs, is met, or the case is closed "
            "or the capacity has exited (clause 17 is of those who miss the date).",
        ),
        instead=("请在“应列入的企业”中查看当日的事实。", "See the facts of the day in the list."),
    )


def already(begins: date) -> Refusal:
    return Refusal(
        "sanction.already",
        what=_IMPOSE,
        why=(
            f"对这一事由已于{begins}作出联合惩戒，一项事由只作一次。",
            f"a sanction on this ground was made on {begins}; a ground has one.",
        ),
        instead=("请查看该项惩戒。", "See that sanction."),
    )


def stayed() -> Refusal:
    return Refusal(
        "sanction.stayed",
        what=_IMPOSE,
        why=(
            "所依据的决定正停止执行（行政复议、诉讼期间），未执行不能作为惩戒事由。",
            "the decision is stayed while it is contested; what is stayed is not overdue.",
        ),
        instead=("请待恢复执行后再办理。", "Wait until the stay is lifted."),
    )


def unknown_severity() -> Refusal:
    return Refusal(
        "sanction.severity-unknown",
        what=_IMPOSE,
        why=("失信程度只有轻微、一般、严重。", "the class is slight, general or serious."),
        instead=("请选择其一。", "Choose one."),
    )


def released(on: date) -> Refusal:
    return Refusal(
        "sanction.released",
        what=_CONTEST,
        why=(f"该项惩戒已于{on}解除。", f"the sanction was released on {on}."),
        instead=_LOOK,
    )


def answered() -> Refusal:
    return Refusal(
        "sanction.answered",
        what=_CONTEST,
        why=("该事项已经答复。", "this was answered."),
        instead=_LOOK,
    )


def pending() -> Refusal:
    return Refusal(
        "sanction.pending",
        what=_CONTEST,
        why=("同类申请正在办理。", "one of the same kind waits for its answer."),
        instead=("请等待答复。", "Wait for the answer."),
    )


def same_person() -> Refusal:
    return Refusal(
        "objection.own",
        what=_CONTEST,
        why=(
            "作出惩戒的人不答复对它的异议。",
            "who made a sanction does not judge an objection to it.",
        ),
        instead=("请由另一位经办人或负责人答复。", "Let another officer or leader do it."),
    )


def acknowledged() -> Refusal:
    return Refusal(
        "release.acknowledged",
        what=_ANSWER,
        why=("该解除通知已经确认。", "the release was acknowledged."),
        instead=_LOOK,
    )


def repair_no_rule(on: date) -> Refusal:
    return Refusal(
        "repair.no-rule",
        what=_CONTEST,
        why=(
            f"未记录{on}施行的信用修复规则（首部为发改办财金〔2019〕527号，2019-07-01起）。",
            f"no rule of credit repair in force on {on} is on record (the first is of 2019-07-01).",
        ),
        instead=(
            "事由消失之日惩戒自动解除、公示终止，无须申请修复。",
            "With its ground the sanction and its publication end by themselves.",
        ),
    )


def repair_lacking(lacking: Sequence[Bilingual], cited: Bilingual, first: date) -> Refusal:
    zh, en = "、".join(one[0] for one in lacking), ", ".join(one[1] for one in lacking)
    return Refusal(
        "repair.conditions-missing",
        what=("不能准予信用修复", "the repair cannot be granted"),
        why=(
            f"{cited[0]}的条件未满足：{zh}。",
            f"conditions of {cited[1]} are not met: {en}.",
        ),
        instead=(
            f"满足后再准予；最短公示期满之次日起（不早于{first}）方可修复，或说明理由不予修复。",
            f"Grant it once they are (not before {first}), or refuse with the reason.",
        ),
    )


def repair_nothing() -> Refusal:
    return Refusal(
        "repair.nothing-published",
        what=_CONTEST,
        why=(
            "该项惩戒没有被信用平台接收的记录，没有需要修复的公示。",
            "no record of this sanction was accepted by the platform: nothing is to be repaired.",
        ),
        instead=_LOOK,
    )


def no_edition(on: date) -> Refusal:
    return Refusal(
        "credit-record.no-edition",
        what=_RECORD,
        why=(
            f"未记录{on}施行的该类信用信息格式。",
            f"no form of such a record in force on {on} is on record.",
        ),
        instead=(
            "请先将该日施行的格式及其出处补入 record_editions.csv 和标准库。",
            "Add the form of that day with its source to the norm store first.",
        ),
    )


def record_wrong(problems: Sequence[Problem]) -> Refusal:
    zh = "；".join(f"{p.name}（{p.field}）{_given(p, 0)}，应为：{p.expected[0]}" for p in problems)
    en = "; ".join(f"{p.field} {_given(p, 1)}: {p.expected[1]}" for p in problems)
    return Refusal(
        "credit-record.not-valid",
        what=_RECORD,
        why=(f"有{len(problems)}处不符合格式：{zh}。", f"{len(problems)} fields are wrong: {en}."),
        instead=("请全部改正后再编制。", "Mend them all."),
    )


def _given(problem: Problem, language: int) -> str:
    if not problem.value:
        return ("未填写", "is empty")[language]
    return f"“{problem.value}”" if language == 0 else repr(problem.value)


def record_there() -> Refusal:
    return Refusal(
        "credit-record.already",
        what=_RECORD,
        why=("该事项已编制信用信息。", "the record of this matter exists."),
        instead=("被退回的，请编制更正版。", "If it was refused, draw up a correction."),
    )


def not_correctable() -> Refusal:
    return Refusal(
        "credit-record.not-refused",
        what=_RECORD,
        why=(
            "只有被接收方退回、或格式已更换而未被接收的最新一版可以更正。",
            "only the latest version that was refused, or is of an older form and not accepted, "
            "is corrected.",
        ),
        instead=_LOOK,
    )


def record_not_waiting(number: int) -> Refusal:
    return Refusal(
        "batch.record-not-waiting",
        what=_SEND,
        why=(
            f"所选记录中有{number}条不在待报之列：已被接收、正在途中，或被退回后尚未更正。",
            f"{number} of the records do not wait: accepted, on their way, or refused and not "
            "corrected.",
        ),
        instead=("请重新选择待报记录。", "Choose again from those that wait."),
    )


def batch_mixed() -> Refusal:
    return Refusal(
        "batch.mixed",
        what=_SEND,
        why=("一个批次只含同一类型、同一格式的记录。", "a batch has records of one form."),
        instead=("请分批报送。", "Send them apart."),
    )


def batch_old_form(on: date) -> Refusal:
    return Refusal(
        "batch.old-edition",
        what=_SEND,
        why=(f"记录的格式在{on}已不施行。", f"the form of the records is not in force on {on}."),
        instead=("请按现行格式编制更正版。", "Draw up corrections in the form of the day."),
    )


def nothing_to_send() -> Refusal:
    return Refusal(
        "batch.empty",
        what=_SEND,
        why=("没有选择待报记录。", "no record was chosen."),
        instead=("请至少选择一条。", "Choose one at least."),
    )


def nothing_left(number: str) -> Refusal:
    return Refusal(
        "batch.empty",
        what=_SEND,
        why=(
            f"{number}没有可以重新报送的记录：其余的已经接收、已另行报送，或者被退回后还没有更正。",
            f"nothing of {number} waits: accepted, on its way, or refused and not corrected.",
        ),
        instead=("被退回的，请先编制更正版。", "Draw up corrections of what was refused first."),
    )


def receipt_there() -> Refusal:
    return Refusal(
        "batch.receipt-there",
        what=_RECEIPT,
        why=("该批次的回执已登记。", "the receipt of this batch is on record."),
        instead=("未接收的记录请重新报送。", "Send again what was not accepted."),
    )


def receipt_wrong(why: Bilingual) -> Refusal:
    return Refusal(
        "batch.receipt-wrong",
        what=_RECEIPT,
        why=(f"{why[0]}。", f"{why[1]}."),
        instead=("请对照接收方的回执改正。", "Mend it by the receiver's receipt."),
    )


def not_listable(why: Bilingual) -> Refusal:
    return Refusal(
        "credit-list.no-ground",
        what=_LIST,
        why=(f"{why[0]}（实施意见第十三项）。", f"{why[1]} (clause 13)."),
        instead=("请从本页列出的依据中选择。", "Choose a ground that the page lists."),
    )


def listed_already() -> Refusal:
    return Refusal(
        "credit-list.already",
        what=_LIST,
        why=("该企业已因同一依据列入该名单。", "it is on that list on the same ground."),
        instead=_LOOK,
    )


def not_withdrawn_yet() -> Refusal:
    return Refusal(
        "credit-list.not-now",
        what=_ANSWER,
        why=(
            "移出后才能确认移出；移出后不再反馈落实情况。",
            "a withdrawal is noted once it happened; after it nothing else is answered.",
        ),
        instead=_LOOK,
    )


def bank_unknown(code: str) -> Refusal:
    return Refusal(
        "credit-list.bank-unknown",
        what=("不能登记该银行", "the bank cannot be registered"),
        why=(f"代码{code}不正确或已登记。", f"{code} is wrong or registered."),
        instead=("请核对统一社会信用代码。", "Check its credit code."),
    )
