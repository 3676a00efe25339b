from django.apps import AppConfig


class RestartConfig(AppConfig):
    name = "phaseout.exits.restart"
    label = "restart"
    verbose_name = "复产监视"
