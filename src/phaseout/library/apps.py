from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "phaseout.library"
    verbose_name = "标准库"
