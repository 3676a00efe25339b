"""Why an act of a case is refused, where the reason is not the procedure's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from phaseout.casework.models import Act, Proposal
from phaseout.casework.models.case import Case
from phaseout.law.procedures import ActRule
from phaseout.law.refusals import Bilingual, Refusal


class ActRefusal(Refusal):
    """A refusal of an act; `about` names other things as plain data, as for cases."""

    def __init__(
        self,
        code: str,
        rule: ActRule | None,
        *,
        why: Bilingual,
        instead: Bilingual,
        about: tuple[dict[str, Any], ...] = (),
    ) -> None:
        named = rule.name if rule is not None else ("办理该行为", "do this act")
        super().__init__(
            code, what=(f"不能{named[0]}", f"cannot {named[1]}"), why=why, instead=instead
        )
        self.about = about

    def as_json(self) -> dict[str, Any]:
        return {**super().as_json(), "about": list(self.about)}


def not_yours(rule: ActRule, whose: Bilingual) -> ActRefusal:
    return ActRefusal(
        "act.of-another",
        rule,
        why=(
            f"该行为由{whose[0]}办理（{_clause(rule, 0)}），您的职务不在其内。",
            f"it is for {whose[1]} ({_clause(rule, 1)}); no post of yours is that.",
        ),
        instead=("请由其办理。", "Let them do it."),
    )


def not_yours_to_sign(rule: ActRule, whose: Bilingual) -> ActRefusal:
    return ActRefusal(
        "act.of-another",
        rule,
        why=(
            f"该行为由{whose[0]}签发，您今日没有这一职务。",
            f"it is signed by {whose[1]}; you hold no such post today.",
        ),
        instead=(
            "请由其签发；职务已到期或已收回的，由管理员重新授予。",
            "Let them sign it; a post that has ended is granted anew by the administrator.",
        ),
    )


def needs_signature(rule: ActRule, whose: Bilingual) -> ActRefusal:
    return ActRefusal(
        "act.needs-signature",
        rule,
        why=(
            "该行为须由负责人签发，经办人只能拟办。",
            "a leader must sign it; the officer prepares it.",
        ),
        instead=("请拟办后提请负责人签发。", "Prepare it and submit it for signature."),
    )


def merges_nowhere(rule: ActRule, named: str, open_cases: Sequence[str]) -> ActRefusal:
    there = "、".join(open_cases)
    return ActRefusal(
        "act.no-case-to-merge-into",
        rule,
        why=(
            f"“{named}”不是同一企业在本机关尚未结案的案件，并入后将无案可办。",
            f"“{named}” is no open case of the same enterprise here: nothing would go on.",
        ),
        instead=(
            (f"可以并入的案件：{there}。", f"It can be merged into: {', '.join(open_cases)}.")
            if open_cases
            else (
                "该企业在本机关没有其他未结案件；属其他机关的，请办理移送。",
                "There is no other open case of it in this office; for another, transfer it.",
            )
        ),
    )


def moved_on(rule: ActRule, case: Case, last: Act, words: Bilingual) -> ActRefusal:
    at = f"{last.done_on}"
    return ActRefusal(
        "act.case-moved-on",
        rule,
        why=(
            f"您打开页面之后，{last.organisation_zh}的{last.by}已于{at}办理“{words[0]}”，"
            "案件已不在您看到的位置。",
            f"since you opened the page, {last.by} of {last.organisation_en} did “{words[1]}” on "
            f"{at}; the case no longer stands where you saw it.",
        ),
        instead=("请重新查看案件后再办。", "Look at the case again first."),
        about=({"kind": "case", "id": case.pk, "zh": case.number, "en": case.number},),
    )


def reason_too_long(rule: ActRule | None, most: int) -> ActRefusal:
    return ActRefusal(
        "act.reason-too-long",
        rule,
        why=(f"说明超过{most}字。", f"the reason is over {most} characters."),
        instead=("请缩短说明，其余作为附件。", "Shorten it; attach the rest as a file."),
    )


def served_tomorrow(rule: ActRule, given: date) -> ActRefusal:
    return ActRefusal(
        "act.served-in-the-future",
        rule,
        why=(
            f"所填送达记录的日期{given}尚未到来。",
            f"the day of the record of service, {given}, is still to come.",
        ),
        instead=("请填写回证、回执或公告上的日期。", "Give the day on the receipt or the notice."),
    )


def ruled_tomorrow(rule: ActRule, given: date) -> ActRefusal:
    return ActRefusal(
        "act.ruled-in-the-future",
        rule,
        why=(
            f"所填裁定或决定的日期{given}尚未到来。",
            f"the day of the ruling, {given}, is still to come.",
        ),
        instead=("请填写文书上的日期。", "Give the day on the ruling."),
    )


def completed_tomorrow(rule: ActRule, given: date) -> ActRefusal:
    return ActRefusal(
        "act.completed-in-the-future",
        rule,
        why=(
            f"所填完成日期{given}尚未到来。",
            f"the day of completion, {given}, is still to come.",
        ),
        instead=(
            "请在实际完成后办理，填写完成当日。",
            "Do it once the work is done, with the day on which it was.",
        ),
    )


def file_unknown(rule: ActRule, digest: str) -> ActRefusal:
    return ActRefusal(
        "act.file-unknown",
        rule,
        why=(
            f"所附文件（摘要{digest[:12]}）不在证据库中。",
            f"the file of digest {digest[:12]} is not kept as evidence.",
        ),
        instead=("请先上传该文件。", "Upload it first."),
    )


def items_unknown(rule: ActRule, items: list[str]) -> ActRefusal:
    listed = "、".join(items), ", ".join(items)
    return ActRefusal(
        "act.items-unknown",
        rule,
        why=(
            f"程序表中该行为没有这些事项：{listed[0]}。",
            f"the table of the procedure gives this act no such items: {listed[1]}.",
        ),
        instead=("请去掉这些事项。", "Leave them out."),
    )


def proposal_waits(rule: ActRule, known: Proposal) -> ActRefusal:
    return ActRefusal(
        "proposal.one-waits",
        rule,
        why=(
            f"{known.prepared_by}于{known.prepared_on}拟办的同一行为正在等待签发。",
            f"the same act, prepared by {known.prepared_by} on {known.prepared_on}, waits for a "
            "signature.",
        ),
        instead=(
            "请等待签发或先撤回该拟办。",
            "Wait for the signature, or withdraw that proposal first.",
        ),
        about=({"kind": "proposal", "id": known.pk, "zh": rule.name[0], "en": rule.name[1]},),
    )


def proposal_settled(known: Proposal) -> ActRefusal:
    on: date | None = known.settled_on
    state = known.get_state_display(), known.state
    return ActRefusal(
        "proposal.settled",
        None,
        why=(
            f"该拟办已由{known.settled_by or '系统'}于{on}处理：{state[0]}。",
            f"{known.settled_by or 'the system'} settled it on {on}: {state[1]}.",
        ),
        instead=("请查看案件的最新情况。", "Look at the case as it stands."),
    )


def not_what_was_read(rule: ActRule) -> ActRefusal:
    return ActRefusal(
        "proposal.not-what-was-read",
        rule,
        why=(
            "签发所及的内容与您看到的不同，签名不生效。",
            "what would be signed is not what you read; the signature does not hold.",
        ),
        instead=("请重新阅读后再签发。", "Read it again, then sign."),
    )


def own_proposal(rule: ActRule) -> ActRefusal:
    return ActRefusal(
        "proposal.of-oneself",
        rule,
        why=("拟办人不能签发自己拟办的行为。", "nobody signs what he prepared himself."),
        instead=("请由另一位负责人签发。", "Let another leader sign."),
    )


def answer_missing() -> ActRefusal:
    return ActRefusal(
        "proposal.no-reason",
        None,
        why=("退回时没有写明理由。", "it is returned without a reason."),
        instead=("请写明退回理由。", "Say why."),
    )


def own_review(rule: ActRule, officer: Any) -> ActRefusal:
    return ActRefusal(
        "act.reviewer-investigated",
        rule,
        why=(
            f"{officer}办理了本案的调查，不能再作法制审核（审核与调查分离）。",
            f"{officer} investigated this case and cannot review it: the two are kept apart.",
        ),
        instead=("请由未参与调查的审核人员办理。", "Let a reviewer who took no part do it."),
    )


def no_decision_served(case: Case) -> ActRefusal:
    return ActRefusal(
        "act.no-decision-served",
        None,
        why=(
            f"案件{case.number}中没有已送达、尚待退出的关停决定。",
            f"in case {case.number} no decision to close that awaits the exit was served.",
        ),
        instead=(
            "请先作出并送达决定，再立退出案。",
            "Make and serve the decision first, then open the exit.",
        ),
    )


def exit_already_open(known: Case) -> ActRefusal:
    return ActRefusal(
        "act.exit-already-open",
        None,
        why=(
            f"该生产线已有未结的退出案{known.number}。",
            f"the exit {known.number} of this line is open already.",
        ),
        instead=("请在该案中办理。", "Go on in that case."),
        about=({"kind": "case", "id": known.pk, "zh": known.number, "en": known.number},),
    )


def line_exited(known: Case) -> ActRefusal:
    return ActRefusal(
        "act.line-exited",
        None,
        why=(
            f"该生产线已在案件{known.number}中退出。",
            f"this line has exited already, in case {known.number}.",
        ),
        instead=("无须再申请。", "There is nothing left to apply for."),
        about=({"kind": "case", "id": known.pk, "zh": known.number, "en": known.number},),
    )


def line_of_another() -> ActRefusal:
    return ActRefusal(
        "act.line-of-another",
        None,
        why=(
            "所填生产线不是您所代表企业的生产线。",
            "the line is not one of an enterprise for which you act.",
        ),
        instead=(
            "请选择本企业的生产线；未登记的，请先补报基础数据。",
            "Choose a line of your own; if it is not registered, have it registered first.",
        ),
    )


def _clause(rule: ActRule, language: int) -> str:
    if not rule.bases:
        return ("本系统程序表", "the table of the procedure")[language]
    citation = rule.bases[0].citation
    return citation.zh if language == 0 else citation.en
