"""What two made-up officers have confirmed in the demo, so that part of its findings is final.

Nobody has read any official print for this: the officers are fictional, every line says 演示, and
the file is of no use outside the demo. What is left unconfirmed shows what provisional means.

    python -m phaseout.province.confirmed      writes regions/ningxia/demo/confirmations.csv anew
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import date
from importlib import resources
from pathlib import Path

from phaseout.law.norms.book import NormBook
from phaseout.law.norms.chinese import in_chinese
from phaseout.law.norms.confirmation import COLUMNS, Confirmation, confirm, countersign
from phaseout.law.norms.methods import method_rows, method_tables
from phaseout.law.norms.records import Confidence, Row

SOURCES = (
    "GB16780-2012",
    "GB21256-2013",
    "GB21344-2015",
    "GBT2589-2008",
    "E-GB16171-2012",
    "E-GB28666-2012",
    "E-GB25465-2010",
    "GB-175-2007",
    "SAWS-IV-2017-129",
    "SC-2010-7",
)
"""Documents whose recalled rows the demo's officers confirm."""

CATALOGUE = "NDRC-CAT-2011R"
CATALOGUE_INDUSTRIES = ("ferroalloy", "calcium_carbide", "cement", "coke")
"""Of the long catalogue only the items of these industries."""

FIRST, SECOND = "（演示）核对员甲", "（演示）复核员乙"
CONFIRMED_ON, COUNTERSIGNED_ON = date(2018, 1, 8), date(2018, 1, 10)
NOTE = "演示：人物虚构，未核对任何正式文本 / demo: fictional officers, no print was read"


def demo_confirmations(book: NormBook) -> Iterator[Confirmation]:
    """The demo's confirmations of rows that are not verified, in the order of the store."""
    for row in _rows(book):
        if row.confidence is Confidence.VERIFIED or not _chosen(row):
            continue
        number = book.source(row.source_id).number
        first = confirm(
            row,
            document=f"（演示）{number}",
            page=in_chinese(row.clause) or "全文",
            by=FIRST,
            on=CONFIRMED_ON,
        )
        second = countersign(first, row, by=SECOND, on=COUNTERSIGNED_ON)
        yield replace(second, note=NOTE)


def _rows(book: NormBook) -> Iterator[Row]:
    yield from book.rows()
    for table in method_tables():
        yield from method_rows(table)


def _chosen(row: Row) -> bool:
    if row.source_id == CATALOGUE:
        return getattr(row, "industry", "") in CATALOGUE_INDUSTRIES
    return row.source_id in SOURCES


def write(confirmations: Iterable[Confirmation], path: Path) -> None:
    """A file that `read_confirmations` reads."""
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for confirmation in confirmations:
            cells = asdict(confirmation)
            writer.writerow({name: cells[name] if cells[name] else "" for name in COLUMNS})


def shipped() -> Path:
    """Where the region pack keeps the demo's confirmations."""
    return Path(str(resources.files("phaseout.regions.ningxia.demo") / "confirmations.csv"))


if __name__ == "__main__":
    write(demo_confirmations(NormBook.load()), shipped())
