"""Why something of this room cannot be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from phaseout.law.dismantling import Missing, Problem
from phaseout.law.refusals import Bilingual, Refusal

_LOOK: Bilingual = ("请重新查看本页。", "Look at the page again.")
_PLAN: Bilingual = ("不能拟定该方案", "the plan cannot be made")
_RECORD: Bilingual = ("不能收下该记录", "the record is not taken")
_SIGN: Bilingual = ("不能签署", "it cannot be signed")
_SHEET: Bilingual = ("不能提请联合验收", "joint acceptance cannot be asked for")
_PUT_OFF: Bilingual = ("不能列入关停未拆除", "it cannot be entered as closed and not dismantled")
_DO: Bilingual = ("不能办理", "this cannot be done")


def not_yours(what: Bilingual = _DO) -> Refusal:
    return Refusal(
        "exit.not-yours",
        what=what,
        why=(
            "须由承办机关（现场记录也可由所在市）的经办人或检查人员办理。",
            "it is for an officer or inspector of the case's office (records: or of its city).",
        ),
        instead=("请由其办理。", "Let them do it."),
    )


def not_under_way(stage: Bilingual, closed_on: date | None) -> Refusal:
    if closed_on is not None:
        return Refusal(
            "exit.not-under-way",
            what=_DO,
            why=(
                f"案件已于{closed_on}结案（{stage[0]}），没有正在进行的退出。",
                f"the case was closed on {closed_on} ({stage[1]}): no exit is under way.",
            ),
            instead=(
                "余下的产能须退出的，另立退出案。",
                "Open another exit for what is left, if it has to go.",
            ),
        )
    return Refusal(
        "exit.not-under-way",
        what=_DO,
        why=(
            f"案件处于“{stage[0]}”，没有正在进行的退出。",
            f"the case stands at “{stage[1]}”: no exit is under way.",
        ),
        instead=(
            "请先办理案件的前一步（决定送达或受理申请）。",
            "Do the step of the case before it (service of the decision, or acceptance).",
        ),
    )


def not_reviewed(lacking: Sequence[tuple[Bilingual, bool]]) -> Refusal:
    """`lacking`: what the review is called, and whether it has refused the application."""
    refused = [words for words, no in lacking if no]
    zh = "、".join(f"{words[0]}{'未同意' if no else '尚未办理'}" for words, no in lacking)
    en = ", ".join(f"{words[1]} {'refused' if no else 'not given'}" for words, no in lacking)
    return Refusal(
        "apply.not-reviewed",
        what=("不能受理退出申请", "the application cannot be accepted"),
        why=(f"退出申请须经县、市审核同意：{zh}。", f"county and city must have agreed: {en}."),
        instead=(
            ("请不予受理，或由企业撤回后重新申请。", "Refuse it, or let it be withdrawn.")
            if refused
            else (
                "请由县、市在退出实施的申请页审核（市可代县录入来函）。",
                "Let county and city review it on the page of the application.",
            )
        ),
    )


def plan_wrong(wrong: Iterable[Bilingual]) -> Refusal:
    texts = list(wrong)
    return Refusal(
        "plan.items-wrong",
        what=_PLAN,
        why=("；".join(zh for zh, _ in texts) + "。", "; ".join(en for _, en in texts) + "."),
        instead=("请改正后再提交。", "Mend it and send it again."),
    )


def plan_changed() -> Refusal:
    return Refusal(
        "plan.changed",
        what=_PLAN,
        why=(
            "您打开页面之后，已有新的方案版次。",
            "since you opened the page there is a later version.",
        ),
        instead=("请在最新版次上修改。", "Change the latest version."),
    )


def no_plan() -> Refusal:
    return Refusal(
        "exit.no-plan",
        what=_DO,
        why=("还没有退出方案。", "there is no plan yet."),
        instead=("请先拟定方案。", "Make the plan first."),
    )


class PlanMoved(Refusal):
    """The office changed the plan while somebody was on the spot: `then` and `now` show the item
    as the person saw it and as it is (None: it is no longer there)."""

    def __init__(
        self, plan: str, version: int, then: Mapping[str, Any], now: Mapping[str, Any] | None
    ) -> None:
        self.plan, self.version = plan, version
        self.then, self.now = then, now
        super().__init__(
            "record.plan-changed",
            what=_RECORD,
            why=(
                f"离开网络期间方案已改为第{version}版，该项目的要求有变。",
                f"while you were without network the plan became version {version}: the item is "
                "another one now.",
            ),
            instead=(
                "请对照前后两版，决定按新方案提交或放弃。",
                "Compare the two and decide: send it under the new plan, or give it up.",
            ),
        )

    def as_json(self) -> dict[str, Any]:
        return {
            **super().as_json(),
            "plan": self.plan,
            "version": self.version,
            "then": dict(self.then),
            "now": dict(self.now) if self.now is not None else None,
        }


def record_wrong(found: Iterable[Problem]) -> Refusal:
    told = list(found)
    return Refusal(
        "record.wrong",
        what=_RECORD,
        why=("；".join(one.zh for one in told) + "。", "; ".join(one.en for one in told) + "."),
        instead=("请补齐后再提交。", "Add what lacks and send it again."),
    )


def record_when(why: Bilingual) -> Refusal:
    return Refusal(
        "record.when",
        what=_RECORD,
        why=why,
        instead=("请核对手机的日期和时间。", "Check the day and the time of the phone."),
    )


def unreadable(why: Bilingual) -> Refusal:
    return Refusal(
        "record.unreadable",
        what=_RECORD,
        why=why,
        instead=("请从现场记录页面重新提交。", "Send it again from the page."),
    )


def file_differs(name: str) -> Refusal:
    return Refusal(
        "record.file-differs",
        what=_RECORD,
        why=(
            f"“{name}”与手机上记录的摘要不符，传输中有损坏。",
            f"{name!r} has not the digest the phone noted: it was damaged on the way.",
        ),
        instead=("请重新发送。", "Send it again."),
    )


def of_another(name: str) -> Refusal:
    return Refusal(
        "record.of-another",
        what=_RECORD,
        why=(
            f"该记录由{name}所作，现在登录的不是本人。",
            f"the record was made by {name}, who is not signed in.",
        ),
        instead=("请由记录人登录后发送。", "Let that person sign in and send it."),
    )


def incomplete(act: Bilingual, lacking: Iterable[Missing]) -> Refusal:
    told = list(lacking)
    return Refusal(
        "exit.incomplete",
        what=(f"不能办理“{act[0]}”", f"“{act[1]}” cannot be done"),
        why=(
            "退出方案尚缺：" + "；".join(one.zh for one in told) + "。",
            "the plan still lacks: " + "; ".join(one.en for one in told) + ".",
        ),
        instead=(
            "请在退出实施页面补齐记录；确不适用的，修改方案并写明理由。",
            "Add the records on the page of the exit; what does not apply is left out in the plan, "
            "with the reason.",
        ),
    )


def nothing_to_bring(kind: str) -> Refusal:
    return Refusal(
        "exit.not-brought-here",
        what=_DO,
        why=(
            f"“{kind}”不从退出实施页面办理。",
            f"{kind!r} is not done from the page of the exit.",
        ),
        instead=("请在案件页面办理。", "Do it on the page of the case."),
    )


def sheet_not_yet(lacking: Iterable[Missing]) -> Refusal:
    told = list(lacking)
    return Refusal(
        "sheet.not-yet",
        what=_SHEET,
        why=(
            "尚缺：" + "；".join(one.zh for one in told) + "。",
            "still lacking: " + "; ".join(one.en for one in told) + ".",
        ),
        instead=("请补齐后再提请。", "Add it, then ask."),
    )


def sheet_stage() -> Refusal:
    return Refusal(
        "sheet.stage",
        what=_SHEET,
        why=(
            "案件尚未记录“拆除”，或整体关停尚未办理。",
            "neither “dismantle” nor the stop of the enterprise is on file in the case.",
        ),
        instead=("请先办理该行为。", "Do that act first."),
    )


def names_missing() -> Refusal:
    return Refusal(
        "sheet.names-missing",
        what=_SHEET,
        why=("没有写明每一方的名称。", "not every party has its name."),
        instead=("请逐一填写。", "Fill in each."),
    )


def sheet_changed() -> Refusal:
    return Refusal(
        "sign.changed",
        what=_SIGN,
        why=(
            "所签的摘要不是现在提请验收的内容。",
            "the digest that was signed is not that of the sheet laid out now.",
        ),
        instead=_LOOK,
    )


def sign_wrong(wrong: Iterable[Bilingual]) -> Refusal:
    texts = list(wrong)
    return Refusal(
        "sign.incomplete",
        what=_SIGN,
        why=("；".join(zh for zh, _ in texts) + "。", "; ".join(en for _, en in texts) + "."),
        instead=("请补齐后再签署。", "Add it and sign again."),
    )


def signed_already(party: Bilingual) -> Refusal:
    return Refusal(
        "sign.done",
        what=_SIGN,
        why=(f"{party[0]}已对本次验收签署意见。", f"{party[1]} has signed this sheet."),
        instead=(
            "不同意的，整改后重新提请联合验收。",
            "After a refusal: mend it, then ask for joint acceptance anew.",
        ),
    )


def put_off_wrong(why: Bilingual, instead: Bilingual) -> Refusal:
    return Refusal("put-off.not-open", what=_PUT_OFF, why=why, instead=instead)
