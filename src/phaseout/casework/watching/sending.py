"""Notices sent out: by mail or to a chat robot, where the person has set an address and the
operator has said how. Never in demo mode.

The operator's settings: PHASEOUT_NOTICE_MAIL, an apprise address of a mail server, and
PHASEOUT_NOTICE_CHATS, which chat services may be used. A person gives a mailbox or the key of a
robot, never a whole address: so nobody makes this server call a host of their choice.
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import apprise
from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone

from phaseout.casework.models import Notice, NoticeAddress
from phaseout.casework.watching.wording import notice_words

Way = NoticeAddress.Way
_CHATS = {Way.DINGTALK: "dingtalk", Way.WECOM: "wecombot", Way.FEISHU: "feishu"}
LATEST = timedelta(days=3)
"""What could not be sent for three days is no news any more; it stands in the product."""
MOST_LINES = 20


def ways() -> list[str]:
    """The ways that the operator has opened; none in demo mode."""
    if settings.DEMO:
        return []
    mail = [Way.MAIL] if settings.NOTICE_MAIL else []
    return [*mail, *(way for way in _CHATS if way in settings.NOTICE_CHATS)]


def send_waiting() -> int:
    """Send what was not sent yet, one message a person; returns how many messages went out.

    A notice is marked after the message went out: killed in between, it goes out twice.
    """
    opened, sent = ways(), 0
    if not opened:
        return 0
    for to in NoticeAddress.objects.filter(way__in=opened, user__is_active=True):
        waiting = list(_waiting(to))
        if not waiting:
            continue
        pks = [notice.pk for notice in waiting]
        if _send(to, waiting):
            Notice.objects.filter(pk__in=pks).update(sent_at=timezone.now())
            NoticeAddress.objects.filter(pk=to.pk).update(failed_at=None)
            sent += 1
        else:
            NoticeAddress.objects.filter(pk=to.pk).update(failed_at=timezone.now())
    return sent


def _waiting(to: NoticeAddress) -> QuerySet[Notice]:
    since = timezone.now() - LATEST
    return (
        Notice.objects.filter(user=to.user_id, sent_at=None, recorded_at__gte=since)
        .select_related("case")
        .order_by(F("id").asc())
    )


def _send(to: NoticeAddress, notices: list[Notice]) -> bool:
    robot = apprise.Apprise()
    if not robot.add(_address(to)):
        return False
    lines = [f"{one.case.number}：{notice_words(one)[0]}" for one in notices[:MOST_LINES]]
    if len(notices) > MOST_LINES:
        lines.append(f"……共{len(notices)}条，其余请登录系统查看。")
    title = f"产能退出：{len(notices)}条通知"
    return bool(robot.notify(title=title, body="\n".join(lines)))


def _address(to: NoticeAddress) -> str:
    if to.way == Way.MAIL:
        joined = "&" if "?" in settings.NOTICE_MAIL else "?"
        return f"{settings.NOTICE_MAIL}{joined}to={quote(to.address)}"
    return f"{_CHATS[Way(to.way)]}://{quote(to.address)}"
