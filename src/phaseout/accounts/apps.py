from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "phaseout.accounts"
    verbose_name = "机构与人员"
