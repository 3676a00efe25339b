"""Periods and notices in words."""

from __future__ import annotations

from datetime import date

from phaseout.accounts.organisations import office_name
from phaseout.casework.models import Case
from phaseout.casework.proceeding.standing import pinned
from phaseout.casework.tasks.wording import task_words
from phaseout.law.procedures import PROCEDURES, Period, procedure, versions
from phaseout.law.refusals import Bilingual
from phaseout.notices.models import Notice

REMINDER, OVER, LAPSE = "reminder", "over", "lapse"
ESCALATION, AMENDMENT = "escalation", "amendment"
TASKS = frozenset({"task", "urged"})


def period_of(case: Case, period: str) -> Period | None:
    """The period as the procedure of the case has it; where it was moved to a version that alone
    knows it, as that one has it."""
    known = pinned(case).periods.get(period)
    if known is not None or case.procedure not in PROCEDURES:
        return known
    for first, _ in reversed(versions(case.procedure)):
        known = procedure(case.procedure, version=first.isoformat()).periods.get(period)
        if known is not None:
            return known
    return None


def period_words(case: Case, period: str) -> Bilingual:
    known = period_of(case, period)
    return known.name if known is not None else (period, period)


def consequence(case: Case, period: str) -> Bilingual:
    """What the law makes of it when the last day is over; empty where nothing is known."""
    known = period_of(case, period)
    return known.lapse if known is not None else ("", "")


def notice_words(notice: Notice, case: Case) -> Bilingual:
    """What a notice of the case says, in one sentence."""
    if notice.kind in TASKS:
        return _of_task(notice, notice.item)
    zh, en = period_words(case, notice.about)
    day = str(notice.due) if notice.due else ""
    if notice.kind == REMINDER:
        if notice.due == notice.given_on:
            return f"“{zh}”今天是最后一日。", f"“{en}”: today is the last day."
        left = (notice.due - notice.given_on).days if notice.due else 0
        return (
            f"“{zh}”的最后一日是{day}，自{notice.given_on}起还有{left}天。",
            f"“{en}”: the last day is {day}, {left} days from {notice.given_on}.",
        )
    if notice.kind == AMENDMENT:
        return (
            f"新的休假安排公布后，“{zh}”的最后一日改算为{day}。",
            f"“{en}”: with the rest days now published its last day is counted to {day}.",
        )
    said = consequence(case, notice.about)
    if notice.kind == OVER:
        return f"“{zh}”已于{day}届满。{said[0]}。", f"“{en}” was over on {day}: {said[1]}."
    if notice.kind == ESCALATION:
        return _of_escalation(notice, case, (zh, en), day)
    return (
        f"“{zh}”已于{day}届满而未办理。{said[0]}。",
        f"“{en}” ran out on {day} and was not met: {said[1]}.",
    )


def outside_words(notice: Notice, case: Case) -> Bilingual:
    """The same as it may be said in a message: what a task is about may name the enterprise."""
    return _of_task(notice, "") if notice.kind in TASKS else notice_words(notice, case)


def _of_escalation(notice: Notice, case: Case, name: Bilingual, day: str) -> Bilingual:
    zh, en = office_name(case.office, case.division_code, notice.given_on)
    return (
        f"{zh}承办的案件，“{name[0]}”已于{day}届满，至{notice.given_on}仍未处理。",
        f"A case of {en}: “{name[1]}” ran out on {day} and was left alone until {notice.given_on}.",
    )


def _of_task(notice: Notice, item: str) -> Bilingual:
    zh, en = task_words(notice.about, item)
    step = notice.step.partition("-")[0]
    until = _until(notice.due)
    said: dict[str, Bilingual] = {
        "arisen": (f"新任务：{zh}{until[0]}。", f"New task: {en}{until[1]}."),
        "overdue": (f"任务逾期：{zh}{until[0]}。", f"Task overdue: {en}{until[1]}."),
        "returned": (f"任务被退回：{zh}，请转办或说明。", f"Task returned: {en}; send it on."),
        "reported": (f"任务已报告：{zh}。", f"Task reported on: {en}."),
        "urged": (f"催办：{zh}{until[0]}。", f"Urged: {en}{until[1]}."),
        "transferred": (f"转来任务：{zh}{until[0]}。", f"Task transferred to you: {en}{until[1]}."),
    }
    return said.get(step, (zh, en))


def _until(due: date | None) -> Bilingual:
    return (f"，办理期限{due}", f", by {due}") if due else ("", "")
