"""Notices out of the product: only where person and operator want it, never in demo mode."""

from __future__ import annotations

import apprise
import pytest

from ordered_case import DUE, days
from phaseout.casework.models import Notice, NoticeAddress, Sweep
from phaseout.casework.watching.sending import send_waiting
from phaseout.casework.watching.sweeping import sweep


@pytest.fixture
def sent(monkeypatch):
    out = []

    def notify(self, body, title, **kwargs):
        out.append((self[0].url(privacy=False), title, body))
        return True

    monkeypatch.setattr(apprise.Apprise, "notify", notify)
    return out


@pytest.fixture
def told(ordered, desk, settings):
    settings.DEMO = False
    settings.NOTICE_MAIL = "mailtos://office:secret@smtp.example.cn?from=office@example.cn"
    settings.NOTICE_CHATS = ["dingtalk"]
    Sweep.objects.create(on=DUE - days(4), lapses=0, notices=0)
    sweep(DUE - days(3))
    return desk.person("eic")


def address(user, way="mail", where="ma@office.example.cn"):
    return NoticeAddress.objects.create(user=user, way=way, address=where, set_on=DUE)


def test_one_message_with_all_that_waits_then_none(told, sent):
    address(told)
    assert send_waiting() == 1
    ((url, title, body),) = sent
    assert "ma%40office.example.cn" in url
    count = Notice.objects.filter(user=told).count()
    assert f"{count}条通知" in title
    assert "整改期限" in body
    assert send_waiting() == 0


def test_nobody_who_set_no_address_is_written_to(told, sent):
    assert send_waiting() == 0
    assert sent == []


def test_never_in_demo_mode(told, sent, settings):
    address(told)
    settings.DEMO = True
    assert send_waiting() == 0
    assert sent == []


def test_a_way_the_operator_has_not_opened_is_not_gone(told, sent, settings):
    address(told, "feishu", "abcdefgh-1234-1234-abcd-12345678")
    assert send_waiting() == 0
    settings.NOTICE_CHATS = ["feishu"]
    assert send_waiting() == 1


def test_what_did_not_go_out_is_tried_again(told, monkeypatch):
    known = address(told)
    monkeypatch.setattr(apprise.Apprise, "notify", lambda self, **_: False)
    assert send_waiting() == 0
    known.refresh_from_db()
    assert known.failed_at is not None
    assert Notice.objects.filter(user=told, sent_at=None).exists()
    monkeypatch.setattr(apprise.Apprise, "notify", lambda self, **_: True)
    assert send_waiting() == 1
    known.refresh_from_db()
    assert known.failed_at is None
