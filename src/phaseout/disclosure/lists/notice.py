"""An edition as an official notice: the letter of the department, the list as its annex."""

from __future__ import annotations

from datetime import date

from phaseout.accounts.organisations import in_full
from phaseout.disclosure.lists.models import Edition
from phaseout.disclosure.lists.saying import grouped, heads, place_said, value_words
from phaseout.documents import (
    Annex,
    Imprint,
    Layout,
    Office,
    OfficialDocument,
    Paragraph,
    Piece,
    Table,
    saying,
)
from phaseout.law.lists.columns import Column, columns_of
from phaseout.law.lists.grounds import cause_words

WIDE = frozenset({"不达标事项及依据", "文号"})


def document_of(edition: Edition, *, demo: bool) -> OfficialDocument:
    """The notice as data for the layout; `demo` marks every page as being of no legal effect."""
    content = edition.content
    kind = edition.kind.words[0]
    return OfficialDocument(
        form="general",
        layout=Layout.LETTER,
        title=f"关于公布{edition.title[0]}的公告",
        imprint=Imprint(
            office=Office(in_full(edition.organisation_zh)),
            number=edition.document,
            dated=edition.published_on,
            signed=True,
            demo=demo,
        ),
        addressee="",
        body=tuple(_body(edition, kind)),
        annexes=(Annex(content["title"]["zh"], (_table(edition),), wide=True),),
    )


def _body(edition: Edition, kind: str) -> list[Piece]:
    content = edition.content
    said: list[Piece] = [
        Paragraph(
            "根据《关于利用综合标准依法依规推动落后产能退出的实施意见》"
            f"第（{content['basis']['clause']}）项，现公布{kind}第{edition.number}期，共"
            f"{edition.count}条，情况截至{saying.day(date.fromisoformat(content['as_of']))}。"
        )
    ]
    if edition.corrects is not None:
        said.append(
            Paragraph(
                f"本期为第{edition.correction}号更正，更正第{edition.corrects.number}期"
                f"（{edition.corrects.document}）。更正理由：{content['reason']}"
                "原公布的名单保持原样，供援引。"
            )
        )
        said += [Paragraph(text) for text in _changes(edition)]
    said += [Paragraph(text) for text in _ended(edition)]
    said.append(
        Paragraph(
            "列入名单的企业对列入有异议的，可以在列入期间向本机关提出。事由消失之日即移出名单。"
        )
    )
    said.append(
        Paragraph(
            f"本期名单内容的摘要（SHA-256，八位一组）：{_in_groups(edition.digest)}。"
            "任何人可据公布日志离线查验。"
        )
    )
    return said


def _in_groups(digest: str) -> str:
    """Sixty-four digits without a blank run out of the page."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def _changes(edition: Edition) -> list[str]:
    columns = {column.key: column for column in columns_of(edition.list_kind)}
    return [
        f"序号{one['place']}，{columns[one['column']].words[0]}："
        f"原为“{_said(columns[one['column']], one['was'])}”，"
        f"更正为“{_said(columns[one['column']], one['now'])}”。"
        for one in edition.content["changes"]
    ]


def _ended(edition: Edition) -> list[str]:
    how = {"left": "移出", "cancelled": "撤销列入"}
    return [
        f"{one['name']}（{one['uscc']}）于{saying.day(date.fromisoformat(one['on']))}"
        f"{how[one['how']]}：{cause_words(one['cause'])[0]}。"
        for one in edition.content["ended"]
    ]


def _table(edition: Edition) -> Piece:
    kind = edition.list_kind
    rows = tuple(
        (
            str(entry["place"]),
            entry["name"],
            entry["uscc"],
            place_said(entry)[0],
            *("；".join(zh for zh, _ in values) for _, values in grouped(entry, kind)),
        )
        for entry in edition.content["entries"]
    )
    if not rows:
        return Paragraph("截至上述时间，没有应当列入的企业。")
    shown = [zh for zh, _ in heads(kind)]
    widths = (2, 6, 7, 6, *(5 if zh in WIDE else 4 for zh in shown))
    return Table(("序号", "企业名称", "统一社会信用代码", "地址", *shown), rows, widths)


def _said(column: Column, value: object) -> str:
    return value_words(column, value)[0]
