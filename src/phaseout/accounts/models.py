"""People, the posts they hold, the organisations they hold them in, and tokens for machines."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from phaseout.accounts.powers import OF_A_FIRM, ROLE_WORDS, Role


class User(AbstractUser):
    """A person. What the person may do comes from the posts held, never from the person."""

    name_zh = models.CharField("姓名", max_length=60, blank=True)
    demo = models.BooleanField("演示账号", default=False)
    must_change_password = models.BooleanField("须先修改密码", default=False)

    def __str__(self) -> str:
        return self.name_zh or self.username


class OrganisationName(models.Model):
    """The name under which an organisation holds a function, from a day to a day, both inside.

    Loaded from the region pack; a document of a day bears the name of that day.
    """

    function = models.CharField("职能", max_length=32)
    level = models.CharField("层级", max_length=20)
    name_zh = models.CharField("名称", max_length=120)
    name_en = models.CharField("英文名称", max_length=160)
    held_from = models.DateField("起", null=True, blank=True)
    held_to = models.DateField("止", null=True, blank=True)
    confidence = models.CharField("可信程度", max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["function", "held_from"],
                nulls_distinct=False,
                name="organisation_one_name_from_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.name_zh


def held_on(day: date) -> Q:
    """Condition on posts: held on a day, first and last day inside."""
    return (Q(held_from=None) | Q(held_from__lte=day)) & (Q(held_to=None) | Q(held_to__gte=day))


class Post(models.Model):
    """A person in a role, for a function, over a territory, from a day to a day, both inside.

    A post is never deleted and never becomes another: only its end is set, once it is known (the
    database refuses the rest). An end on the day before its first says it was withdrawn at once.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    role = models.CharField("角色", max_length=20, choices=[(r, ROLE_WORDS[r][0]) for r in Role])
    function = models.CharField(
        "职能", max_length=32, blank=True, help_text="eic, epd … cities; empty for enterprises"
    )
    division_code = models.CharField("管辖区划", max_length=6, blank=True)
    uscc = models.CharField("企业统一社会信用代码", max_length=18, blank=True)
    held_from = models.DateField("起", null=True, blank=True)
    held_to = models.DateField("止", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="post_is_of_an_office_or_of_an_enterprise",
                condition=Q(role__in=sorted(OF_A_FIRM), function="", division_code="") & ~Q(uscc="")
                | ~Q(role__in=sorted(OF_A_FIRM))
                & Q(uscc="")
                & ~Q(function="")
                & ~Q(division_code=""),
            ),
            models.CheckConstraint(
                name="post_ends_after_it_begins",
                condition=Q(held_from=None)
                | Q(held_to=None)
                | Q(held_to__gte=F("held_from") - timedelta(days=1)),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "function", "division_code", "uscc", "held_from"],
                nulls_distinct=False,
                name="post_once_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.function or self.uscc}"


class ApiToken(models.Model):
    """A machine's key. Only its digest is kept; it does what its user may do."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="tokens")
    name = models.CharField("用途", max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField("有效期至")
    last_used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class AccountEvent(models.Model):
    """What somebody did to an account, a post or a token: appended, never changed or deleted."""

    class Kind(models.TextChoices):
        PERSON_MADE = "person_made", "建立账号"
        PERSON_BLOCKED = "person_blocked", "停用账号"
        PERSON_UNBLOCKED = "person_unblocked", "恢复账号"
        PASSWORD_RESET = "password_reset", "重置密码"
        PASSWORD_CHANGED = "password_changed", "修改密码"
        POST_GRANTED = "post_granted", "授予职务"
        POST_ENDED = "post_ended", "结束职务"
        TOKEN_MADE = "token_made", "建立接口令牌"
        TOKEN_WITHDRAWN = "token_withdrawn", "撤回接口令牌"
        FACTOR_ADDED = "factor_added", "启用第二因素"
        FACTOR_REMOVED = "factor_removed", "停用第二因素"
        FACTOR_RESET = "factor_reset", "清除第二因素"
        IDENTITY_BOUND = "identity_bound", "绑定统一身份"
        IDENTITY_UNBOUND = "identity_unbound", "解除统一身份"

    kind = models.CharField("事项", max_length=20, choices=Kind)
    # Nobody: the command line or the loading of the demonstration.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="account_acts"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="account_events"
    )
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="events")
    detail = models.JSONField("内容", default=dict)
    done_on = models.DateField("日期")
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="account_event_of_a_person")]

    def __str__(self) -> str:
        return f"{self.done_on} {self.get_kind_display()} {self.person}"

    @property
    def to_oneself(self) -> bool:
        """Whether somebody gave powers to himself: an auditor looks for these."""
        return self.kind == self.Kind.POST_GRANTED and self.by_id == self.person_id


class SignIn(models.Model):
    """A try to sign in, and how it ended: appended, never changed or deleted.

    Nobody (`person` None): a name that no account has, which is not kept, since people type
    passwords into the wrong field; or an identity bound to nobody, which `detail` names.
    """

    class Outcome(models.TextChoices):
        ENTERED = "entered", "已登录"
        WRONG_PASSWORD = "wrong_password", "用户名或密码不正确"
        WRONG_CODE = "wrong_code", "第二因素未通过"
        PAUSED = "paused", "暂停登录期间"
        BLOCKED = "blocked", "账号停用"
        UNBOUND = "unbound", "身份未绑定"
        ENDED = "ended", "在所有设备退出"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="sign_ins"
    )
    outcome = models.CharField("结果", max_length=20, choices=Outcome)
    means = models.CharField("方式", max_length=60, blank=True)
    address = models.GenericIPAddressField("网络地址", null=True)
    agent = models.CharField("浏览器", max_length=200, blank=True)
    detail = models.CharField("说明", max_length=200, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="sign_in_of_a_person")]

    def __str__(self) -> str:
        return f"{self.at} {self.get_outcome_display()} {self.person}"


class OpenSession(models.Model):
    """A session that is open: whose, since when, from where. Its row gone, the session is over."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="open_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    begun_at = models.DateTimeField("登录时间", auto_now_add=True)
    seen_at = models.DateTimeField("最近使用", auto_now_add=True)
    address = models.GenericIPAddressField("网络地址", null=True)
    agent = models.CharField("浏览器", max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.user} {self.begun_at}"
