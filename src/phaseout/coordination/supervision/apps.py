from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "phaseout.coordination.supervision"
    label = "supervision"
    verbose_name = "督促检查"
