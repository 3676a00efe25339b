"""Why something about a parcel cannot be done."""

from __future__ import annotations

from decimal import Decimal

from phaseout.law.refusals import Bilingual, Refusal

_CANNOT: Bilingual = ("不能办理", "this cannot be done")


def not_yours(who: Bilingual) -> Refusal:
    return Refusal(
        "land.not-yours",
        what=_CANNOT,
        why=(
            f"实施意见第（十五）项规定由{who[0]}办理，您的职务不在其内或不辖该地。",
            f"by clause (15) it is for {who[1]}; no post of yours is that, or not for this place.",
        ),
        instead=("请由其办理。", "Let them do it."),
    )


def known_already(number: str) -> Refusal:
    return Refusal(
        "land.parcel-known",
        what=("不能登记该地块", "the parcel cannot be entered"),
        why=(f"宗地编号{number}已经登记。", f"parcel {number} is entered already."),
        instead=("请核对编号。", "Check the number."),
    )


def nothing_here(uscc: str) -> Refusal:
    return Refusal(
        "land.enterprise-unknown",
        what=("不能登记该地块", "the parcel cannot be entered"),
        why=(
            f"您的辖区内没有统一社会信用代码为{uscc}的企业，或该生产线不属于该企业。",
            f"no enterprise {uscc} lies within your reach, or the line is not one of its own.",
        ),
        instead=("请核对代码和生产线编号。", "Check the code and the line."),
    )


def disposed_already() -> Refusal:
    return Refusal(
        "land.disposed-already",
        what=("不能登记处置决定", "the decision cannot be entered"),
        why=("该地块已登记过处置决定。", "a decision on the parcel is entered already."),
        instead=("请查看该地块的办理记录。", "Look at what was done on it."),
    )


def no_income_of_this_way() -> Refusal:
    return Refusal(
        "land.not-taken-back",
        what=("不能登记出让收入", "the income cannot be entered"),
        why=(
            "第（十五）项所称可用于职工安置的，是地方政府收回划拨土地后的出让收入；该地块未登记收回。",
            "clause (15) means the income from allocated land that was taken back; this parcel was"
            " not.",
        ),
        instead=("请先登记收回决定。", "Enter that it was taken back first."),
    )


def too_much(left: Decimal) -> Refusal:
    return Refusal(
        "land.more-than-income",
        what=("不能安排该笔费用", "the sum cannot be assigned"),
        why=(
            f"该地块的出让收入中尚可安排的为{left:,.2f}元（第（十五）项）。",
            f"of the income from the parcel CNY {left:,.2f} can still be assigned (clause (15)).",
        ),
        instead=("请减少金额，或先登记收入。", "Assign less, or enter the income first."),
    )


def no_continued_use() -> Refusal:
    return Refusal(
        "land.no-continued-use",
        what=("不能结束过渡期使用", "the continued use cannot be ended"),
        why=("该地块没有进行中的过渡期。", "the parcel has no continued use that goes on."),
        instead=("请查看该地块的办理记录。", "Look at what was done on it."),
    )
