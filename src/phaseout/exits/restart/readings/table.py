"""What a file of readings may look like: columns with every spelling that grid companies use."""

from __future__ import annotations

from functools import cache

from phaseout.facts.heads import Head
from phaseout.facts.schema import Column, Kind, Table, folded
from phaseout.law.refusals import Refusal

ENERGY = "电量（kWh）"
_COLUMNS = (
    ("meter", Kind.CODE, True, "", "电表编号", "meter number",
     "表号|电能表编号|资产编号|表计编号|电表号|计量点编号|户号|meter|meter id"),
    ("time", Kind.MOMENT, True, "", "时间", "time",
     "数据时间|采集时间|抄表时间|时刻|日期时间|数据日期|datetime|timestamp"),
    ("kwh", Kind.REAL, False, "not_negative", ENERGY, "energy (kWh)",
     "电量|用电量|有功电量|正向有功电量|电量(kWh)|用电量(kWh)|用电量（kWh）|energy|kWh"),
    ("register", Kind.REAL, False, "not_negative", "正向有功示值", "register reading",
     "示数|示值|表底数|表底|正向有功总|正向有功总示值|止码|register"),
)  # fmt: skip


@cache
def table() -> Table:
    """The table of readings: it is no fact table of the judgement, and is read by its machinery."""
    columns = tuple(
        Column(
            "meter_readings",
            name,
            kind,
            required,
            False,
            bound,
            "",
            "",
            zh,
            en,
            frozenset(folded(word) for word in (name, zh, en, *also.split("|"))),
        )
        for name, kind, required, bound, zh, en, also in _COLUMNS
    )
    names = ("meter_readings", "电表读数", "meter readings", "负荷", "用电曲线")
    return Table("meter_readings", "电表读数", columns, frozenset(folded(name) for name in names))


def check_values_given(head: Head, file: str) -> None:
    """Raises:
    Refusal: `missing_column`: the file has neither energies nor register readings.
    """
    if "kwh" in head.at or "register" in head.at:
        return
    raise Refusal(
        "missing_column",
        what=(f"{file}没有电量", f"{file} holds no energy"),
        why=(
            "表头中既没有“电量（kWh）”，也没有“正向有功示值”。",
            "its head names neither an energy (kWh) nor a register reading.",
        ),
        instead=(
            "请补上其中一列；现有表头：" + "、".join(head.written) + "。",
            "Add one of them; the head now reads: " + ", ".join(head.written) + ".",
        ),
    )
