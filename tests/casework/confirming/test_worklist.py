"""The work list: rows of my dimensions, those first on which most findings wait."""

from __future__ import annotations

import re

import pytest

from .conftest import EMISSION, OTHER, ROW


def rows_on(page: str) -> list[str]:
    found = re.findall(r'/confirming/rows/([^"]+?)/\?pile', page)
    return list(dict.fromkeys(found))


def list_of(browser, **query) -> str:
    answer = browser.get("/confirming/", query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("function", "division", "rows"),
    [
        ("eic", "640000", [OTHER, ROW]),  # three wait on the first, one on the second
        ("epd", "640000", [EMISSION]),
        ("cities", "640100", [OTHER, EMISSION]),  # nothing of its own waits on ROW
        ("cities", "640200", [ROW, EMISSION]),
        ("qts", "640000", []),
    ],
)
def test_rows_of_my_dimensions_and_place_most_waiting_first(
    waiting, signed_in, function, division, rows
):
    assert rows_on(list_of(signed_in("甲", "officer", function, division))) == rows


def test_lines_and_capacity_concerned_are_told(waiting, signed_in):
    page = list_of(signed_in("甲", "officer", "eic"))
    first = page[page.index("<tbody>") :].split("</tr>")[0]
    assert re.findall(r'class="number">(?:<a[^>]*>)?([^<]+)', first)[-4:] == [
        "3",
        "3",
        "2",
        "60 万吨/年",
    ]


def test_a_signed_row_goes_to_the_pile_of_the_second_person(waiting, signed_in):
    one, two = signed_in("甲", "officer", "eic"), signed_in("乙", "reviewer", "eic")
    one.post(f"/confirming/rows/{OTHER}/", {"act": "confirm", "document": "GB", "page": "3"})
    assert rows_on(list_of(two)) == [ROW]
    assert rows_on(list_of(two, pile="second")) == [OTHER]
    assert rows_on(list_of(one, pile="second")) == []


def test_a_doubted_row_goes_to_its_own_pile(waiting, signed_in):
    one = signed_in("甲", "officer", "eic")
    told = {"act": "doubt", "doubt-document": "GB", "doubt-page": "3", "doubt-says": "8600"}
    one.post(f"/confirming/rows/{OTHER}/", told)
    assert rows_on(list_of(one)) == [ROW]
    assert rows_on(list_of(one, pile="doubted")) == [OTHER]


def test_all_unsettled_rows_of_a_dimension_can_be_worked_through(waiting, signed_in):
    from phaseout.library.demo import load_signatures

    load_signatures()
    page = list_of(signed_in("甲", "officer", "eic"), pile="all")
    assert len(rows_on(page)) == 50
    assert "energy_limits/GB16780-2012/1" not in page  # the demo's officers have signed it


def test_findings_behind_another_row_are_told(desk, signed_in):
    from phaseout.library.demo import load_signatures

    load_signatures()
    desk.finding(
        desk.line(), provisional=True, reasons=["norm_not_verified"]
    )  # the row it names is signed
    assert "另有 1 项结论，所列的记录已核对" in list_of(signed_in("甲", "officer", "eic"))


@pytest.mark.parametrize("pile", ["waiting", "all"])
def test_queries_do_not_grow_with_rows(waiting, signed_in, django_assert_num_queries, pile):
    browser = signed_in("甲", "officer", "eic")
    with django_assert_num_queries(9):
        list_of(browser, pile=pile)


def test_its_sql_stays_as_it_is(waiting, signed_in, snapshot):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = signed_in("甲", "officer", "eic")
    with CaptureQueriesContext(connection) as done:
        list_of(browser)
    asked = [q["sql"] for q in done.captured_queries if "casework_finding" in q["sql"]]
    assert [re.sub(r"\d{4}-\d\d-\d\d[ T][^']*", "…", sql) for sql in asked] == snapshot


@pytest.mark.parametrize(
    ("role", "function", "status"),
    [
        ("officer", "eic", 200),
        ("reviewer", "epd", 200),
        ("leader", "eic", 403),
        ("auditor", "inspection", 403),
        ("administrator", "eic", 403),
    ],
)
def test_who_sees_the_list(waiting, signed_in, role, function, status):
    assert signed_in("甲", role, function).get("/confirming/").status_code == status


def test_nobody_signed_in_goes_to_the_sign_in(client, db):
    answer = client.get("/confirming/")
    assert (answer.status_code, "/sign-in/" in answer.headers["Location"]) == (302, True)


def test_the_home_page_can_tell_what_waits(waiting, signed_in):
    """What one signed first waits for others, never for oneself."""
    from phaseout.accounts.scope import scope_of
    from phaseout.pages.waiting import waiting as what_waits

    def told(user):
        scope = scope_of(user, on=waiting.today)
        counted = {kind.key: n for kind, n in what_waits(scope, waiting.today, user)}
        return counted.get("confirming.second", 0), counted.get("confirming.waiting", 0)

    one, two = signed_in("甲", "officer", "eic"), signed_in("乙", "reviewer", "eic")
    one.post(f"/confirming/rows/{OTHER}/", {"act": "confirm", "document": "GB", "page": "3"})
    assert told(one.user) == (0, 1)
    assert told(two.user) == (1, 1)


def test_the_index_of_what_waits_is_of_the_reasons_that_are_asked_for(db):
    """PostgreSQL takes a partial index only where the question names the same reasons."""
    from django.db import connection

    from phaseout.casework.confirming.worklist import NOT_VERIFIED

    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'finding_waits_on_row'")
        (definition,) = cursor.fetchone()
    assert re.findall(r"'(\w+_verified)'", definition) == NOT_VERIFIED


def test_nothing_waits_for_who_confirms_nothing(db: None) -> None:
    from phaseout.accounts.scope import Scope
    from phaseout.casework.confirming.worklist import waited_on

    assert waited_on(["energy_limits/GB16780-2012/1"], Scope(())) == set()
