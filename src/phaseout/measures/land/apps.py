from django.apps import AppConfig


class LandConfig(AppConfig):
    name = "phaseout.measures.land"
    label = "land"
    verbose_name = "土地处置"
