"""Why a case cannot be opened, in words for the officer, with links as data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from phaseout.casework.cases.basis import opinions_words
from phaseout.law.refusals import Bilingual, Refusal

WHAT = ("不能立案", "no case can be opened")


class CaseRefusal(Refusal):
    """A refusal that also says what it is about: rows to confirm, conditions, findings, a case.

    `about` holds plain data: `kind` (finding, norm_row, condition, case), `id`, words `zh`, `en`.
    """

    def __init__(
        self, code: str, *, why: Bilingual, instead: Bilingual, about: Iterable[dict[str, Any]] = ()
    ) -> None:
        super().__init__(code, what=WHAT, why=why, instead=instead)
        self.about = tuple(about)

    def as_json(self) -> dict[str, Any]:
        return {**super().as_json(), "about": list(self.about)}


def _findings(finding_ids: Iterable[str]) -> list[dict[str, Any]]:
    return [
        {"kind": "finding", "id": i, "zh": f"结论{i}", "en": f"finding {i}"} for i in finding_ids
    ]


def no_finding_named() -> CaseRefusal:
    return CaseRefusal(
        "no_finding_named",
        why=("没有选择判定结论。", "no finding was chosen."),
        instead=("请在判定结论列表中选择后再立案。", "Choose them in the list of findings first."),
    )


def too_many_findings(most: int) -> CaseRefusal:
    return CaseRefusal(
        "too_many_findings",
        why=(f"一次最多选择{most}条结论。", f"at most {most} findings are taken at once."),
        instead=("请只选本案所依据的结论。", "Choose those the case is to rest on."),
    )


def findings_unknown(missing: Sequence[str]) -> CaseRefusal:
    listed = "、".join(missing), ", ".join(missing)
    return CaseRefusal(
        "finding_unknown",
        why=(f"没有找到结论{listed[0]}。", f"there is no finding {listed[1]}."),
        instead=("请从判定结论列表中重新选择。", "Choose again from the list of findings."),
        about=_findings(missing),
    )


def findings_ended(ended: Sequence[str], today: Any) -> CaseRefusal:
    return CaseRefusal(
        "finding_ended",
        why=(
            f"所选结论中有{len(ended)}条在{today}已失效，由新的事实、标准或日期所取代。",
            f"{len(ended)} of them no longer stand on {today}: newer facts, norms or days "
            "gave another answer.",
        ),
        instead=("请查看现在的结论再决定。", "Look at what is found now and decide again."),
        about=_findings(ended),
    )


def findings_changed(changed: Sequence[str]) -> CaseRefusal:
    return CaseRefusal(
        "finding_changed_since",
        why=(
            "您查看之后，所选结论已重新判定，内容与您看到的不同。",
            "they were judged anew since you read them and are not what you saw.",
        ),
        instead=("请重新查看后再立案。", "Read them again, then open the case."),
        about=_findings(changed),
    )


def several_dimensions(words: Bilingual) -> CaseRefusal:
    return CaseRefusal(
        "findings_of_several_dimensions",
        why=(
            f"所选结论分属不同标准（{words[0]}），而一案只办一个标准（第四至八条各有程序）。",
            f"they belong to several standards ({words[1]}); a case is of one, since clauses (4) "
            "to (8) give each its own procedure.",
        ),
        instead=("请按标准分别立案。", "Open one case for each."),
    )


def several_lines() -> CaseRefusal:
    return CaseRefusal(
        "findings_of_several_lines",
        why=(
            "所选结论涉及不同的生产线或企业，而一案只办一条生产线。",
            "they concern several lines or enterprises; a case is of one line.",
        ),
        instead=("请按生产线分别立案。", "Open one case for each line."),
    )


def line_not_chosen() -> CaseRefusal:
    return CaseRefusal(
        "line_not_chosen",
        why=(
            "所选结论针对整个企业，没有指明生产线，而退出的是生产线的产能。",
            "they concern the whole enterprise and name no line; what exits is a line's capacity.",
        ),
        instead=("请选择本案所办的生产线。", "Choose the line that the case is about."),
    )


def line_does_not_fit() -> CaseRefusal:
    return CaseRefusal(
        "line_does_not_fit",
        why=(
            "所选生产线不属于结论所涉企业，或与结论所涉生产线不同。",
            "the line is not of the enterprise found against, or is another than that found.",
        ),
        instead=("请选择该企业的生产线。", "Choose a line of that enterprise."),
    )


def not_noncompliant(finding_ids: Sequence[str]) -> CaseRefusal:
    return CaseRefusal(
        "finding_not_noncompliant",
        why=(
            "所选结论中有达标或无法判定的，不能作为立案依据（第三条：达不到标准的产能）。",
            "some are compliant or undetermined; clause (3) speaks of capacity that misses a "
            "standard.",
        ),
        instead=("请只选不达标的结论。", "Choose noncompliant findings only."),
        about=_findings(finding_ids),
    )


def only_warns(finding_ids: Sequence[str]) -> CaseRefusal:
    return CaseRefusal(
        "finding_opens_no_case",
        why=(
            "所选结论中有只作提示或备查的（例如推荐性标准、限制类），本身不构成落后产能。",
            "some only warn or are kept on record (a recommended standard, the limit class); they "
            "make no capacity outdated by themselves.",
        ),
        instead=("请去掉这些结论。", "Leave those out."),
        about=_findings(finding_ids),
    )


def provisional(about: Sequence[dict[str, Any]]) -> CaseRefusal:
    rows = [item for item in about if item["kind"] == "norm_row"]
    named = ("、".join(r["zh"] for r in rows), "; ".join(r["en"] for r in rows))
    return CaseRefusal(
        "finding_provisional",
        why=(
            "所选结论为暂定："
            + (f"标准记录{named[0]}尚未与正式文本核对。" if rows else "")
            + _conditions(about, "zh"),
            "some are provisional: "
            + (
                f"the norm row {named[1]} was not confirmed against the official print. "
                if rows
                else ""
            )
            + _conditions(about, "en"),
        ),
        instead=(
            "请先核对该记录，或查明并确定该条件，再行立案。",
            "Confirm the row or settle the condition first.",
        ),
        about=about,
    )


def _conditions(about: Sequence[dict[str, Any]], lang: str) -> str:
    words = dict.fromkeys(item[lang] for item in about if item["kind"] == "condition")
    end, between = ("。", "；") if lang == "zh" else (".", "; ")
    return between.join(words) + end if words else ""


def no_power() -> CaseRefusal:
    return CaseRefusal(
        "no_power_to_open",
        why=("您的职务没有立案权限。", "no post of yours may open cases."),
        instead=("请由经办人或负责人办理。", "Let an officer or a leader do it."),
    )


def outside_reach(dimension_zh: str, dimension_en: str) -> CaseRefusal:
    return CaseRefusal(
        "outside_your_reach",
        why=(
            f"该生产线的{dimension_zh}事项不在您的职能或管辖区划之内。",
            f"the {dimension_en} of this line is not of your function or your territory.",
        ),
        instead=("请移交有管辖权的机关。", "Hand it to the office that it belongs to."),
    )


def does_not_lead(clause: int, lead: Bilingual, city: Bilingual) -> CaseRefusal:
    return CaseRefusal(
        "does_not_lead",
        why=(
            f"{opinions_words(clause)[0]}由{lead[0]}牵头，由{city[0]}在辖区内办理，贵机关只是配合。",
            f"clause ({clause}) names {lead[1]} as lead; {city[1]} acts in its territory; "
            "your office only cooperates.",
        ),
        instead=("请移交牵头机关或所在市办理。", "Hand it to the lead or to the city."),
    )


def already_open(number: str, pk: int) -> CaseRefusal:
    return CaseRefusal(
        "case_already_open",
        why=(
            f"该生产线在此标准下已有未结案件{number}。",
            f"case {number} on this line and standard is still open.",
        ),
        instead=("请在原案件中办理。", "Go on in that case."),
        about=[{"kind": "case", "id": pk, "zh": number, "en": number}],
    )


def no_basis(today: Any) -> CaseRefusal:
    return CaseRefusal(
        "no_basis_on_record",
        why=(
            f"我们的记录中没有{today}适用的处理依据。",
            f"our record has no legal consequence in force on {today}.",
        ),
        instead=("请先补充该日有效的法律依据。", "Add the law in force on that day first."),
    )


def reason_missing() -> CaseRefusal:
    return CaseRefusal(
        "reason_missing",
        why=("没有写明立案理由，或超过2000字。", "the reason is missing or over 2,000 characters."),
        instead=("请写明立案理由。", "State the reason."),
    )


def key_used() -> CaseRefusal:
    return CaseRefusal(
        "key_used_for_another_act",
        why=(
            "该一次性标识已用于另一行为。",
            "the key was used for another act.",
        ),
        instead=("请重新打开立案页面。", "Open the page anew, or send a new key."),
    )
