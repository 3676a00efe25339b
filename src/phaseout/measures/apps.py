from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "phaseout.measures"
    verbose_name = "政策措施"
