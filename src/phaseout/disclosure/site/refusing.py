"""Why something of this room cannot be done."""

from __future__ import annotations

from datetime import date

from phaseout.law.refusals import Refusal

_NOT_TAKEN = ("没有收下", "it was not taken")


def message_incomplete(why: tuple[str, str]) -> Refusal:
    return Refusal(
        "message.incomplete",
        what=_NOT_TAKEN,
        why=(f"{why[0]}。", f"{why[1]}."),
        instead=("请补充后再提交。", "Complete it and send it again."),
    )


def too_many_reports() -> Refusal:
    return Refusal(
        "public.too-many-reports",
        what=_NOT_TAKEN,
        why=(
            "从这一网络地址提交的次数过多（每小时5次，每天10次）。您填写的内容仍在本页。",
            "too many came from this network address (5 an hour, 10 a day). What you wrote is "
            "still on this page.",
        ),
        instead=(
            "请过一小时再提交，或直接联系承办部门。",
            "Send it in an hour, or call the department.",
        ),
    )


def looks_made_by_a_program() -> Refusal:
    return Refusal(
        "public.looks-automatic",
        what=_NOT_TAKEN,
        why=(
            "“请留空”一栏填写了内容，像是程序自动填写的。",
            "the field that is to be left empty was filled in, as programs do.",
        ),
        instead=("请清空该栏再提交。", "Empty that field and send it again."),
    )


def not_your_message() -> Refusal:
    return Refusal(
        "message.not-yours",
        what=("不能答复", "it cannot be answered"),
        why=(
            "须由承办来信的机关的经办人或负责人答复。",
            "an officer or the head of the office that handles it answers.",
        ),
        instead=("请由其答复。", "Let them answer."),
    )


def no_answer_written() -> Refusal:
    return Refusal(
        "message.no-answer",
        what=("不能答复", "it cannot be answered"),
        why=(
            "没有写明答复，或超过2000字。",
            "no answer is written, or it is over 2000 characters.",
        ),
        instead=("请写明答复。", "Write the answer."),
    )


def answered_before(who: str, on: date) -> Refusal:
    return Refusal(
        "message.answered",
        what=("不必再次答复", "this need not be answered again"),
        why=(f"{who}已于{on}答复。", f"{who} answered it on {on}."),
        instead=("请重新查看本页。", "Look at the page again."),
    )
