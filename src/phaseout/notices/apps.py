from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "phaseout.notices"
    label = "notices"
    verbose_name = "通知"
