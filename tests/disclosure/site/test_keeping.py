"""Kept pages are right the moment an edition appears; who asks too often is told where the data
are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from phaseout.disclosure.site.keeping import Kept, Page
from phaseout.disclosure.site.limiting import Limit
from press import FIRM, OTHER, SHIZUISHAN
from stopped_clock import no_time_passes

LIST = "/public/lists/yellow-energy/"


@pytest.fixture
def keeping(settings, press) -> Client:
    settings.PUBLIC_KEPT_MB = 4
    return Client()  # its handler, and so what is kept, is its own


def queries(client: Client, address: str = LIST) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_kept_page_is_new_the_moment_an_edition_appears_or_an_entry_ends(keeping, press) -> None:
    press.publish(FIRM)
    first = keeping.get(LIST)
    assert queries(keeping) == 1  # the state: how much was published, which day it is
    assert keeping.get(LIST).content == first.content
    press.publish(FIRM, OTHER)
    assert SHIZUISHAN in keeping.get(LIST).content.decode()
    press.end(FIRM)
    assert "已移出" in keeping.get(LIST).content.decode()


def test_a_kept_page_is_new_when_the_day_is(keeping, press) -> None:
    from datetime import date

    from phaseout.desk.models import DemoDay

    press.publish(FIRM)
    assert "2018年3月15日" in keeping.get(LIST).content.decode()
    DemoDay.objects.create(day=date(2018, 3, 16))
    assert "2018年3月16日" in keeping.get(LIST).content.decode()


def test_an_unchanged_page_is_not_sent_again(keeping, press) -> None:
    press.publish(FIRM)
    etag = keeping.get(LIST)["ETag"]
    again = keeping.get(LIST, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert "no-cache" in again["Cache-Control"]  # whoever keeps it asks each time
    press.publish(OTHER)
    assert keeping.get(LIST, headers={"If-None-Match": etag}).status_code == 200


def test_a_change_in_the_same_second_is_not_hidden_by_last_modified(
    keeping, press, monkeypatch
) -> None:
    monkeypatch.setattr("phaseout.disclosure.site.keeping.UNSURE", 600.0)  # seconds, here
    press.publish(FIRM)
    assert "Last-Modified" not in keeping.get(LIST)


def test_a_page_is_kept_for_each_language_address_and_host(keeping, press, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    press.publish(FIRM)
    english = {"cookie": f"{settings.LANGUAGE_COOKIE_NAME}=en"}
    assert keeping.get(LIST).content != keeping.get(LIST, headers=english).content
    assert keeping.get(f"{LIST}?q=x").content != keeping.get(LIST).content
    feeds = {keeping.get("/public/feeds/lists.atom", headers={"host": h}).content for h in "ab"}
    assert len(feeds) == 2


def test_what_one_person_sees_is_given_to_nobody_else(keeping, press) -> None:
    from casebook import Desk

    press.publish(FIRM)
    keeping.force_login(Desk().person())
    signed_in = keeping.get(LIST)
    keeping.logout()
    assert keeping.get(LIST).content == signed_in.content
    assert "Set-Cookie" not in signed_in
    for address in ("/public/report/", "/public/report/error/", "/public/log/"):
        assert "ETag" not in keeping.get(address), address


def test_a_head_has_the_headers_and_no_body(keeping, press) -> None:
    press.publish(FIRM)
    whole = keeping.get(LIST)
    head = keeping.head(LIST)
    assert head["ETag"] == whole["ETag"] and head.content == b""


def test_who_scrapes_is_told_where_the_data_are_and_may_take_them(settings, press) -> None:
    settings.PUBLIC_REQUESTS_A_MINUTE = 3
    press.publish(FIRM)
    client = Client()
    with no_time_passes("publicsite_bucket"):
        answers = [client.get(f"{LIST}?after={n}") for n in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    refused = answers[-1]
    assert 1 <= int(refused["Retry-After"]) <= 20
    assert (
        "/public/data/" in refused.content.decode()
        and "public.too-often" in refused.content.decode()
    )
    assert client.get("/public/data/lists.csv").status_code == 200
    assert client.get("/norms/").status_code == 200


def test_what_is_too_long_is_not_even_read(client, db) -> None:
    answer = client.post("/public/report/error/", {"text": "x" * 70_000})
    assert answer.status_code == 413 and "public.too-large" in answer.content.decode()


def test_a_bucket_is_one_for_all_processes_and_fills_up_again(db) -> None:
    one, other = Limit(60, "pages"), Limit(60, "pages")  # as two processes have them
    with no_time_passes("publicsite_bucket"):
        both = [limit.take("a", 100.0) for _ in range(40) for limit in (one, other)]
    assert both.count(0) == 60, "two whole ones would be 80"
    assert 1 <= max(both) <= 4, "a refusal says how long"
    assert other.take("b", 100.0) == 0 and Limit(60, "files").take("a", 100.0) == 0
    later = "UPDATE publicsite_bucket SET at = at - interval '2 seconds'"
    with connection.cursor() as cursor:
        cursor.execute(later)
    assert one.take("a", 105.0) == 0 and one.take("a", 105.0) == 0
    assert [Limit(0, "pages").take("a", 1.0) for _ in range(500)] == [0] * 500


def test_a_kept_page_does_not_ask_each_time_whether_it_may_be_given(db) -> None:
    limit = Limit(240, "pages")
    with CaptureQueriesContext(connection) as asked:
        assert [limit.take("a", 100.0) for _ in range(240)] == [0] * 240
    assert len(asked) == 15


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    kept = Kept(10 * 1024 + 40)
    for name in "abcdefghij":
        kept.put(name, Page(1, b"....", {}, "", None))
        kept.get("a", 1)
    kept.put("k", Page(1, b"....", {}, "", None))
    assert kept.get("a", 1) and kept.get("k", 1) and kept.get("b", 1) is None
    assert kept.get("a", 2) is None  # made from another state
