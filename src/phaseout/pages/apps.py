from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "phaseout.pages"
    verbose_name = "页面"
