"""Sign-ins on record, open sessions, what is done to second factors and identities."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KINDS = [
    ("person_made", "建立账号"),
    ("person_blocked", "停用账号"),
    ("person_unblocked", "恢复账号"),
    ("password_reset", "重置密码"),
    ("password_changed", "修改密码"),
    ("post_granted", "授予职务"),
    ("post_ended", "结束职务"),
    ("token_made", "建立接口令牌"),
    ("token_withdrawn", "撤回接口令牌"),
    ("factor_added", "启用第二因素"),
    ("factor_removed", "停用第二因素"),
    ("factor_reset", "清除第二因素"),
    ("identity_bound", "绑定统一身份"),
    ("identity_unbound", "解除统一身份"),
]
OUTCOMES = [
    ("entered", "已登录"),
    ("wrong_password", "用户名或密码不正确"),
    ("wrong_code", "第二因素未通过"),
    ("paused", "暂停登录期间"),
    ("blocked", "账号停用"),
    ("unbound", "身份未绑定"),
    ("ended", "在所有设备退出"),
]
APPENDED = """
CREATE TRIGGER sign_in_append_only BEFORE UPDATE OR DELETE ON accounts_signin
    FOR EACH ROW EXECUTE FUNCTION accounts_refuse_change();
CREATE TRIGGER sign_in_not_emptied BEFORE TRUNCATE ON accounts_signin
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_change();
"""
BACK = """
DROP TRIGGER sign_in_not_emptied ON accounts_signin;
DROP TRIGGER sign_in_append_only ON accounts_signin;
"""


def _number():
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_inspectors")]
    operations = [
        migrations.AlterField(
            model_name="accountevent",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=20, verbose_name="事项"),
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", _number()),
                ("outcome", models.CharField(choices=OUTCOMES, max_length=20, verbose_name="结果")),
                ("means", models.CharField(blank=True, max_length=60, verbose_name="方式")),
                ("address", models.GenericIPAddressField(null=True, verbose_name="网络地址")),
                ("agent", models.CharField(blank=True, max_length=200, verbose_name="浏览器")),
                ("detail", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-id"], name="sign_in_of_a_person")]
            },
        ),
        migrations.CreateModel(
            name="OpenSession",
            fields=[
                ("id", _number()),
                ("session_key", models.CharField(max_length=40, unique=True)),
                ("begun_at", models.DateTimeField(auto_now_add=True, verbose_name="登录时间")),
                ("seen_at", models.DateTimeField(auto_now_add=True, verbose_name="最近使用")),
                ("address", models.GenericIPAddressField(null=True, verbose_name="网络地址")),
                ("agent", models.CharField(blank=True, max_length=200, verbose_name="浏览器")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="open_sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.RunSQL(APPENDED, BACK),
    ]
