from django.apps import AppConfig


class ExitsConfig(AppConfig):
    name = "phaseout.exits"
    label = "exits"
    verbose_name = "退出实施"

    def ready(self) -> None:
        from phaseout.casework.booking import say_equipment
        from phaseout.casework.cases.beside import put
        from phaseout.casework.proceeding.asking import ask
        from phaseout.evidence.access import register
        from phaseout.exits.beside import way
        from phaseout.exits.files import may_read
        from phaseout.exits.guarding import ACCEPTED, KINDS, both_agreed, nothing_lacks
        from phaseout.exits.planned import equipment_planned
        from phaseout.exits.waiting import say_what_waits

        ask(nothing_lacks, *KINDS)
        ask(both_agreed, ACCEPTED)
        register("exits", may_read)
        put("exits", way)
        say_what_waits()
        say_equipment(equipment_planned)
