from django.apps import AppConfig


class MechanismConfig(AppConfig):
    name = "phaseout.coordination.mechanism"
    label = "mechanism"
    verbose_name = "工作协调机制"
