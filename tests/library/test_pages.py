"""The public pages of the library: every one answers, in both languages, for nobody signed in."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from django.utils import translation

import phaseout.library
from phaseout.pages.locales import collect, missing

pytestmark = pytest.mark.django_db
ROOM = Path(phaseout.library.__file__).parent
ENGLISH = {"django_language": "en"}


def get(client, address, **query):
    answer = client.get(address, query)
    return answer, answer.content.decode()


def sources():
    from phaseout.law.norms import NormBook

    return sorted(NormBook.load().sources)


def some_rows(many=50):
    from phaseout.library.shelf import all_rows

    return random.Random(3).sample(sorted(all_rows()), many)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_document_and_many_rows_have_a_page(client, language):
    client.cookies.load({"django_language": language})
    every = 2 if language == "zh-hans" else 8  # one page of many, in other words
    addresses = [f"/norms/{source_id}/" for source_id in sorted(sources())[::every]]
    addresses += [f"/norms/rows/{row_id}/" for row_id in some_rows()]
    failing = [a for a in addresses if client.get(a).status_code != 200]
    assert failing == []


def test_whatever_the_library_says_is_said_in_english_too():
    assert missing(ROOM) == []


@pytest.mark.parametrize(
    "address",
    [
        "/norms/",
        "/norms/?table=emission_limits&industry=cement",
        "/norms/on/?on=2017-06-30&industry=cement",
        "/norms/holes/?industry=lead_zinc",
        "/norms/compare/?old=GB21341-2017&new=GB21341-2022",
        "/norms/rows/energy_limits/GB21341-2022/6/",
    ],
)
def test_an_english_page_is_english(client, address):
    client.cookies.load(ENGLISH)
    _, page = get(client, address)
    ours = {said.msgid for said in collect(ROOM) if len(said.msgid) > 3 and "%" not in said.msgid}
    assert [said for said in ours if said in page] == []


def test_no_row_of_method_shows_a_key_of_the_program():
    from phaseout.law.norms.methods import method_rows, method_tables
    from phaseout.library.showing import cells, method_subject

    # Names that files may use in place of the Chinese ones are shown as they are written there.
    as_written = ("methods.permit_names", "methods.condition_words")
    key = re.compile("[a-z]+(_[a-z0-9]+)+|[a-z]{4,}|[a-z_]+/[A-Z].*/[0-9]+")
    with translation.override("zh-hans"):
        told = {
            (table, text)
            for table in method_tables()
            for row in method_rows(table)
            if not row.row_id.startswith(as_written)
            for text in (*(value for _, value, lang in cells(row) if not lang), method_subject(row))
        }
    assert [one for one in told if key.fullmatch(one[1])] == []


@pytest.mark.parametrize(
    ("typed", "source_id"),
    [
        ("GB 4915-2013", "E-GB4915-2013"),
        ("gb4915—2013", "E-GB4915-2013"),
        ("ＧＢ 21346-2013", "GB21346-2013"),
        ("发改价格〔2016〕75号", "NDRC-2016-75"),
    ],
)
def test_a_standard_is_found_however_its_number_is_written(client, typed, source_id):
    _, page = get(client, "/norms/", q=typed)
    assert f'href="/norms/{source_id}/"' in page
    answer = client.get(f"/norms/{typed}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/norms/{source_id}/")


@pytest.mark.parametrize(
    ("typed", "row_id"),
    [
        ("水泥熟料 综合能耗", "energy_limits/GB16780-2021/6"),
        ("clinker comprehensive", "energy_limits/GB16780-2021/6"),
        ("SO2 燃煤锅炉", "emission_limits/E-GB13271-2014/2"),
        ("中频炉 建筑用钢", "equipment_catalogue/DITIAOGANG-2017/1"),
        ("复合硅酸盐水泥 GB 175", "product_standards/GB-175-2007-XG2/1"),
    ],
)
def test_a_row_is_found_by_its_words(typed, row_id):
    from phaseout.library.searching import Asked, search

    assert row_id in [row.row_id for row in search(Asked(typed)).rows]


def test_nothing_found_says_that_it_proves_nothing(client):
    _, page = get(client, "/norms/", q="<script>alert(1)</script>")
    assert "不表示没有这样的要求" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "address", ["/norms/none-such/", "/norms/rows/none/such/1/", "/norms/methods/x/"]
)
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_number_that_several_documents_bear_is_refused_with_their_names(client):
    answer, page = get(client, "/norms/compare/", old="GB21346", new="GB21346-2022")
    assert answer.status_code == 409
    assert "document_" in page


def test_a_page_of_a_standard_names_its_editions_and_what_replaced_it(client):
    _, page = get(client, "/norms/GB21341-2017/")
    for said in ("GB 21341-2008", "GB 21341-2022", "时间线", "2018-11-01", "凭记忆", "≤ 8500"):
        assert said in page


def test_a_large_standard_comes_in_pages_of_whole_groups(client):
    _, first = get(client, "/norms/E-GB8978-1996/")
    _, second = get(client, "/norms/E-GB8978-1996/", page="2")
    rows = [
        set(re.findall(r"/norms/rows/(emission_limits/E-GB8978-1996/\d+)/", p))
        for p in (first, second)
    ]
    assert rows[0] and rows[1]
    assert not rows[0] & rows[1]


def test_two_editions_side_by_side(client):
    _, page = get(
        client, "/norms/compare/", old="GB21341-2022", new="GB21341-2017"
    )  # the wrong way
    answer = client.get("/norms/compare/?old=GB21341-2022&new=GB21341-2017", follow=True)
    page = answer.content.decode()
    assert "-2.6 %" in page
    assert "≤ 1900 kgce/t" in page and "≤ 1850 kgce/t" in page


def test_documents_of_different_standards_are_not_compared(client):
    answer, page = get(client, "/norms/compare/", old="GB21341-2022", new="GB16780-2012")
    assert answer.status_code == 409
    assert "not_two_editions" in page


@pytest.mark.parametrize(
    ("on", "there"),
    [("2013-09-30", False), ("2013-10-01", True), ("2022-10-31", True), ("2022-11-01", False)],
)
def test_both_ends_of_a_validity_are_inside(client, on, there):
    _, page = get(client, "/norms/on/", on=on, industry="cement", dimension="energy")
    assert ("/norms/rows/energy_limits/GB16780-2012/1/" in page) is there


def test_a_day_that_cannot_be_read_is_said_beside_its_field(client):
    answer, page = get(client, "/norms/on/", on="30/6/2017")
    assert answer.status_code == 422
    assert "看不懂这个日期" in page


@pytest.mark.parametrize(
    ("row_id", "chinese", "received"),
    [
        ("energy_limits/GB21341-2017/1", "其他产品和等级未查明", "other products and grades not"),
        ("procedural_terms/SIL-2018/2", "提出请求之日", "claim"),
        ("emission_limits/E-GB13271-2014/1", "平均时间系推定", "averaging=inferred"),
    ],
)
def test_a_remark_is_read_in_the_pages_language_with_what_was_received(
    client, row_id, chinese, received
):
    _, page = get(client, f"/norms/rows/{row_id}/")
    own, _, kept = page.partition('<details class="received')
    assert chinese in own and received in kept
    client.cookies.load(ENGLISH)
    _, page = get(client, f"/norms/rows/{row_id}/")
    assert received in page and chinese not in page and "received small" not in page


def test_a_row_shows_its_neighbours_as_chart_and_table(client):
    _, page = get(client, "/norms/rows/energy_limits/GB21341-2022/6/")
    assert 'id="steps-data"' in page
    assert "energy_limits/GB21341-2008/3" in page


def test_all_rows_of_a_standard_are_downloaded_as_csv(client):
    import csv
    from io import StringIO

    answer = client.get("/norms/GB16780-2012/rows.csv")
    lines = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) == 21
    assert lines[0]["row_id"] == "energy_limits/GB16780-2012/1"
    assert lines[0]["standing"] == "recalled"


def test_a_page_is_sent_again_only_when_something_changed(client, first, second):
    from phaseout.library import confirming

    from .conftest import RECALLED, TODAY

    address = f"/norms/rows/{RECALLED}/"
    client.get(address)  # brings the reader's form token
    mark = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": mark}).status_code == 304
    confirming.confirm(RECALLED, document="GB", page="3", by=first, today=TODAY)
    assert client.get(address, headers={"If-None-Match": mark}).status_code == 200


def test_the_english_reader_is_not_given_the_chinese_page(client):
    client.get("/norms/")
    mark = client.get("/norms/").headers["ETag"]
    client.cookies.load(ENGLISH)
    assert client.get("/norms/", headers={"If-None-Match": mark}).status_code == 200


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/norms/", 2),
        ("/norms/?table=energy_limits", 2),
        ("/norms/?q=颗粒物", 4),
        ("/norms/E-GB8978-1996/", 4),
        ("/norms/GB21346-2013/", 4),
        ("/norms/rows/energy_limits/GB21346-2013/1/", 4),
        ("/norms/holes/", 2),
        ("/norms/compare/?old=GB21341-2017&new=GB21341-2022", 2),
    ],
)
def test_queries_do_not_grow_with_rows(client, django_assert_num_queries, address, queries):
    """The business day, the last signature; where rows are shown their signatures and doubts."""
    from phaseout.library.demo import load_signatures

    load_signatures()
    with django_assert_num_queries(queries):
        client.get(address)


def test_the_public_reads_the_office_that_signed_and_never_the_person(client, first, second):
    from phaseout.library import confirming

    from .conftest import RECALLED, TODAY

    said = {"document": "GB 21341-2017", "page": "3<b>", "today": TODAY}
    confirming.countersign(confirming.confirm(RECALLED, by=first, **said), by=second, today=TODAY)
    _, page = get(client, f"/norms/rows/{RECALLED}/")
    assert "自治区经济和信息化委员会" in page
    assert "核对人" not in page and "复核人" not in page
    assert "3&lt;b&gt;" in page


def test_a_doubt_is_shown_to_everybody_and_runs_nothing(client, first):
    from phaseout.library import confirming

    from .conftest import RECALLED, TODAY

    confirming.note_discrepancy(
        RECALLED,
        document="GB",
        page="3",
        says="<img src=x onerror=alert(1)>",
        by=first,
        today=TODAY,
    )
    _, page = get(client, f"/norms/rows/{RECALLED}/")
    assert "正式文本所载不同" in page
    assert "<img src=x" not in page
    _, standard = get(client, "/norms/GB21341-2017/")
    assert "有差异" in standard


@pytest.mark.parametrize("address", ["/norms/", "/norms/GB21346-2013/"])
def test_nothing_is_posted_to_a_public_page(client, address):
    assert client.post(address).status_code == 405


def test_a_signature_under_another_wording_of_the_row_counts_no_more(client, first, second):
    from phaseout.library.models import Confirmation

    from .conftest import RECALLED, TODAY

    Confirmation.objects.create(
        row_id=RECALLED, row_digest="0" * 64, document="GB", page="3",
        confirmed_by=first, confirmed_on=TODAY, function="eic", division_code="640000",
    )  # fmt: skip
    _, page = get(client, f"/norms/rows/{RECALLED}/")
    assert "所核对的不是现在的记录" in page
    assert "凭记忆 ◇" in page


def test_the_sql_of_a_standard_stays_as_it_is(client, snapshot):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as done:
        client.get("/norms/GB21346-2013/")
    assert [q["sql"] for q in done.captured_queries if "library_" in q["sql"]] == snapshot
