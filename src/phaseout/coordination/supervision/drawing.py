"""Progress and the spread of like cases as pictures and as tables to keep; the pages show the same
numbers. A share that may not be compared has no bar and says why; nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaseout.coordination.supervision.showing import Cell
from phaseout.coordination.supervision.spread import MEASURED, Treated
from phaseout.documents.charts import CLEAR, Bar, Chart, Group, Series
from phaseout.law.refusals import Bilingual
from phaseout.law.supervision import Figure
from phaseout.pages.templatetags.phaseout import number, said

WHOLE = Decimal(100)


def progress_chart(table: Mapping[str, Any], notes: Sequence[str] = ()) -> Chart:
    """The shares of a table of the page, a group a figure: of each target its per cent."""
    groups = [
        _shares(row["figure"], row["cells"])
        for row in table["rows"]
        if row["figure"].is_share and any(cell.percent is not None for cell in row["cells"])
    ]
    return Chart(table["title"], tuple(groups), notes=tuple(notes))


def _shares(figure: Figure, cells: Sequence[Cell]) -> Group:
    bars = tuple(Bar(cell.percent or Decimal(0), _share(cell), cell.url) for cell in cells)
    names = tuple(said(cell.name) for cell in cells)
    return Group(f"{said(figure.name)} %", names, (Series("%", "plain", bars),), most=WHOLE)


def _share(cell: Cell) -> str:
    share = cell.share
    if cell.percent is not None:
        return f"{cell.percent}% ({number(share.part)} / {number(share.of)})"
    if cell.too_few:
        return f"{_('过少不比')} ({number(share.part)} / {number(share.of)})"
    return word_of(cell)


def word_of(cell: Cell) -> str:
    """Why a share is no per cent; empty where it is one, or where it is a count."""
    if not cell.told:
        return "—"
    if not cell.share.is_known:
        return _("未知")
    if cell.share.of == 0:
        return pgettext("基数", "没有")
    return _("过少不比") if cell.too_few else ""


def progress_rows(table: Mapping[str, Any]) -> list[list[Any]]:
    """The table as a file holds it: a row for each figure of each target."""
    head = [_("指标"), _("单位"), _("部分"), _("基数"), "%", _("说明")]
    return [
        head,
        *(
            [
                said(row["figure"].name), said(cell.name), cell.share.part, cell.share.of,
                cell.percent, word_of(cell),
            ]
            for row in table["rows"]
            for cell in row["cells"]
        ),
    ]  # fmt: skip


Spreads = Sequence[tuple[Bilingual, Treated, str]]
"""The name of a city (or of all), what it made of the cases, the list of these."""


def spread_chart(
    title: str,
    rows: Spreads,
    few: int,
    measures: Mapping[str, Bilingual],
    notes: Sequence[str] = (),
) -> Chart:
    """The middle half of each measure: from the lower quartile to the median and on to the upper
    one, a group a measure; of fewer than `few` cases there are none."""
    known = [one for one in MEASURED if any(one in row.quartiles for _, row, _ in rows)]
    groups = tuple(_middle(one, measures[one], rows, few) for one in known)
    return Chart(title, groups, stacked=True, notes=tuple(notes))


def _middle(measure: str, words: Bilingual, rows: Spreads, few: int) -> Group:
    names, totals = [], []
    bars: tuple[list[Bar | None], ...] = ([], [], [], [])
    most = max((one.quartiles[measure][1][2] for _, one, _ in rows if measure in one.quartiles))
    mark = most / 150  # so wide that it is seen where all is one value
    for name, one, url in rows:
        n, three = one.quartiles.get(measure, (0, None))
        names.append(said(name))
        shown = three if one.cases >= few else None
        totals.append(_quartiles(shown, n))
        for at, length in enumerate(_steps(shown, mark)):
            bars[at].append(None if shown is None else Bar(length, totals[-1], url))
    looks = (
        (CLEAR, ""), ("calm", _("下四分位至中位数")), ("dark", _("中位数")),
        ("light", _("中位数至上四分位")),
    )  # fmt: skip
    series = tuple(
        Series(said_, look, tuple(of)) for (look, said_), of in zip(looks, bars, strict=True)
    )
    return Group(said(words), tuple(names), series, tuple(totals), most=(most + mark) or None)


def _steps(
    three: tuple[Decimal, Decimal, Decimal] | None, mark: Decimal
) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """How long each part is: up to the lower quartile, to the median, the mark, to the upper."""
    first, median, third = three or (Decimal(0),) * 3
    return first, median - first, mark, third - median


def _quartiles(three: tuple[Decimal, Decimal, Decimal] | None, n: int) -> str:
    if three is None:
        return f"{_('过少不比')} (n={n})" if n else pgettext("基数", "没有")
    first, median, third = (number(one) for one in three)
    return f"{median} ({first}–{third}, n={n})"


def spread_rows(rows: Spreads, few: int, measures: Mapping[str, Bilingual]) -> list[list[Any]]:
    """The table as a file holds it: cities, and of each measure its quartiles."""
    head = [_("市"), pgettext("数量", "案件"), _("已作决定"), _("延期"), _("已结案")]
    for one in MEASURED:
        words = said(measures[one])
        head += [
            f"{words} n",
            *(f"{words} {q}" for q in (_("下四分位"), _("中位数"), _("上四分位"))),
        ]
    return [head, *([said(name), *_treated(one, few)] for name, one, _url in rows)]


def _treated(one: Treated, few: int) -> list[Any]:
    cells: list[Any] = [one.cases, one.decided, one.extended, one.closed]
    for measure in MEASURED:
        n, three = one.quartiles.get(measure, (0, None))
        cells += [n, *(three if three and one.cases >= few else (None,) * 3)]
    return cells
