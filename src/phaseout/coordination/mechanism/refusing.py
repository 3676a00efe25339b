"""Why something of this room cannot be done."""

from __future__ import annotations

from datetime import date

from phaseout.accounts.powers import Role
from phaseout.coordination import refusing
from phaseout.law.refusals import Bilingual, Refusal

_LOOK: Bilingual = ("请重新查看本页。", "Look at the page again.")
_CALL: Bilingual = ("不能召集会议", "the meeting cannot be called")
MOVE: Bilingual = ("不能改期", "the meeting cannot be moved")
CALL_OFF: Bilingual = ("不能取消会议", "the meeting cannot be called off")
WRITE: Bilingual = ("不能提交纪要", "the minutes cannot be handed in")
_ISSUE: Bilingual = ("不能印发纪要", "the minutes cannot be issued")
_REPORT: Bilingual = ("不能反馈", "nothing can be reported")
_CHECK: Bilingual = ("不能核实", "it cannot be checked")


def not_yours(whose: Bilingual, role: Role | None = None) -> Refusal:
    return refusing.not_yours("mechanism", 18, whose, role)


def day_passed(what: Bilingual = _CALL) -> Refusal:
    return Refusal(
        "meeting.day-passed",
        what=what,
        why=("会议日期不能早于今天。", "the day of the meeting is over."),
        instead=("请改正日期。", "Mend the day."),
    )


def not_moved(on: date) -> Refusal:
    return Refusal(
        "meeting.not-moved",
        what=MOVE,
        why=(
            f"会议本来就在{on}、在该地点召开。",
            f"it is to be held on {on} at that place as it is.",
        ),
        instead=("请填写新的日期或新的地点。", "Give another day or another place."),
    )


def called_off(what: Bilingual, on: date, reason: str) -> Refusal:
    return Refusal(
        "meeting.called-off",
        what=what,
        why=(
            f"会议已于{on}取消，原因：{reason}",
            f"the meeting was called off on {on}, because: {reason}",
        ),
        instead=("如仍需开会，请重新召集。", "If it is needed after all, call another meeting."),
    )


def minutes_there(what: Bilingual) -> Refusal:
    return Refusal(
        "minutes.there",
        what=what,
        why=(
            "已拟写纪要，会议已经召开。",
            "its minutes are written: it was held.",
        ),
        instead=(
            "纪要印发前可以改写；要再次开会，请另行召集。",
            "The minutes can be rewritten until they are issued; for another meeting call one.",
        ),
    )


def nobody_invited() -> Refusal:
    return Refusal(
        "meeting.nobody-invited",
        what=_CALL,
        why=("没有参加单位，或单位不存在。", "no office is invited, or one does not exist."),
        instead=("请选择参加单位。", "Choose who takes part."),
    )


def text_wrong(where: Bilingual) -> Refusal:
    return Refusal(
        "mechanism.text-wrong",
        what=("不能提交", "it cannot be handed in"),
        why=(f"{where[0]}为空或过长。", f"{where[1]} is empty or too long."),
        instead=("请补充或缩短。", "Fill it in, or make it shorter."),
    )


def held_when(on: date, today: date) -> Refusal:
    return Refusal(
        "minutes.day-wrong",
        what=WRITE,
        why=(
            f"召开日应在召集（改期的，为最近一次改期）之后、不晚于今天（{on}至{today}）。",
            f"it was held after it was called or last moved, not after today ({on} to {today}).",
        ),
        instead=("请改正召开日。", "Mend the day."),
    )


def point_wrong(place: int, why: Bilingual) -> Refusal:
    return Refusal(
        "minutes.point-wrong",
        what=WRITE,
        why=(f"第{place}项：{why[0]}。", f"point {place}: {why[1]}."),
        instead=("请改正该项，其余内容仍在表中。", "Mend it; the rest is still there."),
    )


def issued_already(on: date) -> Refusal:
    return Refusal(
        "minutes.issued",
        what=WRITE,
        why=(f"纪要已于{on}印发。", f"the minutes were issued on {on}."),
        instead=(
            "议定事项要变动，请在下次会议上议定。",
            "What is to change is for the next meeting.",
        ),
    )


def changed() -> Refusal:
    return Refusal(
        "minutes.changed",
        what=_ISSUE,
        why=(
            "所签的摘要与最新一版纪要不符。",
            "the digest that was signed is not that of the latest version.",
        ),
        instead=_LOOK,
    )


def not_binding() -> Refusal:
    return Refusal(
        "point.not-binding",
        what=_REPORT,
        why=("该项所在的纪要尚未印发。", "the minutes it stands in are not issued."),
        instead=("请待印发。", "Wait until they are."),
    )


def done_already() -> Refusal:
    return Refusal(
        "point.done",
        what=_REPORT,
        why=("该项已核实完成，或已报完成待核实。", "it is done, or waits to be checked."),
        instead=_LOOK,
    )


def nothing_to_check() -> Refusal:
    return Refusal(
        "report.nothing-to-check",
        what=_CHECK,
        why=(
            "只核实报告完成且尚未核实的最近一次反馈。",
            "what is checked is the last report, if it says done and was not checked.",
        ),
        instead=_LOOK,
    )
