"""Messages to chat robots, through apprise to a receiver of our own."""

from __future__ import annotations

import socket

import pytest
from apprise.plugins.dingtalk import NotifyDingTalk

from mailbox_server import chat_robot
from notice_days import THURSDAY, at
from phaseout.notices.models import Message
from phaseout.notices.sending import post

KEY = "abcdefgh-1234-1234-abcd-12345678"
State = Message.State


@pytest.fixture
def robot(monkeypatch):
    with chat_robot() as found:
        url = f"http://127.0.0.1:{found.port}/robot/send?access_token={{token}}"
        monkeypatch.setattr(NotifyDingTalk, "notify_url", url)
        yield found


@pytest.fixture
def waits(officer, told, reachable):
    reachable(officer, KEY.replace("-", ""), "dingtalk")
    told(officer)


def test_the_robot_gets_what_a_mailbox_would(waits, robot):
    assert post(THURSDAY, at(THURSDAY)) == 1
    ((path, said),) = robot.posted
    assert path.endswith(KEY.replace("-", ""))
    assert "matter:1待签发" in str(said)
    assert "https://phaseout.example.cn/x/" in str(said)


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
