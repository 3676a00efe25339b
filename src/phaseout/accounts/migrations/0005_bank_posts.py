"""Somebody in a bank: a post that names a firm's code and no office, as an enterprise user's."""

from django.db import migrations, models
from django.db.models import Q

OF_A_FIRM = ["bank", "enterprise"]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_sign_ins")]
    operations = [
        migrations.RemoveConstraint("post", "post_is_of_an_office_or_of_an_enterprise"),
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
                    ("bank", "银行用户"),
                ],
                max_length=20,
                verbose_name="角色",
            ),
        ),
        migrations.AddConstraint(
            "post",
            models.CheckConstraint(
                name="post_is_of_an_office_or_of_an_enterprise",
                condition=Q(role__in=OF_A_FIRM, function="", division_code="") & ~Q(uscc="")
                | ~Q(role__in=OF_A_FIRM) & Q(uscc="") & ~Q(function="") & ~Q(division_code=""),
            ),
        ),
    ]
