"""The English of the pages: collects what the rooms say, and compiles it. `make messages`.

    python -m phaseout.pages.locales                  collect into each room's .po, then compile
    python -m phaseout.pages.locales library desk     these rooms only
    python -m phaseout.pages.locales --check          say what is missing; exit 1 if anything is

Chinese is the language of the templates and of the code that speaks to people; a room keeps its
English in `locale/en/LC_MESSAGES/django.po`. The compiled `.mo` beside it is committed, so that
nobody needs gettext to run the site. Needs polib, which developers have.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation import template as django_template

ROOMS = Path(__file__).resolve().parents[1]
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
HEADER = {
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
# What stands in a name of a function that marks a text, without `_lazy`.
_MARKS = {"_", "gettext", "ngettext", "pgettext", "npgettext", "gettext_noop"}
_CALL = re.compile(r"\b(_|n?p?gettext)\((?=\s*u?['\"])")


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """One text that is translated: what it says, its plural and its context if it has them."""

    msgid: str
    plural: str = ""
    context: str = ""


def rooms() -> list[Path]:
    """The rooms that say something to people, in the order of their names."""
    return sorted(p.parent for p in ROOMS.rglob("apps.py") if collect(p.parent))


def collect(room: Path) -> set[Said]:
    """All texts marked for translation in a room's templates and code, without those of the rooms
    within it."""
    found: set[Said] = set()
    within = [p.parent for p in room.glob("*/apps.py")]
    for path in sorted(room.rglob("*")):
        if any(path.is_relative_to(inner) for inner in within):
            continue
        if "templates" in path.parts and path.suffix in {".html", ".txt"}:
            found.update(_in_template(path))
        elif path.suffix == ".py" and "migrations" not in path.parts:
            found.update(_in_code(ast.parse(path.read_text(encoding="utf-8"))))
    return found


def missing(room: Path) -> list[Said]:
    """Texts of a room that have no English, or one that somebody marked as doubtful."""
    known = {_said(e): e for e in _catalogue(room) if not e.obsolete}
    return sorted(
        said
        for said in collect(room)
        if said not in known or not known[said].translated() or known[said].fuzzy
    )


def gather(room: Path) -> None:
    """Bring a room's .po up to its texts: those no longer said taken out, new ones as another room
    says them, or empty."""
    old = {
        _said(entry): entry
        for other in (*(p.parent for p in ROOMS.rglob("apps.py")), room)
        for entry in _catalogue(other)
        if entry.translated()
    }
    fresh = polib.POFile(wrapwidth=98)
    fresh.metadata = dict(HEADER)
    for said in sorted(collect(room)):
        entry = polib.POEntry(
            msgid=said.msgid, msgid_plural=said.plural, msgctxt=said.context or None
        )
        if said in old:
            entry.msgstr, entry.msgstr_plural = old[said].msgstr, old[said].msgstr_plural
            entry.comment, entry.tcomment = old[said].comment, old[said].tcomment
        elif said.plural:
            entry.msgstr_plural = {0: "", 1: ""}
        fresh.append(entry)
    (room / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(room / CATALOGUE))


def compiled(room: Path) -> bytes:
    """The .mo that belongs to a room's .po as it stands."""
    binary: bytes = _catalogue(room).to_binary()
    return binary


def _catalogue(room: Path) -> polib.POFile:
    place = room / CATALOGUE
    return polib.pofile(str(place)) if place.exists() else polib.POFile()


def _said(entry: polib.POEntry) -> Said:
    return Said(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def _in_template(path: Path) -> Iterator[Said]:
    """Django turns the template into calls of gettext; those are read."""
    text = django_template.templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for match in _CALL.finditer(text):
        call = _call_at(text, match.start())
        yield from _in_code(ast.parse(call, mode="eval"))


def _call_at(text: str, start: int) -> str:
    """The shortest piece from `start` that reads as a whole call."""
    end = text.index(")", start)
    while True:
        try:
            ast.parse(text[start : end + 1], mode="eval")
        except SyntaxError:
            end = text.index(")", end + 1)
        else:
            return text[start : end + 1]


def _in_code(tree: ast.AST) -> Iterator[Said]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", "")).removesuffix("_lazy")
        if name not in _MARKS:
            continue
        texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
        words = [t for t in texts if isinstance(t, str)]
        if not words:
            continue
        context = words.pop(0) if name in {"pgettext", "npgettext"} else ""
        yield Said(words[0], words[1] if name.startswith("n") else "", context)


def main(arguments: list[str]) -> int:
    """Collect and compile, or only say what is missing."""
    named = {name for name in arguments if not name.startswith("-")}
    chosen = [room for room in rooms() if not named or room.name in named]
    lacking = 0
    for room in chosen:
        if "--check" not in arguments:
            gather(room)
            (room / CATALOGUE).with_suffix(".mo").write_bytes(compiled(room))
        for said in missing(room):
            lacking += 1
            sys.stdout.write(f"{room.name}: {said.msgid}\n")
    sys.stderr.write(f"{lacking} texts have no English yet\n")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
