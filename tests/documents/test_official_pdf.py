"""The PDF as a reader, a search, a screen reader and an archive get it."""

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from phaseout.documents import Typefaces, forms, pictures, render, sample
from phaseout.documents.samples import SERVED_ON, sampled
from phaseout.documents.typefaces import SHIPPED

KEYS = [form.key for form in forms()]


def text_of(pdf: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s", "", "".join(pages))


def test_every_form_has_a_sample():
    assert sorted(sampled()) == sorted(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_a_document_carries_its_text_and_says_that_it_is_a_demonstration(key):
    document = sample(key)
    text = text_of(render(document))
    assert document.title in text
    assert document.imprint.office.name in text
    assert "宁夏示例水泥有限公司" in text
    assert text.count("（演示，不具法律效力）") >= 2
    assert "草稿" not in text


def test_an_order_holds_number_addressee_rights_and_their_last_days():
    text = text_of(render(sample("order_rectification")))
    assert "宁经信改〔2018〕3号" in text
    assert "宁夏示例水泥有限公司：" in text
    assert "60日内向宁夏回族自治区人民政府申请行政复议" in text
    assert "6个月内向银川市示例区人民法院提起行政诉讼" in text
    assert "2018年5月15日（星期二）" in text  # 60 days from 16 March
    assert "2018年9月17日（星期一）" in text  # six months end on a Sunday
    assert "〔此处加盖印章〕" in text
    assert "抄送：银川市人民政府" in text


def test_the_annex_shows_how_each_last_day_was_counted():
    text = text_of(render(sample("order_rectification")))
    assert "期限计算说明" in text
    assert "2018年9月16日（星期日）是休息日" in text
    assert not re.search("knowledge", text)


def test_a_draft_has_a_watermark_and_neither_number_nor_day():
    text = text_of(render(sample("order_rectification", signed=False)))
    assert text.count("草稿未签发") >= 2
    assert "〔文号待定〕" in text and "〔日期待定〕" in text
    assert "印发" not in text


def test_the_same_document_gives_the_same_bytes():
    for key in KEYS:
        assert render(sample(key)) == render(sample(key))
    assert render(sample("facts_notice")) != render(sample("penalty_notice"))


def test_the_file_names_its_title_language_and_standards():
    pdf = render(sample("closure_decision"))
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata.title == "责令关闭决定书"
    assert reader.root_object["/Lang"] == "zh-CN"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    described = reader.root_object["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in described
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in described
    assert "<pdfuaid:part>1</pdfuaid:part>" in described


def test_the_day_in_the_file_is_the_day_of_the_document_and_not_the_clock():
    dated = replace(sample("facts_notice").imprint, dated=date(2019, 1, 2))
    pdf = render(replace(sample("facts_notice"), imprint=dated))
    assert PdfReader(io.BytesIO(pdf)).metadata.creation_date.date() == date(2019, 1, 2)
    assert SERVED_ON.strftime("%Y%m%d").encode() not in pdf


def test_pages_come_as_pictures_for_a_preview():
    pages = pictures(sample("filing_form"), dots_per_inch=40)
    assert len(pages) == 1
    assert pages[0].startswith(b"\x89PNG")


def test_the_shipped_typefaces_are_small_and_bring_their_licence():
    for file in SHIPPED.glob("*.otf"):
        assert file.stat().st_size < 5_000_000
    assert "SIL OPEN FONT LICENSE" in Path(SHIPPED / "OFL.txt").read_text(encoding="utf-8")


def test_the_office_may_set_its_documents_in_its_own_typeface(tmp_path):
    own = TTFont(SHIPPED / "PhaseoutHei-Regular.otf")
    for record in own["name"].names:
        if record.nameID in (1, 4):
            record.string = "Office FangSong"
    own.save(tmp_path / "own.otf")
    document = sample("facts_notice")
    faces = Typefaces(body="Office FangSong", folder=tmp_path)
    in_own = render(document, faces)
    assert in_own != render(document)
    assert text_of(in_own) == text_of(render(document))
    # One that is named and not there: the shipped Song stands in, nothing is lost.
    absent = render(document, Typefaces(body="FangSong_GB2312"))
    assert text_of(absent) == text_of(render(document))
