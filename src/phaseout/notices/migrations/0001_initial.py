import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_bank_posts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Address",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="told_at",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("mail", "电子邮件"),
                            ("dingtalk", "钉钉机器人"),
                            ("wecom", "企业微信机器人"),
                            ("feishu", "飞书机器人"),
                        ],
                        max_length=10,
                        verbose_name="方式",
                    ),
                ),
                ("address", models.CharField(max_length=200, verbose_name="地址")),
                (
                    "language",
                    models.CharField(
                        choices=[("zh-hans", "中文"), ("en", "English")],
                        default="zh-hans",
                        max_length=10,
                        verbose_name="语言",
                    ),
                ),
                ("set_on", models.DateField(verbose_name="设置日")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="验证时间")),
                ("code_digest", models.CharField(blank=True, max_length=64)),
                ("code_until", models.DateTimeField(null=True)),
                ("code_tries", models.PositiveSmallIntegerField(default=0)),
                ("failed_at", models.DateTimeField(null=True, verbose_name="未能送出")),
                ("failed_why", models.CharField(blank=True, max_length=300, verbose_name="原因")),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("at_once", "即时通知"),
                            ("digest", "每日摘要"),
                            ("code", "验证码"),
                        ],
                        max_length=8,
                        verbose_name="用途",
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待发送"),
                            ("sending", "正在发送"),
                            ("sent", "已发送"),
                            ("unknown", "可能已发送"),
                            ("failed", "未能送出"),
                            ("merged", "并入次日摘要"),
                            ("dropped", "未发送"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0, verbose_name="通知数")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="标题")),
                ("way", models.CharField(blank=True, max_length=10, verbose_name="方式")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="次数")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="未送出的原因")),
                ("made_at", models.DateTimeField(verbose_name="建立时间")),
                ("next_try_at", models.DateTimeField(verbose_name="下次尝试")),
                ("claimed_at", models.DateTimeField(null=True, verbose_name="开始发送")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages_out",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16, verbose_name="类别")),
                ("subject", models.CharField(max_length=120, verbose_name="对象")),
                (
                    "about",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=60, verbose_name="事项"
                    ),
                ),
                (
                    "item",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=200, verbose_name="分项"
                    ),
                ),
                (
                    "place",
                    models.PositiveIntegerField(db_default=0, default=0, verbose_name="次序"),
                ),
                ("due", models.DateField(null=True, verbose_name="最后一日")),
                ("step", models.CharField(max_length=40, verbose_name="时点")),
                (
                    "words_zh",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=400, verbose_name="内容"
                    ),
                ),
                (
                    "words_en",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        max_length=400,
                        verbose_name="英文内容",
                    ),
                ),
                (
                    "url",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=300, verbose_name="网址"
                    ),
                ),
                ("given_on", models.DateField(verbose_name="日期")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="记录时间")),
                ("read_at", models.DateTimeField(null=True, verbose_name="已读")),
                (
                    "message",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notices",
                        to="notices.message",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16, verbose_name="类别")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("at_once", "即时发送"),
                            ("digest", "每日摘要"),
                            ("site", "只在本系统"),
                        ],
                        max_length=8,
                        verbose_name="方式",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_choices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "kind"), name="choice_once_a_kind")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "sending"])),
                fields=["next_try_at"],
                name="message_to_go_out",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["-made_at", "-id"], name="message_newest"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["user", "-made_at"], name="message_of_a_person"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("purpose", "digest")),
                fields=("user", "on"),
                name="digest_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "merged", "dropped", "failed"]),
                    ("claimed_at__isnull", False),
                    _connector="OR",
                ),
                name="message_claimed_before_it_goes_out",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["user", "id"], name="told_to_a_person"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("read_at", None)),
                fields=["user", "given_on"],
                name="told_unread",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("message__isnull", False)),
                fields=["message"],
                name="told_in_a_message",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("subject", "about", "item", "place", "due", "step", "user"),
                name="told_once",
                nulls_distinct=False,
            ),
        ),
    ]
