from django.apps import AppConfig


class PricesConfig(AppConfig):
    name = "phaseout.measures.prices"
    label = "prices"
    verbose_name = "价格措施"
