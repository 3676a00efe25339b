"""What is wrong with rows before they are reported: by row, column, value and expectation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from phaseout.accounts.organisations import divisions
from phaseout.coordination.returns.rows import DAYS, Row
from phaseout.law.annual import columns
from phaseout.law.capacity import EXITED, keys_of
from phaseout.law.industries import INDUSTRIES
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.refusals import Bilingual
from phaseout.law.uscc import uscc_mistake
from phaseout.registry.models import ProductionLine

LARGEST = Decimal(10) ** 15
WANTED_BY_WAY = {"cut": "cut_on", "sealed": "sealed_on", "dismantled": "dismantled_on"}
"""The day without which a way of exit has not happened."""
LENGTHS = {"enterprise": 200, "equipment": 400, "document": 120, "remarks": 400, "reason": 400}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong: row (of the file, or counted from 1), column by key, value, expectation."""

    row: int
    column: str
    value: str
    expected: Bilingual

    @property
    def head(self) -> Bilingual:
        return next((one.words for one in columns() if one.key == self.column), ("", ""))

    @property
    def words(self) -> Bilingual:
        zh, en = self.head
        value = self.value[:60]
        return (
            f"第{self.row}行“{zh}”：{value or '（空）'}，应为{self.expected[0]}",
            f"row {self.row}, {en}: {value or '(empty)'}, expected {self.expected[1]}",
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """What rows are checked against: year, city, what the ledger says, which lines there are."""

    year: int
    city: str
    filled: Mapping[tuple[str, str], Row]
    owners: Mapping[str, str]
    """line → USCC of its enterprise, for the lines that rows name and the register knows"""


def frame(year: int, city: str, filled: Sequence[Row], rows: Iterable[Row]) -> Frame:
    lines = ProductionLine.objects.filter(pk__in={row.line_id for row in rows if row.line_id})
    owners = dict(lines.values_list("pk", "enterprise_id"))
    return Frame(year, city, {row.key: row for row in filled}, owners)


def problems(rows: Sequence[tuple[int, Row]], held: Frame) -> list[Problem]:
    """Everything that is wrong with these (number, row): row by row, then twice the same, then what
    the ledger says and no row does."""
    found = [one for number, row in rows for one in _of_row(number, row, held)]
    seen: dict[tuple[str, str], int] = {}
    for number, row in rows:
        first = seen.setdefault(row.key, number)
        if first != number:
            column = "line_id" if row.line_id else "equipment"
            zh, en = (
                f"与第{first}行不同的生产线或设备",
                f"another line or equipment than in row {first}",
            )
            found.append(Problem(number, column, row.key[0], (zh, en)))
    end = max((number for number, _ in rows), default=0) + 1
    for key, row in held.filled.items():
        if key not in seen:
            expected = (
                f"台账中的这条生产线（{row.enterprise}）；不计入的保留该行，产能填0并写明理由",
                f"this line of the ledger ({row.enterprise}); what does not count stays, with a "
                "capacity of 0 and the reason",
            )
            found.append(Problem(end, "line_id", row.line_id, expected))
    return found


def _of_row(number: int, row: Row, held: Frame) -> Iterable[Problem]:
    for column, value, fits, expected in _rules(row, held):
        if not fits:
            yield Problem(number, column, str(value if value is not None else ""), expected)


Rule = tuple[str, object, bool, Bilingual]
"""Column, value, whether it fits, what is expected."""


def _rules(row: Row, held: Frame) -> Iterable[Rule]:
    yield from _where_and_who(row, held)
    yield from _what(row)
    yield from _when(row, held.year)
    if _wants_reason(row, held):
        yield (
            "reason",
            row.reason,
            bool(row.reason.strip()),
            ("更正理由（与台账预填不一致，或台账中没有）", "why it differs from the ledger"),
        )
    for name, most in LENGTHS.items():
        text: str = getattr(row, name)
        fits = len(text) <= most
        yield name, text, fits, (f"至多{most}字", f"at most {most}")


def _where_and_who(row: Row, held: Frame) -> Iterable[Rule]:
    code, uscc = row.division_code, row.uscc
    in_city = ("本市的县（市、区）", "a county of the city")
    yield "county", code, code in divisions() and code[:4] == held.city[:4], in_city
    known = ("十三个重点行业之一", "one of the thirteen industries")
    yield "industry", row.industry, row.industry in INDUSTRIES, known
    named = ("企业名称", "a name")
    yield "enterprise", row.enterprise, bool(row.enterprise.strip()), named
    right = ("正确的18位代码", "a right code")
    known_code = uscc in held.owners.values()  # what the register has stands as it has it
    yield "uscc", uscc, known_code or uscc_mistake(uscc) is None, right
    line = row.line_id
    of_firm = ("登记库中该企业的生产线编号，或不填", "a line of that enterprise, or nothing")
    yield "line_id", line, not line or held.owners.get(line) == uscc, of_firm


def _what(row: Row) -> Iterable[Rule]:
    ways = ("第（九）项的退出方式", "a way of exit of clause (9)")
    yield "way", row.way, row.way in keys_of(EXITED), ways
    kinds = ("能耗、环保、质量、安全、技术之一", "one of the five kinds")
    yield "dimension", row.dimension, row.dimension in set(Dimension), kinds
    machine = ("设备名称及型号", "the equipment")
    yield "equipment", row.equipment, bool(row.equipment.strip()), machine
    count = row.quantity
    whole = ("不小于1的整数", "a whole number from 1")
    yield "quantity", count, count is not None and 1 <= count <= 10**6, whole
    amount = row.amount
    much = ("不小于0、至多六位小数的数", "zero or more, at most six decimals")
    yield "capacity", amount, 0 <= amount < LARGEST, much
    number = ("决定文号", "the number of the decision")
    yield "document", row.document, bool(row.document.strip()), number


def _when(row: Row, year: int) -> Iterable[Rule]:
    """Days in the order of the work; the exit itself lies within the year."""
    days = [(name, getattr(row, name)) for name in DAYS]
    last: date | None = None
    for name, day in days:
        before = last
        ordered = (f"不晚于{year}年底", f"not after {year}")
        if before is not None:
            ordered = (f"不早于{before}，不晚于{year}年底", f"from {before} to the end of {year}")
        if day is not None:
            yield (
                name,
                day,
                day.year <= year and (before is None or before <= day),
                ordered,
            )
            last = day
    wanted = WANTED_BY_WAY.get(row.way, "")
    if wanted and row.amount:
        needs = ("该退出方式的实施日期", "the day of that way of exit")
        yield wanted, None, getattr(row, wanted) is not None, needs
    if row.amount and any(day for _, day in days):
        within = (f"{year}年内有一个日期", f"one of the days in {year}")
        yield (
            "accepted_on",
            row.accepted_on,
            any(day is not None and day.year == year for _, day in days),
            within,
        )


def _wants_reason(row: Row, held: Frame) -> bool:
    filled = held.filled.get(row.key)
    if filled is None:
        return True
    # What the ledger does not know is filled in, not corrected.
    told = [name for name in row.differs(filled) if getattr(filled, name) not in ("", None)]
    return bool(told)
