"""A form refuses what it lacks, by name, and says what it was given."""

import io
from dataclasses import replace
from datetime import date
from importlib import resources

import pytest
from docx import Document

from phaseout.documents import (
    BasisCited,
    Heading,
    Imprint,
    Office,
    Right,
    RightKind,
    editable,
    fill,
    form,
    forms,
    sample,
)
from phaseout.documents.samples import _SAMPLES
from phaseout.documents.saying import article, numeral
from phaseout.documents.templates import PLACE
from phaseout.law.norms.book import read_csv
from phaseout.law.periods import Unit, count_period, find_term
from phaseout.law.refusals import Refusal

KEYS = [one.key for one in forms()]
IMPRINT = Imprint(Office("宁夏回族自治区经济和信息化委员会"))


def code_of(make, *args, **kwargs) -> Refusal:
    with pytest.raises(Refusal) as refused:
        make(*args, **kwargs)
    return refused.value


@pytest.mark.parametrize("key", KEYS)
def test_a_form_without_values_names_everything_it_needs(key):
    refusal = code_of(fill, key, IMPRINT, {})
    assert refusal.code == "document.fields_missing"
    for field in form(key).fields.values():
        assert (field.zh in refusal.zh) == (not field.optional and not field.when)
        assert (f"({field.name})" in refusal.en) == (not field.optional and not field.when)


@pytest.mark.parametrize("key", KEYS)
def test_every_needed_field_is_missed_when_it_is_blank(key):
    values, rights = _SAMPLES[key]()
    for field in form(key).fields.values():
        if not field.optional and isinstance(values.get(field.name), str):
            blank = {**values, field.name: " \n"}
            assert code_of(fill, key, IMPRINT, blank, rights).code == "document.fields_missing"


@pytest.mark.parametrize("key", KEYS)
def test_a_value_of_the_wrong_kind_is_refused(key):
    values, rights = _SAMPLES[key]()
    refusal = code_of(fill, key, IMPRINT, {**values, "party": 7}, rights)
    assert refusal.code == "document.field_unfit"
    refusal = code_of(fill, key, IMPRINT, {**values, "nonsense": "x"}, rights)
    assert refusal.code == "document.field_unknown"


@pytest.mark.parametrize("key", [key for key in KEYS if form(key).rights])
def test_a_document_must_tell_the_rights_of_the_enterprise(key):
    values, _ = _SAMPLES[key]()
    assert code_of(fill, key, IMPRINT, values).code == "document.rights_missing"


def test_a_form_that_is_not_there_is_refused():
    assert code_of(fill, "../secret", IMPRINT, {}).code == "document.form_unknown"
    assert "order_rectification" in code_of(form, "fine").zh


def test_only_a_numbered_and_dated_document_is_signed():
    values, rights = _SAMPLES["order_rectification"]()
    signed = replace(IMPRINT, signed=True)
    refusal = code_of(fill, "order_rectification", signed, values, rights)
    assert refusal.code == "document.unnumbered"


def test_a_clause_that_nobody_read_is_signed_only_in_a_demonstration():
    values, rights = _SAMPLES["order_rectification"]()
    values = {**values, "basis": (BasisCited("节能监察办法", "第十九条", seen=False),)}
    signed = replace(IMPRINT, signed=True, number="宁经信改〔2018〕3号", dated=date(2018, 3, 15))
    refusal = code_of(fill, "order_rectification", signed, values, rights)
    assert refusal.code == "document.basis_unseen"
    shown = fill("order_rectification", replace(signed, demo=True), values, rights)
    assert any("第十九条（条文待核）" in text for _, text in shown.texts())


def test_a_refused_extension_says_neither_months_nor_new_day():
    values, rights = _SAMPLES["extension_decision"]()
    refused = {**values, "granted": False}
    del refused["months"], refused["new_end"]
    texts = " ".join(
        text for _, text in fill("extension_decision", IMPRINT, refused, rights).texts()
    )
    assert "不予延期" in texts and "准予延期" not in texts
    without = {**values}
    del without["months"]
    assert "准予延期（月）" in code_of(fill, "extension_decision", IMPRINT, without, rights).zh


def test_headings_are_counted_without_a_gap():
    for key in KEYS:
        heads = [piece.text for piece in sample(key).body if isinstance(piece, Heading)]
        assert [head.partition("、")[0] for head in heads] == [
            numeral(n) for n in range(1, len(heads) + 1)
        ]


def test_every_field_named_in_a_text_is_declared_and_guarded():
    for one in forms():
        for block in one.body:
            cells = [str(block.says)]
            for name, _, may_be_empty in PLACE.findall(" ".join(cells)):
                field = one.fields[name]
                may_lack = field.optional or field.when
                assert not may_lack or may_be_empty or block.when in (name, field.when), name


def test_every_form_makes_a_document_that_procedures_know():
    file = resources.files("phaseout.law.procedures") / "tables" / "documents.csv"
    known = {cells["document"] for _, cells in read_csv(file)}
    assert {one.document for one in forms()} <= known


def test_a_right_takes_length_basis_and_last_day_from_its_certificate():
    served = date(2018, 3, 16)
    counted = find_term("ARL-2017", "9").period_from(served, edition_on=served)
    right = Right.counted(RightKind.RECONSIDERATION, "宁夏回族自治区人民政府", counted)
    assert (right.length, right.unit, right.last_day) == (60, Unit.CALENDAR_DAY, date(2018, 5, 15))
    assert right.basis.says == "《中华人民共和国行政复议法》（2017修正）第九条"


def test_a_right_and_its_certificate_cannot_disagree():
    counted = count_period(date(2018, 3, 16), Unit.MONTH, 3)
    with pytest.raises(ValueError, match="6 month"):
        Right(RightKind.SUIT, "法院", 6, Unit.MONTH, certificate=counted)


def test_a_last_day_that_may_still_move_is_marked():
    counted = count_period(date(2030, 3, 15), Unit.MONTH, 6)
    assert counted.provisional
    rights = (
        Right.counted(
            RightKind.RECONSIDERATION,
            "政府",
            count_period(date(2030, 3, 15), Unit.CALENDAR_DAY, 60),
        ),
        Right.counted(RightKind.SUIT, "法院", counted),
    )
    values, _ = _SAMPLES["closure_decision"]()
    texts = " ".join(text for _, text in fill("closure_decision", IMPRINT, values, rights).texts())
    assert "，暂定）" in texts and "暂定的原因：" in texts


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("46", "第四十六条"),
        ("110", "第一百一十条"),
        ("1107", "第一千一百零七条"),
        ("64(1)", "第六十四条"),  # 款 or 项: the record does not say, so the citation does not
        ("四", "第（四）项"),
        ("二十一", "第（二十一）项"),
    ],
)
def test_a_clause_is_cited_in_words(clause, said):
    assert article(clause) == said


@pytest.mark.parametrize("key", KEYS)
def test_the_word_file_holds_what_the_pdf_holds(key):
    document = sample(key)
    made = editable(document)
    assert made == editable(document)
    word = Document(io.BytesIO(made))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    said = "\n".join([*(line.text for line in word.paragraphs), *cells])
    for place, text in document.texts():
        if place != "机关" and text:
            assert text in said
