"""Making a province: enterprise by enterprise, table by table, the same bytes for the same wish."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from phaseout.law.norms.book import NormBook
from phaseout.law.refusals import Refusal
from phaseout.province import (
    allowances,
    attached,
    emissions,
    energy,
    enterprises,
    mistakes,
    quality,
    safety,
    statement,
    technology,
)
from phaseout.province.chance import Chance
from phaseout.province.menu.norms import Menu
from phaseout.province.mistakes import Planted
from phaseout.province.monitoring import Readings
from phaseout.province.places import ningxia
from phaseout.province.shapes import TABLES, Plan, Rows
from phaseout.province.window import Window, window_before
from phaseout.province.writing import FolderWriter, WorkbookWriter, Writer

DEMO_DAY = date(2018, 3, 15)
FIRST_YEAR, LAST_YEAR = 1990, 2100
CSV_UP_TO = 1000
"""Enterprises up to which readings are CSV unless asked otherwise: beyond, the file is too large
to look at, and Parquet is a tenth of it."""

BATCH = 60
"""Outlets whose readings are made at once: bounds the memory."""

Progress = Callable[[int, int], None]
"""Told after every enterprise: how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What province is wanted. `months` is the length of the monitored window, `messy` plants
    rows that an intake has to refuse; `readings` is csv or parquet, `form` csv or xlsx."""

    seed: int
    enterprises: int
    on: date = DEMO_DAY
    months: int = 3
    messy: bool = True
    form: str = "csv"
    readings: str = "csv"


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: rows by table and the rows planted on purpose."""

    wish: Wish
    window: Window
    counts: dict[str, int]
    planted: tuple[Planted, ...]


def make(wish: Wish, folder: Path, *, progress: Progress | None = None) -> Made:
    """Write the province into `folder`, which is made where it does not exist.

    Files of an earlier province in the folder are replaced; other files stay.

    Raises:
        Refusal: `no_enterprises`, `too_many_enterprises`, `day_of_no_province`,
            `folder_holds_other_facts`, `too_many_rows_for_a_sheet`.
    """
    _check(wish)
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    statement.mark(wish, folder)
    window = window_before(wish.on, wish.months)
    writer = _writer(wish, folder)
    with closing(writer):
        usccs = _write_all(wish, window, writer, progress or (lambda done, of: None))
        planted = mistakes.plant(writer, usccs) if wish.messy else ()
    made = Made(wish, window, dict(writer.counts), planted)
    if wish.messy and wish.form == "csv":
        mistakes.disguise(folder)
    statement.write(made, folder)
    return made


def _check(wish: Wish) -> None:
    if wish.enterprises < 1:
        raise Refusal(
            "no_enterprises",
            what=("不能生成演示数据", "no province can be made"),
            why=(
                f"企业数为{wish.enterprises}。",
                f"{wish.enterprises} enterprises were asked for.",
            ),
            instead=("请至少要求1家企业。", "Ask for one or more."),
        )
    if wish.enterprises > 999_999:
        raise Refusal(
            "too_many_enterprises",
            what=("不能生成演示数据", "no such province can be made"),
            why=("虚构信用代码只有六位序号。", "fictional codes have six digits to count with."),
            instead=("请不超过999999家。", "Ask for at most 999,999."),
        )
    if not FIRST_YEAR <= wish.on.year <= LAST_YEAR:
        raise Refusal(
            "day_of_no_province",
            what=("不能生成演示数据", "no such province can be made"),
            why=(
                f"{wish.on}前后没有可以虚构的许可证、投产日和监测数据。",
                f"around {wish.on} no permits, commissionings and readings can be made up.",
            ),
            instead=(
                f"请使用{FIRST_YEAR}年至{LAST_YEAR}年之间的日期。",
                f"Give a day of the years {FIRST_YEAR} to {LAST_YEAR}.",
            ),
        )


def _clear(folder: Path) -> None:
    """Remove an earlier province; facts that are none are never touched."""
    names = [f"{table}.{suffix}" for table in TABLES for suffix in ("csv", "parquet")]
    there = [folder / name for name in (*names, "facts.xlsx") if (folder / name).exists()]
    if there and not statement.is_province(folder):
        raise Refusal(
            "folder_holds_other_facts",
            what=(f"不能在{folder}生成演示数据", f"no province can be made in {folder}"),
            why=(
                f"其中已有{there[0].name}，且不是演示数据。",
                f"{there[0].name} is there already and is no part of a demo province.",
            ),
            instead=("请另选文件夹。", "Choose another folder."),
        )
    # Without the statement the folder counts as unfinished until all is written.
    for path in (*there, folder / statement.STATEMENT):
        path.unlink(missing_ok=True)


def _writer(wish: Wish, folder: Path) -> Writer:
    if wish.form == "xlsx":
        return WorkbookWriter(folder)
    return FolderWriter(folder, parquet_readings=wish.readings == "parquet")


def _write_all(wish: Wish, window: Window, writer: Writer, progress: Progress) -> list[str]:
    """Everything but the planted rows; returns the codes of the first two enterprises."""
    menu = Menu(NormBook.load())
    waiting: list[Plan] = []
    usccs: list[str] = []
    with closing(Readings(wish.seed, window)) as readings:
        for number in range(wish.enterprises):
            rows = Rows()
            waiting += _enterprise(wish, number, window, menu, rows)
            writer.rows(rows)
            usccs += [rows.by_table["enterprises"][0][0]] if number < 2 else []
            if len(waiting) >= BATCH or (waiting and number + 1 == wish.enterprises):
                for batch in readings.of(waiting):
                    writer.readings(batch)
                waiting = []
            progress(number + 1, wish.enterprises)
    for batch in attached.readings():
        writer.readings(batch)
    return usccs


def _enterprise(wish: Wish, number: int, window: Window, menu: Menu, rows: Rows) -> list[Plan]:
    """The rows of one enterprise; returns how its outlets are to be measured."""
    firm = enterprises.enterprise(wish.seed, number, ningxia(), wish.on)
    chance = Chance.of(wish.seed, "facts", number)
    enterprises.write(firm, rows)
    plans: list[Plan] = []
    for line in firm.lines:
        own = chance.child(line.line_id)
        technology.write(line, rows, menu, own.child("technology"))
        energy.write(line, rows, menu, own.child("energy"), wish.on)
        plans += emissions.write(line, rows, menu, own.child("emissions"), window)
        quality.write(line, rows, menu, own.child("quality"), wish.on)
        safety.write_hazards(line, rows, menu, own.child("hazards"), wish.on)
    safety.write_permits(firm, rows, chance.child("permits"), wish.on)
    allowances.write(firm, plans, rows, chance.child("allowances"), window)
    if number == 0:
        attached.write(firm.uscc, rows, wish.seed, wish.on)
    return plans
