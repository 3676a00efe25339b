from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "phaseout.casework"
    verbose_name = "办案"
