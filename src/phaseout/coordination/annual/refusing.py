"""Why something about the annual report cannot be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from phaseout.accounts.organisations import REGION_CODE, office_name
from phaseout.coordination import refusing
from phaseout.law.refusals import Bilingual, Refusal

SHOWN = 12
"""How many missing returns are named."""
_FREEZE: Bilingual = ("不能取数冻结", "it cannot be frozen")
_DO: Bilingual = ("不能办理", "this cannot be done")
_REPORT: Bilingual = ("没有这份年度报告", "there is no such report")


def not_yours(offices: Sequence[str], on: date) -> Refusal:
    names = [office_name(one, REGION_CODE, on) for one in offices]
    whose = "、".join(n[0] for n in names), ", ".join(n[1] for n in names)
    return refusing.not_yours("annual", 19, whose)


def year_goes_on(year: int) -> Refusal:
    return Refusal(
        "annual.year-goes-on",
        what=_FREEZE,
        why=(f"{year}年尚未结束。", f"{year} is not over."),
        instead=(f"请于{year + 1}年1月1日起办理。", f"Do it from 1 January {year + 1} on."),
    )


def no_data(year: int) -> Refusal:
    return Refusal(
        "annual.no-data",
        what=(f"不能出具{year}年度报告", f"there is no report on {year}"),
        why=(
            f"{year}年没有任何市报送，产能台账当年也没有退出；这不等于零。",
            f"no city reported for {year} and nothing on the ledger exited: that is not nought.",
        ),
        instead=(
            "请核对年度；确无退出的由各市零报告。",
            "Check the year; where nothing exited cities say so.",
        ),
    )


def no_such_year(year: int, first: int, last: int) -> Refusal:
    """`first`, `last`: the years that there are reports on, both inside."""
    return Refusal(
        "annual.no-such-year",
        what=(f"没有{year}年度报告", f"there is no report on {year}"),
        why=(
            f"本系统的年度报告自{first}年度起，至今到{last}年度；没有该年度的数据，不等于零。",
            f"reports here are on {first} to {last}: nothing is on record for that year, which is "
            "not nought.",
        ),
        instead=("请核对年度。", "Check the year."),
    )


def not_frozen(year: int, missing: Sequence[Bilingual] = ()) -> Refusal:
    """`missing`: the returns that were not accepted yet."""
    more = ("等" if len(missing) > SHOWN else "", " and others" if len(missing) > SHOWN else "")
    zh = "、".join(one[0] for one in missing[:SHOWN])
    en = ", ".join(one[1] for one in missing[:SHOWN])
    return Refusal(
        "annual.not-frozen",
        what=(f"不能出具{year}年度报告", f"there is no report on {year}"),
        why=(
            "报告只由冻结的数据生成，该年度尚未取数冻结"
            + (f"；尚有{len(missing)}份市级报送未核对接受：{zh}{more[0]}。" if missing else "。"),
            "a report is made of frozen figures, and those of that year were not frozen"
            + (f"; {len(missing)} returns are not accepted: {en}{more[1]}." if missing else "."),
        ),
        instead=(
            "请先由自治区经济和信息化、发展改革部门在“年度报告”中取数冻结。",
            "Let the departments that sum up freeze them first.",
        ),
    )


def returns_open(names: Sequence[str]) -> Refusal:
    return Refusal(
        "annual.returns-open",
        what=_FREEZE,
        why=(
            f"尚有{len(names)}份市级报送未核对接受：{'、'.join(names[:12])}"
            f"{'等' if len(names) > 12 else ''}；将改用台账数。",
            f"{len(names)} returns are not accepted; the ledger would stand in their place.",
        ),
        instead=(
            "请催报、核对后再冻结；确须按期报告的，写明理由。",
            "Have them in first; or say why the report does not wait.",
        ),
    )


def exits_since(names: Sequence[str]) -> Refusal:
    """`names`: of lines that exited after the return of their city was accepted."""
    zh, en = "、".join(names[:SHOWN]), ", ".join(names[:SHOWN])
    more = len(names) > SHOWN
    return Refusal(
        "annual.exits-since",
        what=_FREEZE,
        why=(
            f"报送核对接受之后，台账又有退出：{zh}{'等' if more else ''}；不在任何报送之中。",
            f"after the return was accepted more exited: {en}{' and others' if more else ''}; no "
            "return has it.",
        ),
        instead=(
            "请将有关报送退回该市补报；不待补报的写明理由，按台账数计入。",
            "Send the return back to be completed; or say why the report does not wait, and the "
            "ledger counts.",
        ),
    )


def row_changed(number: int) -> Refusal:
    """`number`: of the last erratum."""
    return Refusal(
        "annual.row-changed",
        what=_DO,
        why=(
            f"您查看之后，该行已由别人勘误（现有第{number}号）。",
            f"somebody has corrected the row since you looked at it (erratum {number}).",
        ),
        instead=("请重新打开该行，核对后再作勘误。", "Open the row again and look at it first."),
    )


def approved_already(on: date) -> Refusal:
    return Refusal(
        "annual.approved",
        what=_DO,
        why=(
            f"自治区人民政府已于{on}同意该报告，数字不再改动。",
            f"the government agreed to it on {on}; its numbers stand.",
        ),
        instead=("确有差错的，作编号勘误。", "Correct a mistake by a numbered erratum."),
    )


def other_version() -> Refusal:
    return Refusal(
        "annual.other-version",
        what=_DO,
        why=("您查看之后，该年度已重新取数冻结。", "it was frozen anew since you looked at it."),
        instead=("请重新查看本页。", "Look at the page again."),
    )


def signed_already(on: date, by: str) -> Refusal:
    return Refusal(
        "annual.signed",
        what=_DO,
        why=(f"{by}已于{on}签报。", f"{by} signed it on {on}."),
        instead=("不必重复签报。", "It is not signed twice."),
    )


def not_signed(offices: Sequence[str], on: date) -> Refusal:
    names = [office_name(one, REGION_CODE, on) for one in offices]
    zh, en = "、".join(n[0] for n in names), ", ".join(n[1] for n in names)
    return Refusal(
        "annual.not-signed",
        what=_DO,
        why=(
            f"第（十九）项由两部门分别报经同意，尚待签报：{zh}。",
            f"clause (19) has both departments lay it before the government; missing: {en}.",
        ),
        instead=("请先由其负责人签报。", "Let their leaders sign first."),
    )


def not_approved() -> Refusal:
    return Refusal(
        "annual.not-approved",
        what=_DO,
        why=(
            "第（十九）项：报经自治区人民政府同意后方可上报、勘误；尚未同意。",
            "clause (19): it goes up once the government has agreed, which it has not.",
        ),
        instead=(
            "请先报请同意；同意之前有差错的，更正报送后重新取数冻结。",
            "Have it agreed to; before that correct the returns and freeze anew.",
        ),
    )


def sent_already(on: date) -> Refusal:
    return Refusal(
        "annual.sent",
        what=_DO,
        why=(f"已于{on}报送。", f"it was sent on {on}."),
        instead=("确有差错的，作编号勘误。", "Correct a mistake by a numbered erratum."),
    )


def broken(year: int) -> Refusal:
    return Refusal(
        "annual.freeze-broken",
        what=(f"不能使用{year}年度的冻结数据", f"the frozen figures of {year} cannot be used"),
        why=("重新计算的摘要与冻结时不符。", "their digest is not the one they were frozen with."),
        instead=("请立即联系系统管理员核查数据库。", "Have the database looked into at once."),
    )


def no_reason() -> Refusal:
    return Refusal(
        "annual.no-reason",
        what=_DO,
        why=("没有写明理由或文号，或文字过长。", "reason or number is missing, or too long."),
        instead=("请写明。", "Give it."),
    )


def nothing_corrected() -> Refusal:
    return Refusal(
        "annual.nothing-corrected",
        what=_DO,
        why=("更正后与现行数据相同。", "the correction says what stands already."),
        instead=("没有差错则不必勘误。", "Without a mistake there is nothing to correct."),
    )


def no_such_row(year: int, place: int) -> Refusal:
    return Refusal(
        "annual.no-such-row",
        what=_DO,
        why=(f"{year}年度报告没有第{place}行。", f"the report on {year} has no row {place}."),
        instead=("请从明细表中选择。", "Choose it in the table."),
    )
