"""Make the shipped typefaces from Debian's fonts-noto-cjk: `make fonts`.

Takes GB 2312 and what our field needs beyond it, renames the families (so that an installed Noto
never takes their place), and draws the small figures of chemical formulas, which Noto lacks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

NOTO = Path("/usr/share/fonts/opentype/noto")
HERE = Path(__file__).parent / "fonts"
SIMPLIFIED = 2
"""Which font of Noto's collections is the one for simplified Chinese."""

ENGLISH = 0x409
KEPT_NAMES = (0, 5, 13, 14)
"""Copyright, version, licence and its address stay as Noto states them."""

NAMES = (
    "堃喆犇焱淼焜彧頔垚昉镕珺玥芃珅晗赟煊祎玮堉琨珩翀旻昇劼勐昶晔"
    "曌沄沣浛湉滢潆炆烜珂珈琎琰瑄璟瓅禛芮茜蓥骉鑫"
)
"""Characters of names of people and firms that GB 2312 lacks and that come up often."""

SIGNS = "—·µ²³¹¼½¾–•‥†‡‰€¥µ㎎㎏㎜㎝㎞㎡㎥㏄℉〇々✓≤≥⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

SMALL = {
    **{chr(0x2080 + n): (str(n), "sub") for n in range(10)},
    **{chr(0x2070 + n): (str(n), "super") for n in (0, *range(4, 10))},
    "₊": ("+", "sub"),
    "₋": ("−", "sub"),
    "⁺": ("+", "super"),
    "⁻": ("−", "super"),
}
"""Small figures that Noto CJK lacks, drawn from the large ones: SO₂, PM₁₀, 10⁻⁶."""

LENT = [chr(0x9FA5 - n) for n in range(len(SMALL))]
"""Rare characters whose places in the font the small figures take."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One typeface to make: from which file, under which name."""

    source: str
    family: str
    style: str
    weight: int

    @property
    def target(self) -> str:
        return f"{self.family.replace(' ', '')}-{self.style}.otf"


CUTS = (
    Cut("NotoSerifCJK-Regular.ttc", "Phaseout Song", "Regular", 400),
    Cut("NotoSerifCJK-Bold.ttc", "Phaseout Song", "Bold", 700),
    Cut("NotoSansCJK-Regular.ttc", "Phaseout Hei", "Regular", 400),
)


def wanted() -> set[str]:
    """Every character that the shipped typefaces are to have, the small figures aside."""
    ascii_signs = {chr(code) for code in range(0x20, 0x7F)}
    return ascii_signs | set(_gb2312()) | set(NAMES) | set(SIGNS) | {"−", "\u00a0"}


def _gb2312() -> Iterator[str]:
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes([row, cell]).decode("gb2312")
            except UnicodeDecodeError:
                continue


def make(cut: Cut, folder: Path) -> Path:
    """Write one typeface into `folder`; returns its file."""
    font = TTFont(NOTO / cut.source, fontNumber=SIMPLIFIED, recalcTimestamp=False)
    options = subset.Options(layout_features=[], name_IDs=["*"], hinting=False, notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(wanted() | set(LENT))))
    subsetter.subset(font)
    _draw_small_figures(font)
    _rename(font, cut)
    target = folder / cut.target
    font.save(target)
    return target


def _draw_small_figures(font: Any) -> None:
    """Give the lent places the outlines of small figures, and the figures their code points."""
    codes = font.getBestCmap()
    glyphs = font.getGlyphSet()
    for lent, (small, (large, where)) in zip(LENT, SMALL.items(), strict=True):
        place = codes[ord(lent)]
        drawn_from = codes[ord(large)]
        width = round(font["hmtx"][drawn_from][0] * 0.6)
        _draw(font, place, glyphs[drawn_from], width, drop=-150 if where == "sub" else 330)
        font["hmtx"][place] = (width, 0)
        for table in font["cmap"].tables:
            if table.isUnicode() and table.cmap.pop(ord(lent), None):
                table.cmap[ord(small)] = place


def _draw(font: Any, place: str, outline: Any, width: int, *, drop: int) -> None:
    top = font["CFF "].cff.topDictIndex[0]
    old, group = top.CharStrings.getItemAndSelector(place)
    private = top.FDArray[group].Private
    # A charstring states its width as the difference to the nominal one of its group.
    pen = T2CharStringPen(width - private.nominalWidthX, None)
    outline.draw(TransformPen(pen, (0.6, 0, 0, 0.6, 0, drop)))
    old.setProgram(pen.getCharString(private, top.GlobalSubrs).program)


def _rename(font: Any, cut: Cut) -> None:
    post = cut.target.removesuffix(".otf")
    full = f"{cut.family} {cut.style}"
    said = {1: cut.family, 2: cut.style, 3: f"{post}-1", 4: full, 6: post}
    for record in list(font["name"].names):
        if record.nameID in said and record.langID == ENGLISH:
            record.string = said[record.nameID]
        elif record.nameID not in KEPT_NAMES:
            font["name"].removeNames(nameID=record.nameID, langID=record.langID)
    bold = cut.weight >= 700
    font["OS/2"].usWeightClass = cut.weight
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x61 | (0x20 if bold else 0x40)
    font["head"].macStyle = int(bold)
    cff = font["CFF "].cff
    cff.fontNames = [post]
    top = cff.topDictIndex[0]
    top.FamilyName, top.FullName, top.Weight = cut.family, full, cut.style


def main() -> int:
    """Make all typefaces; exit 1 where Debian's package is missing."""
    if not NOTO.is_dir():
        sys.stderr.write(f"{NOTO} is missing: apt-get install fonts-noto-cjk\n")
        return 1
    for cut in CUTS:
        made = make(cut, HERE)
        sys.stdout.write(f"{made.name}: {made.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
