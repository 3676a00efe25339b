"""Why something of this room cannot be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from phaseout.accounts.powers import Role
from phaseout.coordination import refusing
from phaseout.law.refusals import Bilingual, Refusal

_LOOK: Bilingual = ("请重新查看本页。", "Look at the page again.")
_DRAW: Bilingual = ("不能拟定措施", "the measure cannot be drawn up")
_SIGN: Bilingual = ("不能签发", "it cannot be signed")
_RECORD: Bilingual = ("不能记录", "it cannot be recorded")
_DO: Bilingual = ("不能办理", "this cannot be done")


def not_yours(whose: Bilingual, role: Role | None = None) -> Refusal:
    return refusing.not_yours("supervision", 20, whose, role)


def no_such_target() -> Refusal:
    return Refusal(
        "supervision.no-such-target",
        what=_DRAW,
        why=(
            "督办对象只能是各市、县（区）人民政府或自治区主管部门，"
            "措施只能是通报、约谈、现场督查或挂牌督办。",
            "those supervised are the cities, their counties and the departments of the region; "
            "the measures are circular, summons, on-site inspection and supervised handling.",
        ),
        instead=("请重新选择。", "Choose again."),
    )


def oneself() -> Refusal:
    return Refusal(
        "supervision.oneself",
        what=_DRAW,
        why=("不能督办本机关。", "no office supervises itself."),
        instead=(
            "请由另一个牵头机关（如政府督查室）办理。",
            "Let another leading office do it, such as the inspection office of the government.",
        ),
    )


def under_way(kind: Bilingual, since: date) -> Refusal:
    return Refusal(
        "supervision.under-way",
        what=_DRAW,
        why=(
            f"对该单位的{kind[0]}已在办理中（{since}拟定）。",
            f"a {kind[1]} on that office is under way (drawn up on {since}).",
        ),
        instead=(
            "请在原措施中办理，或采取其他措施。",
            "Go on with that one, or take another measure.",
        ),
    )


def text_wrong(where: Bilingual) -> Refusal:
    return Refusal(
        "supervision.text-wrong",
        what=("不能提交", "it cannot be handed in"),
        why=(f"{where[0]}为空、过短或过长。", f"{where[1]}: empty, too short or too long."),
        instead=("请补充或缩短。", "Fill it in, or make it shorter."),
    )


def day_wrong() -> Refusal:
    return Refusal(
        "supervision.day-wrong",
        what=_DRAW,
        why=("约谈、督查的日期不能早于今天。", "the day on which it takes place is over."),
        instead=(
            "请改正日期；已拟定的由负责人不予签发后重新拟定。",
            "Mend the day; what is drawn up already is declined and drawn up anew.",
        ),
    )


def files_wrong(most: int) -> Refusal:
    return Refusal(
        "supervision.files-wrong",
        what=("不能答复", "it cannot be answered"),
        why=(
            f"附件须由答复人本人上传，最多{most}件。",
            f"files are brought by who answers, at most {most}.",
        ),
        instead=("请重新上传附件。", "Bring the files again."),
    )


def demand_wrong(place: int, why: Bilingual) -> Refusal:
    return Refusal(
        "supervision.demand-wrong",
        what=("不能提交", "it cannot be handed in"),
        why=(f"第{place}项要求：{why[0]}。", f"demand {place}: {why[1]}."),
        instead=("请改正该项，其余内容仍在表中。", "Mend it; the rest is still there."),
    )


def demands_missing() -> Refusal:
    return Refusal(
        "supervision.demands-missing",
        what=_DRAW,
        why=(
            "通报和挂牌督办至少要有一项要求及其期限。",
            "a circular and a supervised handling make at least one demand with its day.",
        ),
        instead=("请写明要求。", "Say what is demanded."),
    )


def nothing_proposed() -> Refusal:
    return Refusal(
        "supervision.nothing-proposed",
        what=("不能不采纳", "there is nothing to dismiss"),
        why=(
            "今天的指标没有对该单位提出待处理的建议。",
            "the figures of today propose nothing on that office that waits.",
        ),
        instead=_LOOK,
    )


def settled() -> Refusal:
    return Refusal(
        "supervision.settled",
        what=_SIGN,
        why=("该措施已签发，或已不予签发。", "it is signed, or was declined."),
        instead=_LOOK,
    )


def same_person() -> Refusal:
    return Refusal(
        "supervision.same-person",
        what=_SIGN,
        why=("拟定人不能签发自己拟定的措施。", "who drew it up does not sign it."),
        instead=("请由本机关另一位负责人签发。", "Let another leader of the office sign it."),
    )


def changed() -> Refusal:
    return Refusal(
        "supervision.changed",
        what=_SIGN,
        why=("所签的摘要与该措施不符。", "the digest that was signed is not that of the measure."),
        instead=_LOOK,
    )


def not_in_force() -> Refusal:
    return Refusal(
        "supervision.not-in-force",
        what=_DO,
        why=("该措施尚未签发，或未予签发。", "it is not signed, or was declined."),
        instead=("请待负责人签发。", "Wait until a leader has signed it."),
    )


def lifted_already() -> Refusal:
    return Refusal(
        "supervision.lifted",
        what=_DO,
        why=("该措施已解除。", "it is lifted."),
        instead=("需要时另行拟定措施。", "Where needed, draw up another."),
    )


def no_record() -> Refusal:
    return Refusal(
        "supervision.no-record",
        what=_RECORD,
        why=("只有约谈和现场督查要记录。", "only a summons and an inspection are recorded."),
        instead=_LOOK,
    )


def recorded_already(on: date) -> Refusal:
    return Refusal(
        "supervision.recorded",
        what=_RECORD,
        why=(f"已记录（{on}进行）。", f"it is recorded (it took place on {on})."),
        instead=_LOOK,
    )


def held_when(first: date, today: date) -> Refusal:
    return Refusal(
        "supervision.held-when",
        what=_RECORD,
        why=(
            f"日期应在签发之后、不晚于今天（{first}至{today}）。",
            f"it took place after it was signed and not after today ({first} to {today}).",
        ),
        instead=("请改正日期。", "Mend the day."),
    )


def no_hand_over() -> Refusal:
    return Refusal(
        "supervision.no-hand-over",
        what=("不能移交", "nothing can be handed over"),
        why=(
            "只有现场督查可以移交线索，且须由承担监督检查职责的机关办理（实施意见第（十六）项）。",
            "only of an on-site inspection, and by an office with a duty of clause (16).",
        ),
        instead=("请由该机关办理。", "Let such an office do it."),
    )


def no_firm() -> Refusal:
    return Refusal(
        "supervision.no-firm",
        what=("不能移交", "nothing can be handed over"),
        why=(
            "没有选择企业，或所选企业不在该单位今天的逾期案件之列。",
            "no firm is chosen, or one has no overdue case of that office today.",
        ),
        instead=("请重新选择。", "Choose again."),
    )


def answered_already() -> Refusal:
    return Refusal(
        "supervision.answered",
        what=("不能答复", "it cannot be answered"),
        why=("该项已核实完成，或已答复待核实。", "it is met, or its answer waits to be checked."),
        instead=_LOOK,
    )


def nothing_to_check() -> Refusal:
    return Refusal(
        "supervision.nothing-to-check",
        what=("不能核实", "it cannot be checked"),
        why=("该答复已核实。", "that answer was checked."),
        instead=_LOOK,
    )


def demands_open(places: Sequence[int]) -> Refusal:
    zh = "、".join(str(one) for one in places)
    return Refusal(
        "supervision.demands-open",
        what=("不能解除", "it cannot be lifted"),
        why=(
            f"第{zh}项要求尚未核实完成。" if places else "约谈或督查尚未进行并记录。",
            f"not met: demand {', '.join(map(str, places))}."
            if places
            else "what was to take place is not recorded.",
        ),
        instead=("请待全部要求核实完成。", "Wait until everything is met."),
    )
