"""The path of a voluntary exit: its steps in order, each with the day that the task sets and that
on which it was done. Read from the acts of the case and of this room; nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from phaseout.casework.models import Act
from phaseout.exits.acts.applying import LEVELS, reviews
from phaseout.exits.models import ExitAct
from phaseout.exits.standing import ExitStanding
from phaseout.law.dismantling.missing import REFUSES
from phaseout.law.dismantling.standing import STOPPED
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `by` is its last day, itself in time, where the task sets one."""

    name: Bilingual
    who: Bilingual
    by: date | None
    done_on: date | None
    note: Bilingual = ("", "")


def path_of(exit_: ExitStanding) -> list[Step]:
    """From the application to the public notice."""
    task = next((act for act in reversed(exit_.own) if act.kind == ExitAct.Kind.TASK), None)
    days = (
        {name: date.fromisoformat(day) for name, day in task.content["days"].items()}
        if task
        else {}
    )
    office: Bilingual = ("承办机关", "the office of the case")
    company: Bilingual = ("企业", "the enterprise")
    return [
        Step(("提出申请", "application"), company, None, _on(exit_, "apply_exit")),
        *_reviews(exit_),
        Step(
            ("列入自治区任务", "entered in the task of the region"),
            office,
            None,
            task.done_on if task else None,
            (task.content["notice"],) * 2 if task else ("", ""),
        ),
        Step(("受理申请", "application accepted"), office, None, _on(exit_, "accept_application")),
        Step(
            ("断水断电或整体关停", "cut off, or the enterprise stopped"),
            ("供电企业、承办机关", "grid company, office of the case"),
            days.get("cut_off"),
            _cut(exit_),
        ),
        Step(
            ("拆除", "dismantling"), company, days.get("dismantling"), _on(exit_, "dismantle")
        ),
        Step(
            ("联合验收", "joint acceptance"),
            ("企业、县、市、牵头部门", "enterprise, county, city, lead department"),
            days.get("acceptance"),
            _on(exit_, "acceptance_passed", "verify_stopped"),
        ),
        Step(("公告", "public notice"), office, days.get("report"), _on(exit_, "publish_exit")),
    ]  # fmt: skip


def _reviews(exit_: ExitStanding) -> list[Step]:
    done = {act.item: act for act in reviews(exit_)}
    found = []
    for level, name in LEVELS.items():
        act = done.get(level)
        note: Bilingual = ("", "")
        if act is not None and act.content["opinion"] == REFUSES:
            note = (f"不同意：{act.content['reason']}", f"refused: {act.content['reason']}")
        elif act is not None and act.content["on_paper"]:
            note = (act.content["on_paper"],) * 2
        who: Bilingual = (
            ("县（市、区）主管部门", "county department")
            if level == "county"
            else ("市主管部门", "city department")
        )
        found.append(Step(name, who, None, act.done_on if act else None, note))
    return found


def _on(exit_: ExitStanding, *kinds: str) -> date | None:
    act = exit_.last(*kinds)
    return act.done_on if act is not None else None


def _cut(exit_: ExitStanding) -> date | None:
    cut: Sequence[Act | None] = [exit_.last("cut_water"), exit_.last("cut_power")]
    if all(cut):
        return max(act.done_on for act in cut if act is not None)
    return _on(exit_, *STOPPED)
