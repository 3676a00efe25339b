"""The English of the site is complete, undoubted, of one voice, and compiled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from phaseout.pages import locales

ROOMS = sorted(file.parent for file in locales.ROOMS.rglob("apps.py"))
SAYING = [room for room in ROOMS if (room / locales.CATALOGUE).exists()]


def _entries() -> Iterator[tuple[Path, polib.POEntry]]:
    for room in SAYING:
        for entry in polib.pofile(str(room / locales.CATALOGUE)):
            yield room, entry


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_text_of_a_room_has_its_english(room: Path) -> None:
    assert locales.missing(room) == [], "run `make messages` and fill in the .po"


@pytest.mark.parametrize("room", SAYING, ids=lambda room: room.name)
def test_the_compiled_english_is_that_of_the_po(room: Path) -> None:
    compiled = (room / locales.CATALOGUE).with_suffix(".mo")
    assert compiled.read_bytes() == locales.compiled(room), "run `make messages`"


def test_one_text_has_one_english_in_all_rooms() -> None:
    """Django takes the first room's; two Englishes of one text would depend on the order."""
    englishes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, entry in _entries():
        if entry.msgstr:
            englishes[entry.msgctxt or "", entry.msgid].add(entry.msgstr)
    assert {text: found for text, found in englishes.items() if len(found) > 1} == {}


def test_placeholders_survive_translation() -> None:
    lost = []
    for room, entry in _entries():
        for english in [entry.msgstr, *entry.msgstr_plural.values()]:
            if english and english.count("%(") < entry.msgid.count("%("):
                lost.append((room.name, entry.msgid, english))
    assert lost == []


def test_texts_in_templates_and_in_code_are_found(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text(
        '{% load i18n %}{% translate "甲（一）" %}{# {% translate "否" %} #}'
        "{% blocktranslate count n=rows|length %}{{ n }} 行"
        "{% plural %}{{ n }} 行{% endblocktranslate %}"
        '{% translate "页" context "翻" %}{% firstof x _("乙") %}',
        encoding="utf-8",
    )
    (tmp_path / "forms.py").write_text(
        'label = gettext_lazy("丙")\nother = ngettext("%(n)s 丁", "%(n)s 丁", n)\n',
        encoding="utf-8",
    )
    assert locales.collect(tmp_path) == {
        locales.Said("甲（一）"),
        locales.Said("%(n)s 行", "%(n)s 行"),
        locales.Said("页", context="翻"),
        locales.Said("乙"),
        locales.Said("丙"),
        locales.Said("%(n)s 丁", "%(n)s 丁"),
    }
