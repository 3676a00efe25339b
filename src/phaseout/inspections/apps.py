from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "phaseout.inspections"
    verbose_name = "监督检查"

    def ready(self) -> None:
        from phaseout.evidence.access import register
        from phaseout.inspections.files import may_read
        from phaseout.inspections.waiting import say_what_waits

        register("inspections", may_read)
        say_what_waits()
