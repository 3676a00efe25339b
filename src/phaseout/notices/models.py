"""What people were told, where they want to be told, and what went out to them."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q


class Message(models.Model):
    """What goes out to one person. It is claimed before it is handed over: who is killed in
    between leaves it `sending`, and it becomes `unknown`, never a second one. Of what it said
    only the title is kept; its notices name it."""

    class Purpose(models.TextChoices):
        AT_ONCE = "at_once", "即时通知"
        DIGEST = "digest", "每日摘要"
        CODE = "code", "验证码"

    class State(models.TextChoices):
        WAITING = "waiting", "待发送"
        SENDING = "sending", "正在发送"
        SENT = "sent", "已发送"
        UNKNOWN = "unknown", "可能已发送"
        FAILED = "failed", "未能送出"
        MERGED = "merged", "并入次日摘要"
        DROPPED = "dropped", "未发送"

    id = models.UUIDField(primary_key=True, default=uuid4)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="messages_out", db_index=False
    )
    purpose = models.CharField("用途", max_length=8, choices=Purpose)
    on = models.DateField("日期")
    state = models.CharField("状态", max_length=8, choices=State, default=State.WAITING)
    count = models.PositiveIntegerField("通知数", default=0)
    title = models.CharField("标题", max_length=200, blank=True)
    way = models.CharField("方式", max_length=10, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    why = models.CharField("未送出的原因", max_length=300, blank=True)
    made_at = models.DateTimeField("建立时间")
    next_try_at = models.DateTimeField("下次尝试")
    claimed_at = models.DateTimeField("开始发送", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "on"], condition=Q(purpose="digest"), name="digest_once_a_day"
            ),
            models.CheckConstraint(
                name="message_claimed_before_it_goes_out",
                condition=Q(state__in=["waiting", "merged", "dropped", "failed"])
                | Q(claimed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["waiting", "sending"]),
                name="message_to_go_out",
            ),
            models.Index(fields=["-made_at", "-id"], name="message_newest"),
            models.Index(fields=["user", "-made_at"], name="message_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.on} · {self.get_state_display()}"

    @property
    def unanswered(self) -> bool:
        """Handed over to a service of which nobody learns whether it took the message."""
        return self.state == self.State.SENT and self.way in Address.UNSEEN


class Notice(models.Model):
    """Something told to one person, once: `step` of `subject` (and `about`, `item`, `place` within
    it), for a last day. What a room says in words itself (`saying.speak`) has no words here."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", db_index=False
    )
    kind = models.CharField("类别", max_length=16)
    subject = models.CharField("对象", max_length=120)
    about = models.CharField("事项", max_length=60, default="", db_default="", blank=True)
    item = models.CharField("分项", max_length=200, default="", db_default="", blank=True)
    place = models.PositiveIntegerField("次序", default=0, db_default=0)
    due = models.DateField("最后一日", null=True)
    step = models.CharField("时点", max_length=40)
    words_zh = models.CharField("内容", max_length=400, default="", db_default="", blank=True)
    words_en = models.CharField("英文内容", max_length=400, default="", db_default="", blank=True)
    url = models.CharField("网址", max_length=300, default="", db_default="", blank=True)
    given_on = models.DateField("日期")
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)
    read_at = models.DateTimeField("已读", null=True)
    message = models.ForeignKey(
        Message, models.SET_NULL, null=True, related_name="notices", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "about", "item", "place", "due", "step", "user"],
                nulls_distinct=False,
                name="told_once",
            )
        ]
        indexes = [
            models.Index(fields=["user", "id"], name="told_to_a_person"),
            models.Index(
                fields=["user", "given_on"], name="told_unread", condition=Q(read_at=None)
            ),
            models.Index(
                fields=["message"], name="told_in_a_message", condition=Q(message__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.subject} · {self.step}"


class Choice(models.Model):
    """How a person wants to be told of a kind, where it is not as `kinds.csv` has it."""

    class How(models.TextChoices):
        AT_ONCE = "at_once", "即时发送"
        DIGEST = "digest", "每日摘要"
        SITE = "site", "只在本系统"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_choices", db_index=False
    )
    kind = models.CharField("类别", max_length=16)
    how = models.CharField("方式", max_length=8, choices=How)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="choice_once_a_kind")]

    def __str__(self) -> str:
        return f"{self.user} · {self.kind} · {self.how}"


class Address(models.Model):
    """Where a person wants to be told besides the site: a mailbox or the key of a chat robot. Until
    the code sent there was entered (`confirmed_at`) nothing else is sent to it. Of the code only
    the digest is kept."""

    class Way(models.TextChoices):
        MAIL = "mail", "电子邮件"
        DINGTALK = "dingtalk", "钉钉机器人"
        WECOM = "wecom", "企业微信机器人"
        FEISHU = "feishu", "飞书机器人"

    UNSEEN = frozenset({Way.DINGTALK, Way.WECOM})
    """These answer 200 with an error inside, which apprise does not read. Of Feishu it does."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="told_at"
    )
    way = models.CharField("方式", max_length=10, choices=Way)
    address = models.CharField("地址", max_length=200)
    language = models.CharField(
        "语言", max_length=10, default="zh-hans", choices=settings.LANGUAGES
    )
    set_on = models.DateField("设置日")
    confirmed_at = models.DateTimeField("验证时间", null=True)
    code_digest = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField("未能送出", null=True)
    failed_why = models.CharField("原因", max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.user} · {self.get_way_display()}"
