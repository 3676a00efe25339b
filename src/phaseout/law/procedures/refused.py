"""What is refused about procedures and their versions, and about what an act carries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from phaseout.law.procedures.citing import cited
from phaseout.law.procedures.records import ActRule, Bring, Procedure
from phaseout.law.procedures.rows import citation
from phaseout.law.refusals import Bilingual, Refusal


def what(rule: ActRule) -> Bilingual:
    return (f"不能“{rule.name[0]}”", f"cannot do “{rule.name[1]}”")


def no_procedure(name: str, known: Sequence[str]) -> Refusal:
    listed = ", ".join(known)
    return Refusal(
        "procedure.unknown",
        what=(f"没有名为“{name}”的程序", f"there is no procedure {name!r}"),
        why=(f"现有程序：{listed}。", f"the procedures are {listed}."),
        instead=("请给出其中之一。", "Name one of them."),
    )


def no_version(name: str, wanted: str, first: date) -> Refusal:
    return Refusal(
        "procedure.no-version",
        what=(f"没有{wanted}的“{name}”程序版本", f"there is no version of {name!r} for {wanted}"),
        why=(
            f"本系统的程序表自{first}起（实施意见为2017年文件）。",
            f"our tables begin on {first} (the Opinions are of 2017).",
        ),
        instead=(
            "请核对日期；此前的案件由法制部门依当时的规定办理。",
            "Check the date; earlier cases are for the legal office by the law of their time.",
        ),
    )


def unknown_act(procedure: Procedure, kind: str) -> Refusal:
    given = procedure.not_given.get(kind)
    if given is None:
        return Refusal(
            "act.unknown",
            what=(f"不能办理“{kind}”", f"cannot do {kind!r}"),
            why=(
                f"{procedure.title[0]}（{procedure.version}版）没有这一行为。",
                f"the {procedure.title[1]} (version {procedure.version}) has no such act.",
            ),
            instead=("请从可以办理的行为中选择。", "Choose one of the acts that may be done."),
        )
    basis = citation(given.source_id, given.clause, given.confidence)
    return Refusal(
        "act.not-given",
        what=(f"{procedure.title[0]}不能办理“{kind}”", f"{procedure.title[1]}: no {kind!r}"),
        why=(f"{basis.zh}：{given.why_zh}", f"{cited(basis, 1)}: {given.why_en}"),
        instead=(given.instead_zh, given.instead_en),
    )


def out_of_order(rule: ActRule, on: date, last: date) -> Refusal:
    return Refusal(
        "act.out-of-order",
        what=what(rule),
        why=(
            f"行为日期{on}早于上一行为的日期{last}。",
            f"its day {on} lies before that of the act before it, {last}.",
        ),
        instead=(
            "请核对日期；漏记的行为以更正行为补记。",
            "Check the day; what was left out is recorded by an act of correction.",
        ),
    )


def item_missing(rule: ActRule, brings: Sequence[Bring]) -> Refusal:
    zh = "、".join(b.name[0] for b in brings)
    en = ", ".join(f"{b.name[1]} ({b.item})" for b in brings)
    return Refusal(
        "act.item-missing",
        what=what(rule),
        why=(f"案卷缺少：{zh}。", f"what must be on file is missing: {en}."),
        instead=("请补齐后再办理。", "Add it and do the act again."),
    )


def item_wrong(rule: ActRule, bring: Bring, value: object) -> Refusal:
    return Refusal(
        "act.item-wrong",
        what=what(rule),
        why=(
            f"“{bring.name[0]}”应为{bring.type}，给出的是{value!r}。",
            f"{bring.name[1]} ({bring.item}) must be of type {bring.type}, not {value!r}.",
        ),
        instead=("请更正后再办理。", "Correct it and do the act again."),
    )


def no_service_day(rule: ActRule) -> Refusal:
    return Refusal(
        "act.service-day-missing",
        what=what(rule),
        why=(
            "期间自送达之日起算，未写明送达日。",
            "its period runs from service, and no day is given.",
        ),
        instead=(
            "请写明送达日（公告送达为期满之日）。",
            "Give the day of service (for a public notice: the day its time has run).",
        ),
    )


def served_before_made(rule: ActRule, served: date, made: date) -> Refusal:
    return Refusal(
        "act.served-before-made",
        what=what(rule),
        why=(f"送达日{served}早于文书作出日{made}。", f"served on {served}, made on {made}."),
        instead=("请核对送达回证。", "Check the receipt of service."),
    )


def too_late_before(rule: ActRule, latest: object, given: object, name: Bilingual) -> Refusal:
    return Refusal(
        "act.too-late-before",
        what=what(rule),
        why=(
            f"“{name[0]}”最迟在{latest}届满：应在该日或之前送达或告知，实际为{given}。",
            f"{name[1]}: it had to be served or told on {latest} at the latest; it was {given}.",
        ),
        instead=("请另定较晚的日期。", "Set a later day."),
    )


def points_unanswered(rule: ActRule, points: Sequence[str]) -> Refusal:
    listed = "；".join(points)
    return Refusal(
        "act.points-unanswered",
        what=what(rule),
        why=(f"以下要点没有答复：{listed}。", f"these points have no answer: {listed}."),
        instead=("请逐条答复。", "Answer every point."),
    )


def longer_than_term(rule: ActRule, given: int, longest: int) -> Refusal:
    return Refusal(
        "act.longer-than-term",
        what=what(rule),
        why=(
            f"最长为{longest}个月，给出的是{given}个月。",
            f"it is {longest} months at most, not {given}.",
        ),
        instead=(f"请改为1至{longest}个月。", f"Make it 1 to {longest} months."),
    )


def unknown_task(rule: ActRule, licence: object, known: Sequence[str]) -> Refusal:
    listed = "、".join(known)
    return Refusal(
        "act.task-unknown",
        what=what(rule),
        why=(
            f"没有针对“{licence}”的未办任务；未办的有：{listed or '无'}。",
            f"no task is open for {licence!r}; open are: {listed or 'none'}.",
        ),
        instead=("请核对证照名称。", "Check the name of the licence."),
    )


def not_a_newer_version(rule: ActRule, version: str, now: str) -> Refusal:
    return Refusal(
        "act.not-a-newer-version",
        what=what(rule),
        why=(
            f"案件现用{now}版；{version}版不是此后已生效的版本。",
            f"the case has the version of {now}; {version} is none that has come into force since.",
        ),
        instead=("请给出当日有效的较新版本。", "Name the newer version in force on the day."),
    )
