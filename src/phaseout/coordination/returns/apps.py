from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "phaseout.coordination.returns"
    label = "returns"
    verbose_name = "年度完成情况上报"

    def ready(self) -> None:
        from phaseout.coordination.returns.shown import say_what_waits, say_where

        say_where()
        say_what_waits()
