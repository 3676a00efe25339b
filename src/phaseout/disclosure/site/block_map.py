"""The five cities as blocks in their rough places: a scheme, no map.

A public map that shows borders needs an approval number in China (Regulations on the Administration
of Maps); what is drawn here has none: rectangles of the same kind, north above, each with its name
and its figure in words, so that nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from phaseout.accounts.organisations import place_words
from phaseout.documents.charts import FONT
from phaseout.law.refusals import Bilingual
from phaseout.pages.templatetags.phaseout import said

WIDTH, HEIGHT = 360, 372
_PLACES: Mapping[str, tuple[int, int, int, int]] = {
    "640200": (156, 4, 150, 84),
    "640100": (130, 96, 176, 84),
    "640500": (4, 188, 150, 84),
    "640300": (162, 188, 194, 84),
    "640400": (130, 280, 150, 84),
}
"""City → left, top, width, height."""

SHADES = ("#f4f6f9", "#dbe7f4", "#b5cfe8", "#6e9fd0", "#1f5fa8")
"""From nothing to the most; on the darkest the words are white."""


@dataclass(frozen=True, slots=True)
class Block:
    """One city: where its block stands, its name, its figure and shade."""

    code: str
    left: int
    top: int
    width: int
    height: int
    figure: int
    shade: int

    @property
    def name(self) -> Bilingual:
        return place_words(self.code)

    @property
    def fill(self) -> str:
        return SHADES[self.shade]

    @property
    def ink(self) -> str:
        return "#ffffff" if self.shade == len(SHADES) - 1 else "#1a2433"

    @property
    def middle(self) -> int:
        return self.left + self.width // 2

    @property
    def line(self) -> int:
        """The foot of the first line of words."""
        return self.top + self.height // 2 - 6


def blocks(figures: Mapping[str, int]) -> list[Block]:
    """The blocks of the cities (`640100` …) with a figure each; a city that is left out has 0."""
    most = max(figures.values(), default=0)
    return [
        Block(code, *place, figure=figures.get(code, 0), shade=_shade(figures.get(code, 0), most))
        for code, place in _PLACES.items()
    ]


def cities() -> tuple[str, ...]:
    """The codes of the cities in the order of their codes."""
    return tuple(sorted(_PLACES))


def _shade(figure: int, most: int) -> int:
    """0 for nothing; else 1 to 4 by the share of the most.

    >>> [_shade(n, 8) for n in (0, 1, 2, 3, 8)], _shade(0, 0)
    ([0, 1, 1, 2, 4], 0)
    """
    if not figure:
        return 0
    return min(4, 1 + (figure * 4 - 1) // most)


def drawn_blocks(shown: Sequence[Block], title: str, notes: Sequence[str]) -> str:
    """The blocks as a picture of their own (SVG), with its title above and what it says of itself
    below."""
    line, top = 20, 34
    height = top + HEIGHT + line * len(notes) + 16
    parts = [f'<text x="4" y="22" font-size="16" font-weight="600">{escape(title)}</text>']
    for one in shown:
        parts.append(
            f'<g transform="translate(0 {top})"><rect x="{one.left}" y="{one.top}" '
            f'width="{one.width}" height="{one.height}" rx="3" fill="{one.fill}" stroke="#4a5568"/>'
            f'<text x="{one.middle}" y="{one.line}" text-anchor="middle" font-size="15" '
            f'fill="{one.ink}">{escape(said(one.name))}</text>'
            f'<text x="{one.middle}" y="{one.line + 26}" text-anchor="middle" font-size="20" '
            f'font-weight="600" fill="{one.ink}">{one.figure}</text></g>'
        )
    for at, note in enumerate(notes, 1):
        y = top + HEIGHT + at * line
        parts.append(f'<text x="4" y="{y}" font-size="10" fill="#4a5568">{escape(note)}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img" fill="#1a2433" font-family="{FONT}">'
        f"<title>{escape(title)}</title>"
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )
