"""Why something cannot be done with a task."""

from __future__ import annotations

from datetime import date

from phaseout.casework.models import TaskAct
from phaseout.law.refusals import Bilingual, Refusal

WHAT: dict[str, Bilingual] = {
    "accept": ("不能接受该任务", "the task cannot be accepted"),
    "return": ("不能退回该任务", "the task cannot be returned"),
    "report": ("不能报告该任务", "the task cannot be reported on"),
    "urge": ("不能催办该任务", "the task cannot be urged"),
    "transfer": ("不能转办该任务", "the task cannot be transferred"),
}
LONGEST_REASON = 2000
_LOOK: Bilingual = ("请重新查看该任务。", "Look at the task again.")


def of_another(kind: str, whose: Bilingual) -> Refusal:
    return Refusal(
        "task.of-another",
        what=WHAT[kind],
        why=(
            f"这由{whose[0]}办理，您的职务不在其内。",
            f"this is for {whose[1]}; no post of yours is that.",
        ),
        instead=("请由其办理。", "Let them do it."),
    )


def ended(kind: str, on: date) -> Refusal:
    return Refusal(
        "task.ended",
        what=WHAT[kind],
        why=(f"该任务已于{on}了结。", f"it came to its end on {on}."),
        instead=_LOOK,
    )


def not_now(kind: str, state: Bilingual, needs: Bilingual, last: TaskAct | None) -> Refusal:
    who: Bilingual = ("", "")
    if last is not None:
        who = (
            f"（{last.organisation_zh}的{last.by}于{last.done_on}{last.get_kind_display()}）",
            f" ({last.by} of {last.organisation_en} on {last.done_on})",
        )
    return Refusal(
        "task.not-now",
        what=WHAT[kind],
        why=(
            f"任务现为“{state[0]}”{who[0]}，{needs[0]}。",
            f"it is “{state[1]}”{who[1]}; {needs[1]}.",
        ),
        instead=_LOOK,
    )


def reason_missing(kind: str) -> Refusal:
    return Refusal(
        "task.no-reason",
        what=WHAT[kind],
        why=(
            f"没有写明说明，或说明超过{LONGEST_REASON}字。",
            f"nothing is said, or more than {LONGEST_REASON} characters.",
        ),
        instead=("请写明说明。", "Say why, or what was done."),
    )


def urged_today() -> Refusal:
    return Refusal(
        "task.urged-today",
        what=WHAT["urge"],
        why=("今天已经催办过。", "it was urged today already."),
        instead=("请明日再催，或将任务转办。", "Urge again tomorrow, or transfer the task."),
    )


def office_unknown(office: str) -> Refusal:
    return Refusal(
        "task.office-unknown",
        what=WHAT["transfer"],
        why=(
            f"“{office}”不是可以承担任务的机关，或该机关没有可以办理的人员。",
            f"{office!r} is no office that holds tasks here, or nobody of it can act.",
        ),
        instead=("请在列表中选择。", "Choose one of the list."),
    )


def file_unknown(kind: str, digest: str) -> Refusal:
    return Refusal(
        "task.file-unknown",
        what=WHAT[kind],
        why=(
            f"所附文件（摘要{digest[:12]}）不在证据库中。",
            f"the file of digest {digest[:12]} is not kept as evidence.",
        ),
        instead=("请先上传该文件。", "Upload it first."),
    )
