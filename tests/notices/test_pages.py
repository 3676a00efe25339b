"""The pages of notices: told, counted, read; by their person alone."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notice_days import THURSDAY, at
from ordered_case import DUE, ORDERED, days
from phaseout.accounts.powers import Role
from phaseout.casework.watching.sweeping import sweep
from phaseout.database.reach import ROLE
from phaseout.notices.choices import ways_of
from phaseout.notices.kinds import kinds
from phaseout.notices.models import Address, Choice, Message, Notice
from phaseout.notices.sending import post


@pytest.fixture
def ordered(desk):
    """An order to rectify, served on 2 April 2018."""
    case = desk.open_(desk.finding(desk.line())).case
    return desk.walk(case, *ORDERED)


@pytest.fixture
def officer_told(desk, ordered):
    sweep(DUE + days(1))
    return desk.person("eic")


def test_notices_are_listed_counted_and_read(officer_told, browser):
    client = browser(officer_told)
    unread = Notice.objects.filter(user=officer_told).count()
    assert unread > 1
    text = client.get("/notices/").content.decode()
    assert "“整改期限”已于2018-10-08届满而未办理" in text
    assert str(unread) in client.get("/notices/count/").content.decode()
    one = Notice.objects.filter(user=officer_told).first()
    client.post("/notices/read/", {"notice": one.pk})
    assert Notice.objects.filter(user=officer_told, read_at=None).count() == unread - 1
    last = Notice.objects.filter(user=officer_told).latest("pk")
    client.post("/notices/read/", {"until": last.pk})
    assert "count" not in client.get("/notices/count/").content.decode()
    assert "没有未读的通知" in client.get("/notices/?unread=1").content.decode()


def test_nobody_reads_the_notices_of_another(officer_told, desk, browser):
    other = browser(desk.person("epd", Role.LEADER))
    assert "整改期限" not in other.get("/notices/").content.decode()
    one = Notice.objects.filter(user=officer_told).first()
    other.post("/notices/read/", {"notice": one.pk})
    one.refresh_from_db()
    assert one.read_at is None


def test_the_list_costs_the_same_however_many_there_are(officer_told, browser):
    client = browser(officer_told)

    def asked():
        with CaptureQueriesContext(connection) as captured:
            client.get("/notices/")
        return len(captured)

    asked()
    few = asked()
    sweep(DUE + days(20))
    assert asked() == few


GIVEN = {"do": "address", "way": "mail", "address": "ma@office.example.cn", "language": "zh-hans"}


def test_an_address_is_kept_only_where_the_operator_opened_a_way(officer, browser, settings):
    client = browser(officer)
    assert "演示系统不向外发送" in client.get("/notices/settings/").content.decode()
    assert client.post("/notices/settings/", GIVEN).status_code == 422
    settings.DEMO, settings.NOTICE_MAIL = False, "mailtos://smtp.example.cn"
    assert client.post("/notices/settings/", GIVEN).status_code == 302
    address = Address.objects.get(user=officer)
    assert (address.address, address.confirmed_at) == ("ma@office.example.cn", None)
    settings.NOTICE_CHATS = ["dingtalk", "wecom"]
    for way, address, status in [
        ("mail", "file:///etc/passwd", 422),
        ("dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=abcdefgh", 422),
        ("dingtalk", "abcdefgh-1234", 422),  # a key of WeCom's, not of DingTalk's
        ("wecom", "abcdefgh-1234", 302),
    ]:
        given = {**GIVEN, "way": way, "address": address}
        assert client.post("/notices/settings/", given).status_code == status
    client.post("/notices/settings/", {"do": "forget"})
    assert not Address.objects.exists()


def test_the_code_is_entered_on_the_page(officer, browser, mailbox):
    client = browser(officer)
    client.post("/notices/settings/", GIVEN)
    now = timezone.now()
    post(THURSDAY, now)
    code = re.search(r"\b\d{6}\b", mailbox.letters[0][1].get_content()).group()
    wrong = "000000" if code != "000000" else "111111"
    refused = client.post("/notices/settings/", {"do": "code", "code": wrong})
    assert refused.status_code == 409
    assert "notices.wrong-code" in refused.content.decode()
    assert client.post("/notices/settings/", {"do": "code", "code": "12"}).status_code == 422
    assert client.post("/notices/settings/", {"do": "code", "code": code}).status_code == 302
    page = client.get("/notices/settings/").content.decode()
    assert "已验证" in page
    assert code not in page


def test_choices_are_made_on_the_page(officer, browser):
    client = browser(officer)
    given = {"do": "choices", **{key: kind.how.value for key, kind in kinds().items()}}
    client.post("/notices/settings/", {**given, "lapse": "site"})
    assert ways_of(officer.pk)["lapse"] == "site"
    assert Choice.objects.count() == 1
    bad = client.post("/notices/settings/", {**given, "lapse": "never"})
    assert bad.status_code == 422


def test_what_would_go_out_today_is_shown_and_marked(officer, told, browser):
    told(officer)
    told(officer, kind="reminder", subject="case-less:1", due=THURSDAY)
    page = browser(officer).get("/notices/digest/").content.decode()
    assert "演示系统不向外发送" in page
    assert "产能退出：待签发、待审定1项" in page
    assert "产能退出：三日内到期1项" in page
    assert not Message.objects.exists()


def test_the_administrator_sees_what_went_out_and_failed_and_nothing_of_what_it_said(
    officer, told, reachable, mailbox, browser, desk, settings
):
    reachable(officer)
    told(officer)
    mailbox.mood = "refuse"
    post(THURSDAY, at(THURSDAY))
    assert browser(officer).get("/notices/out/").status_code == 403
    settings.SECURE_SSL_REDIRECT = False
    administrator = browser(desk.person("eic", Role.ADMINISTRATOR))
    page = administrator.get("/notices/out/").content.decode()
    assert "550" in page
    assert "matter:1" not in page
    assert "ma@office.example.cn" not in page
    assert "550" not in administrator.get("/notices/out/?state=sent").content.decode()


def test_a_page_that_forgets_whose_notices_are_meant_shows_ones_own(officer, desk, told):
    other = desk.person("epd")
    told(officer, other)
    with connection.cursor() as cursor:
        reach = "SELECT set_config('phaseout.person', %s, true), set_config('role', %s, true)"
        cursor.execute(reach, [str(other.pk), ROLE])
        assert [one.user_id for one in Notice.objects.all()] == [other.pk]
        assert Notice.objects.update(read_at=timezone.now()) == 1
        told(officer, other, step="again")  # an act of theirs tells others too
        assert Notice.objects.count() == 2
        cursor.execute("RESET role")
    assert Notice.objects.count() == 4
