from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "phaseout.measures.funds"
    label = "funds"
    verbose_name = "奖补资金"
