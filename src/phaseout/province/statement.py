"""What a province says about itself: `province.json`, `README.txt`, the raw real series."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from phaseout.province import attached
from phaseout.province.names import MARK
from phaseout.real import ATTRIBUTIONS, TURBINE_FILES, WORKS_FILE, received

if TYPE_CHECKING:
    from phaseout.province.making import Made, Wish

SCHEMA = "phaseout.province/1"
STATEMENT, README = "province.json", "README.txt"
TITLE = "演示省区"


def write(made: Made, folder: Path) -> None:
    """In `real/` the raw files of the real measurements; last `province.json`: all is written."""
    raw = folder / "real"
    raw.mkdir(exist_ok=True)
    for name in (*TURBINE_FILES, WORKS_FILE):
        (raw / name).write_bytes(received(name))
    text = json.dumps(described(made), ensure_ascii=False, indent=2) + "\n"
    (folder / STATEMENT).write_text(text, encoding="utf-8")


def mark(wish: Wish, folder: Path) -> None:
    """`README.txt`, written first: what lies here is fictional even if the making is broken off."""
    (folder / README).write_text(_readme(wish), encoding="utf-8")


def is_province(folder: Path) -> bool:
    """Whether the folder was marked as a demo province, finished or not."""
    readme = folder / README
    return readme.exists() and readme.read_text(encoding="utf-8").startswith(TITLE)


def described(made: Made) -> dict[str, Any]:
    """The province in plain data. Nothing in it depends on the clock or the machine."""
    wish = made.wish
    return {
        "schema": SCHEMA,
        "version": version("phaseout"),
        "fictional": True,
        "seed": wish.seed,
        "enterprises": wish.enterprises,
        "on": wish.on.isoformat(),
        "format": wish.form,
        "monitoring": {
            "format": wish.readings if wish.form == "csv" else "xlsx",
            "first": made.window.first.isoformat(),
            "last": made.window.last.isoformat(),
        },
        "rows": made.counts,
        "made_up": _MADE_UP,
        "real": _real(),
        "planted": [asdict(planted) for planted in made.planted],
    }


def attributions(lang: str = "zh") -> tuple[str, ...]:
    """What must be said wherever findings on a province are shown: one line each, zh or en."""
    said = (
        "真实测量数据，挂接在虚构的生产线上"
        if lang == "zh"
        else "real measurements, on fictional lines"
    )
    first = (
        "企业、生产线及其余数据均为虚构，与任何真实企业无关。"
        if lang == "zh"
        else "Enterprises, lines and all other facts are fictional; none is a real enterprise."
    )
    lines = (
        f"{a['authors']}: {a['title']}. {a['publisher']}. doi:{a['doi']}. {a['licence']}. ({said})"
        for a in ATTRIBUTIONS
    )
    return first, *lines


_MADE_UP = {
    "zh": "企业、生产线、设备、能耗、排放、检验、隐患、许可均为虚构；限值与名称取自标准库。"
    "信用代码第二位为8，系GB 32100未分配的机构类别，不可能是真实代码。",
    "en": "Enterprises, lines, equipment, energy, emissions, tests, hazards and permits are made "
    "up; limits and names come from the norm store. The second character of every code is 8, an "
    "entity type that GB 32100 does not assign: no real code looks like it.",
}


def _real() -> list[dict[str, Any]]:
    turbine, works = ATTRIBUTIONS
    return [
        {
            **turbine,
            "files": [f"real/{name}" for name in TURBINE_FILES],
            "attached_to": attached.BOILER_OUTLET,
            "as": "hourly NOx and CO, mg/m3, dry, O2 15 %, of a fictional gas-fired boiler",
            "note": "The source has no time stamps: its hours are numbered in order and the last "
            f"is put on {attached.LAST_HOUR:%Y-%m-%d %H:%M}; hours missing in the source are not "
            "marked there and shift what is before them.",
        },
        {
            **works,
            "files": [f"real/{WORKS_FILE}"],
            "attached_to": attached.METER_LINE,
            "as": "electricity by month, exact sums, as input of a fictional arc furnace",
            "note": "The output beside it is made up: the source gives none.",
        },
    ]


def _readme(wish: Wish) -> str:
    credits = "\n".join(
        f"  {a['authors']}: {a['title']}. {a['publisher']}. doi:{a['doi']}. {a['licence']}."
        for a in ATTRIBUTIONS
    )
    return _TEXT.format(
        title=TITLE,
        months=wish.months,
        messy=" --messy" if wish.messy else "",
        mark=MARK,
        seed=wish.seed,
        count=wish.enterprises,
        on=wish.on.isoformat(),
        credits=credits,
    )


_TEXT = """{title}{mark}
本文件夹中的企业、生产线、测量、检验、隐患和许可全部为虚构，企业名称前均标有{mark}，与任何真实企业无关。
唯一的例外是下列署名的真实测量数据，来自国外装置，挂接在虚构的生产线上，不能作为任何企业的证据。
种子 {seed}，企业 {count} 家，判定日 {on}。重新生成：
phaseout province --seed {seed} --enterprises {count} --on {on} --months {months}{messy} --out …
故意写错的行列于 province.json 的 planted。

A demo province (fictional)
Every enterprise, line, measurement, test, hazard and permit in this folder is made up; every name
begins with {mark}. None has to do with any real enterprise. The only exception are the real
measurements named below: they come from plants abroad, hang on fictional lines, and are evidence
about no enterprise. Rows that are wrong on purpose are listed in province.json under "planted".

真实测量数据 / Real measurements (folder real/, unchanged):
{credits}
"""
