"""`phaseout document`."""

import json

from click.testing import CliRunner

from phaseout.cli import main


def test_a_sample_is_written_as_pdf_or_as_word_file(tmp_path):
    for name, start in (("a.pdf", b"%PDF-1."), ("a.docx", b"PK")):
        out = tmp_path / name
        asked = ["document", "sample", "--form", "order_rectification", "--out", str(out)]
        assert CliRunner().invoke(main, asked).exit_code == 0
        assert out.read_bytes().startswith(start)


def test_an_unknown_form_is_refused_with_the_forms_there_are(tmp_path):
    out = tmp_path / "a.pdf"
    done = CliRunner().invoke(main, ["document", "sample", "--form", "fine", "--out", str(out)])
    assert done.exit_code == 1
    assert "document.form_unknown" in done.output and "proof_of_service" in done.output
    assert not out.exists()


def test_a_place_that_is_no_folder_is_refused_by_name(tmp_path):
    (tmp_path / "file").touch()
    out = tmp_path / "file" / "a.pdf"
    asked = ["document", "sample", "--form", "filing_form", "--out", str(out), "--json"]
    done = CliRunner().invoke(main, asked)
    said = json.loads(done.stdout)
    assert (done.exit_code, said["refused"]) == (1, "file_not_usable")
    assert str(out) in said["what"]["zh"]


def test_a_file_of_another_kind_is_wrong_usage(tmp_path):
    asked = ["document", "sample", "--form", "filing_form", "--out", str(tmp_path / "a.odt")]
    assert CliRunner().invoke(main, asked).exit_code == 2


def test_the_forms_are_listed_with_their_fields():
    listed = json.loads(CliRunner().invoke(main, ["document", "forms", "--json"]).stdout)
    order = next(one for one in listed if one["form"] == "order_rectification")
    assert order["rights"] == ["reconsideration", "suit"]
    assert {"name": "months", "kind": "count"}.items() <= order["fields"][7].items()
    assert "责令限期整改通知书" in CliRunner().invoke(main, ["document", "forms"]).stdout
