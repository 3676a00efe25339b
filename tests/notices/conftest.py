from datetime import UTC, datetime

import pytest
from apprise import URLBase
from django.test import Client

from casebook import Desk
from notice_days import THURSDAY
from phaseout.notices import ways
from phaseout.notices.models import Address
from phaseout.notices.telling import Told, tell


@pytest.fixture
def desk(db):
    return Desk()


@pytest.fixture
def officer(desk):
    return desk.person()


@pytest.fixture
def told():
    """Tell people something about `subject`."""

    def say(*users, kind="sign", subject="matter:1", step="waits", due=None, on=THURSDAY):
        words = (f"{subject}待签发", f"{subject} waits to be signed")
        tell(Told(kind, subject, step, words, "/x/", due), [user.pk for user in users], on)

    return say


@pytest.fixture
def reachable(settings):
    """A person with a confirmed mailbox, by a way that is open."""
    settings.DEMO = False
    settings.NOTICE_MAIL = "mailto://127.0.0.1:9?from=office@example.cn&mode=insecure"
    settings.NOTICE_CHATS = ["dingtalk"]
    settings.SITE_ADDRESS = "https://phaseout.example.cn"

    def at_address(user, address="ma@office.example.cn", way="mail", language="zh-hans"):
        return Address.objects.create(
            user=user, way=way, address=address, language=language, set_on=THURSDAY,
            confirmed_at=datetime(2018, 1, 1, tzinfo=UTC),
        )  # fmt: skip

    return at_address


@pytest.fixture
def browser(db):
    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def however_busy_the_machine(monkeypatch):
    """The servers of these tests are threads of their own process: they answer, if late."""
    monkeypatch.setattr(ways, "TIMEOUT", 180)
    monkeypatch.setattr(URLBase, "socket_connect_timeout", 180.0)
    monkeypatch.setattr(URLBase, "socket_read_timeout", 180.0)


@pytest.fixture
def mailbox(settings, reachable):
    from mailbox_server import mail_server

    with mail_server() as box:
        settings.NOTICE_MAIL = box.address
        yield box
