"""Bar charts from plain data, drawn as SVG on the server: for a page, and as a picture to keep.

    inline(chart, key)    for a page: as wide as its place, text at its own size, each bar a link
    legend(chart, key)    its series with a swatch each, for the page beside it
    drawn(chart)          a picture of its own: title, legend, bars, what it says of itself

Nothing is told by colour alone: each look has its pattern, each bar its figure in words. Figures
that cannot be added are groups with a scale each. The same chart gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape

WIDTH = 720
"""Of a picture to keep, in pixels of its own; a page's charts are as wide as their place."""
_INK, _SOFT = "#1a2433", "#4a5568"
FONT = "'PingFang SC','Microsoft YaHei','Noto Sans SC','Phaseout Hei',sans-serif"
_SIDE, _BAR, _LINE = 20, 16, 19
_ROOM = Decimal("0.7")
"""The part of the width that the longest of bars side by side takes; behind it is its figure."""

CLEAR = "clear"
"""The look of what only moves the bars behind it, where they do not begin at nought: not drawn."""
LOOKS = {
    CLEAR: ("none", "none"),
    "plain": ("#1f5fa8", "none"),
    "light": ("#c5d6ea", "none"),
    "calm": ("#7fa8d3", "dots"),
    "green": ("#2f7d5b", "dots"),
    "amber": ("#b26a00", "rise"),
    "red": ("#a4161a", "fall"),
    "violet": ("#6b4a8a", "cross"),
    "grey": ("#8a94a3", "upright"),
    "dark": ("#394454", "level"),
}
"""Look → (colour, pattern). Whoever draws names a look; two of one chart differ in both."""

_MARKS = {
    "rise": '<path d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke="#fff" stroke-width="1.6"/>',
    "fall": '<path d="M-2 6l4 4M0 0l8 8M6-2l4 4" stroke="#fff" stroke-width="1.6"/>',
    "cross": '<path d="M0 0l8 8M8 0l-8 8" stroke="#fff" stroke-width="1.1"/>',
    "dots": '<circle cx="4" cy="4" r="1.4" fill="#fff"/>',
    "upright": '<path d="M4 0v8" stroke="#fff" stroke-width="1.6"/>',
    "level": '<path d="M0 4h8" stroke="#fff" stroke-width="1.2"/>',
    "none": "",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure: how long its bar is (below nought: none), as people write it, what it opens."""

    value: Decimal
    said: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """What bars of one look say; a bar for each name of the group, None where nothing is known."""

    name: str
    look: str
    bars: tuple[Bar | None, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Names with their bars on one scale. `title`: the unit, or what is counted. `totals`: what
    stands behind each name, where bars are stacked. `most`: what the whole width stands for; None:
    the longest there is."""

    title: str
    names: tuple[str, ...]
    series: tuple[Series, ...]
    totals: tuple[str, ...] = ()
    most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """Groups of bars, stacked or side by side; `notes` stand below a picture to keep, a line each:
    the day, the source, that it is a demonstration."""

    title: str
    groups: tuple[Group, ...]
    stacked: bool = False
    notes: tuple[str, ...] = ()

    @property
    def looks(self) -> dict[str, str]:
        """Look → name of its series, in the order of their coming; of those that are drawn."""
        every = (one for group in self.groups for one in group.series)
        return {one.look: one.name for one in every if one.look != CLEAR}


@dataclass(slots=True)
class _Sheet:
    """What is drawn so far: `full` is the width in pixels, None where it is the page's to say."""

    key: str
    full: int | None
    y: int = 0

    def across(self, share: Decimal) -> str:
        """A length as a share of the width."""
        if self.full is None:
            return f"{float(share * 100):.3f}%"
        return f"{float(share * self.full):.1f}"

    def text(self, words: str, *, size: int = 13, heavy: bool = False, ink: str = _INK) -> str:
        weight = ' font-weight="600"' if heavy else ""
        return f'<text y="{self.y}" font-size="{size}" fill="{ink}"{weight}>{escape(words)}</text>'


def inline(chart: Chart, key: str) -> str:
    """The bars for a page; `key` tells its patterns from those of other charts there. Empty where
    there is nothing to draw."""
    sheet = _Sheet(key, None)
    parts = [*_groups(chart, sheet)]
    if not parts:
        return ""
    return (
        f'<svg class="drawn" width="100%" height="{sheet.y + 4}" role="group" '
        f'aria-label="{escape(chart.title)}">{_patterns(chart, key)}{"".join(parts)}</svg>'
    )


def legend(chart: Chart, key: str) -> list[tuple[str, str]]:
    """(name, swatch as SVG) of each series. The patterns are those of `inline` under the key."""
    begin = '<svg class="swatch" width="22" height="12" aria-hidden="true">'
    return [(name, f"{begin}{_swatch(look, key)}</svg>") for look, name in chart.looks.items()]


def drawn(chart: Chart) -> str:
    """The chart as a picture of its own."""
    sheet = _Sheet("c", WIDTH - 2 * _SIDE, y=18)
    parts = [sheet.text(chart.title, size=17, heavy=True)]
    sheet.y += 10
    if len(chart.looks) > 1:
        parts += _legend_lines(chart, sheet)
    parts += _groups(chart, sheet)
    sheet.y += 6
    for line in chart.notes:
        sheet.y += _LINE
        parts.append(sheet.text(line, size=12, ink=_SOFT))
    height = sheet.y + 2 * _SIDE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img" font-family="{FONT}">'
        f"<title>{escape(chart.title)}</title>"
        f'{_patterns(chart, "c")}<rect width="{WIDTH}" height="{height}" fill="#fff"/>'
        f'<g transform="translate({_SIDE} {_SIDE})">{"".join(parts)}</g></svg>\n'
    )


def _groups(chart: Chart, sheet: _Sheet) -> Iterator[str]:
    for group in chart.groups:
        if group.title:
            sheet.y += _LINE + 6
            yield sheet.text(group.title, heavy=True)
        longest = _longest(chart, group)
        for at, name in enumerate(group.names):
            sheet.y += _LINE + 2
            total = f"　{group.totals[at]}" if group.totals else ""
            yield sheet.text(f"{name}{total}")
            sheet.y += 5
            if chart.stacked:
                yield from _stack(group, at, sheet, longest)
            else:
                yield from _beside(group, at, sheet, longest)


def _longest(chart: Chart, group: Group) -> Decimal:
    """What the whole width stands for."""
    if group.most is not None:
        return group.most
    rows = [[_long(one.bars[at]) for one in group.series] for at in range(len(group.names))]
    lengths = [sum(row, Decimal(0)) if chart.stacked else max(row) for row in rows if row]
    return max(lengths, default=Decimal(0)) or Decimal(1)


def _long(bar: Bar | None) -> Decimal:
    return max(bar.value, Decimal(0)) if bar is not None else Decimal(0)


def _stack(group: Group, at: int, sheet: _Sheet, longest: Decimal) -> Iterator[str]:
    begins = Decimal(0)
    for one in group.series:
        bar = one.bars[at]
        if bar is None or not _long(bar):
            continue
        share = _long(bar) / longest
        if one.look != CLEAR:
            yield _rect(sheet, begins, share, one, bar, group.names[at])
        begins += share
    sheet.y += _BAR + 2


def _beside(group: Group, at: int, sheet: _Sheet, longest: Decimal) -> Iterator[str]:
    for one in group.series:
        bar = one.bars[at]
        share = _long(bar) / longest * _ROOM
        if share and bar is not None:
            yield _rect(sheet, Decimal(0), share, one, bar, group.names[at])
        said = "—" if bar is None else bar.said
        yield (
            f'<text x="{sheet.across(share)}" dx="6" y="{sheet.y + 12}" font-size="12" '
            f'fill="{_INK}">{escape(said)}</text>'
        )
        sheet.y += _BAR + 2


def _rect(sheet: _Sheet, x: Decimal, share: Decimal, series: Series, bar: Bar, name: str) -> str:
    words = escape(f"{name} {series.name} {bar.said}")
    colour, mark = LOOKS[series.look]
    fill = colour if mark == "none" else f"url(#{sheet.key}-{series.look})"
    rect = (
        f'<rect x="{sheet.across(x)}" y="{sheet.y}" width="{sheet.across(share)}" height="{_BAR}" '
        f'fill="{fill}" stroke="{colour}"><title>{words}</title></rect>'
    )
    if not bar.url or sheet.full is not None:
        return rect
    return f'<a href="{escape(bar.url)}" aria-label="{words}">{rect}</a>'


def _patterns(chart: Chart, key: str) -> str:
    used = [look for look in chart.looks if LOOKS[look][1] != "none"]
    made = "".join(
        f'<pattern id="{key}-{look}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{LOOKS[look][0]}"/>{_MARKS[LOOKS[look][1]]}</pattern>'
        for look in used
    )
    return f"<defs>{made}</defs>" if made else ""


def _swatch(look: str, key: str) -> str:
    colour, mark = LOOKS[look]
    fill = colour if mark == "none" else f"url(#{key}-{look})"
    return f'<rect x="0.5" y="0.5" width="21" height="11" fill="{fill}" stroke="{colour}"/>'


def _legend_lines(chart: Chart, sheet: _Sheet) -> Iterator[str]:
    x, first = 0, True
    for look, name in chart.looks.items():
        wide = 44 + sum(13 if ord(sign) > 0x2E7F else 8 for sign in name)
        if first or x + wide > WIDTH - 2 * _SIDE:
            x, first = 0, False
            sheet.y += _LINE
        yield (
            f'<g transform="translate({x} {sheet.y - 11})">{_swatch(look, sheet.key)}'
            f'<text x="28" y="11" font-size="13" fill="{_INK}">{escape(name)}</text></g>'
        )
        x += wide
