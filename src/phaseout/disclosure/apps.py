from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "phaseout.disclosure"
    verbose_name = "信息公开"
