"""Why two entries are not merged, or a merging is not undone."""

from __future__ import annotations

from phaseout.law.refusals import Refusal


def may_not_merge() -> Refusal:
    return Refusal(
        "may_not_merge",
        what=("不能办理合并", "you may not merge these entries"),
        why=(
            "合并须由对两家企业所在地都有合并权限的人办理。",
            "it takes the power to merge over the places of both.",
        ),
        instead=("请交由复核人办理。", "Leave it to a reviewer of the region."),
    )


def not_two() -> Refusal:
    return Refusal(
        "merge_of_one",
        what=("不能合并", "nothing is merged"),
        why=("两边是同一条登记。", "both are the same entry."),
        instead=("请选择两家不同的企业。", "Choose two entries."),
    )


def merged_already(name: str) -> Refusal:
    return Refusal(
        "merged_already",
        what=("不能合并", "nothing is merged"),
        why=(f"“{name}”已经并入另一家企业。", f"{name} was merged into another entry already."),
        instead=("请以保留的那一家办理。", "Act on the entry that was kept."),
    )


def no_reason() -> Refusal:
    return Refusal(
        "reason_missing",
        what=("没有办理", "nothing was done"),
        why=("没有写理由。", "no reason was given."),
        instead=("请写明理由，如查验的文件和文号。", "Say why, and on which document it rests."),
    )


def cannot_undo(why: tuple[str, str]) -> Refusal:
    return Refusal(
        "merge_cannot_be_undone",
        what=("不能撤销这次合并", "this merging is not undone"),
        why=why,
        instead=(
            "请先撤销后来的合并，或另行办理。",
            "Undo the later merging first, or act on the entries as they are.",
        ),
    )
