"""No fact can become markup, hide, or vanish."""

import io
import json
import re
import unicodedata
from dataclasses import replace

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from phaseout.documents import Paragraph, Party, Table, editable, fill, render, sample
from phaseout.documents.characters import (
    check_text,
    check_visible,
    missing,
    no_glyph,
    surely_visible,
    tidy,
)
from phaseout.documents.samples import _SAMPLES
from phaseout.documents.typefaces import Typefaces, characters
from phaseout.documents.typesetting import as_data
from phaseout.evidence.digests import canonical
from phaseout.law.refusals import Refusal

NASTY = [
    "#", "$", "[", "]", "\\", '"', "'", "{", "}", "<", ">", "*", "_", "`", "@", "~", "//", "/*",
    "= ", "- ", "+ ", "#panic()", "#read(\"/etc/passwd\")", "$ x^2 $", "<label>", "@ref",
    "\\u{41}", "#set page(fill: red)", "]#[", "```", "https://例.cn/#a", "&amp;", "{party.name}",
    "{0}", "%s", "---", "\n= 标题\n",
]  # fmt: skip
nasty = st.lists(
    st.one_of(
        st.sampled_from(NASTY),
        st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=12),
        st.text("宁夏水泥整改二氧化硫SO₂〔〕《》，。：", max_size=8),
    ),
    min_size=1,
    max_size=6,
).map("".join)
HIDDEN = ["\u202e", "\u2066", "\u200b", "\u200f", "\ufeff", "\x00", "\x07", "\x1b", "\u00ad"]
slow = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def with_body(*texts: str):
    document = sample("penalty_notice")
    table = Table(("项目",), tuple((text,) for text in texts))
    return replace(document, body=(*map(Paragraph, texts), table))


def letters(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@slow
@given(nasty)
def test_a_text_is_printed_as_it_stands_and_never_read_as_markup(text):
    pdf = render(with_body(text, "末段"))
    printed = letters("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))
    assert letters(text) in printed
    assert "末段" in printed


@slow
@given(nasty, nasty)
def test_a_fact_never_reaches_another_field(name, fact):
    values, rights = _SAMPLES["penalty_notice"]()
    values = {**values, "party": Party(f"甲{name}"), "facts": (f"乙{fact}",)}
    document = fill("penalty_notice", sample("penalty_notice").imprint, values, rights)
    assert document.title == "行政处罚事先告知书"
    assert document.addressee == re.sub(r" *\n[ \n]*", " ", tidy(f"甲{name}"))
    printed = [piece.text for piece in document.body if isinstance(piece, Paragraph)]
    first, *more = [line for line in tidy(f"乙{fact}").split("\n") if line.strip()]
    assert first.strip() in printed and all(line.strip() in printed for line in more)
    assert json.loads(json.dumps(as_data(document)))["addressee"] == document.addressee


@slow
@given(nasty)
def test_a_word_file_holds_the_same_text(text):
    made = Document(io.BytesIO(editable(with_body(text))))
    assert letters(text) in letters("".join(line.text for line in made.paragraphs))


@pytest.mark.parametrize("sign", HIDDEN)
def test_a_character_that_hides_is_refused_with_its_code(sign):
    document = with_body(f"能耗为21{sign}8")
    for make in (render, editable):
        with pytest.raises(Refusal) as refused:
            make(document)
        assert refused.value.code == "document.character_hidden"
        assert f"U+{ord(sign):04X}" in refused.value.zh


@given(st.characters())
def test_every_character_is_either_shown_or_refused(sign):
    category = unicodedata.category(sign)
    document = with_body(tidy(f"甲{sign}乙"))
    try:
        check_visible(document)
    except Refusal:
        assert category[0] == "C"
    else:
        assert category[0] != "C" or sign in "\n\r\t"


def test_a_character_outside_the_shipped_typefaces_is_named_or_found_installed():
    rare = with_body("职工𪚥某")
    lacking = missing(rare, characters(Typefaces(spare=()), installed=False))
    assert lacking == {"𪚥"}
    with pytest.raises(Refusal) as refused:
        render(rare, Typefaces(spare=()))
    assert refused.value.code == "document.character_missing"
    assert "U+2A6A5" in refused.value.zh
    assert "fonts-noto-cjk" in no_glyph(lacking).en


def test_a_character_of_an_installed_typeface_is_printed():
    faces = Typefaces()
    if ord("龘") not in characters(faces, installed=True):
        pytest.skip("no Chinese typeface is installed here")
    pdf = render(with_body("龘"), faces)
    assert "龘" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_small_figures_of_formulas_can_be_copied():
    pdf = render(with_body("SO₂、PM₁₀、10⁻⁶、m³"))
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    for written in ("SO₂", "PM₁₀", "10⁻⁶", "m³"):
        assert written in printed


def test_a_long_run_without_spaces_stays_on_the_page():
    run = "A1B2C3D4" * 40
    pdf = render(with_body(run))
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert run in re.sub(r"\s", "", printed)
    edges = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=lambda text, cm, tm, font, size: edges.append(tm[4]))
    assert max(edges) < 595 - 70  # points: the right margin is 26 mm


@given(st.text())
def test_what_is_surely_visible_at_a_glance_is_not_refused_sign_by_sign(text: str) -> None:
    if surely_visible(canonical({"text": text})):
        check_text("正文", text)


@pytest.mark.parametrize("sign", ["\u0007", "\u200b", "\u202e", "\ufeff", "\x7f", "\u2028"])
def test_a_hidden_sign_is_never_surely_visible(sign: str) -> None:
    assert surely_visible(canonical({"text": "第一行\n第二行"}))
    assert not surely_visible(canonical({"text": f"第一行\n第{sign}二行"}))
    assert not surely_visible(canonical({"text": f"\\n{sign}"}))
