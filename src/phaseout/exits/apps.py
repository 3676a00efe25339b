from django.apps import AppConfig


class ExitsConfig(AppConfig):
    name = "phaseout.exits"
    label = "exits"
    verbose_name = "退出实施"
