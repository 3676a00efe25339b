"""A picture (SVG) as dots (PNG), by the typesetter that sets the documents: no browser, no further
library; the same picture gives the same bytes."""

from __future__ import annotations

import re

import typst

from phaseout.documents.typefaces import Typefaces, characters, loaded

_SHEET = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.picture), format: "svg", width: eval(sys.inputs.width))"""
_FACES = Typefaces()


def as_png(svg: str, *, width: int, dots: int = 2) -> bytes:
    """The picture with `dots` dots for each of its `width` pixels. Its text is set in the first of
    its typefaces that is at hand; what is installed is asked only where the shipped ones lack a
    character."""
    words = re.sub(r"<[^>]*>", "", svg)
    installed = any(
        ord(sign) not in characters(_FACES, installed=False) for sign in words if not sign.isspace()
    )
    made = typst.compile(
        _SHEET,
        font_paths=loaded(None, installed=installed),
        ignore_system_fonts=not installed,
        format="png",
        ppi=72.0 * dots,
        sys_inputs={"picture": svg, "width": f"{width}pt"},
    )
    return made if isinstance(made, bytes) else made[0]
