"""Inspectors are a role of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_append_only")]
    operations = [
        migrations.AlterField(
            model_name="post",
            name="role",
            field=models.CharField(
                choices=[
                    ("officer", "经办人"),
                    ("reviewer", "复核人"),
                    ("leader", "负责人"),
                    ("inspector", "检查人员"),
                    ("administrator", "系统管理员"),
                    ("auditor", "监督检查"),
                    ("enterprise", "企业用户"),
                ],
                max_length=20,
                verbose_name="角色",
            ),
        )
    ]
