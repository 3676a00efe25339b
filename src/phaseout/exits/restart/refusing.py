"""Why something of this room cannot be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from phaseout.exits.restart.models import RestartAct
from phaseout.facts.problems import BadCell, Severity
from phaseout.law.refusals import Bilingual, Refusal

_LOOK: Bilingual = ("请重新查看本页。", "Look at the page again.")
_ANSWER: Bilingual = ("不能处理该预警", "the alarm cannot be answered")
_METER: Bilingual = ("不能登记该电表", "the meter cannot be put on record")
_FILE: Bilingual = ("不能接收该文件", "the file cannot be taken")


def not_yours(what: Bilingual, office: Bilingual) -> Refusal:
    return Refusal(
        "restart.not-yours",
        what=what,
        why=(
            f"须由{office[0]}的经办人、检查人员或负责人办理，您的职务不在其内。",
            f"it is for an officer, inspector or leader of {office[1]}; no post of yours is that.",
        ),
        instead=("请由其办理。", "Let them do it."),
    )


def may_not_bring() -> Refusal:
    return Refusal(
        "restart.not-yours",
        what=_FILE,
        why=("您的职务不能导入数据。", "no post of yours may bring facts."),
        instead=("请由经办人或供电企业办理。", "Let an officer or the grid company do it."),
    )


def answer_not_yours(office: Bilingual) -> Refusal:
    return not_yours(_ANSWER, office)


def meter_not_yours(office: Bilingual) -> Refusal:
    return not_yours(_METER, (f"{office[0]}或供电企业", f"{office[1]} or of the grid company"))


def no_reason(what: Bilingual = _ANSWER) -> Refusal:
    return Refusal(
        "restart.no-reason",
        what=what,
        why=("没有写明理由，或理由过长。", "no reason is given, or it is too long."),
        instead=("请写明理由（2000字以内）。", "Give the reason, in 2000 characters at most."),
    )


def answered(act: RestartAct) -> Refusal:
    return Refusal(
        "restart.answered",
        what=_ANSWER,
        why=(
            f"{act.by}已于{act.done_on}“{act.get_kind_display()}”。",
            f"{act.by} answered it on {act.done_on}.",
        ),
        instead=_LOOK,
    )


def alarm_gone(on: date | None) -> Refusal:
    return Refusal(
        "restart.alarm-gone",
        what=_ANSWER,
        why=(
            f"按更正后的读数，该预警自{on}起不再成立。",
            f"by corrected readings it no longer holds since {on}.",
        ),
        instead=_LOOK,
    )


def alarm_changed() -> Refusal:
    return Refusal(
        "restart.alarm-changed",
        what=_ANSWER,
        why=(
            "新的读数到达后，预警的内容与您所看到的不同。",
            "new readings came in, and it is no longer what you read.",
        ),
        instead=_LOOK,
    )


def until_wrong() -> Refusal:
    return Refusal(
        "restart.until-wrong",
        what=_ANSWER,
        why=(
            "合法负荷的截止日不能早于预警末日，也不能晚于一年之后。",
            "the last day of the lawful load is not before the alarm's last day, nor more than a "
            "year ahead.",
        ),
        instead=("请改正日期。", "Mend the day."),
    )


def not_confirmed() -> Refusal:
    return Refusal(
        "restart.not-confirmed",
        what=("不能转入案件", "it cannot be brought to the case"),
        why=("该预警尚未确认。", "the alarm is not confirmed."),
        instead=("请先确认。", "Confirm it first."),
    )


def no_act_fits(case: str, stage: Bilingual) -> Refusal:
    return Refusal(
        "restart.no-act-fits",
        what=("不能转入案件", "it cannot be brought to the case"),
        why=(
            f"案件{case}现处“{stage[0]}”阶段，该阶段没有“发现恢复生产”的行为可办。",
            f"case {case} is at the stage “{stage[1]}”: no act of that stage records a restart.",
        ),
        instead=(
            "已拆除待验收的，请办理“验收不合格”；其他情形请先办理该阶段的行为。确认已记录在案可作证据。",
            "What waits for acceptance fails it; else go on with the acts of that stage. The "
            "confirmation serves as evidence.",
        ),
    )


def meter_wrong(why: Bilingual) -> Refusal:
    return Refusal(
        "restart.meter-wrong",
        what=_METER,
        why=(f"{why[0]}。", f"{why[1]}."),
        instead=("请改正后再登记。", "Mend it and try again."),
    )


def meter_held(line: str, since: date, until: date | None) -> Refusal:
    return Refusal(
        "restart.meter-held",
        what=_METER,
        why=(
            f"该电表{since}至{until or '今'}登记在生产线“{line}”上。",
            f"from {since} to {until or 'now'} the meter is on record for the line {line}.",
        ),
        instead=("请先终止该登记，或改正起始日。", "End that first, or mend the first day."),
    )


def meter_ended(on: date) -> Refusal:
    return Refusal(
        "restart.meter-ended",
        what=("不能终止该登记", "it cannot be ended"),
        why=(f"已终止于{on}。", f"it was ended with {on}."),
        instead=_LOOK,
    )


def file_kind(name: str) -> Refusal:
    return Refusal(
        "restart.file-kind",
        what=_FILE,
        why=(f"“{name}”不是CSV或Excel文件。", f"{name!r} is neither CSV nor a workbook."),
        instead=(
            "请向供电企业索取CSV（UTF-8或GB18030）或XLSX。",
            "Ask the grid company for CSV (UTF-8 or GB18030) or XLSX.",
        ),
    )


def file_empty(name: str) -> Refusal:
    return Refusal(
        "restart.file-empty",
        what=_FILE,
        why=(f"“{name}”是空文件。", f"{name!r} is empty."),
        instead=("请核对后重新上传。", "Check it and bring it again."),
    )


def file_too_large(name: str, most: int) -> Refusal:
    return Refusal(
        "restart.file-too-large",
        what=_FILE,
        why=(f"“{name}”超过{most // 10**6} MB。", f"{name!r} is over {most // 10**6} MB."),
        instead=("请按月份分成几个文件。", "Bring it in parts, by month."),
    )


def file_breaks(name: str) -> Refusal:
    return Refusal(
        "restart.file-breaks",
        what=_FILE,
        why=(
            f"“{name}”三次读取均中断。",
            f"reading {name!r} broke off three times.",
        ),
        instead=(
            "请把文件和本页地址交系统管理员。",
            "Give the file and the address of this page to the administrator.",
        ),
    )


def nothing_in_it(name: str) -> Refusal:
    return Refusal(
        "restart.nothing-in-it",
        what=_FILE,
        why=(f"“{name}”中没有任何可用的读数。", f"{name!r} holds no reading that can be used."),
        instead=("请核对后重新上传。", "Check it and bring it again."),
    )


def rows_refused(name: str, problems: Sequence[BadCell], rows: int) -> Refusal:
    bad = [one for one in problems if one.severity is Severity.REFUSED][:3]
    zh = "；".join(f"第{one.row}行“{one.value}”：{one.expected_zh}" for one in bad)
    en = "; ".join(f"row {one.row} {one.value!r}: {one.expected_en}" for one in bad)
    return Refusal(
        "restart.rows-refused",
        what=(f"“{name}”未入库", f"{name!r} was not taken"),
        why=(f"{rows}行不合要求：{zh}。", f"{rows} rows break their schema: {en}."),
        instead=(
            "请改正后重新上传；没有读入任何一行。",
            "Mend it and bring it again; not one row was taken.",
        ),
    )


def differs(name: str, count: int, problems: Sequence[BadCell]) -> Refusal:
    first = next(one for one in problems if one.code == "conflicts_with_taken")
    return Refusal(
        "restart.differs",
        what=(f"“{name}”未入库", f"{name!r} was not taken"),
        why=(
            f"{count}个时段与已入库的读数不同，例如第{first.row}行“{first.value}”：{first.expected_zh}。",
            f"{count} steps differ from readings taken before, such as row {first.row} "
            f"({first.value}): {first.expected_en}.",
        ),
        instead=(
            "如果是供电企业的更正，请勾选“更正已有读数”后重新上传。",
            "If it is a correction by the grid company, mark it as such and bring it again.",
        ),
    )
