"""Why something of this room cannot be done."""

from __future__ import annotations

from phaseout.accounts.powers import ROLE_WORDS, Role
from phaseout.inspections.models import InspectionAct
from phaseout.law.refusals import Bilingual, Refusal

_LOOK: Bilingual = ("请重新查看本页。", "Look at the page again.")


def not_yours(role: Role) -> Refusal:
    zh, en = ROLE_WORDS[role]
    return Refusal(
        "inspection.not-yours",
        what=("不能办理", "this cannot be done"),
        why=(
            f"须由承办部门的{zh}办理，您的职务不在其内。",
            f"it is for the {en} of the department; no post of yours is that.",
        ),
        instead=("请由其办理。", "Let them do it."),
    )


def no_reason() -> Refusal:
    return Refusal(
        "inspection.no-reason",
        what=("不能办理", "this cannot be done"),
        why=("没有写明理由，或理由过长。", "no reason is given, or it is too long."),
        instead=("请写明理由。", "Give the reason."),
    )


def no_such_firm(uscc: str) -> Refusal:
    return Refusal(
        "inspection.no-such-firm",
        what=("不能申报回避", "no conflict of interest can be declared"),
        why=(
            f"在您检查的范围内没有统一社会信用代码为{uscc}的企业。",
            f"no enterprise that you may inspect bears the code {uscc}.",
        ),
        instead=(
            "请在企业页面核对代码后再申报；代码写错的，抽取时不会回避。",
            "Check the code on the firm's page: with a wrong one the draw leaves nothing out.",
        ),
    )


def recused() -> Refusal:
    return Refusal(
        "inspection.recused",
        what=("不必再次申报", "this need not be declared again"),
        why=("您已就该企业申报回避。", "you have declared a conflict with this firm before."),
        instead=("该申报一直有效。", "It goes on holding."),
    )


_PLAN: Bilingual = ("不能拟定该计划", "the plan cannot be made")
_APPROVE: Bilingual = ("不能批准该计划", "the plan cannot be approved")
_DRAW: Bilingual = ("不能抽取", "nothing can be drawn")


def nothing_planned() -> Refusal:
    return Refusal(
        "plan.nothing-planned",
        what=_PLAN,
        why=("没有填写任何行业的企业数。", "no industry has a number of firms."),
        instead=("请至少填写一个行业。", "Fill in at least one."),
    )


def line_wrong(place: int, why: Bilingual) -> Refusal:
    return Refusal(
        "plan.line-wrong",
        what=_PLAN,
        why=(f"第{place}行：{why[0]}。", f"line {place}: {why[1]}."),
        instead=("请改正该行。", "Mend that line."),
    )


def plan_changed() -> Refusal:
    return Refusal(
        "plan.changed",
        what=_APPROVE,
        why=("所签的摘要与该计划不符。", "the digest that was signed is not the plan's."),
        instead=_LOOK,
    )


def plan_own() -> Refusal:
    return Refusal(
        "plan.own",
        what=_APPROVE,
        why=("拟定人不能批准自己的计划。", "who made a plan does not approve it."),
        instead=("请由另一位负责人批准。", "Let another leader do it."),
    )


def plan_approved(act: InspectionAct) -> Refusal:
    return Refusal(
        "plan.approved",
        what=_APPROVE,
        why=(
            f"{act.by}已于{act.done_on}批准。",
            f"{act.by} approved it on {act.done_on}.",
        ),
        instead=_LOOK,
    )


def plan_succeeded() -> Refusal:
    return Refusal(
        "plan.succeeded",
        what=_APPROVE,
        why=("已有更新的版次。", "there is a later version."),
        instead=("请查看最新版次。", "Look at the latest version."),
    )


def plan_not_in_force() -> Refusal:
    return Refusal(
        "draw.plan-not-in-force",
        what=_DRAW,
        why=(
            "该计划未经批准，或已被后一版次代替。",
            "the plan is not approved, or a later version has taken its place.",
        ),
        instead=("请从已批准的最新版次抽取。", "Draw from the latest approved version."),
    )


def number_wrong(left: int) -> Refusal:
    return Refusal(
        "draw.number-wrong",
        what=_DRAW,
        why=(f"该行业还可抽取{left}家。", f"{left} more firms can be drawn for this line."),
        instead=("请改正数目。", "Mend the number."),
    )


def too_few(there: int, wanted: int, uscc: str) -> Refusal:
    firm: Bilingual = (
        (f"企业{uscc}的检查人员", f"inspectors for {uscc}")
        if uscc
        else (
            "候选企业",
            "candidate firms",
        )
    )
    return Refusal(
        "draw.too-few",
        what=_DRAW,
        why=(
            f"{firm[0]}只有{there}名（家），需要{wanted}，且其中须有本部门人员。",
            f"only {there} {firm[1]}, {wanted} are needed, one of the department itself.",
        ),
        instead=(
            "请增派检查人员或减少数目。",
            "Have more inspectors appointed, or draw fewer.",
        ),
    )


_ASSIGN: Bilingual = ("不能派出检查", "inspectors cannot be sent")
_RECORD: Bilingual = ("不能提交检查记录", "the record cannot be handed in")
_TIP: Bilingual = ("不能办理该举报投诉", "this cannot be done with the tip")


def assigned() -> Refusal:
    return Refusal(
        "assign.done",
        what=_ASSIGN,
        why=("该次抽取已经派出。", "inspectors have been sent for this draw."),
        instead=_LOOK,
    )


def days_wrong(longest: int) -> Refusal:
    return Refusal(
        "assign.days-wrong",
        what=_ASSIGN,
        why=(
            f"首日不能早于今天；每天1至20家；每家1至{longest}天。",
            f"not before today; 1 to 20 firms a day; 1 to {longest} days each.",
        ),
        instead=("请改正。", "Mend it."),
    )


_REASSIGN: Bilingual = ("不能改派", "nobody else can be sent")


def reassigned_late() -> Refusal:
    return Refusal(
        "reassign.recorded",
        what=_REASSIGN,
        why=(
            "检查记录已提交，签署的须是到场检查的人员。",
            "the record is handed in; who signs it must have been there.",
        ),
        instead=("请由原检查人员签署。", "Let those who went sign it."),
    )


def reassign_wrong(why: Bilingual) -> Refusal:
    return Refusal(
        "reassign.wrong",
        what=_REASSIGN,
        why=(f"{why[0]}。", f"{why[1]}."),
        instead=("请另选人员。", "Choose somebody else."),
    )


def of_others() -> Refusal:
    return Refusal(
        "record.of-others",
        what=_RECORD,
        why=("您不是该次检查的检查人员。", "you are not an inspector of this visit."),
        instead=("请由检查人员办理。", "Let its inspectors do it."),
    )


def before_it_was_to_begin(begins: object) -> Refusal:
    return Refusal(
        "record.before-it-begins",
        what=_RECORD,
        why=(
            f"本次检查派出的日期自{begins}起，所填检查日在此之前或没有填写。",
            f"the inspectors were sent from {begins} on: the day given is before it, or missing.",
        ),
        instead=(
            "请填写实际到场的日期；确有必要提前检查的，另行派出。",
            "Give the day of the visit; an earlier one needs an assignment of its own.",
        ),
    )


def too_early(day: object) -> Refusal:
    return Refusal(
        "record.too-early",
        what=_RECORD,
        why=(f"检查日{day}尚未到。", f"the day of the visit, {day}, has not come."),
        instead=("请在检查当日或之后提交。", "Hand it in on the day of the visit, or after."),
    )


def recorded(by: str, on: object) -> Refusal:
    return Refusal(
        "record.done",
        what=_RECORD,
        why=(f"{by}已于{on}提交记录。", f"{by} handed in the record on {on}."),
        instead=("请查看并签署该记录。", "Look at that record and sign it."),
    )


def answers_wrong(wrong: list[Bilingual]) -> Refusal:
    return Refusal(
        "record.answers-wrong",
        what=_RECORD,
        why=("；".join(zh for zh, _ in wrong) + "。", "; ".join(en for _, en in wrong) + "."),
        instead=(
            "请改正后再提交；草稿已保存。",
            "Mend it and hand it in again; the draft is kept.",
        ),
    )


def record_changed() -> Refusal:
    return Refusal(
        "record.changed",
        what=("不能签署", "it cannot be signed"),
        why=("所签的摘要与记录不符。", "the digest that was signed is not the record's."),
        instead=_LOOK,
    )


def signed_already() -> Refusal:
    return Refusal(
        "record.signed",
        what=("不必再次签署", "it need not be signed again"),
        why=("您已签署该记录。", "you have signed this record."),
        instead=_LOOK,
    )


def too_often() -> Refusal:
    return Refusal(
        "tip.too-often",
        what=("暂不能提交", "it cannot be taken now"),
        why=(
            "今天从这一网络地址提交的次数已满。",
            "too many came from this network address today.",
        ),
        instead=("请明天再试，或直接联系承办部门。", "Try again tomorrow, or call the department."),
    )


def tip_incomplete(why: Bilingual) -> Refusal:
    return Refusal(
        "tip.incomplete",
        what=_TIP,
        why=(f"{why[0]}。", f"{why[1]}."),
        instead=("请补充。", "Add it."),
    )


def tip_settled(by: str, on: object) -> Refusal:
    return Refusal(
        "tip.settled",
        what=_TIP,
        why=(f"{by}已于{on}作出处理。", f"{by} settled it on {on}."),
        instead=_LOOK,
    )
