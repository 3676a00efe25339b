from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "phaseout.coordination.dashboards"
    label = "dashboards"
    verbose_name = "数据看板"

    def ready(self) -> None:
        from phaseout.coordination.dashboards.seeing import say_where

        say_where()
