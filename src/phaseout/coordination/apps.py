from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "phaseout.coordination"
    verbose_name = "统筹协调"

    def ready(self) -> None:
        from phaseout.coordination.reminding import settle_reminders
        from phaseout.coordination.settling import settle_acts
        from phaseout.coordination.telling import follow_acts

        follow_acts()
        settle_acts()
        settle_reminders()
