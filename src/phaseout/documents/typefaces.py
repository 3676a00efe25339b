"""The typefaces a document is set in: the shipped ones, the office's own, the installed ones.

The shipped ones come first and are enough for nearly every document, so that the same document
gives the same bytes on every machine. Installed ones are asked only for characters they lack.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTCollection, TTFont

SHIPPED = Path(__file__).parent / "fonts"


@dataclass(frozen=True, slots=True)
class Typefaces:
    """Which family sets what, in the words of GB/T 9704; `folder` holds the office's own files.

    `body` is FangSong where the office has it; `head` and `title` are 小标宋. `spare` are families
    of the system asked, in this order, for characters that the others lack.
    """

    body: str = "Phaseout Song"
    title: str = "Phaseout Song"
    heading: str = "Phaseout Hei"
    folder: Path | None = None
    spare: tuple[str, ...] = (
        "Noto Serif CJK SC",
        "Source Han Serif SC",
        "SimSun",
        "SimSun-ExtB",
        "Noto Sans CJK SC",
    )

    def families(self, wanted: str) -> list[str]:
        """A family and those that stand in for it, in order."""
        return list(dict.fromkeys((wanted, "Phaseout Song", *self.spare)))


@cache
def loaded(folder: Path | None, *, installed: bool) -> typst.Fonts:
    """The fonts, read once a process: shipped, the office's, and with `installed` the system's."""
    paths = [SHIPPED] if folder is None else [SHIPPED, folder]
    return typst.Fonts(
        include_system_fonts=installed, include_embedded_fonts=False, font_paths=paths
    )


@cache
def characters(faces: Typefaces, *, installed: bool) -> frozenset[int]:
    """Every code point that can be printed wherever in a document it stands.

    That is what the families have that stand in for all others: the shipped Song, the spare ones.
    """
    wanted = {"Phaseout Song", *faces.spare}
    fonts = loaded(faces.folder, installed=installed).fonts()
    found: set[int] = set()
    for font in fonts:
        if font.family in wanted and font.path:
            found |= _code_points(Path(font.path), font.index)
    return frozenset(found)


@cache
def _code_points(path: Path, index: int) -> frozenset[int]:
    if path.suffix.lower() in (".ttc", ".otc"):
        font = TTCollection(path, lazy=True).fonts[index]
    else:
        font = TTFont(path, lazy=True)
    return frozenset(font.getBestCmap() or ())
