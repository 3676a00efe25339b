"""Messages to chat robots, through apprise to a receiver of our own."""

from __future__ import annotations

import socket

import pytest
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wecombot import NotifyWeComBot

from mailbox_server import chat_robot
from notice_days import THURSDAY, at
from phaseout.notices.models import Address, Message
from phaseout.notices.sending import post

KEY = "abcdefgh1234abcd12345678"
PLUGINS = {
    "dingtalk": (NotifyDingTalk, "/robot/send?access_token={token}"),
    "wecom": (NotifyWeComBot, "/cgi-bin/webhook/send?key={key}"),
    "feishu": (NotifyFeishu, "/open-apis/bot/v2/hook/{token}"),
}
State = Message.State


@pytest.fixture(params=["dingtalk"])
def way(request, settings):
    return request.param


every_service = pytest.mark.parametrize("way", list(PLUGINS), indirect=True)


@pytest.fixture
def robot(monkeypatch, way):
    with chat_robot() as found:
        plugin, path = PLUGINS[way]
        monkeypatch.setattr(plugin, "notify_url", f"http://127.0.0.1:{found.port}{path}")
        yield found


@pytest.fixture
def waits(officer, told, reachable, settings, way):
    reachable(officer, KEY, way)
    settings.NOTICE_CHATS = list(PLUGINS)
    told(officer)


@every_service
def test_the_robot_gets_what_a_mailbox_would(waits, robot):
    assert post(THURSDAY, at(THURSDAY)) == 1
    ((path, said),) = robot.posted
    assert path.endswith(KEY)
    assert "matter:1待签发" in str(said)
    assert "https://phaseout.example.cn/x/" in str(said)


@every_service
def test_an_error_inside_an_answer_is_a_refusal_or_said_to_be_unseen(waits, robot, way):
    robot.error = 9499
    post(THURSDAY, at(THURSDAY))
    message = Message.objects.get()
    if way in Address.UNSEEN:
        assert (message.state, message.unanswered) == (State.SENT, True)
    else:
        assert (message.state, message.unanswered) == (State.WAITING, False)
        assert "9499" in message.why


@every_service
def test_no_message_is_longer_than_the_service_takes(officer, told, waits, robot, way):
    for number in range(30):
        told(officer, subject=f"一件标题很长很长很长的事项:{number}")
    assert post(THURSDAY, at(THURSDAY)) == 1
    ((_, said),) = robot.posted
    text = (said.get("text") or said["content"]).popitem()[1]
    assert len(text.encode()) <= PLUGINS[way][0].body_maxlen
    shown = text.count("待签发\n")
    assert ("另有" in text) is (way == "wecom")
    assert (f"另有{31 - shown}条，请登录系统查看" in text) or shown == 31


def test_what_the_service_refused_is_tried_again(waits, robot):
    robot.answer = 500
    assert post(THURSDAY, at(THURSDAY)) == 0
    message = Message.objects.get()
    assert (message.state, message.tries) == (State.WAITING, 1)
    assert "500" in message.why
    robot.answer = 200
    assert post(THURSDAY, at(THURSDAY, 10)) == 1


def test_what_may_have_arrived_is_not(waits, robot):
    robot.answer = 0
    assert post(THURSDAY, at(THURSDAY)) == 0
    assert Message.objects.get().state == State.UNKNOWN
    robot.answer = 200
    assert post(THURSDAY, at(THURSDAY, 10)) == 0
    assert len(robot.posted) == 1


def test_where_no_connection_came_about_it_is(waits, monkeypatch):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    monkeypatch.setattr(NotifyDingTalk, "notify_url", f"http://127.0.0.1:{port}/{{token}}")
    post(THURSDAY, at(THURSDAY))
    assert Message.objects.get().state == State.WAITING


def test_a_way_the_operator_closed_waits_until_it_is_open_again(waits, robot, settings):
    settings.NOTICE_CHATS = ["feishu"]
    assert post(THURSDAY, at(THURSDAY)) == 0
    settings.NOTICE_CHATS = ["dingtalk"]
    assert post(THURSDAY, at(THURSDAY)) == 1
