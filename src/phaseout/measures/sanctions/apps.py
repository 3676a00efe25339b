from django.apps import AppConfig


class SanctionsConfig(AppConfig):
    name = "phaseout.measures.sanctions"
    label = "sanctions"
    verbose_name = "联合惩戒"
