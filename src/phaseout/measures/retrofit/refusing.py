"""Why something about a retrofit project cannot be done."""

from __future__ import annotations

from phaseout.law.refusals import Bilingual, Refusal
from phaseout.measures.retrofit.models import Project

_PLAN: Bilingual = ("不能拟定改造项目", "no retrofit project can be made")
_CANNOT: Bilingual = ("不能办理", "this cannot be done")


def nothing_to_reach() -> Refusal:
    return Refusal(
        "retrofit.nothing-to-reach",
        what=_PLAN,
        why=(
            "该结论不是不达标的数值结论，或其标准没有可作目标的限值。",
            "the finding is no noncompliant figure, or its norm has no limit to aim at.",
        ),
        instead=("请从超过限值的能耗或排放结论拟定。", "Start from a figure above its limit."),
    )


def going_already(project: Project) -> Refusal:
    return Refusal(
        "retrofit.going-already",
        what=_PLAN,
        why=(
            f"该生产线在此指标上已有未结项目“{project.name}”。",
            f"a project of this line and indicator goes on: {project.name}.",
        ),
        instead=("请在该项目上办理，或先终止它。", "Go on with that one, or drop it first."),
    )


def misses_its_aim(aim: str) -> Refusal:
    return Refusal(
        "retrofit.misses-its-aim",
        what=_PLAN,
        why=(
            f"预计改造后的数值达不到所选目标（{aim}）。",
            f"the value expected does not meet the limit aimed at ({aim}).",
        ),
        instead=("请修改预计值或改选目标。", "Change the value, or aim at another limit."),
    )


def days_wrong() -> Refusal:
    return Refusal(
        "retrofit.days-wrong",
        what=_PLAN,
        why=("计划竣工早于计划开工。", "it would end before it begins."),
        instead=("请核对日期。", "Check the days."),
    )


def not_yours() -> Refusal:
    return Refusal(
        "retrofit.not-yours",
        what=_CANNOT,
        why=(
            "实施意见第（十一）项由工业和信息化部门牵头，发展改革部门和所在市配合；您的职务不在其内。",
            "clause (11) is led by the industry authority, with development and reform and the"
            " city; no post of yours is that.",
        ),
        instead=("请由其办理。", "Let them do it."),
    )


def not_now(state: Bilingual) -> Refusal:
    return Refusal(
        "retrofit.not-now",
        what=_CANNOT,
        why=(f"项目现为“{state[0]}”，不能这样办理。", f"the project is {state[1]}."),
        instead=("请查看办理记录。", "Look at what was done on it."),
    )
