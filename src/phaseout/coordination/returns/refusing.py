"""Why something about a return cannot be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from phaseout.accounts.organisations import REGION_CODE, office_name, place_words
from phaseout.coordination.returns.checking import Problem
from phaseout.law.refusals import Bilingual, Refusal

SHOWN = 20
_FILE: Bilingual = ("不能报送", "it cannot be reported")
_ACCEPT: Bilingual = ("不能接受", "it cannot be accepted")


def not_yours_to_report(department: str, city: str, on: date) -> Refusal:
    place, office = place_words(city), office_name(department, REGION_CODE, on)
    return Refusal(
        "return.wrong-bureau",
        what=_FILE,
        why=(
            f"第（十九）项：{place[0]}向{office[0]}的报送由该市对应部门办理，您的职务不在其内。",
            f"clause (19): what {place[1]} reports to {office[1]} is for that city's own bureau; "
            "no post of yours is there.",
        ),
        instead=("请由该市对应部门报送。", "Let that bureau report."),
    )


def not_yours_to_accept(department: str, on: date) -> Refusal:
    office = office_name(department, REGION_CODE, on)
    return Refusal(
        "return.not-yours",
        what=("不能办理", "this cannot be done"),
        why=(
            f"核对、退回由{office[0]}办理，您的职务不在其内。",
            f"it is for {office[1]} to reconcile or send back; no post of yours is there.",
        ),
        instead=("请由其办理。", "Let them do it."),
    )


def not_of_this_round(year: int) -> Refusal:
    return Refusal(
        "return.year-not-open",
        what=_FILE,
        why=(
            f"{year}年尚未开始，或早于实施意见施行的年度。",
            f"{year} has not begun, or lies before the Opinions.",
        ),
        instead=("请选择正确的年度。", "Choose the right year."),
    )


def too_early(year: int, opens: date, due: date) -> Refusal:
    return Refusal(
        "return.too-early",
        what=_FILE,
        why=(
            f"{year}年尚在进行，报送自{opens}起、至{due}止；此时报送（包括零报告）说不准全年。",
            f"{year} goes on: it is reported from {opens} to {due}. Nobody can say now what exits "
            "in all of it, not even that nothing does.",
        ),
        instead=(
            "请先保存草稿；届时核对台账后报送。",
            "Keep a draft; compare it with the ledger and report it then.",
        ),
    )


def sent_already(on: date, by: str) -> Refusal:
    return Refusal(
        "return.sent-already",
        what=_FILE,
        why=(
            f"{by}已于{on}报送，正在核对；同一报送不能重复。",
            f"{by} reported on {on}; it is being reconciled, and is not reported twice.",
        ),
        instead=(
            "如需更正，请写明更正说明后重新报送，作为新版次。",
            "To correct it, say why; it then goes in as a new version.",
        ),
    )


def nothing_new() -> Refusal:
    return Refusal(
        "return.nothing-new",
        what=_FILE,
        why=("内容与已报送的版次完全相同。", "it says exactly what was reported."),
        instead=("没有更正则不必重报。", "Without a correction there is nothing to report."),
    )


def accepted_already(on: date, by: str) -> Refusal:
    return Refusal(
        "return.accepted",
        what=_FILE,
        why=(f"{by}已于{on}核对接受。", f"{by} accepted it on {on}."),
        instead=(
            "如需更正，请联系自治区主管部门退回。",
            "Ask the department to send it back.",
        ),
    )


def late_without_reason(due: date) -> Refusal:
    return Refusal(
        "return.late",
        what=_FILE,
        why=(
            f"第（十九）项规定的期限为{due}，已过；逾期报送须说明原因。",
            f"the last day of clause (19) was {due}; a late return says why it is late.",
        ),
        instead=("请填写逾期原因后报送；将标明逾期。", "Say why; it is marked as late."),
    )


def frozen(year: int) -> Refusal:
    return Refusal(
        "return.year-frozen",
        what=("不能改动该年度的报送", "the returns of that year cannot change"),
        why=(
            f"{year}年度报告已由汇总部门签报，数字不再随报送变动。",
            f"the report on {year} was signed; its numbers no longer follow the returns.",
        ),
        instead=(
            "确有差错的，请汇总部门对年度报告作编号勘误。",
            "Have the office that sums up correct the report by a numbered erratum.",
        ),
    )


def empty() -> Refusal:
    return Refusal(
        "return.empty",
        what=_FILE,
        why=(
            "没有任何一行，也没有声明零报告；没有报送与没有退出是两回事。",
            "it has no row and does not say that nothing exited: these are two things.",
        ),
        instead=("当年确无退出的，请勾选零报告。", "If nothing exited, say so."),
    )


def not_nil() -> Refusal:
    return Refusal(
        "return.not-nil",
        what=_FILE,
        why=("声明了零报告，但仍有退出的行。", "it says that nothing exited, and has rows."),
        instead=("请取消零报告，或更正各行。", "Take that back, or correct the rows."),
    )


def rows_wrong(wrong: Sequence[Problem], name: str = "") -> Refusal:
    """Everything at once; of a file with its name."""
    more = len(wrong) - SHOWN
    zh = "；".join(one.words[0] for one in wrong[:SHOWN])
    en = "; ".join(one.words[1] for one in wrong[:SHOWN])
    return Refusal(
        "return.rows-wrong",
        what=(f"未采用{name or '所填内容'}", f"{name or 'what was entered'} is not taken"),
        why=(
            f"{zh}{f'；另有{more}处' if more > 0 else ''}。",
            f"{en}{f'; {more} more' if more > 0 else ''}.",
        ),
        instead=(
            "请逐处改正；在此之前一行也不采用。",
            "Correct each; until then no row of it is taken.",
        ),
    )


def file_unreadable(name: str, why: Bilingual) -> Refusal:
    return Refusal(
        "return.file-unreadable",
        what=(f"不能读取{name}", f"{name} cannot be read"),
        why=why,
        instead=(
            "请下载预填表，在其中填写后上传XLSX文件。",
            "Download the form, fill it in, and upload it as XLSX.",
        ),
    )


def draft_changed() -> Refusal:
    return Refusal(
        "return.draft-changed",
        what=_FILE,
        why=("您查看之后，草稿已被改动。", "the draft has changed since you looked at it."),
        instead=("请重新查看后报送。", "Look again, then report."),
    )


def of_the_ledger() -> Refusal:
    return Refusal(
        "return.of-the-ledger",
        what=("不能删去该行", "the row cannot be taken out"),
        why=("该行为台账所载。", "the ledger has it."),
        instead=(
            "不应计入的，保留该行，产能填0并写明理由。",
            "If it does not count, leave it with a capacity of 0 and say why.",
        ),
    )


def not_filed() -> Refusal:
    return Refusal(
        "return.not-filed",
        what=("不能办理", "this cannot be done"),
        why=("该市尚未报送，或已被退回、接受。", "nothing lies here to be looked at."),
        instead=("请重新查看本页。", "Look at the page again."),
    )


def another_version() -> Refusal:
    return Refusal(
        "return.other-version",
        what=_ACCEPT,
        why=(
            "您查看之后，该市报送了新的版次，或台账有变动。",
            "a newer version or ledger is there.",
        ),
        instead=("请重新核对。", "Reconcile again."),
    )


def differences_open(names: Sequence[str]) -> Refusal:
    listed = "、".join(names[:SHOWN])
    return Refusal(
        "return.differences-open",
        what=_ACCEPT,
        why=(
            f"以下各行市报、部门与台账不一致，尚未逐行取数并写明理由：{listed}。",
            f"city, department and ledger differ in these, and nobody has said which counts and "
            f"why: {listed}.",
        ),
        instead=(
            "请逐行选择采用哪个数并写明理由，或退回该市更正。",
            "Choose for each and say why, or send it back.",
        ),
    )


def no_reason() -> Refusal:
    return Refusal(
        "return.no-reason",
        what=("不能办理", "this cannot be done"),
        why=("没有写明理由，或理由过长。", "no reason is given, or it is too long."),
        instead=("请写明理由。", "Give the reason."),
    )
