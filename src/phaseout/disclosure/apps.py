from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "phaseout.disclosure"
    verbose_name = "信息公开"

    def ready(self) -> None:
        from phaseout.disclosure.reminding import settle_reminders
        from phaseout.disclosure.telling import follow_acts

        follow_acts()
        settle_reminders()
