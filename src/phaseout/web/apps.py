from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "phaseout.web"
    verbose_name = "网站"

    def ready(self) -> None:
        from phaseout.web import checks  # noqa: F401
