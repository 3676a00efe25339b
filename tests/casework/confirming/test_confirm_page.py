"""The page of a row: its print beside it, one button for each of two people."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from .conftest import EMISSION, OTHER, ROW

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
PDF = b"%PDF-1.4\n<script>alert(1)</script>"
CONFIRM, COUNTERSIGN = 'value="confirm"', 'value="countersign"'


def read(answer) -> str:
    return answer.content.decode()


def confirm(browser, row=ROW, print=None, **changes):
    told = {"act": "confirm", "document": "GB 21341-2017", "page": "3", **changes}
    if print:
        told["print"] = print
    return browser.post(f"/confirming/rows/{row}/", told)


def countersign(browser, row=ROW):
    return browser.post(f"/confirming/rows/{row}/?pile=second", {"act": "countersign"})


@pytest.fixture
def one(waiting, signed_in):
    return signed_in("甲", "officer", "eic")


@pytest.fixture
def two(waiting, signed_in):
    return signed_in("乙", "reviewer", "eic")


def test_document_and_page_are_those_of_the_source(one):
    page = read(one.get(f"/confirming/rows/{ROW}/"))
    assert 'value="GB 21341-2017"' in page
    assert 'value="4 表1；5"' in page


def test_two_people_press_one_button_each(one, two):
    from phaseout.library.models import Countersignature

    assert CONFIRM in read(one.get(f"/confirming/rows/{ROW}/"))
    confirm(one)
    page = read(two.get(f"/confirming/rows/{ROW}/"))
    assert COUNTERSIGN in page and CONFIRM not in page
    countersign(two)
    assert Countersignature.objects.get().countersigned_by == two.user
    page = read(two.get(f"/confirming/rows/{ROW}/"))
    assert COUNTERSIGN not in page and CONFIRM not in page
    assert "无须再办" in page


def test_the_next_row_of_the_pile_is_offered(one, two):
    answer = confirm(one, OTHER)
    assert answer.headers["Location"] == f"/confirming/rows/{ROW}/?pile=waiting"
    assert confirm(one, ROW).headers["Location"] == "/confirming/?pile=waiting"
    assert countersign(two, OTHER).headers["Location"] == f"/confirming/rows/{ROW}/?pile=second"
    assert countersign(two, ROW).headers["Location"] == "/confirming/?pile=second"


def test_nobody_is_offered_his_own_signature_again(one):
    confirm(one)
    page = read(one.get(f"/confirming/rows/{ROW}/"))
    assert COUNTERSIGN not in page and CONFIRM not in page
    assert "须由另一人复核" in page
    answer = countersign(one)
    assert answer.status_code == 409
    assert "countersigned_by_same_person" in read(answer)


def test_who_comes_second_is_told_who_was_first(one, two):
    confirm(one)
    answer = confirm(two)
    assert answer.status_code == 409
    assert "甲已于2018年3月15日核对" in read(answer)


def test_another_dimension_is_not_mine(waiting, one, signed_in):
    assert one.get(f"/confirming/rows/{EMISSION}/").status_code == 403
    assert confirm(one, EMISSION).status_code == 403
    assert one.get("/confirming/rows/energy_limits/none/1/").status_code == 404


@pytest.mark.parametrize(
    ("told", "field"), [({"document": ""}, "document"), ({"page": "第" * 81}, "page")]
)
def test_what_is_missing_is_said_beside_its_field(one, told, field):
    answer = confirm(one, **told)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in read(answer)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"<svg onload='alert(1)'/>", "p.png", "print_not_readable"),
        (b"<!doctype html><script>alert(1)</script>", "p.pdf", "print_not_readable"),
        (b"GIF89a" + bytes(20), "p.gif", "print_not_readable"),
        (PNG + bytes(10 * 1024 * 1024), "p.png", "print_too_large"),
    ],
)  # fmt: skip
def test_what_is_no_page_of_a_print_is_refused(one, content, name, code):
    from phaseout.library.models import Confirmation

    answer = confirm(one, print=SimpleUploadedFile(name, content))
    assert answer.status_code == 409
    assert code in read(answer)
    assert not Confirmation.objects.exists()


def test_an_image_is_shown_beside_the_row_and_nothing_in_it_runs(one, two):
    confirm(one, print=SimpleUploadedFile("../<b>x.html", PNG))
    page = read(two.get(f"/confirming/rows/{ROW}/"))
    address = re.search(r'<img class="print" src="([^"]+)"', page)[1]
    answer = two.get(address)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert b"".join(answer.streaming_content) == PNG
    assert "<b>x" not in page


def test_a_pdf_is_taken_away_not_opened(one, two):
    confirm(one, print=SimpleUploadedFile("页.pdf", PDF))
    page = read(two.get(f"/confirming/rows/{ROW}/"))
    assert '<img class="print"' not in page
    answer = two.get(re.search(r'href="(/confirming/prints/\d+/)"', page)[1])
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_page_of_a_print_is_for_those_who_confirm_in_its_dimension(one, client, signed_in):
    from phaseout.library.models import Confirmation

    confirm(one, print=SimpleUploadedFile("p.png", PNG))
    address = f"/confirming/prints/{Confirmation.objects.get().print_id}/"
    assert client.get(address).status_code == 302
    assert signed_in("环", "officer", "epd").get(address).status_code == 404
    assert signed_in("导", "leader", "eic").get(address).status_code == 403
    assert one.get(address).status_code == 200


def test_words_of_people_are_shown_as_words(one, two):
    confirm(one, note="<script>alert(1)</script>", document="GB<b>")
    page = read(two.get(f"/confirming/rows/{ROW}/"))
    assert "<script>alert" not in page and "GB<b>" not in page
    assert "&lt;script&gt;alert" in page


def test_a_signature_needs_the_token_of_the_form(waiting, signed_in):
    browser = signed_in("甲", "officer", "eic", enforce_csrf_checks=True)
    assert confirm(browser).status_code == 403


def test_a_doubt_is_recorded_and_another_person_clears_it(one, two):
    told = {"act": "doubt", "doubt-document": "GB", "doubt-page": "3", "doubt-says": "8600"}
    one.post(f"/confirming/rows/{ROW}/", told)
    mine, others = (read(b.get(f"/confirming/rows/{ROW}/")) for b in (one, two))
    assert "8600" in mine and "复查：记录无误" not in mine
    address = re.search(r'action="(/confirming/doubts/\d+/clear/)', others)[1]
    assert one.post(address, {"reason": "我看错了"}).status_code == 409
    assert two.post(address, {"reason": ""}).status_code == 422
    two.post(address, {"reason": "看错了行"})
    assert CONFIRM in read(two.get(f"/confirming/rows/{ROW}/"))


def test_an_act_that_is_not_there_is_not_found(one):
    assert one.post(f"/confirming/rows/{ROW}/", {"act": "delete"}).status_code == 404


@pytest.mark.parametrize("signed", [False, True])
def test_queries_do_not_grow(one, two, django_assert_num_queries, signed):
    if signed:
        confirm(one, print=SimpleUploadedFile("p.png", PNG))
    with django_assert_num_queries(6):
        two.get(f"/confirming/rows/{ROW}/")


def test_every_page_speaks_english(one, two):
    from pathlib import Path

    import phaseout.casework
    from phaseout.pages.locales import missing

    room = Path(phaseout.casework.__file__).parent
    texts = [f.read_text(encoding="utf-8") for f in room.glob("templates/casework/confirming/*")]
    ours = set(re.findall(r'{% translate "([^"]+)"', "".join(texts)))
    assert [said.msgid for said in missing(room) if said.msgid in ours] == []
    confirm(one)
    for browser in (one, two):
        browser.cookies.load({"django_language": "en"})
        for address in ("/confirming/", f"/confirming/rows/{ROW}/", f"/confirming/effect/{ROW}/"):
            assert browser.get(address).status_code == 200
