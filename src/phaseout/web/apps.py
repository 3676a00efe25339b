from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "phaseout.web"
    verbose_name = "网站"
