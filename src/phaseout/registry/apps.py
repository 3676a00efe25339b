from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "phaseout.registry"
    verbose_name = "登记库"
