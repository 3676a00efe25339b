from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "phaseout.coordination.returns"
    label = "returns"
    verbose_name = "年度完成情况上报"
