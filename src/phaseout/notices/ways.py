"""Handing a message over: to a mail server, or through apprise to a chat robot.

The operator's settings: PHASEOUT_NOTICE_MAIL, an apprise address of a mail server, and
PHASEOUT_NOTICE_CHATS, which chat services may be used. A person gives a mailbox or the key of a
robot, never a whole address: so nobody makes this server call a host of their choice.

What matters of a failure is whether the message may have arrived all the same: what was refused is
tried again, what may have arrived never.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

import apprise
from apprise.plugins.email import NotifyEmail
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

from phaseout.notices.models import Address, Message

Way, State = Address.Way, Message.State
_CHATS: Mapping[str, str] = {
    Way.DINGTALK: "dingtalk",
    Way.WECOM: "wecombot",
    Way.FEISHU: "feishu",
}
TIMEOUT = 20
_NOT_CONNECTED = (
    "Failed to establish",
    "ConnectTimeout",
    "NameResolution",
    "SSLError",
    "ProxyError",
)
"""What apprise writes into its log where no connection came about: nothing was handed over."""


@dataclass(frozen=True, slots=True)
class Written:
    """A message as it goes out. `id` makes its Message-ID: a mail server that gets it twice after
    all can tell."""

    id: UUID
    title: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """`sent`; `failed`: certainly not; `unknown`: it may have arrived. `why`, where not sent."""

    state: str
    why: str = ""


def ways() -> list[str]:
    """The ways that the operator has opened; none in demo mode."""
    if settings.DEMO:
        return []
    mail = [str(Way.MAIL)] if settings.NOTICE_MAIL else []
    return [*mail, *(str(way) for way in _CHATS if way in settings.NOTICE_CHATS)]


def is_key(way: str, key: str) -> bool:
    """Whether a robot of that service can have such a key; apprise knows."""
    return apprise.Apprise.instantiate(_robot(way, key), suppress_exceptions=True) is not None


def fits(way: str, address: str, title: str, text: str) -> bool:
    """Whether a message is short enough for that way: a robot refuses a longer one, which of WeCom
    and DingTalk nobody would learn. What apprise knows as the limit is taken in bytes of UTF-8."""
    if way not in _CHATS:
        return True
    robot = apprise.Apprise.instantiate(_robot(way, address))
    return robot is None or len(f"{title}\r\n{text}".encode()) <= robot.body_maxlen


def _robot(way: str, key: str) -> str:
    return f"{_CHATS[way]}://{quote(key)}"


def hand_over(written: Written, way: str, address: str) -> Outcome:
    """Send a message now, once; it takes some seconds at most."""
    if way not in ways():
        return Outcome(State.FAILED, "the way is not open")
    outcome = _mail(written, address) if way == Way.MAIL else _chat(written, _robot(way, address))
    # What a server says may name the address; the administrator's page does not.
    return Outcome(outcome.state, outcome.why.replace(address, "…"))


def _mail(written: Written, address: str) -> Outcome:
    told = apprise.Apprise.instantiate(settings.NOTICE_MAIL)
    if not isinstance(told, NotifyEmail):
        return Outcome(State.FAILED, "PHASEOUT_NOTICE_MAIL is no address of a mail server")
    server = EmailBackend(
        host=told.smtp_host,
        port=told.port,
        username=told.user or "",
        password=told.password or "",
        use_tls=told.secure_mode == "starttls",
        use_ssl=told.secure_mode == "ssl",
        timeout=TIMEOUT,
    )
    try:
        server.open()
    except (OSError, smtplib.SMTPException) as wrong:
        return Outcome(State.FAILED, _in_short(wrong))
    try:
        server.send_messages([_letter(written, address, str(told.from_addr[1]))])
    except smtplib.SMTPServerDisconnected as wrong:
        return Outcome(State.UNKNOWN, _in_short(wrong))
    except smtplib.SMTPException as wrong:  # the server has answered, and refused
        return Outcome(State.FAILED, _in_short(wrong))
    except OSError as wrong:
        return Outcome(State.UNKNOWN, _in_short(wrong))
    finally:
        server.fail_silently = True  # how it says goodbye changes nothing
        server.close()
    return Outcome(State.SENT)


def _letter(written: Written, address: str, sender: str) -> EmailMultiAlternatives:
    host = sender.rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{written.id}@{host}>", "Auto-Submitted": "auto-generated"}
    letter = EmailMultiAlternatives(written.title, written.text, sender, [address], headers=headers)
    if written.html:
        letter.attach_alternative(written.html, "text/html")
    return letter


def _chat(written: Written, address: str) -> Outcome:
    robot = apprise.Apprise.instantiate(address)
    if robot is None:
        return Outcome(State.FAILED, "the key is no key of such a robot")
    with _log() as log:
        if robot.notify(title=written.title, body=written.text):
            return Outcome(State.SENT)
    lines = log.getvalue().splitlines()
    broken = [line for line in lines if line.startswith("Socket Exception")]
    if not broken:  # the service has answered, and refused
        refused = [line for line in lines if "Failed to send" in line or "rejected" in line]
        return Outcome(State.FAILED, (refused or [""])[0][:200])
    never = any(sign in line for line in broken for sign in _NOT_CONNECTED)
    return Outcome(State.FAILED if never else State.UNKNOWN, "the connection broke off")


def _log() -> Any:
    """All that apprise says, in lines: why something did not go out it says nowhere else."""
    return apprise.LogCapture(level=logging.DEBUG, fmt="%(message)s")  # type: ignore[no-untyped-call]


def _in_short(wrong: BaseException) -> str:
    return f"{type(wrong).__name__}: {wrong}"[:200]
