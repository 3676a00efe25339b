"""Pages and pictures are made from the tables, complete in both languages, and fresh."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from phaseout.cli import main
from phaseout.law.procedures import PROCEDURES, draw, page, procedure, versions
from phaseout.law.procedures.drawing import WIDTH

DOCS = Path(__file__).parents[3] / "docs" / "procedures"
SVG = "{http://www.w3.org/2000/svg}"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
BOTH = [(name, lang) for name in PROCEDURES for lang in ("zh", "en")]


def newest(name):
    return procedure(name, version=versions(name)[-1][0].isoformat())


def file_of(name, lang):
    return DOCS / (f"{name}.zh.md" if lang == "zh" else f"{name}.md")


@pytest.mark.parametrize(("name", "lang"), BOTH)
def test_the_page_in_the_docs_is_fresh(name, lang):
    """If not: phaseout procedures show NAME --lang LANG > docs/procedures/…"""
    assert file_of(name, lang).read_text(encoding="utf-8") == page(name, lang)


@pytest.mark.parametrize(("name", "lang"), BOTH)
def test_the_picture_in_the_docs_is_fresh(name, lang):
    """If not: phaseout procedures draw NAME --lang LANG > docs/procedures/NAME.LANG.svg"""
    shown = (DOCS / f"{name}.{lang}.svg").read_text(encoding="utf-8")
    assert shown == draw(newest(name), lang)


@pytest.mark.parametrize(("name", "lang"), BOTH)
def test_the_page_names_every_act_of_the_main_lines_and_every_deadline(name, lang):
    text = page(name, lang)
    one = newest(name)
    for rule in one.acts.values():
        side = rule.prefix and rule.track not in {b.track for b in one.blocks}
        if not side:
            assert f"`{rule.kind}`" in text
    for line in text.splitlines():
        assert line.count("|") in (0, 5, 7, 10), line


@pytest.mark.parametrize("name", PROCEDURES)
def test_the_english_page_holds_no_chinese(name):
    text = page(name, "en").replace("[中文]", "")
    found = [line for line in text.splitlines() if CHINESE.search(line)]
    assert found == []


@pytest.mark.parametrize(("name", "lang"), BOTH)
def test_a_picture_fits_a_phone_and_its_text_can_be_selected(name, lang):
    root = ET.fromstring(draw(newest(name), lang))
    assert WIDTH <= 360
    assert root.get("viewBox") == f"0 0 {WIDTH} {root.get('height')}"
    texts = [element.text or "" for element in root.iter(f"{SVG}text")]
    assert all(texts) and len(texts) > 10
    assert not list(root.iter(f"{SVG}script"))
    if lang == "en":
        assert not [text for text in texts if CHINESE.search(text)]


@pytest.mark.parametrize(("name", "lang"), BOTH)
def test_boxes_do_not_lie_over_each_other_nor_leave_the_picture(name, lang):
    root = ET.fromstring(draw(newest(name), lang))
    boxes = [group.find(f"{SVG}rect") for group in root.iter(f"{SVG}g")]
    spans = [(float(b.get("y")), float(b.get("y")) + float(b.get("height"))) for b in boxes]
    assert all(lower[0] > upper[1] for upper, lower in pairwise(spans))
    lanes = [abs(float(x)) for path in root.iter(f"{SVG}path")
             for x in re.findall(r"H(-?[\d.]+)", path.get("d") or "")]  # fmt: skip
    assert all(2 <= x <= WIDTH - 2 for x in lanes)


@pytest.mark.parametrize("name", PROCEDURES)
def test_the_picture_shows_every_stage_a_case_comes_to_and_marks_the_present_one(name):
    one = newest(name)
    root = ET.fromstring(draw(one, "zh", at="opened"))
    shown = {group.get("id") for group in root.iter(f"{SVG}g")}
    emergency = {"terminated", "merged", "transferred", "withdrawn"}
    assert shown == {stage.id for stage in one.stages_of("main")} - emergency
    marked = [g.get("id") for g in root.iter(f"{SVG}g") if "now" in g[0].get("class").split()]
    assert marked == ["opened"]


def run(*args):
    return CliRunner().invoke(main, ["procedures", *args])


def test_the_command_checks_shows_and_draws():
    assert run("show", "energy", "--lang", "en").stdout == page("energy", "en")
    assert run("draw", "exit").stdout == draw(newest("exit"), "zh")
    assert '"version": "2017-07-01"' in run("show", "energy", "--on", "2017-08-01", "--json").stdout
    assert run("draw", "energy", "--at", "moon").exit_code == 2
    assert run("show", "noise").exit_code == 2
    assert run("show", "energy", "--on", "2017-08-01").exit_code == 2
    assert run("show", "energy", "--on", "2016-08-01", "--json").exit_code == 1


def test_the_check_says_all_problems_and_exits_1(monkeypatch):
    from phaseout.commands import procedures
    from phaseout.law.procedures.checks import Problem

    monkeypatch.setattr(procedures, "check", lambda: ())
    assert run("check").exit_code == 0
    planted = (Problem("act.no-basis", "energy", "2017-01-01", "open", "无依据", "no basis"),) * 2
    monkeypatch.setattr(procedures, "check", lambda: planted)
    answer = run("check", "--lang", "en")
    assert answer.exit_code == 1
    assert answer.stdout.count("[act.no-basis] energy: no basis") == 2
    assert '"sound": false' in run("check", "--json").stdout
