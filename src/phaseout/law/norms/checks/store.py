"""The store read line by line, so that a line which does not fit is named and the rest goes on.

`NormBook.load` stops at the first bad line; a check has to find them all.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from phaseout.law.norms.book import TABLES, NormBook, fullest, read_csv
from phaseout.law.norms.checks.issue import Issue, error
from phaseout.law.norms.methods import method_tables
from phaseout.law.norms.records import Row, Source, parse

R = TypeVar("R")

_ROW_ID = re.compile(r"(?P<table>[a-z_.0-9]+)/(?P<source>[^/\s]+)/(?P<number>[1-9]\d*)")


@dataclass(frozen=True, slots=True)
class Store:
    """Everything the store holds that can be read, and what could not be.

    `documents` has every description of a document, with its file: two tables may describe one.
    """

    book: NormBook
    methods: Mapping[str, tuple[Row, ...]]
    documents: tuple[tuple[str, Source], ...]
    known_issues: tuple[Mapping[str, str], ...]
    unreadable: tuple[Issue, ...]

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Every row with the name of its table; method tables are called `methods.<name>`."""
        for table in TABLES:
            for row in getattr(self.book, table):
                yield table, row
        for table, rows in self.methods.items():
            for row in rows:
                yield f"methods.{table}", row


def shipped_tables() -> Traversable:
    """The folder of the tables as shipped."""
    return resources.files("phaseout.law.norms") / "tables"


def read_store(tables: Traversable | None = None) -> Store:
    """Read the store in the folder `tables` (default: the shipped one); never stops at a line."""
    root = tables if tables is not None else shipped_tables()
    reading = _Reading()
    read: dict[str, Any] = {
        table: tuple(row for file in _files(root / table) for row in reading.rows(file, kind))
        for table, kind in TABLES.items()
    }
    methods = {
        table: tuple(reading.rows(root / "methods" / f"{table}.csv", kind))
        for table, kind in sorted(method_tables().items())
    }
    documents = tuple(
        (file.name, source)
        for file in _files(root / "sources")
        for source in reading.rows(file, Source)
    )
    places = {
        cells["source_id"]: cells["division_code"]
        for _, cells in read_csv(root / "jurisdictions.csv")
    }
    known = root / "known_issues.csv"
    return Store(
        book=NormBook(
            **read, sources=fullest(source for _, source in documents), jurisdictions=places
        ),
        methods=methods,
        documents=documents,
        known_issues=tuple(cells for _, cells in read_csv(known)) if known.is_file() else (),
        unreadable=tuple(reading.issues),
    )


@dataclass(slots=True)
class _Reading:
    issues: list[Issue] = field(default_factory=list)

    def rows(self, file: Traversable, kind: type[R]) -> Iterator[R]:
        if not file.is_file():
            self.issues.append(
                error(
                    "table_missing",
                    file.name,
                    zh=f"缺少数据表{file.name}。",
                    en=f"the table {file.name} is missing.",
                )
            )
            return
        for line, cells in read_csv(file):
            try:
                yield _parsed(kind, cells)
            except ValueError as problem:
                self.issues.append(
                    error(
                        "line_unreadable",
                        f"{file.name} line {line}",
                        zh=f"{file.name}第{line}行无法读取：{problem}",
                        en=f"{file.name} line {line} cannot be read: {problem}",
                    )
                )


def _parsed(kind: type[R], cells: Mapping[str, str]) -> R:
    # the csv reader puts None where a line has fewer or more cells than the head
    if None in cells or None in cells.values():
        raise ValueError("not as many cells as columns")
    return parse(kind, cells)


def check_row_ids(store: Store) -> Iterator[Issue]:
    """Row ids are unique, name their table and source, and count on from 1 without holes."""
    times = Counter(row.row_id for _, row in store.rows())
    for row_id, count in times.items():
        if count > 1:
            yield error(
                "row_id_twice",
                row_id,
                zh=f"编号{row_id}出现{count}次。",
                en=f"the id {row_id} stands on {count} rows.",
            )
    numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for table, row in store.rows():
        parts = _ROW_ID.fullmatch(row.row_id)
        if not parts or (parts["table"], parts["source"]) != (table, row.source_id):
            yield error(
                "row_id_misplaced",
                row.row_id,
                zh=f"编号{row.row_id}与数据表{table}、来源{row.source_id}不符。",
                en=f"the id {row.row_id} does not name table {table} and source {row.source_id}.",
            )
        else:
            numbers[table, row.source_id].append(int(parts["number"]))
    for (table, source_id), found in numbers.items():
        if sorted(set(found)) != list(range(1, max(found) + 1)):
            yield error(
                "row_id_hole",
                f"{table}/{source_id}",
                zh=f"{table}/{source_id}的编号不连续：有记录被删除。",
                en=f"the numbers of {table}/{source_id} have holes: a row was taken away.",
            )


def _files(folder: Traversable) -> list[Traversable]:
    found = [file for file in folder.iterdir() if file.name.endswith(".csv")]
    return sorted(found, key=lambda file: file.name)
