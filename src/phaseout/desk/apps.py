from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "phaseout.desk"
    verbose_name = "办公日"
