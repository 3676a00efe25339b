"""Rows planted on purpose, as people write them: what an intake has to refuse, drop or forgive.

They stand behind the good rows of their table and name periods and things of their own, so that
refusing them takes nothing from the good rows. `province.json` lists each with file and row, so
that a test can prove that every one is reported, and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from phaseout.law.norms.book import read_csv
from phaseout.province.names import MARK, fictional_uscc
from phaseout.province.shapes import TABLES, Rows
from phaseout.province.writing import MONITORING, Writer

REFUSED, DROPPED, ACCEPTED = "refused", "dropped", "accepted"

IN_GB18030 = "permits.csv"
WITH_BOM = "enterprises.csv"
WITH_CHINESE_HEAD = "hazards.csv"
CHINESE_HEAD = ("隐患编号", "生产线编号", "判定依据", "发现日期", "备注")


@dataclass(frozen=True, slots=True)
class Planted:
    """A planted row. `row` counts from 1 with the head as row 1; `column` is where the mistake
    is; `outcome` is refused, dropped (an identical duplicate) or accepted (awkward but right);
    `code` is the code under which the intake reports a refusal."""

    table: str
    row: int
    column: str
    value: str
    outcome: str
    code: str
    zh: str
    en: str


def plant(writer: Writer, usccs: Sequence[str]) -> tuple[Planted, ...]:
    """Append the planted rows of every table; returns where they stand.

    `usccs` are the codes of the first one or two enterprises: planted lines are theirs.
    """
    found = []
    rows = Rows()
    words = _words(usccs)
    for _, line in read_csv(resources.files(__package__) / "menu" / "mistakes.csv"):
        cells = tuple(line["cells"].format(**words).split("|"))
        cells += ("",) * (len(TABLES[line["table"]]) - len(cells))
        table, column, outcome = line["table"], line["column"], line["outcome"]
        if table == MONITORING and not writer.takes_text_readings:
            continue  # Parquet has types: such rows cannot be written at all
        rows.add(table, *cells)
        row = 1 + writer.counts[table] + len(rows.by_table[table])
        value = cells[TABLES[table].index(column)]
        words_of = (outcome, line["code"], line["zh"], line["en"])
        found.append(Planted(table, row, column, value, *words_of))
    writer.rows(rows)
    return tuple(found)


def _words(usccs: Sequence[str]) -> dict[str, str]:
    good = fictional_uscc(999_999, "640104")
    return {
        "mark": MARK,
        "uscc": usccs[0],
        "second_uscc": usccs[-1],
        "broken_uscc": good[:-1] + ("1" if good[-1] != "1" else "2"),
        "spare_uscc": fictional_uscc(999_998, "640104"),
        "other_uscc": fictional_uscc(999_997, "640104"),
    }


def disguise(folder: Path) -> None:
    """Write one file in GB18030, one with a byte order mark, one with a Chinese head: all legal."""
    _rename_head(folder / WITH_CHINESE_HEAD)
    _recode(folder / IN_GB18030, "gb18030")
    _recode(folder / WITH_BOM, "utf-8-sig")


def _recode(path: Path, encoding: str) -> None:
    other = path.with_suffix(".tmp")
    with (
        path.open(encoding="utf-8", newline="") as old,
        other.open("w", encoding=encoding, newline="") as new,
    ):
        for line in old:
            new.write(line)
    other.replace(path)


def _rename_head(path: Path) -> None:
    head, _, rest = path.read_text(encoding="utf-8").partition("\n")
    if head != ",".join(TABLES[path.stem]):
        raise ValueError(f"{path.name} has another head than expected: {head}")
    path.write_text(",".join(CHINESE_HEAD) + "\n" + rest, encoding="utf-8", newline="")
