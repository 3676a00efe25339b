"""What a signature is refused for, in words that say what happened."""

from __future__ import annotations

from phaseout.law.norms.records import Row
from phaseout.law.norms.wording import shown_day
from phaseout.law.refusals import Bilingual, Refusal
from phaseout.library.models import Clearance, Confirmation, Countersignature, Discrepancy


def verified(row: Row) -> Refusal:
    return _refusal(
        "row_is_verified",
        row,
        ("无须核对", "needs no confirmation"),
        ("该记录已在来源中见到原文。", "its figure was seen in a source."),
        ("如正式文本不同，请登记差异。", "If the print differs, record that."),
    )


def confirmed_already(row: Row, there: Confirmation) -> Refusal:
    second = getattr(there, "countersignature", None)
    first, day = there.confirmed_by, there.confirmed_on
    if second is None:
        why = (
            f"{first}已于{shown_day(day)}核对（{there.document}，{there.page}），待另一人复核。",
            f"{first} confirmed it on {day} ({there.document}, {there.page}); another person has"
            " yet to countersign.",
        )
        instead = ("如您不是核对人，请复核。", "Countersign it, unless it was you.")
    else:
        by, on = second.countersigned_by, second.countersigned_on
        why = (
            f"{first}已于{shown_day(day)}核对，{by}已于{shown_day(on)}复核。",
            f"{first} confirmed it on {day} and {by} countersigned on {on}.",
        )
        instead = ("无须再办。", "Nothing is left to do.")
    return _refusal("already_confirmed", row, ("不能再次核对", "cannot be confirmed"), why, instead)


def countersigned_already(row: Row, there: Countersignature) -> Refusal:
    by, on = there.countersigned_by, there.countersigned_on
    return _refusal(
        "already_countersigned",
        row,
        ("不能再次复核", "cannot be countersigned again"),
        (f"{by}已于{shown_day(on)}复核。", f"{by} countersigned on {on}."),
        ("无须再办。", "Nothing is left to do."),
    )


def doubted(row: Row, doubt: Discrepancy) -> Refusal:
    by, on = doubt.noted_by, doubt.noted_on
    return _refusal(
        "print_says_otherwise",
        row,
        ("不能签署", "cannot be signed for"),
        (
            f"{by}于{shown_day(on)}登记：正式文本（{doubt.document}，{doubt.page}）所载不同：“{doubt.says}”。",
            f"{by} recorded on {on} that the print ({doubt.document}, {doubt.page}) says"
            f" otherwise: “{doubt.says}”.",
        ),
        (
            "请由另一人复查；确有错误的，由新记录接替。",
            "Have another person look again; a wrong row is succeeded by a new one.",
        ),
    )


def clears_own_doubt(row: Row) -> Refusal:
    return _refusal(
        "cleared_by_same_person",
        row,
        ("不能由登记人自行撤除差异", "cannot be cleared by who doubted it"),
        ("提出和复查须由两人分别作出。", "two different people must look."),
        ("请由另一名工作人员复查。", "Ask another officer."),
    )


def cleared_already(row: Row, there: Clearance) -> Refusal:
    by, on = there.cleared_by, there.cleared_on
    return _refusal(
        "discrepancy_cleared_already",
        row,
        ("不能再次复查", "cannot be cleared again"),
        (f"{by}已于{shown_day(on)}复查。", f"{by} cleared it on {on}."),
        ("无须再办。", "Nothing is left to do."),
    )


def no_words(row: Row) -> Refusal:
    return _refusal(
        "discrepancy_without_words",
        row,
        ("不能登记", "cannot be recorded"),
        ("没有写明所见内容。", "what was seen is not written down."),
        ("请写明正式文本的内容或理由。", "Write what the print says, or the reason."),
    )


def _refusal(code: str, row: Row, what: Bilingual, why: Bilingual, instead: Bilingual) -> Refusal:
    named = (f"{row.row_id}{what[0]}", f"{row.row_id} {what[1]}")
    return Refusal(code, what=named, why=why, instead=instead)
