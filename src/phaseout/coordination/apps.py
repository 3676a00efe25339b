from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "phaseout.coordination"
    verbose_name = "统筹协调"

    def ready(self) -> None:
        from phaseout.coordination.telling import follow_acts

        follow_acts()
