"""Numbers of cases: mark of the office, word of the series, year, serial: 宁经信能立〔2018〕1号.

The serial comes from a register that counts without gap or double; this module only writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources

from phaseout.law.norms.book import read_csv
from phaseout.law.refusals import Refusal

SERIES: Mapping[str, str] = {
    "energy": "能立",
    "environment": "环立",
    "quality": "质立",
    "safety": "安立",
    "technology": "技立",
    "exit": "退立",
}
"""The word of each procedure's register of cases."""


def case_number(office: str, procedure: str, serial: int, *, on: date) -> str:
    """The number a case opened on a day bears.

    >>> case_number("eic", "energy", 1, on=date(2018, 3, 15))
    '宁经信能立〔2018〕1号'
    >>> case_number("epd", "environment", 1, on=date(2018, 3, 15))
    '宁环立〔2018〕1号'

    Raises:
        Refusal: `office_mark_not_on_record`, the region pack gives the office no mark on that day.
    """
    mark, word = mark_of(office, on), SERIES[procedure]
    if mark.endswith(word[0]):  # 宁环 says already what 环立 would say again
        word = word[1:]
    return f"{mark}{word}〔{on.year}〕{serial}号"


def mark_of(office: str, on: date) -> str:
    """The mark (机关代字) of an office on a day. Raises as `case_number`."""
    for function, mark, held_from, held_to in _marks():
        if function == office and held_from <= on <= held_to:
            return mark
    raise Refusal(
        "office_mark_not_on_record",
        what=(f"“{office}”不能编号", f"{office} cannot number a case"),
        why=(
            f"机关代字表中没有该机关在{on}的代字。",
            f"our record has no mark for its numbers on {on}.",
        ),
        instead=("请在 office_marks.csv 中补充。", "Add it to office_marks.csv."),
    )


@cache
def _marks() -> tuple[tuple[str, str, date, date], ...]:
    file = resources.files("phaseout") / "regions" / "ningxia" / "office_marks.csv"
    return tuple(
        (
            cells["function"],
            cells["mark"],
            date.fromisoformat(cells["held_from"] or "0001-01-01"),
            date.fromisoformat(cells["held_to"] or "9999-12-31"),
        )
        for _, cells in read_csv(file)
    )
