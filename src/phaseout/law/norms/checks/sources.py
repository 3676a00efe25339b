"""Checks of the documents: every source resolves, successions touch, local ones say where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from phaseout.law.norms.checks.issue import Issue, error, warning
from phaseout.law.norms.checks.store import Store
from phaseout.law.norms.documents import family, is_amendment, successor
from phaseout.law.norms.records import DatedRow, Source
from phaseout.law.norms.validity import of_source, printed_day

_LOCAL = re.compile(
    r"^DB\d\d|宁夏|银川|石嘴山|吴忠|固原|中卫|沙坡头|某市|某省|自治区|河北省|河南省|安徽省|广西|青海省"
    r"|北京市|天津市|上海市|重庆市|山西省|内蒙古|辽宁省|吉林省|黑龙江省|江苏省|浙江省|福建省|江西省"
    r"|山东省|湖北省|湖南省|广东省|海南省|四川省|贵州省|云南省|西藏|陕西省|甘肃省|新疆"
)
_CODE = re.compile(r"\d{6}")
_PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]")
NOWHERE = "990000"
"""The division code of a document whose place is not known: 99 is no division of GB/T 2260."""


def check_sources(store: Store) -> Iterator[Issue]:
    """Every row's document is in the store."""
    for table, row in store.rows():
        if row.source_id not in store.book.sources:
            yield error(
                "source_missing",
                row.row_id,
                zh=f"{table}的{row.row_id}所依据的文件{row.source_id}不在来源表中。",
                en=f"the document {row.source_id} of {row.row_id} is in no table of sources.",
            )


def check_descriptions(store: Store) -> Iterator[Issue]:
    """Where two tables describe one document, they agree on its dates."""
    described: dict[str, list[tuple[str, Source]]] = defaultdict(list)
    for file, source in store.documents:
        described[source.source_id].append((file, source))
    for source_id, found in described.items():
        dates = {(s.effective_from, s.effective_to) for _, s in found}
        if len(dates) > 1:
            told = "; ".join(
                f"{file}: {s.effective_from or '–'}/{s.effective_to or '–'}" for file, s in found
            )
            yield warning(
                "source_described_twice",
                source_id,
                zh=f"{source_id}在两张来源表中的施行日期不同：{told}。",
                en=f"{source_id} has different dates in two tables of sources: {told}.",
            )


def check_succession(store: Store) -> Iterator[Issue]:
    """A document that is replaced ends the day before its successor begins."""
    sources = store.book.sources
    for source in sources.values():
        if not source.superseded_by:
            continue
        follower = successor(source, sources)
        if follower is None:
            yield warning(
                "successor_not_held",
                source.source_id,
                zh=f"{source.source_id}的后继文件“{source.superseded_by}”不在来源表中。",
                en=f"{source.source_id} is followed by {source.superseded_by!r}, "
                "which we do not hold.",
            )
            continue
        ends, begins = printed_day(source.effective_to), printed_day(follower.effective_from)
        # an amendment stands beside the standard, and so does what a remark calls partial
        beside = is_amendment(follower) or " (" in source.superseded_by
        if not (ends and begins) or beside or ends + timedelta(days=1) == begins:
            continue
        yield warning(
            "succession_does_not_touch",
            source.source_id,
            follower.source_id,
            zh=f"{source.source_id}至{ends}止，后继{follower.source_id}自{begins}起，二者不衔接。",
            en=f"{source.source_id} ends on {ends}, its successor {follower.source_id} "
            f"begins on {begins}.",
        )


def check_editions_of_documents(store: Store) -> Iterator[Issue]:
    """Two editions of one standard are not both in force by the dates of the documents."""
    editions: dict[str, list[Source]] = defaultdict(list)
    for source in store.book.sources.values():
        if not is_amendment(source) and family(source.source_id) != source.source_id:
            editions[family(source.source_id)].append(source)
    for found in editions.values():
        for at, one in enumerate(found):
            for other in found[at + 1 :]:
                known = one.effective_from and other.effective_from
                if known and of_source(one).shares_a_day(of_source(other)):
                    yield warning(
                        "documents_overlap",
                        one.source_id,
                        other.source_id,
                        zh=f"{one.source_id}与{other.source_id}的施行日期重叠。",
                        en=f"{one.source_id} and {other.source_id} are in force on the same days.",
                    )


def check_row_validity(store: Store) -> Iterator[Issue]:
    """A validity does not end before it begins and stays within that of the document."""
    beyond: dict[tuple[str, date | None, date | None], list[str]] = defaultdict(list)
    for table, row in store.rows():
        if not isinstance(row, DatedRow):
            continue
        begins, ends = row.effective_from, row.effective_to
        if begins and ends and begins > ends:
            yield error(
                "validity_reversed",
                row.row_id,
                zh=f"{row.row_id}的效力{begins}起、{ends}止，起止颠倒。",
                en=f"{row.row_id} begins on {begins} and ends on {ends}, before it begins.",
            )
        source = store.book.sources.get(row.source_id)
        # a figure of method without dates of its own lasts as long as its document
        lasting = table.startswith("methods.") and (begins is None or ends is None)
        if source and not lasting and _reaches_beyond(row, source):
            beyond[row.source_id, begins, ends].append(row.row_id)
    for (source_id, begins, ends), rows in beyond.items():
        yield _outside(rows, begins, ends, store.book.sources[source_id])


def _reaches_beyond(row: DatedRow, source: Source) -> bool:
    first, last = printed_day(source.effective_from), printed_day(source.effective_to)
    early = first is not None and (row.effective_from is None or row.effective_from < first)
    late = last is not None and (row.effective_to is None or row.effective_to > last)
    return early or late


def _outside(rows: list[str], begins: date | None, ends: date | None, source: Source) -> Issue:
    own = f"{begins or '–'}/{ends or '–'}"
    its = f"{source.effective_from or '–'}/{source.effective_to or '–'}"
    return warning(
        "outside_document",
        *rows,
        zh=f"{'、'.join(rows)}的效力（{own}）超出文件{source.source_id}（{its}）。",
        en=f"{', '.join(rows)} ({own}) reach beyond the document {source.source_id} ({its}).",
    )


def check_jurisdictions(store: Store) -> Iterator[Issue]:
    """A document of a province or city says where it holds, by a division code that exists."""
    places = store.book.jurisdictions
    for source in store.book.sources.values():
        words = (source.number, source.title_zh, source.issuer)
        if source.source_id not in places and any(_LOCAL.search(text) for text in words):
            yield error(
                "jurisdiction_missing",
                source.source_id,
                zh=f"{source.source_id}是地方文件（{source.issuer or source.title_zh}），"
                "但jurisdictions.csv未写明其地域。",
                en=f"{source.source_id} is a local document and jurisdictions.csv does not say "
                "where.",
            )
    for source_id, code in places.items():
        if source_id not in store.book.sources:
            yield error(
                "jurisdiction_of_nothing",
                source_id,
                zh=f"jurisdictions.csv中的{source_id}不在来源表中。",
                en=f"{source_id} of jurisdictions.csv is in no table of sources.",
            )
        if not _CODE.fullmatch(code) or (code != NOWHERE and not _PROVINCES.match(code)):
            yield error(
                "division_unknown",
                source_id,
                zh=f"{source_id}的行政区划代码{code}不存在。",
                en=f"the division code {code} of {source_id} does not exist.",
            )
