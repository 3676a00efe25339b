"""Why something of this room cannot be done."""

from __future__ import annotations

from datetime import date

from phaseout.accounts.powers import Role
from phaseout.coordination import refusing
from phaseout.law.planning import Within
from phaseout.law.refusals import Bilingual, Refusal

_LOOK: Bilingual = ("请重新查看本页。", "Look at the page again.")
_DRAFT: Bilingual = ("不能拟定该方案", "the plan cannot be drafted")
_CONSULT: Bilingual = ("不能征求意见", "nobody can be consulted now")
_REPLY: Bilingual = ("不能反馈意见", "no opinion can be given")
_SUBMIT: Bilingual = ("不能报请审定", "it cannot be submitted")
_ADOPT: Bilingual = ("不能审定", "it cannot be adopted")


def not_yours(whose: Bilingual, role: Role | None = None) -> Refusal:
    return refusing.not_yours("plan", 19, whose, role)


def year_wrong(first: int, last: int) -> Refusal:
    return Refusal(
        "plan.year-wrong",
        what=_DRAFT,
        why=(
            f"只能拟定{first}年或{last}年的方案：方案管当年，过去的年度不再变动。",
            f"a plan is for {first} or {last}: it is for its year; a past year stands.",
        ),
        instead=("请改正年度。", "Mend the year."),
    )


def nothing_found(on: date) -> Refusal:
    return Refusal(
        "plan.nothing-found",
        what=_DRAFT,
        why=(
            f"截至{on}没有可列入的生产线：没有在办案件，也没有确定的不达标认定。",
            f"as of {on} no line can be planned: no case is open and none stands outdated.",
        ),
        instead=("请先判定或立案，或写明理由列入生产线。", "Judge or open cases first."),
    )


def no_reason() -> Refusal:
    return Refusal(
        "plan.no-reason",
        what=("不能修改", "it cannot be changed"),
        why=(
            "数据由认定和案件算出，修改的每一处都须写明理由。",
            "what was computed from findings and cases is changed with a reason only.",
        ),
        instead=("请写明理由。", "Give the reason."),
    )


def edit_wrong(where: str, why: Bilingual) -> Refusal:
    return Refusal(
        "plan.edit-wrong",
        what=_DRAFT,
        why=(f"{where}：{why[0]}。", f"{where}: {why[1]}."),
        instead=("请改正该处，其余修改仍在表中。", "Mend it; the other changes are still there."),
    )


def waits_for_adoption() -> Refusal:
    return Refusal(
        "plan.submitted",
        what=_DRAFT,
        why=("已有一稿报请审定。", "a draft is before the government."),
        instead=("请待审定，或由人民政府退回后修改。", "Wait, or have it sent back first."),
    )


def not_the_latest() -> Refusal:
    return Refusal(
        "plan.not-latest",
        what=("不能办理", "this cannot be done"),
        why=("已有更新的一稿。", "there is a later draft."),
        instead=("请查看最新稿。", "Look at the latest draft."),
    )


def changed() -> Refusal:
    return Refusal(
        "plan.changed",
        what=("不能办理", "this cannot be done"),
        why=("所签的摘要与该稿不符。", "the digest that was signed is not the draft's."),
        instead=_LOOK,
    )


def not_asked_everybody(left: Bilingual) -> Refusal:
    return Refusal(
        "consultation.incomplete",
        what=_CONSULT,
        why=(
            f"第（十九）项所列部门须全部征求意见，尚缺：{left[0]}。",
            f"all departments named in clause (19) are asked; missing: {left[1]}.",
        ),
        instead=("请补全。", "Add them."),
    )


def day_wrong(most: Within | None) -> Refusal:
    until = ("", "") if most is None else (f"、不晚于{most.last}", f" and not after {most.last}")
    why = ("", "") if most is None else most.reason
    return Refusal(
        "consultation.day-wrong",
        what=_CONSULT,
        why=(
            f"反馈截止日须在今天之后{until[0]}。{why[0]}",
            f"the last day lies after today{until[1]}. {why[1]}".rstrip(),
        ),
        instead=("请改正反馈截止日。", "Give another last day."),
    )


def already_consulting(last_day: date) -> Refusal:
    return Refusal(
        "consultation.going-on",
        what=_CONSULT,
        why=(f"正在征求意见，至{last_day}。", f"one is going on until {last_day}."),
        instead=("请待其结束。", "Wait until it is over."),
    )


def adopted_already() -> Refusal:
    return Refusal(
        "plan.adopted",
        what=("不能办理", "this cannot be done"),
        why=("该稿已经印发。", "this draft is adopted."),
        instead=("要调整请拟定新的一稿。", "To change it, draft anew."),
    )


def consultation_over(last_day: date) -> Refusal:
    return Refusal(
        "consultation.over",
        what=_REPLY,
        why=(
            f"反馈截止日{last_day}已过，未反馈的视为无意见。",
            f"the last day {last_day} is over; silence is taken as no objection.",
        ),
        instead=("请与牵头部门联系。", "Speak to the department in the lead."),
    )


def not_asked() -> Refusal:
    return Refusal(
        "consultation.not-asked",
        what=_REPLY,
        why=("您所在的部门不在征求意见之列。", "your department was not asked."),
        instead=_LOOK,
    )


def replied_already() -> Refusal:
    return Refusal(
        "consultation.replied",
        what=_REPLY,
        why=("您所在的部门已经反馈。", "your department has replied."),
        instead=_LOOK,
    )


def point_wrong() -> Refusal:
    return Refusal(
        "consultation.point-wrong",
        what=_REPLY,
        why=("意见过长或过多。", "a point is too long, or there are too many."),
        instead=("每条至多2000字，至多50条。", "2,000 characters a point, 50 points."),
    )


def answered_already() -> Refusal:
    return Refusal(
        "opinion.answered",
        what=("不能再次答复", "it cannot be answered again"),
        why=("该条意见已答复。", "the point has its answer."),
        instead=_LOOK,
    )


def answer_wrong() -> Refusal:
    return Refusal(
        "opinion.answer-wrong",
        what=("不能答复", "it cannot be answered so"),
        why=(
            "未采纳或部分采纳的意见须说明理由。",
            "what is not followed, or not wholly, needs its reason.",
        ),
        instead=("请写明理由。", "Give the reason."),
    )


def not_consulted() -> Refusal:
    return Refusal(
        "plan.not-consulted",
        what=_SUBMIT,
        why=(
            "尚未征求各部门意见，或征求意见尚未结束（实施意见第（十九）项：联合各部门制订）。",
            "the departments were not consulted, or have time left (clause (19)).",
        ),
        instead=("请先征求意见。", "Consult them first."),
    )


def unanswered(count: int) -> Refusal:
    return Refusal(
        "plan.opinions-unanswered",
        what=_SUBMIT,
        why=(f"还有{count}条意见没有答复。", f"{count} points have no answer."),
        instead=("请逐条答复。", "Answer them one by one."),
    )


def submitted_already() -> Refusal:
    return Refusal(
        "plan.submitted-already",
        what=_SUBMIT,
        why=("该稿已报请审定。", "this draft is before the government."),
        instead=_LOOK,
    )


def sent_back() -> Refusal:
    return Refusal(
        "plan.sent-back",
        what=_SUBMIT,
        why=("该稿已被退回修改。", "this draft was sent back."),
        instead=("请拟定新的一稿。", "Draft anew."),
    )


def not_submitted() -> Refusal:
    return Refusal(
        "plan.not-submitted",
        what=_ADOPT,
        why=("该稿没有报请审定，或已退回。", "it was not submitted, or was sent back."),
        instead=_LOOK,
    )


def no_document() -> Refusal:
    return Refusal(
        "plan.no-document",
        what=_ADOPT,
        why=("没有文号，或文号过长。", "the document has no number, or it is too long."),
        instead=("请填写印发文号。", "Give the number of the document."),
    )
