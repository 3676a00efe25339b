"""The report as an official document: its words, its tables, its annex in the columns of the form.

Chinese only: it goes to the ministry. Plain data in, plain data out; the same report and imprint
give the same document.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from phaseout.accounts.organisations import REGION_CODE, office_name
from phaseout.coordination.annual.figures import Report, Reported, against, stocks, sums, words_of
from phaseout.coordination.annual.models import Erratum
from phaseout.coordination.returns.rows import Row, form_unit
from phaseout.coordination.returns.seats import summing_up
from phaseout.documents import (
    Annex,
    Heading,
    Imprint,
    Layout,
    Office,
    OfficialDocument,
    Paragraph,
    Piece,
    Table,
    saying,
)
from phaseout.documents.wording import in_line
from phaseout.findings.export import plain
from phaseout.law.annual import columns, recipients
from phaseout.law.capacity import LIVE, account, keys_of
from phaseout.law.industries import INDUSTRIES
from phaseout.registry.capacity.saying import shown

UNKNOWN = "—"
LEDGER = "报送未接受，按台账"
SINCE = "报送接受后退出，按台账"
GOVERNMENT_DOCUMENT = "宁政办发〔2017〕105号"


@dataclass(frozen=True, slots=True)
class Imprinted:
    """Number and day of sending, and the document in which the government agreed."""

    number: str
    dated: date
    agreed: str


def letter(report: Report, printed: Imprinted | None, *, demo: bool) -> OfficialDocument:
    """The report; without `printed` a draft, dated on the day it was frozen."""
    on = printed.dated if printed else date.fromisoformat(report.head["frozen_on"])
    offices = "\n".join(office_name(one, REGION_CODE, on)[0] for one in summing_up())
    return OfficialDocument(
        form="annual_report",
        layout=Layout.LETTER,
        title=f"关于{report.year}年度落后产能退出情况的报告",
        imprint=Imprint(
            office=Office(offices),
            number=printed.number if printed else "",
            dated=on,
            signed=printed is not None,
            demo=demo,
            copies=tuple(one.zh for one in recipients(on, "copy")),
            printed=on if printed else None,
        ),
        addressee="、".join(one.zh for one in recipients(on, "to")),
        body=tuple(_body(report, printed)),
        annexes=(
            Annex(
                f"{report.year}年度依法关闭退出企业、设备及产能情况表",
                (rows_table(in_annex(report)),),
                wide=True,
            ),
        ),
    )


def _body(report: Report, printed: Imprinted | None) -> Iterable[Piece]:
    agreed = f"，已报经自治区人民政府同意（{in_line(printed.agreed)}）" if printed else ""
    yield Paragraph(
        f"按照《关于利用综合标准依法依规推动落后产能退出的实施意见》（{GOVERNMENT_DOCUMENT}）"
        f"第（十九）项，现将我区{report.year}年度落后产能退出情况报告如下{agreed}。"
    )
    yield Heading("一、总体情况")
    yield Paragraph(_overall(report))
    yield Heading("二、分行业完成情况")
    yield _by_industry(report)
    yield Paragraph(_of_plan(report))
    yield Heading("三、分市情况")
    yield _counted(report, "city", "市")
    yield Heading("四、按退出方式和标准类别")
    yield _counted(report, "way", "退出方式")
    yield _counted(report, "dimension", "依据标准类别")
    yield Heading("五、与上年比较")
    yield from _last(report)
    yield Heading("六、年末产能台账")
    yield _stocks(report)
    yield Heading("七、数据来源")
    yield Paragraph(_sources(report))


def _overall(report: Report) -> str:
    if not report.rows:
        every = all(one["state"] == "accepted" for one in report.head["returns"])
        said = "各市均报零报告" if every else "已接受的报送和产能台账均没有退出"
        return f"{report.year}年度，{said}，全区没有依法关闭退出的落后产能。"
    firms = {one.row.uscc for one in report.rows}
    amounts = [f"{plain(one.shown)}{one.unit_words[0]}" for one in sums(report.rows, "unit")]
    return (
        f"{report.year}年度，全区依法关闭退出企业（生产线）{len(firms)}户、{len(report.rows)}条，"
        f"退出产能{'、'.join(amounts)}。"
    )


def _by_industry(report: Report) -> Table:
    rows = [
        (
            _industry(one.industry),
            str(one.done.enterprises),
            str(one.done.lines),
            _number(one.task_shown),
            _number(one.done.shown),
            form_unit(one.unit)[0],
            UNKNOWN if one.rate is None else f"{one.rate}%",
        )
        for one in against(report)
    ]
    return Table(
        ("行业", "企业数", "生产线", "任务", "完成", "单位", "完成率"),
        tuple(rows),
        (5, 3, 3, 4, 4, 4, 3),
    )


def _of_plan(report: Report) -> str:
    plan = report.head.get("plan")
    if plan is None:
        return "本年度没有通过的工作方案，任务和完成率不填；这不等于零。"
    untold = plan["untold"]
    more = f"方案中另有{untold}条生产线没有登记产能，未计入任务数。" if untold else ""
    return f"任务数据《工作方案》（{in_line(plan['document'])}，第{plan['edition']}版）。{more}"


def _counted(report: Report, by: str, head: str) -> Table:
    rows = [
        (
            words_of(by, one.key)[0],
            str(one.enterprises),
            str(one.lines),
            _number(one.shown),
            one.unit_words[0],
        )
        for one in sums(report.rows, by)
    ]
    return Table((head, "企业数", "生产线", "产能", "单位"), tuple(rows), (6, 3, 3, 4, 4))


def _last(report: Report) -> Iterable[Piece]:
    last = report.head.get("last")
    if last is None:
        yield Paragraph("本系统没有上年度经同意的报告，不作比较；这不等于上年为零。")
        return
    rows = [
        (
            _industry(one.industry),
            _number(one.done.shown),
            _number(one.last_shown),
            _signed(one.change_shown),
            form_unit(one.unit)[0],
        )
        for one in against(report)
        if one.done.lines or one.last
    ]
    heads = ("行业", f"{report.year}年", f"{last['year']}年", "增减", "单位")
    yield Table(heads, tuple(rows), (5, 4, 4, 4, 4))
    if last["errata"]:
        yield Paragraph(f"上年数为经{last['errata']}次编号勘误后的数。")


def _stocks(report: Report) -> Table:
    states = keys_of(LIVE)
    rows = [
        (_industry(i), form_unit(u)[0], *(_number(found.get(s, Decimal(0))) for s in states))
        for i, u, found in stocks(report)
    ]
    heads = ("行业", "单位", *(account(s).name[0] for s in states))
    return Table(heads, tuple(rows), (5, 4, *(4 for _ in states)))


def _sources(report: Report) -> str:
    returns = report.head["returns"]
    accepted = [one for one in returns if one["state"] == "accepted"]
    late = [one for one in accepted if one["days_late"]]
    by_ledger = [_ledger_words(report, one) for one in report.rows if one.origin == "ledger"]
    ledger, since = by_ledger.count(LEDGER), by_ledger.count(SINCE)
    on = saying.day(date.fromisoformat(report.head["frozen_on"]))
    text = (
        f"各市应分部门报送{len(returns)}份，经与案件、产能台账逐行核对接受{len(accepted)}份"
        f"{f'，其中逾期{len(late)}份' if late else ''}。数据于{on}冻结。"
    )
    if ledger:
        text += f"未经核对接受的报送以产能台账为准，计{ledger}条，附件备注中注明。"
    if since:
        text += f"报送接受后另有退出{since}条，按产能台账计入，附件备注中注明。"
    if report.head.get("reason"):
        text += f"未待全部报送的原因：{in_line(report.head['reason'])}。"
    return text


def in_annex(report: Report) -> list[Row]:
    """The rows as the annex prints them: what no accepted return has, the remarks say so."""
    return [
        one.row.corrected(
            remarks="；".join(filter(None, (one.row.remarks, _ledger_words(report, one))))
        )
        if one.origin == "ledger"
        else one.row
        for one in report.rows
    ]


def _ledger_words(report: Report, one: Reported) -> str:
    """Why a row stands as the ledger has it."""
    city = f"{one.row.division_code[:4]}00"
    states = [
        told["state"]
        for told in report.head["returns"]
        if (told["department"], told["city"]) == (one.department, city)
    ]
    return SINCE if states == ["accepted"] else LEDGER


def rows_table(rows: Sequence[Row]) -> Table:
    """Rows in the columns of the form, with the totals by unit."""
    shown_columns = columns(on_paper=True)
    lines = []
    for number, row in enumerate(rows, 1):
        words = row.words
        cells = {key: told if isinstance(told, str) else told[0] for key, told in words.items()}
        cells["no"] = str(number)
        lines.append(tuple(in_line(cells[one.key]) for one in shown_columns))
    for unit, amount in _totals(rows):
        total = {"no": "合计", "capacity": _number(shown(amount, unit)), "unit": form_unit(unit)[0]}
        lines.append(tuple(total.get(one.key, "") for one in shown_columns))
    heads = tuple(one.zh for one in shown_columns)
    return Table(heads, tuple(lines), tuple(one.width for one in shown_columns))


def _totals(rows: Iterable[Row]) -> list[tuple[str, Decimal]]:
    found: dict[str, Decimal] = {}
    for row in rows:
        found[row.unit] = found.get(row.unit, Decimal(0)) + row.amount
    return sorted(found.items())


def erratum_letter(one: Erratum, *, demo: bool) -> OfficialDocument:
    """A numbered correction as a document of its own; what it corrects stays as it went out."""
    after = Row.of(one.after)
    before = Row.of(one.before) if one.before else None
    changed = before.differs(after) if before is not None else []
    struck = before is not None and not after.amount
    what = "增补一行" if before is None else "删去该行" if struck else "更正该行"
    place = f"附件第{one.place}行" if one.place else "附件"
    act = one.act
    offices = "\n".join(office_name(each, REGION_CODE, act.done_on)[0] for each in summing_up())
    rows = [row for row in (before, after) if row is not None]
    return OfficialDocument(
        form="annual_erratum",
        layout=Layout.LETTER,
        title=f"关于{one.year}年度落后产能退出情况报告的勘误（第{one.number}号）",
        imprint=Imprint(
            office=Office(offices),
            number=one.document,
            dated=act.done_on,
            signed=True,
            demo=demo,
            copies=tuple(each.zh for each in recipients(act.done_on, "copy")),
        ),
        addressee="、".join(each.zh for each in recipients(act.done_on, "to")),
        body=(
            Paragraph(
                f"{one.year}年度落后产能退出情况报告{place}（{in_line(after.enterprise)}）{what}"
                f"{'：' + '、'.join(_heads(changed)) if changed and not struck else ''}。"
            ),
            Paragraph(f"理由：{in_line(one.reason)}。"),
        ),
        annexes=(Annex("原载与更正" if before else "增补", (rows_table_plain(rows),), wide=True),),
    )


def rows_table_plain(rows: Sequence[Row]) -> Table:
    """Rows as before and after, without totals."""
    table = rows_table(rows)
    names = ("原载", "更正") if len(rows) == 2 else ("增补",)
    lines = [(name, *line[1:]) for name, line in zip(names, table.rows[: len(rows)], strict=True)]
    return Table(table.head, tuple(lines), table.widths)


def _heads(names: Iterable[str]) -> list[str]:
    aside = {"division_code": "县（区）", "amount": "产能"}
    known = {one.key: one.zh for one in columns()}
    return [aside.get(name) or known.get(name, name) for name in names]


def _industry(key: str) -> str:
    return INDUSTRIES[key].zh if key in INDUSTRIES else key


def _number(value: Decimal | None) -> str:
    return UNKNOWN if value is None else plain(value) or "0"


def _signed(value: Decimal | None) -> str:
    text = _number(value)
    return f"+{text}" if value is not None and value > 0 else text
