"""The record as PDF: all of it, a draft until both have signed, the same bytes each time."""

from __future__ import annotations

import io

import pypdf

from casebook import TODAY
from phaseout.inspections import acts
from phaseout.inspections.acts.recording import Handed
from phaseout.inspections.checklist import items_of
from phaseout.inspections.papers import document_of, record_pdf
from phaseout.inspections.standing import team_of


def test_the_record_is_printed_whole_and_a_draft_until_both_have_signed(office) -> None:
    (visit,) = office.assigned(wanted=1)
    first, second = (one.inspector for one in team_of(visit))
    item = next(one for _, one in items_of(visit.checklist) if one["kind"] == "found")
    content = {item["id"]: {"value": "yes", "note": "厂区北侧"}}
    given = {"representative": "", "refused_to_sign": "不认可", "witnesses": ["甲某", "乙某"]}
    record = acts.record(visit.pk, Handed(content, TODAY, **given), **office.ways(first))
    assert not document_of(record).imprint.signed
    acts.sign_record(record.pk, digest=record.digest, **office.ways(second))
    assert document_of(record).imprint.signed
    pdf = record_pdf(record)
    assert pdf == record_pdf(record)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    plain = "".join(text.split())
    for said in (visit.enterprise.name, "厂区北侧", "不认可", "甲某", record.digest[:16]):
        assert said in plain
