from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "phaseout.coordination"
    verbose_name = "统筹协调"
