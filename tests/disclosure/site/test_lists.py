"""What anybody reads: lists, editions, enterprises, pictures, data, feeds; without signing in."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO

import pyarrow.parquet as pq
import pytest
from django.test import Client

from press import FIRM, OTHER, SHIZUISHAN, YINCHUAN

LIST = "/public/lists/yellow-energy/"


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_before_anything_is_published_every_page_says_so(client, press) -> None:
    assert "还没有公布过" in text(client, LIST)
    for address in ("", "lists/", "log/", "enterprises/?q=云岭", "pictures/", "data/"):
        text(client, f"/public/{address}")
    text(client, f"{LIST}1/", 404)
    text(client, "/public/data/yellow-energy.csv", 404)
    assert text(client, "/public/data/lists.csv").count("\n") == 1


def test_a_list_is_searched_narrowed_and_shown_as_it_stands(client, press) -> None:
    press.publish(FIRM, OTHER)
    press.end(FIRM)
    shown = {
        query: (FIRM["name"] in page, SHIZUISHAN in page)
        for query in (
            "", "q=云岭", f"q={SHIZUISHAN}", "place=640200", "place=640104", "industry=leather",
            "standing=yes", "standing=no",
        )
        if (page := text(client, f"{LIST}?{query}"))
    }  # fmt: skip
    assert shown == {
        "": (True, True),
        "q=云岭": (True, False),
        f"q={SHIZUISHAN}": (False, True),
        "place=640200": (False, True),
        "place=640104": (True, False),
        "industry=leather": (False, False),
        "standing=yes": (False, True),
        "standing=no": (True, False),
    }
    assert "已移出" in text(client, LIST) and "已整改达标" in text(client, LIST)


@pytest.mark.parametrize("query", ["place=990000", "industry=tea", "standing=perhaps", "after=-1"])
def test_a_filter_that_means_nothing_is_said_to_be_wrong(client, press, query) -> None:
    press.publish(FIRM)
    assert FIRM["name"] not in text(client, f"{LIST}?{query}", 422)


def test_long_lists_have_pages(client, press) -> None:
    press.publish(*({**FIRM, "name": f"第{n}厂", "line": f"{n}"} for n in range(1, 62)))
    first, second = text(client, LIST), text(client, f"{LIST}?after=50")
    assert ("第50厂" in first, "第51厂" in first) == (True, False)
    assert ("第50厂" in second, "第51厂" in second, "第61厂" in second) == (False, True, True)
    assert "?after=50" in first and "下一页" not in second


def test_markup_in_a_name_is_shown_as_text(client, press) -> None:
    press.publish(OTHER)
    page = text(client, LIST)
    assert "&lt;b&gt;" in page and "<b>铁合金" not in page


def test_past_editions_stay_and_two_are_compared(client, press) -> None:
    press.publish(FIRM)
    press.publish({**FIRM, "matter": "煤耗120 kgce/t"}, OTHER, on=press_day(20))
    assert FIRM["name"] in text(client, f"{LIST}1/") and SHIZUISHAN not in text(client, f"{LIST}1/")
    page = text(client, f"{LIST}1-2/")
    assert "煤耗120 kgce/t" in page and "131.5" in page and SHIZUISHAN in page
    text(client, f"{LIST}2-1/", 404)
    text(client, f"{LIST}1-3/", 404)


def press_day(day: int):
    from datetime import date

    return date(2018, 3, day)


def test_of_an_enterprise_only_what_was_published_is_shown(client, press) -> None:
    from casebook import Desk

    Desk().enterprise(YINCHUAN, address="不公布的地址")
    Desk().enterprise(SHIZUISHAN)
    press.publish(FIRM)
    page = text(client, f"/public/enterprises/{YINCHUAN}/")
    assert FIRM["name"] in page and "2018年" in page and "不公布" not in page
    registered = text(client, f"/public/enterprises/{SHIZUISHAN}/", 404)
    unknown = text(client, "/public/enterprises/91640500MA00000009/", 404)
    assert registered.replace(SHIZUISHAN, "") == unknown.replace("91640500MA00000009", "")


def test_who_has_left_is_found_by_its_code_but_not_by_its_name(client, press) -> None:
    press.publish(FIRM)
    assert YINCHUAN in text(client, "/public/enterprises/?q=云岭")
    press.end(FIRM)
    assert YINCHUAN not in text(client, "/public/enterprises/?q=云岭").replace("q=", "")
    found = client.get(f"/public/enterprises/?q={YINCHUAN.lower()}")
    assert found.url == f"/public/enterprises/{YINCHUAN}/"
    assert "现在不在任何名单上" in text(client, found.url)


def test_pictures_say_in_a_table_what_they_show(client, press) -> None:
    press.publish(FIRM, OTHER)
    page = text(client, "/public/pictures/?family=yellow")
    assert page.count('rx="3"') == 5 and 'id="city-640400"' in page
    assert f'href="{LIST}?place=640200&amp;standing=yes">1</a>' in page
    by_industry = page.partition('id="by-industry"')[2]
    assert '<th scope="row">水泥</th><td class="number">2</td>' in by_industry  # both in cement
    assert '<svg class="drawn"' in page and "<script" not in page.partition("<main")[2]
    assert "没有企业" in text(client, "/public/pictures/?family=red")


def test_each_picture_can_be_kept(client, press) -> None:
    press.publish(FIRM, OTHER)
    page = text(client, "/public/pictures/?family=yellow")
    urls = re.findall(r'href="(/public/pictures/[^"]+)"', page)
    assert {url.rpartition(".")[2] for url in urls} == {"svg", "png"} and len(urls) == 4
    made = {url.rpartition("/")[2]: client.get(url).content for url in urls}
    assert all(made[name].startswith(b"\x89PNG") for name in made if name.endswith("png"))
    assert "不是地图" in made["cities.svg"].decode() and "截至" in made["cities.svg"].decode()
    assert "水泥" in made["industries.svg"].decode()
    for nothing in ("red/cities.png", "yellow/nonsense.svg", "nonsense/cities.svg", "yellow/x.exe"):
        assert client.get(f"/public/pictures/{nothing}").status_code == 404


def test_open_data_say_the_same_in_each_form(client, press) -> None:
    press.publish(FIRM, OTHER)
    press.end(FIRM)
    files = {
        form: client.get(f"/public/data/yellow-energy.{form}").content
        for form in ("csv", "json", "parquet")
    }
    rows = list(csv.DictReader(StringIO(files["csv"].decode("utf-8-sig"))))
    table = pq.read_table(BytesIO(files["parquet"])).to_pylist()
    assert [row["uscc"] for row in rows] == [YINCHUAN, SHIZUISHAN]
    assert rows[0]["ended_on"] == "2018-03-20" and table[0]["ended_on"].isoformat() == "2018-03-20"
    assert rows[1]["name"].startswith("'=") and table[1]["name"].startswith("=")
    assert not set(rows[0]) & {"case_number", "employees", "line_id"}
    text(client, "/public/data/yellow-energy.xml", 404)
    assert "case_number" not in text(client, "/public/data/dictionary.csv")


def test_every_column_of_the_data_is_in_the_dictionary(client, press) -> None:
    press.publish(FIRM)
    page = text(client, "/public/data/dictionary/")
    head = text(client, "/public/data/lists.csv").splitlines()[0].lstrip("\ufeff").split(",")
    assert [key for key in head if f"<code>{key}</code>" not in page] == []


def test_feeds_tell_what_is_new(client, press) -> None:
    press.publish(FIRM)
    press.end(FIRM)
    every = text(client, "/public/feeds/lists.atom")
    one = text(client, "/public/feeds/yellow-energy.atom")
    assert "/public/lists/yellow-energy/1/" in every and "<feed" in every
    assert f"移出 {FIRM['name']}" in one and one.count("<entry>") == 3


def test_the_pages_are_in_english_where_that_is_chosen(client, press) -> None:
    press.publish(FIRM)
    answer = client.get("/public/language/en/?to=/public/lists/")
    assert answer.url == "/public/lists/"
    assert "Yellow list: energy" in text(client, LIST)
    assert client.get("/public/language/en/?to=//elsewhere.example/").url == "/public/"


def test_who_is_not_signed_in_is_led_to_the_public_site(client, db) -> None:
    assert client.get("/").url == "/public/"


def test_the_published_file_is_the_one_that_the_digest_is_of(client, press) -> None:
    from hashlib import sha256

    edition = press.publish(FIRM)
    press.end(FIRM)
    assert sha256(client.get(f"{LIST}1/list.json").content).hexdigest() == edition.digest
    assert edition.digest in text(client, f"{LIST}1/")
    assert client.get(f"{LIST}1/list.pdf").content.startswith(b"%PDF")
    text(client, f"{LIST}1/list.exe", 404)


def test_without_a_scope_the_database_shows_what_is_published_and_nothing_else(press) -> None:
    from uuid import uuid4

    from django.apps import apps
    from django.db import connection

    from casebook import TODAY, Desk
    from phaseout.database.reach import NOTHING, ROLE, act_as, show
    from phaseout.disclosure.site import acts

    press.publish(FIRM)
    desk = Desk()
    desk.open_(desk.finding(desk.line()))
    acts.receive_message(acts.Told("list", "产能写错了。", name="石某"), today=TODAY, key=uuid4())
    raw = connection.connection
    act_as(raw, ROLE)
    show(raw, NOTHING)
    rooms = ("lists", "publicsite", "registry", "casework")
    models = [model for room in rooms for model in apps.get_app_config(room).get_models()]
    seen = {
        model._meta.db_table
        for model in models
        if model._meta.managed and model._default_manager.exists()
    }
    act_as(raw, "none")
    counts = {name for name in seen if name.startswith(("registry_", "casework_"))}
    assert seen - counts == {"lists_edition", "lists_entry", "lists_logevent", "lists_lognode"}
    assert counts <= {"casework_judgementrun", "casework_register", "casework_findingtally"}
