"""Whether a document may be made: every field there and fit, rights told, signed only if whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from phaseout.documents.pieces import Table
from phaseout.documents.records import Imprint, Layout, Named, Officer, Party
from phaseout.documents.rights import NAMES, BasisCited, Right
from phaseout.documents.templates import Field, Form
from phaseout.law.periods import Certificate
from phaseout.law.refusals import Refusal


def _texts(value: Any) -> bool:
    return isinstance(value, tuple | list) and all(isinstance(one, str) for one in value)


def _all(kind: type) -> Callable[[Any], bool]:
    return lambda value: (
        isinstance(value, tuple | list) and all(isinstance(one, kind) for one in value)
    )


KINDS: Mapping[str, tuple[Callable[[Any], bool], str, str]] = {
    "text": (lambda value: isinstance(value, str), "文字", "a text"),
    "paragraphs": (
        lambda value: isinstance(value, str) or _texts(value),
        "一段或者数段文字",
        "a text or several",
    ),
    "items": (_texts, "数条文字", "several texts"),
    "count": (
        lambda value: isinstance(value, int) and not isinstance(value, bool) and value > 0,
        "正整数",
        "a whole number above 0",
    ),
    "yes_no": (lambda value: isinstance(value, bool), "是或者否", "True or False"),
    "choice": (lambda value: isinstance(value, str), "所列选项之一", "one of its options"),
    "day": (
        lambda value: isinstance(value, date) and not isinstance(value, datetime),
        "日期",
        "a date",
    ),
    "moment": (lambda value: isinstance(value, date), "日期或者时间", "a date or a time"),
    "party": (lambda value: isinstance(value, Party), "当事人（Party）", "a Party"),
    "bases": (_all(BasisCited), "法律依据（BasisCited）", "several BasisCited"),
    "officers": (_all(Officer), "执法人员（Officer）", "several Officer"),
    "named": (lambda value: isinstance(value, Named), "文件（Named）", "a Named document"),
    "certificate": (
        lambda value: isinstance(value, Certificate),
        "期间证明（Certificate）",
        "a Certificate",
    ),
    "table": (lambda value: isinstance(value, Table), "表格（Table）", "a Table"),
}
"""The kinds of fields: the test of a value, and what it must be, in Chinese and English."""


def check_values(form: Form, values: Mapping[str, Any]) -> None:
    """Refuse what is missing, unknown or of the wrong kind; all of one sort at once."""
    if unknown := sorted(set(values) - set(form.fields)):
        raise Refusal(
            "document.field_unknown",
            what=(f"{form.title[0]}没有这些项目", f"{form.title[1]} has no such fields"),
            why=(f"格式未声明：{'、'.join(unknown)}。", f"not declared: {', '.join(unknown)}."),
            instead=("请删去或者更正名称。", "Leave them out or correct their names."),
        )
    if lacking := [field for field in form.fields.values() if _lacks(field, values)]:
        raise _missing(form, lacking)
    unfit = [field for field in form.fields.values() if not _fits(field, values.get(field.name))]
    if unfit:
        raise _unfit(form, unfit)


def _lacks(field: Field, values: Mapping[str, Any]) -> bool:
    if field.optional or (field.when and not values.get(field.when)):
        return False
    value = values.get(field.name)
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, tuple | list):
        return not any(one.strip() if isinstance(one, str) else one for one in value)
    if isinstance(value, Party):
        return not value.name.strip()
    return value is None


def _fits(field: Field, value: Any) -> bool:
    if value is None:
        return True
    if field.kind == "choice":
        return value in field.options
    test, _, _ = KINDS[field.kind]
    return test(value)


def _missing(form: Form, lacking: Sequence[Field]) -> Refusal:
    zh = "、".join(field.zh for field in lacking)
    en = ", ".join(f"{field.en} ({field.name})" for field in lacking)
    return Refusal(
        "document.fields_missing",
        what=(f"不能制作{form.title[0]}", f"Cannot make: {form.title[1]}"),
        why=(f"缺少：{zh}。", f"missing: {en}."),
        instead=("请补充后再制作。", "Give them, then make it again."),
    )


def _unfit(form: Form, unfit: Sequence[Field]) -> Refusal:
    zh = "；".join(f"{field.zh}应为{_wanted(field, 1)}" for field in unfit)
    en = "; ".join(f"{field.en} ({field.name}) must be {_wanted(field, 2)}" for field in unfit)
    return Refusal(
        "document.field_unfit",
        what=(f"不能制作{form.title[0]}", f"Cannot make: {form.title[1]}"),
        why=(f"{zh}。", f"{en}."),
        instead=("请更正后再制作。", "Correct them, then make it again."),
    )


def _wanted(field: Field, language: int) -> str:
    said = str(KINDS[field.kind][language])
    return f"{said}（{'、'.join(field.options)}）" if field.options else said


def check_rights(form: Form, rights: Sequence[Right]) -> None:
    """Refuse a document that does not tell the enterprise what it may do against it."""
    told = {right.kind for right in rights}
    lacking = [NAMES[kind] for kind in form.rights if kind not in told]
    if lacking:
        raise Refusal(
            "document.rights_missing",
            what=(f"不能制作{form.title[0]}", f"Cannot make: {form.title[1]}"),
            why=(
                f"没有告知企业的权利：{'、'.join(zh for zh, _ in lacking)}。",
                f"it does not tell these rights: {', '.join(en for _, en in lacking)}.",
            ),
            instead=(
                "请写明各项权利的受理机关和期限。",
                "Give each right with the body it is used before and its length.",
            ),
        )


def check_imprint(
    form: Form, imprint: Imprint, values: Mapping[str, Any], rights: Sequence[Right]
) -> None:
    """Refuse to call a document signed that lacks its number or day, or cites what nobody read.

    In a demonstration an unread clause may stand, with its mark: the document has no effect.
    """
    if not imprint.signed:
        return
    if not imprint.dated or (form.layout is Layout.LETTER and not imprint.number.strip()):
        raise Refusal(
            "document.unnumbered",
            what=(f"不能签发{form.title[0]}", f"Cannot sign: {form.title[1]}"),
            why=("没有文号或者日期。", "it has no number or no day."),
            instead=("请先编号并写明日期。", "Number and date it first."),
        )
    unseen = _unseen(values, rights)
    if unseen and not imprint.demo:
        raise Refusal(
            "document.basis_unseen",
            what=(f"不能签发{form.title[0]}", f"Cannot sign: {form.title[1]}"),
            why=(
                f"所引条文尚未核对原文：{'、'.join(unseen)}。",
                f"nobody has read these clauses in the text of the law: {', '.join(unseen)}.",
            ),
            instead=("请先在规范库中核对。", "Confirm them in the norm library first."),
        )


def _unseen(values: Mapping[str, Any], rights: Sequence[Right]) -> list[str]:
    cited = [one for value in values.values() if isinstance(value, tuple | list) for one in value]
    cited += [right.basis for right in rights]
    return [one.says for one in cited if isinstance(one, BasisCited) and not one.seen]
