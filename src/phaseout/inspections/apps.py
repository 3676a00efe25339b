from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "phaseout.inspections"
    verbose_name = "监督检查"

    def ready(self) -> None:
        from phaseout.evidence.access import register
        from phaseout.evidence.relying import listed
        from phaseout.exits.restart.reported import register as register_reports
        from phaseout.inspections.files import may_read
        from phaseout.inspections.leaving import say_what_is_left
        from phaseout.inspections.models import Record
        from phaseout.inspections.reporting_restarts import tips_of_restarts
        from phaseout.inspections.telling import follow_tips
        from phaseout.inspections.waiting import say_what_waits

        register("inspections", may_read)
        listed(Record, "files__contains", ("检查记录", "a record of an inspection"), key="digest")
        register_reports(tips_of_restarts)
        say_what_waits()
        say_what_is_left()
        follow_tips()
